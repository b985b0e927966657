/** `keywright request` against a service that answers wrongly: on the loopback address, with keys that are real. */
import { generateKeyPairSync } from "node:crypto";
import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { CompactEncrypt, importJWK, type JWK } from "jose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encodeJwk, openKeygen } from "#keywright";
import { UNSIGNED } from "#keywright/verify";
import { type CommandFolder, commandFolder } from "./command.ts";

using keygen = await openKeygen({ policy: "nist", environment: "test" });
async function pair() {
  const { privateKey, publicKey, record } = await keygen.generate("RSA-2048");
  return { key: encodeJwk(privateKey), publicKey: encodeJwk(publicKey), record };
}
async function secret(name: "AES-256" | "HMAC-SHA-256") {
  const { secretKey, record } = await keygen.generate(name);
  return { key: encodeJwk(secretKey), publicKey: null, record };
}
const a = await pair();
const b = await pair();
const aes = await secret("AES-256");
const otherAes = await secret("AES-256");
const hmac = await secret("HMAC-SHA-256");
const warned = {
  ...a.record,
  predicate: {
    ...a.record.predicate,
    decision: {
      ...a.record.predicate.decision,
      warnings: [
        ...a.record.predicate.decision.warnings,
        { id: "x/old", source: "a test", why: "it is old", state: "deprecated" },
      ],
    },
  },
};

interface Given {
  readonly key: unknown;
  readonly publicKey: unknown;
  readonly record: unknown;
  readonly alg?: string;
  readonly enc?: string;
  readonly stranger?: boolean;
  readonly wrapped?: string;
  readonly warnings?: unknown;
  /** The whole answer, instead of one that is made. */
  readonly whole?: string;
}

let given: Given = a;
let path = "";
let asked: { readonly recipient: JWK };
const stranger = generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey.export({ format: "jwk" });

async function wrap({ key, alg = "ECDH-ES+A256KW", enc = "A256GCM", stranger: wrong }: Given, recipient: JWK) {
  const plaintext = new TextEncoder().encode(typeof key === "string" ? key : JSON.stringify(key));
  const to = await importJWK(wrong === true ? (stranger as JWK) : recipient, alg);
  return await new CompactEncrypt(plaintext).setProtectedHeader({ alg, enc }).encrypt(to);
}

const service = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  path = request.url ?? "";
  asked = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const wrapped = given.wrapped ?? (await wrap(given, asked.recipient));
  response.setHeader("content-type", "application/json");
  const { record, publicKey, warnings } = given;
  response.end(given.whole ?? JSON.stringify({ record, publicKey, wrapped, warnings }));
});
let url = "";
let run: CommandFolder;

beforeAll(async () => {
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const address = service.address();
  if (typeof address !== "object" || address === null) throw new Error("the loopback server has no port");
  url = `http://127.0.0.1:${address.port}`;
});
afterAll(() => service.close());
beforeEach(() => {
  run = commandFolder();
});
afterEach(() => run.remove());

const ask = (name: string) => run.keywright(["request", name, "--url", url, "--out", "k"], { KEYWRIGHT_TOKEN: "t" });

describe("the service answers rightly", () => {
  test.each([
    ["RSA-2048", a],
    ["AES-256", aes],
  ])("with an %s key: it is taken, and the record is said to be unsigned", async (name, answer) => {
    given = answer;
    const { code, stderr } = await ask(name);
    expect(code, stderr).toBe(0);
    expect(stderr.split("\n").filter((line) => line.includes(UNSIGNED))).toHaveLength(1);
    expect(readdirSync(run.folder).sort()).toEqual(["k", "k.record.json"]);
  });

  test("with control characters in a warning: they are shown, not obeyed", async () => {
    const why = "\x1b[1A\x1b[2Kall is well\nkeywright: signed";
    given = { ...aes, warnings: [{ id: "service/thin", source: "a test", why }] };
    const { code, stderr } = await ask("AES-256");
    expect(code).toBe(0);
    expect(stderr).toContain("\\x1b[1A\\x1b[2Kall is well\\x0akeywright: signed\n");
    expect(stderr).not.toContain("\x1b");
  });

  test("with a warning of the wrapping: it is shown", async () => {
    given = { ...aes, warnings: [{ id: "service/thin", source: "a test", why: "it is thin" }, null, 3] };
    expect(await ask("AES-256")).toMatchObject({ code: 0, stderr: expect.stringContaining("service/thin (a test)") });
  });

  test.each([
    ["AES-128", "P-256"],
    ["RSA-4096", "P-384"],
    ["ML-KEM-1024", "P-521"],
  ])("an %s key is wrapped to a key that is no weaker: %s", async (name, crv) => {
    given = aes;
    await ask(name);
    expect(asked.recipient.crv).toBe(crv);
  });

  test("with a warning of its policy: it is shown", async () => {
    given = { ...a, record: warned };
    expect(await ask("RSA-2048")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("warning: x/old (a test): it is old"),
    });
  });
});

describe("the address of the service", () => {
  const to = (address: string) =>
    run.keywright(["request", "AES-256", "--url", address, "--out", "k"], { KEYWRIGHT_TOKEN: "t" });

  test("keeps its path", async () => {
    given = aes;
    expect(await to(`${url}/below/this`)).toMatchObject({ code: 0 });
    expect(path).toBe("/below/this/v1/keys");
  });

  test("is not http: but on this machine, so that no token goes out unencrypted", async () => {
    const refused = { code: 2, stderr: expect.stringContaining("unencrypted") };
    expect(await to("http://keys.invalid")).toMatchObject(refused);
  });
});

test("a token that no header holds is told before anything is asked", async () => {
  const args = ["request", "AES-256", "--url", "http://127.0.0.1:9", "--out", "k"];
  const { code, stderr } = await run.keywright(args, { KEYWRIGHT_TOKEN: "mine\nagain" });
  expect(code).toBe(2);
  expect(stderr).toContain("KEYWRIGHT_TOKEN must hold the token alone");
  expect(stderr).not.toContain("mine");
});

const { d, p, q, dp, dq, qi } = b.key as Extract<typeof b.key, { dp: string }>;
const SECRET_TEXT = "not-json-but-secret";

describe("the service answers wrongly, and nothing is written", () => {
  test.each<readonly [string, string, Given, string]>([
    ["another pair's private key", "RSA-2048", { ...a, key: b.key }, "not a pair"],
    ["another pair's private numbers", "RSA-2048", { ...a, key: { ...a.key, d, p, q, dp, dq, qi } }, "not a pair"],
    ["another pair's public key", "RSA-2048", { ...a, publicKey: b.publicKey }, "not a pair"],
    ["another pair's record", "RSA-2048", { ...a, record: b.record }, "does not fit"],
    ["no public key", "RSA-2048", { ...a, publicKey: null }, "without its public key"],
    ["a private key as the public one", "RSA-2048", { ...a, publicKey: a.key }, "is a private key"],
    ["a list as the public key", "RSA-2048", { ...a, publicKey: [] }, "cannot be read"],
    ["a public key as the private one", "RSA-2048", { ...a, key: a.publicKey }, "not an RSA-2048 key"],
    ["no record", "AES-256", { ...aes, record: null }, "no record"],
    ["another key's record", "AES-256", { ...aes, record: otherAes.record }, "does not fit"],
    ["another algorithm", "AES-256", a, "not an AES-256 key"],
    ["a secret key for a pair", "RSA-2048", aes, "not an RSA-2048 key"],
    [
      "another algorithm's key of the same size",
      "AES-256",
      { ...hmac, key: { kty: "oct", k: (hmac.key as { k: string }).k } },
      "about HMAC-SHA-256, AES-256 was asked for",
    ],
    ["text that is not JSON", "AES-256", { ...aes, key: SECRET_TEXT }, "not an AES-256 key"],
    ["another key wrapping", "AES-256", { ...aes, alg: "ECDH-ES+A128KW" }, "not wrapped as"],
    ["no key wrapping", "AES-256", { ...aes, alg: "ECDH-ES" }, "not wrapped as"],
    ["another content encryption", "AES-256", { ...aes, enc: "A128GCM" }, "not wrapped as"],
    ["a key wrapped to someone else", "AES-256", { ...aes, stranger: true }, "not wrapped as"],
    ["no JWE", "AES-256", { ...aes, wrapped: "nothing" }, "not wrapped as"],
    ["an empty object", "AES-256", { ...aes, whole: "{}" }, "is not that of a Keywright service (status 200"],
    ["a page", "AES-256", { ...aes, whole: "<html>" }, "is not that of a Keywright service (status 200"],
  ])("%s", async (_, name, answer, reason) => {
    given = answer;
    const { code, stdout, stderr } = await ask(name);
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: "", stderr: expect.stringContaining(reason) });
    expect(stderr).not.toContain(SECRET_TEXT.slice(0, 6));
    expect(readdirSync(run.folder)).toEqual([]);
  });
});

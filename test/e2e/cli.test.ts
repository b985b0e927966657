/** The command as a user types it, on files in a folder of its own, and against a served Worker. */
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestHarness } from "wrangler";
import { commandFolder, root } from "./command.ts";

const { folder, keywright, read, remove } = commandFolder();
const token = "e2e-token-of-at-least-32-characters!";
const server = createTestHarness({
  workers: [{ configPath: join(root, "wrangler.toml"), secrets: { ENVIRONMENT: "development", API_TOKEN: token } }],
});
let address = "";

beforeAll(async () => {
  address = (await server.listen()).url.href;
});
afterAll(async () => {
  await server.close();
  remove();
});

describe("generate", () => {
  test("writes a private key that only its owner reads, the public key and the record, and nothing secret to stdout", async () => {
    const args = [
      "generate",
      "RSA-2048",
      "--policy",
      "nist",
      "--purpose",
      "sign",
      "--out",
      "a.pem",
      "--public-out",
      "a.pub",
    ];
    const { code, stdout, stderr } = await keywright(args);
    expect(code, stderr).toBe(0);
    expect(stdout).toBe("");
    expect(stderr).not.toContain("PRIVATE KEY");
    expect(statSync(join(folder, "a.pem")).mode & 0o777).toBe(0o600);
    const message = Buffer.from("message");
    const signature = sign("sha256", message, createPrivateKey(read("a.pem")));
    expect(verify("sha256", message, createPublicKey(read("a.pub")), signature)).toBe(true);
    expect((await keywright(["verify", "a.pem.record.json", "--public-key", "a.pub", "--allow-unsigned"])).code).toBe(
      0,
    );
  });

  test("lets the runtime's own library make the key, where the policy accepts it", async () => {
    const made = [
      "generate",
      "P-256",
      "--policy",
      "nist",
      "--purpose",
      "sign",
      "--provider",
      "platform",
      "--out",
      "p.pem",
    ];
    const { code, stderr } = await keywright(made);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("policy/generator-known");
    expect(JSON.parse(read("p.pem.record.json").toString()).predicate).toMatchObject({
      provider: "platform",
      checked: "full",
    });
    expect((await keywright(["verify", "p.pem.record.json", "--allow-unsigned"])).code).toBe(0);
    const lacking = ["generate", "secp256k1", "--policy", "open", "--provider", "platform", "--out", "k.pem"];
    expect(await keywright(lacking)).toMatchObject({ code: 1, stderr: expect.stringContaining("the provider cannot") });
    expect(await keywright([...lacking.slice(0, 5), "hsm", ...lacking.slice(6)])).toMatchObject({ code: 2 });
  });

  test("overwrites nothing without --force, and then with mode 0600", async () => {
    writeFileSync(join(folder, "mine"), "precious", { mode: 0o644 });
    const args = ["generate", "AES-256", "--policy", "nist", "--out", "mine"];
    expect(await keywright(args)).toMatchObject({ code: 2, stderr: expect.stringContaining("--force") });
    expect(read("mine")).toBe("precious");
    expect((await keywright([...args, "--force"])).code).toBe(0);
    expect(statSync(join(folder, "mine"))).toMatchObject({ size: 32 });
    expect(statSync(join(folder, "mine")).mode & 0o777).toBe(0o600);
  });

  test("writes to stdout only when told to", async () => {
    const { code, stdout } = await keywright([
      "generate",
      "AES-256",
      "--policy",
      "nist",
      "--format",
      "jwk",
      "--out",
      "-",
      "--record",
      "out.record.json",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kty: "oct", k: expect.stringMatching(/^[\w-]{43}$/) });
  });

  test.each([
    [2, ["generate"], "algorithm is missing"],
    [2, ["generate", "DES", "--policy", "nist", "--out", "x"], "one of AES-128"],
    [2, ["generate", "AES-256", "--out", "x"], "no default policy"],
    [2, ["generate", "AES-256", "--policy", "nist"], "--out is missing"],
    [2, ["generate", "AES-256", "--policy", "absent.json", "--out", "x"], "cannot be read"],
    [2, ["generate", "AES-256", "--policy", "nist", "--out", "x", "--colour"], "--colour"],
    [2, ["generate", "AES-256", "--policy", "nist", "--out", "x", "--format", "pem"], "raw or jwk"],
    [2, ["generate", "RSA-2048", "--policy", "nist", "--out", "x", "--format", "raw"], "pem, der or jwk"],
    [
      2,
      ["generate", "AES-256", "--policy", "nist", "--environment", "prod", "--out", "x"],
      "development, test, production",
    ],
    [2, ["generate", "AES-256", "--policy", "nist", "--out", "x", "--record", "x"], "files of their own"],
    [
      3,
      ["generate", "RSA-2048", "--policy", "nist", "--protect-until", "2040-01-01", "--out", "x"],
      "nist/strength-128",
    ],
    [3, ["generate", "AES-256", "--policy", "nist", "--environment", "production", "--out", "x"], "policy document"],
    [2, ["generate", "P-224", "--policy", "nist", "--format", "jwk", "--out", "x"], "written as pem or der"],
    [2, ["generate", "AES-256", "--policy", "nist", "--out", "x", "--lucas"], "lucas is an option of RSA keys"],
    [
      2,
      ["generate", "RSA-2048", "--policy", "nist", "--out", "x", "--lucas", "--method", "A.1.2"],
      "method A.1.2 proves them",
    ],
    [2, ["generate", "RSA-2048", "--policy", "nist", "--out", "x", "--method", "A.1.1"], "one of A.1.6"],
    [2, ["generate", "RSA-2048", "--policy", "nist", "--out", "x", "--public-exponent", "3"], "2^16 and 2^33"],
    [2, ["generate", "RSA-5120", "--policy", "nist", "--out", "x"], "RSA-6144"],
    [2, ["unknown"], "there is no command"],
    [2, [], ""],
  ])("exits %i on %j", async (code, args, reason) => {
    const ran = await keywright(args);
    expect(ran.code, ran.stderr).toBe(code);
    expect(ran.stderr).toContain(reason);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });
});

describe("decide", () => {
  test("says why not, with clauses, and exits 3", async () => {
    const { code, stdout } = await keywright([
      "decide",
      "RSA-2048",
      "--policy",
      "nist",
      "--protect-until",
      "2040-01-01",
    ]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/refused by policy.*\n.*nist\/strength-128 \(SP 800-57/);
  });

  test("takes a document, and speaks JSON", async () => {
    const policy = join(root, "worker/policies/production.json");
    const args = ["decide", "RSA-3072", "--policy", policy, "--environment", "production", "--json"];
    const { code, stdout } = await keywright(args);
    expect(code).toBe(3); // production wants purpose and classification
    expect(JSON.parse(stdout)).toMatchObject({ allowed: false, policy: { approved: true } });
  });
});

describe("verify", () => {
  test("obeys nothing that a record holds: control characters are refused, what turns the writing is shown", async () => {
    await keywright(["generate", "AES-128", "--policy", "nist", "--out", "e.key"]);
    const record = JSON.parse(read("e.key.record.json"));
    for (const [more, told] of [
      ["\x1b[2K\rconsistent\n\x9b1A", "predicate.algorithm.name: wanted text without control characters"],
      ["\u202ex", "algorithm AES-128\\u202ex is not known"],
    ] as const) {
      record.predicate.algorithm.name = `AES-128${more}`;
      writeFileSync(join(folder, "evil.json"), JSON.stringify(record));
      for (const json of [[], ["--json"]]) {
        const { code, stdout } = await keywright(["verify", "evil.json", "--allow-unsigned", ...json]);
        expect(code).toBe(1);
        expect(stdout).toContain(told);
        expect(stdout).not.toMatch(/[\p{Cc}\p{Bidi_Control}](?<!\n)/u);
      }
    }
  });

  test("does not accept an unsigned record unless told to, and never one that was changed", async () => {
    await keywright(["generate", "AES-256", "--policy", "nist", "--out", "v.key"]);
    const plain = await keywright(["verify", "v.key.record.json", "--secret-key", "v.key"]);
    expect(plain).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("not signed: anyone could have written this"),
    });
    expect((await keywright(["verify", "v.key.record.json", "--secret-key", "v.key", "--allow-unsigned"])).code).toBe(
      0,
    );
    writeFileSync(
      join(folder, "bad.json"),
      read("v.key.record.json").replace('"strengthBits": 256', '"strengthBits": 128'),
    );
    const bad = await keywright(["verify", "bad.json", "--allow-unsigned"]);
    expect(bad).toMatchObject({ code: 1, stdout: expect.stringContaining("not consistent") });
  });
});

describe("request", () => {
  test.each(["AES-256", "RSA-2048"])("gets an %s key from the service and unwraps it", async (name) => {
    const out = `${name}.key`;
    const publicOut = name.startsWith("RSA") ? ["--public-out", `${name}.pub`] : [];
    const args = ["request", name, "--url", address, "--out", out, ...publicOut];
    const { code, stdout, stderr } = await keywright(args, { KEYWRIGHT_TOKEN: token });
    expect(code, stderr).toBe(0);
    expect(stdout).toBe("");
    expect(statSync(join(folder, out)).mode & 0o777).toBe(0o600);
    const record = JSON.parse(read(`${out}.record.json`));
    expect(record.predicate.module.runtime.name).toBe("workerd");
    expect(name.startsWith("AES") ? statSync(join(folder, out)).size : createPrivateKey(read(out)).type).toBe(
      name.startsWith("AES") ? 32 : "private",
    );
  });

  test("tells what the service refused, and exits 3", async () => {
    const args = ["request", "RSA-2048", "--url", address, "--protect-until", "2040-01-01", "--out", "no.pem"];
    expect(await keywright(args, { KEYWRIGHT_TOKEN: token })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("strength-128"),
    });
    expect(await keywright(args, { KEYWRIGHT_TOKEN: "wrong" })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("401"),
    });
    expect(await keywright(args, { KEYWRIGHT_TOKEN: "" })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("KEYWRIGHT_TOKEN"),
    });
    const nowhere = args.map((arg) => (arg === address ? "http://127.0.0.1:9" : arg));
    expect(await keywright(nowhere, { KEYWRIGHT_TOKEN: token })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no answer"),
    });
  });
});

test("--help says what there is", async () => {
  expect(await keywright(["--help"])).toMatchObject({ code: 0, stdout: expect.stringContaining("keywright generate") });
  for (const command of ["generate", "request", "decide", "verify"]) {
    expect(await keywright([command, "--help"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`keywright ${command}`),
    });
  }
});

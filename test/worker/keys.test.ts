/** POST /v1/keys: keys leave wrapped, with a record that fits them. */
import { describe, expect, test } from "vitest";
import { decodeJwk, PublicKey, SecretKey, UNSIGNED, verifyRecord } from "#keywright";
import development from "../../worker/policies/development.json";
import { ask, makeRecipient } from "./client.ts";

const recipients = [
  ["RSA-OAEP-256", { modulusLength: 3072 }, "AES-128"],
  ["ECDH-ES+A256KW", { crv: "P-256" }, "AES-128"],
  ["ECDH-ES+A256KW", { crv: "P-384" }, "AES-192"],
  ["ECDH-ES+A256KW", { crv: "P-521" }, "AES-256"],
  ["ECDH-ES+A256KW", { crv: "X25519" }, "AES-128"],
] as const;

describe.each(recipients)("a recipient of %s %o", (alg, options, algorithm) => {
  test(`gets an ${algorithm} key that its record describes`, async () => {
    const recipient = await makeRecipient(alg, { ...options, extractable: true });
    const { status, json } = await ask("/v1/keys", {
      body: { algorithm, purpose: "encrypt", classification: "sample-data", recipient: recipient.publicJwk },
    });
    expect(status, JSON.stringify(json)).toBe(200);
    const { jwk, header } = await recipient.unwrap(json.wrapped);
    expect(header).toMatchObject({ alg, enc: "A256GCM", cty: "jwk+json" });
    const secretKey = decodeJwk(jwk, { algorithm });
    if (!(secretKey instanceof SecretKey)) throw new TypeError("a secret key was wanted");
    const result = await verifyRecord(json.record, { secretKey });
    expect(result).toMatchObject({ consistent: true, authenticated: false, signers: [] });
    expect(json.publicKey).toBeNull();
    expect(UNSIGNED).toContain("anyone could have written this");
  });
});

test("an RSA pair comes wrapped, with its public key beside it", async () => {
  const recipient = await makeRecipient("ECDH-ES+A256KW", { crv: "P-384" });
  const { status, json } = await ask("/v1/keys", {
    body: { algorithm: "RSA-2048", purpose: "sign", classification: "sample-data", recipient: recipient.publicJwk },
  });
  expect(status, JSON.stringify(json)).toBe(200);
  const { jwk } = await recipient.unwrap(json.wrapped);
  expect(jwk.n).toBe(json.publicKey.n);
  expect(jwk.d).toBeTypeOf("string");
  const publicKey = decodeJwk(json.publicKey);
  if (!(publicKey instanceof PublicKey)) throw new TypeError("a public key was wanted");
  expect(await verifyRecord(json.record, { publicKey })).toMatchObject({ consistent: true });
  expect(json.record.predicate.module.runtime.name).toBe("workerd");
  const usable = await crypto.subtle.importKey(
    "jwk",
    { ...jwk, kty: "RSA", alg: "PS256" } as JsonWebKey,
    { name: "RSA-PSS", hash: "SHA-256" },
    false,
    ["sign"],
  );
  expect((await crypto.subtle.sign({ name: "RSA-PSS", saltLength: 32 }, usable, new Uint8Array(8))).byteLength).toBe(
    256,
  );
});

test("a pair by the runtime's own library comes wrapped like any other, and its record says so", async () => {
  const recipient = await makeRecipient("ECDH-ES+A256KW", { crv: "P-256" });
  const asked = { algorithm: "P-256", purpose: "sign", classification: "sample-data", provider: "platform" };
  const { status, json } = await ask("/v1/keys", { body: { ...asked, recipient: recipient.publicJwk } });
  expect(status, JSON.stringify(json)).toBe(200);
  const publicKey = decodeJwk(json.publicKey);
  if (!(publicKey instanceof PublicKey)) throw new TypeError("a public key was wanted");
  expect(await verifyRecord(json.record, { publicKey })).toMatchObject({ consistent: true });
  expect(json.record.predicate).toMatchObject({ provider: "platform", checked: "full", rng: { mechanism: "unknown" } });
  expect((await recipient.unwrap(json.wrapped)).jwk.d).toBeTypeOf("string");
  const unknown = await ask("/v1/keys", { body: { ...asked, provider: "hsm", recipient: recipient.publicJwk } });
  expect([unknown.status, unknown.json.detail]).toEqual([400, expect.stringMatching(/provider.*core or platform/)]);
});

test("the answer holds no key byte outside the wrapping", async () => {
  const recipient = await makeRecipient("ECDH-ES+A256KW", { crv: "P-521" });
  const { json, text } = await ask("/v1/keys", {
    body: { algorithm: "AES-256", purpose: "encrypt", classification: "sample-data", recipient: recipient.publicJwk },
  });
  const { jwk } = await recipient.unwrap(json.wrapped);
  expect(jwk.k).toBeTypeOf("string");
  expect(text).not.toContain(jwk.k);
});

test("two keys differ, and so do their records", async () => {
  const recipient = await makeRecipient("ECDH-ES+A256KW", { crv: "P-256" });
  const body = {
    algorithm: "AES-128",
    purpose: "encrypt",
    classification: "sample-data",
    recipient: recipient.publicJwk,
  };
  const [a, b] = [await ask("/v1/keys", { body }), await ask("/v1/keys", { body })];
  expect((await recipient.unwrap(a.json.wrapped)).jwk.k).not.toBe((await recipient.unwrap(b.json.wrapped)).jwk.k);
  expect(a.json.record.subject[0].name).not.toBe(b.json.record.subject[0].name);
});

const weaker = [
  ["AES-256", "encrypt", "RSA-OAEP-256", { modulusLength: 4096 }, "use P-521"],
  ["AES-192", "encrypt", "ECDH-ES+A256KW", { crv: "P-256" }, "RSA-7680, RSA-8192, P-384 or P-521"],
  ["P-521", "sign", "ECDH-ES+A256KW", { crv: "P-384" }, "use P-521"],
  ["RSA-4096", "sign", "ECDH-ES+A256KW", { crv: "X25519" }, "use RSA-4096, "],
  ["ML-KEM-768", "establish", "RSA-OAEP-256", { modulusLength: 2048 }, "192 bits"],
] as const;

test.each(weaker)(
  "an %s key to %s is not wrapped by %s to a weaker %o",
  async (algorithm, purpose, alg, options, why) => {
    const { publicJwk } = await makeRecipient(alg, options);
    const body = { algorithm, purpose, classification: "sample-data", recipient: publicJwk };
    const { status, json } = await ask("/v1/keys", { body });
    expect(status, JSON.stringify(json)).toBe(403);
    expect(json).toMatchObject({
      code: "policy-refused",
      detail: expect.stringContaining("as safe as what it is wrapped"),
    });
    expect(json).toMatchObject({
      broken: [{ id: "service/recipient-strength", state: "disallowed", why: json.detail }],
    });
    expect(json.detail).toContain(why);
  },
);

test("a key that resists a quantum computer comes with the warning that its wrapping does not", async () => {
  const { publicJwk: recipient } = await makeRecipient("ECDH-ES+A256KW", { crv: "P-384" });
  const body = { algorithm: "ML-KEM-768", purpose: "establish", classification: "sample-data", recipient };
  const { status, json } = await ask("/v1/keys", { body });
  expect(status, JSON.stringify(json)).toBe(200);
  expect(json.warnings).toMatchObject([{ id: "service/recipient-quantum", why: expect.stringContaining("P-384") }]);
  const secret = await ask("/v1/keys", { body: { ...body, algorithm: "AES-128", purpose: "encrypt" } });
  expect(secret.json.warnings).toMatchObject([{ id: "service/recipient-quantum" }]);
  const pair = await ask("/v1/keys", { body: { ...body, algorithm: "P-256", purpose: "sign" } });
  expect(pair.json.warnings).toEqual([]);
});

describe("plaintext", () => {
  const open = JSON.stringify({
    ...development,
    export: { ...development.export, plaintext: ["development", "test"] },
  });
  const body = { algorithm: "AES-256", purpose: "encrypt", classification: "sample-data", export: "plaintext" };

  test("is answered in development, if the policy says so", async () => {
    const env = { ENVIRONMENT: "development", POLICY: open, TENANT: "open" };
    const { status, json } = await ask("/v1/keys", { body, env });
    expect(status, JSON.stringify(json)).toBe(200);
    expect(json.key).toMatchObject({ kty: "oct", k: expect.stringMatching(/^[\w-]{43}$/) });
  });

  test("is refused elsewhere, whatever the policy says", async () => {
    const { status, json } = await ask("/v1/keys", {
      body,
      env: { ENVIRONMENT: "test", POLICY: open, TENANT: "open" },
    });
    expect(status).toBe(403);
    expect(json.broken).toMatchObject([{ id: "service/plaintext" }]);
  });
});

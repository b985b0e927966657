/** Keys by the runtime's own Web Cryptography, in whatever runtime this runs: checked by the core, and recorded as what they are. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AlgorithmName,
  encodePkcs8,
  encodeRaw,
  encodeSpki,
  type Keygen,
  openKeygen,
  verifyRecord,
  webCrypto,
} from "#keywright";

let keygen: Keygen;
beforeAll(async () => {
  keygen = await openKeygen({ policy: "open", environment: "test", platform: webCrypto });
});
afterAll(() => keygen.close());

const provider = "platform";

describe("a pair that may be extracted", () => {
  test.each<readonly [AlgorithmName, string]>([
    ["RSA-2048", "sign"],
    ["RSA-2048", "encrypt"],
    ["P-256", "sign"],
    ["P-384", "establish"],
    ["P-521", "sign"],
    ["Ed25519", "sign"],
    ["X25519", "establish"],
  ])("%s to %s meets all criteria of the core", async (name, purpose) => {
    const made = await keygen.generate(name as "P-256", { provider, purpose });
    const { publicKey, privateKey, record } = made;
    expect(await verifyRecord(record, { publicKey })).toMatchObject({ broken: [], consistent: true });
    const { checked, pairwise, rng, deterministic } = record.predicate;
    expect([checked, rng.mechanism, rng.assessed, deterministic]).toEqual(["full", "unknown", false, false]);
    expect(pairwise.map(({ by, result }) => [by, result])).toEqual([
      ["core", "passed"],
      ["platform", "passed"],
    ]);
    expect(encodePkcs8(privateKey).length).toBeGreaterThan(40);
    expect(record.predicate.module.library === null).toBe(record.predicate.module.runtime.name !== "node");
  });
});

describe("a pair that may not", () => {
  test.each<readonly [AlgorithmName, string, readonly KeyUsage[]]>([
    ["RSA-2048", "sign", ["sign"]],
    ["RSA-2048", "wrap", ["unwrapKey"]],
    ["P-256", "establish", ["deriveBits", "deriveKey"]],
    ["Ed25519", "sign", ["sign"]],
    ["X25519", "establish", ["deriveBits", "deriveKey"]],
  ])("%s to %s stays in the platform, for that alone", async (name, purpose, usages) => {
    const made = await keygen.generate(name as "P-256", { provider, purpose, extractable: false });
    const { publicKey, privateKey, record } = made;
    expect(await verifyRecord(record, { publicKey })).toMatchObject({ broken: [], consistent: true });
    expect(privateKey).toMatchObject({ type: "private", extractable: false });
    expect([...privateKey.usages].sort()).toEqual([...usages].sort());
    expect(record.predicate.checked).toBe("public");
    expect(record.predicate.pairwise.map(({ by }) => by)).toEqual(["platform"]);
  });
});

test("a key of a curve does not wait for a search of the core", async () => {
  const controller = new AbortController();
  const search = keygen.generate("RSA-8192", { signal: controller.signal });
  const searched = expect(search).rejects.toThrow("enough");
  await keygen.generate("P-256", { provider, purpose: "sign" });
  controller.abort(new Error("enough"));
  await searched;
});

test("another key is another one, and the record of the one does not fit it", async () => {
  const [one, other] = [
    await keygen.generate("P-256", { provider, export: "sealed" }),
    await keygen.generate("P-256", { provider, export: "sealed" }),
  ];
  expect(encodeSpki(other.publicKey)).not.toEqual(encodeSpki(one.publicKey));
  const { publicKey } = other;
  expect(await verifyRecord(one.record, { publicKey })).toMatchObject({ broken: [{ id: "public-key" }] });
});

describe("a secret key", () => {
  test.each<readonly [AlgorithmName, string, number]>([
    ["AES-256", "encrypt", 32],
    ["AES-128", "wrap", 16],
    ["HMAC-SHA-384", "authenticate", 48],
  ])("%s to %s, readable and not", async (name, purpose, length) => {
    const open = await keygen.generate(name as "AES-256", { provider, purpose });
    expect(encodeRaw(open.secretKey)).toHaveLength(length);
    expect(await verifyRecord(open.record, { secretKey: open.secretKey })).toMatchObject({ broken: [] });
    expect(open.record.predicate).toMatchObject({ checked: "full", pairwise: [] });
    const kept = await keygen.generate(name as "AES-256", { provider, purpose, extractable: false });
    expect(kept.secretKey).toMatchObject({ type: "secret", extractable: false });
    expect(kept.record.subject[0].digest).toHaveProperty("keywrightKeyId");
    expect(await verifyRecord(kept.record)).toMatchObject({ broken: [] });
  });
});

/** What holds of a key however it was made: its copy for recovery, the test by the platform, and who may make it. */
import { compactDecrypt, exportJWK, generateKeyPair } from "jose";
import { describe, expect, test } from "vitest";
import {
  combineKeys,
  derivationDecision,
  derive,
  encodeJwk,
  type Keygen,
  openKeygen,
  openRecovery,
  PolicyRefusal,
  verifyRecord,
  webCrypto,
} from "#keywright";
import { seedPolicy } from "../support/seeds.ts";

const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
const below = { scheme: "keywright-hkdf-v1", seedOrigin: "drbg", path: "a" } as const;
const components = { method: "xor", keys: [seed] } as const;
const open = (fields: Readonly<Record<string, unknown>> = {}) =>
  openKeygen({ policy: seedPolicy("open", fields), environment: "test", platform: webCrypto });

async function all<T>(made: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const each of made) list.push(each);
  return list;
}

test("a copy for recovery is wrapped before the key leaves", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ECDH-ES+A256KW", { crv: "P-521", extractable: true });
  const recovery = await openRecovery({ ...(await exportJWK(publicKey)) });
  using keygen = await open({ export: { plaintext: [], wrapped: ["test"], extractable: ["test"] } });
  const made = [
    await keygen.generateFromSeed("AES-256", seed, { ...below, recovery }),
    await combineKeys(keygen, "AES-256", { ...components, recovery }),
    ...(await all(keygen.generateMany("AES-256", 3, { recovery }))),
  ];
  for (const { secretKey, record, wrapped = "" } of made) {
    const { plaintext } = await compactDecrypt(wrapped, privateKey);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toMatchObject({
      k: encodeJwk(secretKey).k,
      kid: record.subject[0].name,
    });
    expect(record.predicate.recovery).toEqual(recovery.facts);
    expect(await verifyRecord(record, { secretKey })).toMatchObject({ broken: [] });
  }
});

test("where the policy asks for it the platform tests each pair", async () => {
  using keygen = await open({ pairwise: "platform" });
  const made = [await keygen.generateFromSeed("P-256", seed, below), ...(await all(keygen.generateMany("P-256", 3)))];
  for (const { publicKey, record } of made) {
    expect(record.predicate.pairwise.map(({ by, result }) => [by, result])).toEqual([
      ["core", "passed"],
      ["platform", "passed"],
    ]);
    expect("keysPerGeneration" in record.predicate.rng.additionalInput).toBe(false);
    expect(await verifyRecord(record, { publicKey })).toMatchObject({ broken: [] });
  }
});

describe("refused", () => {
  const provider = "platform" as "core"; // not by the types
  test.each<readonly [string, (keygen: Keygen) => unknown]>([
    ["a seed", (keygen) => keygen.generateFromSeed("AES-256", seed, { ...below, provider })],
    ["a decision on a seed", (keygen) => keygen.decide("AES-256", { provider, seed: { origin: "drbg", bits: 256 } })],
    ["components", (keygen) => combineKeys(keygen, "AES-256", { ...components, provider })],
    ["keys in bulk", (keygen) => keygen.generateMany("AES-256", 2, { provider }).next()],
  ])("%s for the platform", async (_, make) => {
    using keygen = await open();
    await expect((async () => make(keygen))()).rejects.toThrow(/are made by the core, got provider "platform"/);
    expect(keygen.closed).toBe(false);
  });

  test("an RSA key from a seed, which has no Lucas test, where one is wanted", async () => {
    using keygen = await open({ rsaLucas: true });
    const refusal = await keygen.generateFromSeed("RSA-2048", seed, below).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "policy-refused", details: { broken: "policy/rsa-lucas" } });
    const wish = { ...below, lucas: true };
    await expect(keygen.generateFromSeed("RSA-2048", seed, wish)).rejects.toThrow(/lucas of a key from a seed/);
  });

  test("with what the policy allows instead", async () => {
    using keygen = await openKeygen({ policy: "nist", environment: "test" });
    const refusal = await combineKeys(keygen, "ChaCha20-Poly1305", components).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PolicyRefusal);
    expect(refusal).toMatchObject({ details: { instead: expect.stringContaining("AES-256") } });
  });

  test("what is no keygen", async () => {
    const none = {} as Keygen;
    const options = { key: seed, length: 32 };
    await expect(derive(none, "HKDF-SHA-256", options)).rejects.toThrow("keygen must come from openKeygen");
    await expect(combineKeys(none, "AES-256", components)).rejects.toThrow(TypeError);
    expect(() => derivationDecision(none, "HKDF-SHA-256", options)).toThrow(TypeError);
  });
});

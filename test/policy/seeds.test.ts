/** What policies say of keys from seeds, where the scheme has a generator of its own. */
import { expect, test } from "vitest";
import { openKeygen, PolicyRefusal } from "#keywright";
import { seedPolicy } from "../support/seeds.ts";

const seed = Uint8Array.from({ length: 48 }, (_, i) => i);
const detKeygen = { scheme: "c2sp-det-keygen", seedOrigin: "drbg" } as const;
const below = { scheme: "keywright-hkdf-v1", seedOrigin: "drbg", path: "a" } as const;
const hashes = (...names: readonly string[]) => ({ generator: { minStrengthBits: 256, hashes: names } });

async function refusal(policy: unknown, name: "P-384", options: typeof detKeygen | typeof below) {
  using keygen = await openKeygen({ policy, environment: "test" });
  const told = keygen.decide(name, { seed: { origin: "drbg", bits: 384 }, extractable: true });
  const ids = told.broken.map(({ id }) => id);
  try {
    const { record } = await keygen.generateFromSeed(name, seed, { ...options, purpose: "sign" });
    expect(record.predicate).toMatchObject({ provider: "core", rng: { hash: "SHA-512" } }); // of the names
  } catch (error) {
    if (!(error instanceof PolicyRefusal)) throw error;
    expect(error.decision.broken.map(({ id }) => id)).toEqual(ids);
  }
  return ids;
}

test("det-keygen is HMAC_DRBG with SHA-256, and is judged as such", async () => {
  for (const options of [detKeygen, below]) {
    expect(await refusal(seedPolicy("cnsa-2"), "P-384", options)).toEqual(["cnsa-2/drbg-hash"]);
    expect(await refusal(seedPolicy("nist", hashes("SHA-512")), "P-384", options)).toEqual(["policy/generator-hash"]);
    expect(await refusal(seedPolicy("nist", hashes("SHA-256")), "P-384", options)).toEqual([]);
  }
});

test("ML-DSA-44 keeps category 2 from a seed of 192 bits on (FIPS 204, 3.6.1)", async () => {
  using keygen = await openKeygen({ policy: seedPolicy("nist"), environment: "test" });
  const wish = { scheme: "fips-204", seedOrigin: "drbg" } as const;
  const made = (seedBits: number) => keygen.generateFromSeed("ML-DSA-44", seed.subarray(0, 32), { ...wish, seedBits });
  await expect(made(191)).rejects.toThrow(/at least 192 bits of entropy for ML-DSA-44, got 191/);
  const { record } = await made(192);
  expect(record.predicate.algorithm.parameters).toMatchObject({ category: 2 });
});

test("what is drawn, and what comes from a seed without a generator, is judged by the instance's", async () => {
  using keygen = await openKeygen({ policy: seedPolicy("cnsa-2"), environment: "test" });
  const ids = (...asked: Parameters<typeof keygen.decide>) => keygen.decide(...asked).broken.map(({ id }) => id);
  expect(ids("P-384", { purpose: "sign" })).toEqual([]);
  expect(ids("AES-256", { seed: { origin: "drbg", bits: 256 } })).toEqual([]);
  expect(ids("ML-DSA-87", { seed: { origin: "drbg", bits: 256 } })).toEqual([]);
});

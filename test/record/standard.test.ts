/** The record of a key names the clause that was followed to make it, and no other of the same standard holds. */
import { expect, test } from "vitest";
import { type AlgorithmName, combineKeys, openKeygen, verifyRecord } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { seedPolicy } from "../support/seeds.ts";

const keygen = await openKeygen({ policy: seedPolicy(), environment: "test" });
const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => i);
const scheme = "keywright-hkdf-v1";

const ofSeed = async (name: AlgorithmName, seed = bytes(32), by: string = scheme) =>
  (
    await keygen.generateFromSeed(name, seed, {
      scheme: by as typeof scheme,
      seedOrigin: "drbg",
      ...(by === scheme ? { path: "a" } : {}),
    })
  ).record;
const combined = async (name: AlgorithmName, method: "xor" | "extraction") =>
  (await combineKeys(keygen, name, { method, keys: [bytes(32)] })).record;

test.each([
  ["AES-256, combined", () => combined("AES-256", "xor"), "FIPS 197; SP 800-133 Rev. 2, 6.3"],
  ["HMAC-SHA-256, combined", () => combined("HMAC-SHA-256", "extraction"), "FIPS 198-1; SP 800-133 Rev. 2, 6.3"],
  ["AES-256", () => ofSeed("AES-256"), "FIPS 197; SP 800-133 Rev. 2, 6.2"],
  ["HMAC-SHA-512", () => ofSeed("HMAC-SHA-512"), "FIPS 198-1; SP 800-133 Rev. 2, 6.2"],
  ["ChaCha20-Poly1305", () => ofSeed("ChaCha20-Poly1305"), "RFC 8439, 2.8; SP 800-133 Rev. 2, 6.2"],
  ["ML-KEM-768", () => ofSeed("ML-KEM-768", bytes(64), "fips-203"), "FIPS 203, Algorithm 16"],
  ["ML-KEM-768 below a seed", () => ofSeed("ML-KEM-768"), "FIPS 203, Algorithm 16"],
  ["ML-DSA-44", () => ofSeed("ML-DSA-44", bytes(32), "fips-204"), "FIPS 204, Algorithm 6"],
  ["SLH-DSA", () => ofSeed("SLH-DSA-SHA2-128f", bytes(48), "fips-205"), "FIPS 205, Algorithm 18"],
  ["P-256", () => ofSeed("P-256"), "FIPS 186-5, A.2.2; SP 800-186, 3.2.1"],
])("%s of more than the generator", async (_, make, standard) => {
  const record = await make();
  const { algorithm } = record.predicate;
  expect(algorithm.standard).toBe(standard);
  expect((await verifyRecord(record)).broken).toEqual([]);
  const drawn = registry[algorithm.name as AlgorithmName].standard;
  if (drawn === standard) return;
  const old = { ...record, predicate: { ...record.predicate, algorithm: { ...algorithm, standard: drawn } } };
  expect((await verifyRecord(old)).broken.map(({ id }) => id)).toEqual(["standard"]);
});

test("a key that was drawn follows the clause for those", async () => {
  const { record } = await keygen.generate("AES-256");
  const { algorithm } = record.predicate;
  expect(algorithm.standard).toBe("FIPS 197; SP 800-133 Rev. 2, 6.1");
  const standard = "FIPS 197; SP 800-133 Rev. 2, 6.3";
  const other = { ...record, predicate: { ...record.predicate, algorithm: { ...algorithm, standard } } };
  expect((await verifyRecord(other)).broken.map(({ id }) => id)).toEqual(["standard"]);
});

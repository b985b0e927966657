/** The record of a key from a seed: what about it must hold together. */
import { expect, test } from "vitest";
import { openKeygen, verifyRecord } from "#keywright";
import { seedPolicy } from "../support/seeds.ts";

const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
using keygen = await openKeygen({ policy: seedPolicy(), environment: "test" });
const below = (seedOrigin: string) => ({ scheme: "keywright-hkdf-v1", seedOrigin, path: "a" }) as const;
const own = await keygen.generateFromSeed("AES-256", seed, below("drbg"));
const foreign = await keygen.generateFromSeed("AES-256", seed, below("external"));
const rsa = await keygen.generateFromSeed("RSA-2048", seed, below("drbg"));
const random = await keygen.generate("AES-256");
const drawn = await keygen.generate("RSA-2048");

type Predicate = (typeof own)["record"]["predicate"];
const edited = (record: typeof own.record, edit: Partial<Record<keyof Predicate, unknown>>) => {
  const predicate = Object.fromEntries(
    Object.entries({ ...record.predicate, ...edit }).filter(([, value]) => value !== undefined),
  );
  return { ...record, predicate };
};
const broken = async (record: unknown) => (await verifyRecord(record)).broken.map(({ id }) => id);
const facts = own.record.predicate.seed;
if (facts === undefined) throw new Error("a derived key has a seed");

test("as they are they hold", async () => {
  for (const { record } of [own, foreign, rsa]) expect(await broken(record)).toEqual([]);
});

test.each([
  ["a random key with a seed", random.record, { seed: facts }, ["generation", "claims"]],
  ["a derived key without one", own.record, { seed: undefined }, ["generation", "claims"]],
  ["a derived key that is called random", own.record, { generation: "random" }, ["standard", "generation"]],
  ["an unknown scheme", own.record, { seed: { ...facts, scheme: "bip-32" } }, ["shape"]],
  ["a scheme of other keys", own.record, { seed: { ...facts, scheme: "fips-203" } }, ["seed-scheme"]],
  ["another standard", own.record, { seed: { ...facts, standard: "mine" } }, ["seed-scheme"]],
  ["too little entropy", own.record, { seed: { ...facts, bits: 255 } }, ["seed-bits"]],
  ["entropy that somebody else answers for", own.record, { seed: { ...facts, assertedBy: "platform" } }, ["shape"]],
  ["the seed itself", own.record, { seed: { ...facts, value: "00" } }, ["shape"]],
  [
    "a check value where passwords could be tried",
    own.record,
    { seed: { ...facts, origin: "kdf" } },
    ["subject", "kcv-salt"],
  ],
  ["no check value where there should be one", foreign.record, { seed: facts }, ["subject", "kcv-salt"]],
] as const)("%s is seen", async (_, record, edit, ids) => {
  expect(await broken(edited(record, edit))).toEqual([...ids]);
});

test("the id of another record is seen", async () => {
  const subject = [{ ...foreign.record.subject[0], name: own.record.subject[0].name }];
  expect(await broken({ ...foreign.record, subject })).toEqual(["subject"]);
});

test("an RSA key from a seed has the primes of det-keygen", async () => {
  const { algorithm } = rsa.record.predicate;
  expect(await broken(edited(rsa.record, { algorithm: drawn.record.predicate.algorithm }))).toEqual(["seed-scheme"]);
  const lucas = { ...algorithm, parameters: { ...algorithm.parameters, lucas: true } };
  expect(await broken(edited(rsa.record, { algorithm: lucas }))).toEqual(["seed-scheme"]);
  expect(algorithm.parameters).not.toEqual(drawn.record.predicate.algorithm.parameters);
});

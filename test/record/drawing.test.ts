/** What a record says of generator, seed and components is what this version's have, not merely what a standard allows. */
import { expect, test } from "vitest";
import {
  type AlgorithmName,
  combineKeys,
  type KeyRecord,
  openKeygen,
  type SeedOptions,
  verifyRecord,
} from "#keywright";
import { seedPolicy } from "../support/seeds.ts";

const generator = { minStrengthBits: 112, predictionResistance: true };
const keygen = await openKeygen({ policy: seedPolicy(), environment: "test" });
const fresh = await openKeygen({ policy: seedPolicy("open", { generator }), environment: "test" });
const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => i);
const ofSeed = async (name: AlgorithmName, length: number, wish: Pick<SeedOptions, "scheme" | "path">) =>
  (await keygen.generateFromSeed(name, bytes(length), { ...wish, seedOrigin: "drbg" })).record;
const broken = async (record: unknown) => (await verifyRecord(record)).broken.map(({ id }) => id);
const edited = (record: KeyRecord, member: string, edit: object) => {
  const predicate = record.predicate as unknown as Readonly<Record<string, object>>;
  return { ...record, predicate: { ...predicate, [member]: { ...predicate[member], ...edit } } };
};

const { record } = await keygen.generate("AES-128");
const { record: rsa } = await fresh.generate("RSA-2048");
const { entropy } = record.predicate.rng;

test.each([
  ["entropy", "more entropy than is drawn", { entropy: { ...entropy, bits: 1_000_000 } }],
  ["rng-hash self-tests", "another hash, as strong", { hash: "SHA-256" }],
  ["rng-hash rng-strength self-tests", "a hash of another strength", { hash: "SHA-224", strengthBits: 128 }],
  ["reseed-interval", "an interval that the standard allows", { reseedInterval: 2 ** 48 }],
])("%s: %s", async (ids, _, edit) => {
  expect(await broken(edited(record, "rng", edit))).toEqual(ids.split(" "));
});

test.each(["AES-256", "P-521", "ML-KEM-768"] as const)(
  "few requests follow the reseed that %s was drawn after",
  async (name) => {
    for (let i = 0; i < 20; i++) await keygen.generate(name);
    const made = (await fresh.generate(name)).record;
    expect(made.predicate.rng.reseedCounter).toBeLessThanOrEqual(4);
    expect(await broken(made)).toEqual([]);
    for (const reseedCounter of [17, 1_000_000]) {
      expect(await broken(edited(made, "rng", { reseedCounter }))).toEqual(["reseed-counter"]);
    }
  },
);

test("a search draws as often as it must", async () => {
  expect(rsa.predicate.rng.reseedCounter).toBeGreaterThan(17);
  expect(await broken(rsa)).toEqual([]);
});

test("each key of many is drawn after a reseed, also when another drew in between", async () => {
  const drawSeveral = async (): Promise<void> => {
    for (let i = 0; i < 40; i++) {
      await ofFresh();
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  };
  const ofFresh = () =>
    Promise.all(
      Array.from({ length: 10 }, () =>
        fresh.generateFromSeed("AES-128", bytes(32), { scheme: "keywright-hkdf-v1", seedOrigin: "drbg", path: "a" }),
      ),
    );
  const others = drawSeveral();
  for await (const made of fresh.generateMany("ML-DSA-87", 60)) {
    expect(made.record.predicate.rng.reseedCounter).toBeLessThanOrEqual(4);
    expect(await broken(made.record)).toEqual([]);
  }
  await others;
});

test.each([
  ["ML-KEM-768", 64, { scheme: "fips-203" }, 512],
  ["P-256", 24, { scheme: "c2sp-det-keygen" }, 8192],
  ["AES-256", 32, { scheme: "keywright-hkdf-v1", path: "a" }, 524_288],
] as const)("a seed of %s has no more bits than it can be long", async (name, length, wish, most) => {
  const made = await ofSeed(name, length, wish);
  expect(await broken(edited(made, "seed", { bits: most }))).toEqual([]);
  expect(await broken(edited(made, "seed", { bits: most + 1 }))).toEqual(["seed-bits"]);
});

test("there are at most 1024 components", async () => {
  const made = (await combineKeys(keygen, "AES-256", { method: "xor", keys: Array(1023).fill(bytes(32)) })).record;
  expect(made.predicate.combination?.keys).toBe(1024);
  expect(await broken(made)).toEqual([]);
  expect(await broken(edited(made, "combination", { keys: 1025 }))).toEqual(["shape"]);
});

test.each([
  ["P-256", 24, { scheme: "c2sp-det-keygen" }, "HMAC_DRBG-SHA-256"],
  ["P-384", 32, { scheme: "keywright-hkdf-v1", path: "a" }, "HMAC_DRBG-SHA-256"],
  ["AES-256", 32, { scheme: "keywright-hkdf-v1", path: "a" }, "KDF-expansion"],
] as const)("what makes %s of a seed was tested", async (name, length, wish, needed) => {
  const made = await ofSeed(name, length, wish);
  const selfTests = made.predicate.selfTests.filter((each) => each !== needed);
  expect(await broken({ ...made, predicate: { ...made.predicate, selfTests } })).toEqual(["self-tests"]);
});

test("no platform tests a secret key", async () => {
  const { decision } = record.predicate;
  const obligations = [...decision.obligations, { id: "pairwise-platform", source: "x", what: "x" }];
  expect(await broken(edited(record, "decision", { obligations }))).toEqual(["pairwise"]);
});

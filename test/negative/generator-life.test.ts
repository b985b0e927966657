/** A Keygen at the ends of its generator's life: the reseed interval, prediction resistance, a state that was damaged. */
import { expect, test } from "vitest";
import { openKeygen, webCrypto } from "#keywright";
import { loadCore } from "#keywright/load";
import { Generator } from "../../src/drbg/generator.ts";
import type { EntropySource } from "../../src/entropy/source.ts";
import { webCryptoSource } from "../../src/entropy/web-crypto.ts";
import { openKeygenWith } from "../../src/keygen.ts";
import development from "../../worker/policies/development.json" with { type: "json" };
import { freshCore } from "../support/core.ts";
import { seedPolicy } from "../support/seeds.ts";
import { openWatched } from "../support/watched.ts";

/** Where a state keeps its reseed counter and its hash: `assembly/drbg/state.ts`. */
const COUNTER_AT = 16;
const HASH_AT = 4;

function countingSource(): { source: EntropySource; reads: number[] } {
  const reads: number[] = [];
  const read = (length: number) => {
    reads.push(length);
    return webCryptoSource.read(length);
  };
  return { source: { ...webCryptoSource, read }, reads };
}

// A key takes three requests: itself, its salt, its id. The interval's last request is served without a reseed.
test.each([
  [-2, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
])("at 2^20 %i requests a key takes %i reseeds", async (distance, reseeds) => {
  const { source, reads } = countingSource();
  const { keygen, memory, state } = await openWatched((options) => openKeygenWith({ load: loadCore, source }, options));
  new DataView(memory().buffer).setBigUint64(state + COUNTER_AT, BigInt(2 ** 20 + distance), true);
  await keygen.generate("AES-256");
  expect(reads.filter((length) => length === 48)).toHaveLength(1 + reseeds); // one to open
  keygen.close();
});

test("a search that crosses the interval goes on", async () => {
  const { keygen, memory, state } = await openWatched();
  new DataView(memory().buffer).setBigUint64(state + COUNTER_AT, BigInt(2 ** 20 - 20), true);
  const { record } = await keygen.generate("RSA-2048");
  expect(record.predicate.rng.reseedCounter).toBeLessThan(2 ** 20);
  keygen.close();
});

test("under a policy with prediction resistance each key, queued or not, follows fresh entropy", async () => {
  const { source, reads } = countingSource();
  const policy = { ...development, generator: { minStrengthBits: 128, predictionResistance: true } };
  using keygen = await openKeygenWith({ load: loadCore, source }, { policy, environment: "test" });
  await Promise.all([keygen.generate("RSA-2048"), keygen.generate("RSA-2048"), keygen.generate("AES-256")]);
  expect(reads.filter((length) => length === 48)).toHaveLength(4);
});

test("a consumer that takes a group's keys on another day gets what the policy says on that day", async () => {
  let now = new Date("2026-11-21T23:59:00Z");
  const policy = { ...development, approvedOn: "2026-01-01", reviewBy: "2026-12-31", onReviewOverdue: "refuse" };
  const { source, reads } = countingSource();
  const parts = { load: loadCore, source, now: () => now };
  using keygen = await openKeygenWith(parts, { policy, environment: "test" });
  const many = keygen.generateMany("AES-256", 5, { purpose: "encrypt", classification: "sample-data" });
  const take = async () => (await many.next()).value?.record.predicate;
  await take();
  now = new Date("2026-11-21T23:59:59.999Z");
  expect((await take())?.requestedAt).toBe("2026-11-21T23:59:00.000Z");
  now = new Date("2026-11-22T00:00:00Z");
  const third = await take();
  expect(third?.requestedAt).toBe("2026-11-22T00:00:00.000Z");
  expect(third?.rng).toMatchObject({ additionalInput: { keysPerGeneration: 3 } });
  expect(reads.filter((length) => length === 32)).toHaveLength(2);
  now = new Date("2036-01-01T00:00:00Z"); // the policy's review is long overdue
  await expect(many.next()).rejects.toMatchObject({ code: "policy-refused" });
});

test("a reseed that was asked for precedes the next output, whatever asks for it", async () => {
  const { source, reads } = countingSource();
  const generator = new Generator(await freshCore(), source, { environment: "test", tenant: "a", scope: "tenant" });
  generator.reseed();
  generator.generate(16);
  expect(reads).toEqual([1024, 48, 48]);
  generator.generate(16);
  expect(reads).toEqual([1024, 48, 48]);
});

test("an SLH-DSA key from a seed mixes fresh bytes into what names it, at each resumption", async () => {
  const { source, reads } = countingSource();
  using keygen = await openKeygenWith({ load: loadCore, source }, { policy: seedPolicy(), environment: "test" });
  keygen.reseed();
  let steps = 0;
  const seed = Uint8Array.from({ length: 48 }, (_, i) => i);
  const options = { scheme: "fips-205", seedOrigin: "drbg", onProgress: () => steps++ } as const;
  await keygen.generateFromSeed("SLH-DSA-SHA2-128f", seed, options);
  expect(steps).toBeGreaterThan(0);
  expect(reads).toEqual([1024, 48, 48, ...Array<number>(1 + steps).fill(32)]);
});

test.each(["P-256", "AES-256"] as const)("a %s key of the platform is named after fresh bytes", async (name) => {
  const { source, reads } = countingSource();
  const options = { policy: "open", environment: "test", platform: webCrypto } as const;
  using keygen = await openKeygenWith({ load: loadCore, source }, options);
  keygen.reseed();
  await keygen.generate(name, { provider: "platform", extractable: false });
  expect(reads.slice(0, 3)).toEqual([1024, 48, 48]);
  expect(new Set(reads.slice(3))).toEqual(new Set([32]));
});

test("a damaged state closes the keygen for good", async () => {
  const { keygen, memory, state } = await openWatched();
  memory()[state + HASH_AT] = 99;
  await expect(keygen.generate("AES-256")).rejects.toMatchObject({ code: "drbg-failed" });
  expect(keygen.closed).toBe(true);
});

test("the halves of a pair share no memory", async () => {
  using keygen = await openKeygen({ policy: "nist", environment: "test" });
  const { publicKey, privateKey } = await keygen.generate("RSA-2048");
  const { encodeJwk } = await import("#keywright");
  const before = encodeJwk(privateKey);
  if (publicKey.parts.kind !== "rsa") throw new TypeError("an RSA key was wanted");
  publicKey.parts.rsa.n.fill(1);
  expect(encodeJwk(privateKey)).toEqual(before);
});

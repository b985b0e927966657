// The pairwise tests of ML-KEM pairs, two at a time: good ones pass, and one wrong half among them is found wherever it is.
import { describe, expect, test } from "vitest";
import { hash } from "../../src/core/hash.ts";
import { type MlKemName, mlKemNames, mlKemPairwise, mlKemPublicKey, mlKemSets } from "../../src/core/ml-kem.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";

const random = new Random("property/ml-kem-many");
const core = await freshCore();
const failure = expect.objectContaining({ name: "KeygenError", code: "pairwise-failed" });
const closed = expect.objectContaining({ name: "KeygenError", code: "self-test-failed" });

function makePairs(name: MlKemName, count: number) {
  return Array.from({ length: count }, () => {
    const seed = random.bytes(64);
    return { seed, publicKey: mlKemPublicKey(core, name, seed) };
  });
}

describe.each(mlKemNames)("%s", (name) => {
  test("good pairs pass, and leave nothing", async () => {
    const fresh = await freshCore();
    mlKemPairwise(fresh, name, ...makePairs(name, 2));
    const clean = image(fresh);
    for (const count of [1, 2, 3, 15, 16]) {
      mlKemPairwise(fresh, name, ...makePairs(name, count));
      expect(leftovers(fresh, clean), String(count)).toEqual([]);
    }
  });

  test.each([
    [2, 0],
    [2, 1],
    [3, 2],
    [16, 13],
  ])("of %i pairs number %i has another seed, or an ek with one bit flipped: all fail", async (count, at) => {
    const { ekLength } = mlKemSets[name];
    for (const flip of [undefined, 0, ekLength - 33, ekLength - 1]) {
      const fresh = await freshCore();
      mlKemPairwise(fresh, name, ...makePairs(name, 2)); // the tables, and what is tested once
      const clean = image(fresh);
      const pairs = makePairs(name, count);
      const pair = pairs[at];
      if (pair === undefined) throw new Error("no such pair");
      const publicKey = Uint8Array.from(pair.publicKey, (byte, i) => (i === flip ? byte ^ 1 : byte));
      pairs[at] = { seed: flip === undefined ? random.bytes(64) : pair.seed, publicKey };
      expect(() => mlKemPairwise(fresh, name, ...pairs)).toThrow(failure);
      expect(() => mlKemPairwise(fresh, name, ...makePairs(name, 2))).toThrow(closed);
      expect(() => hash(fresh, "SHA-256")).toThrow(closed);
      expect(leftovers(fresh, clean)).toEqual([]);
    }
  });

  test("none, or more than 16, are a wrong call", () => {
    expect(() => mlKemPairwise(core, name)).toThrow(RangeError);
    expect(() => mlKemPairwise(core, name, ...makePairs(name, 17))).toThrow(RangeError);
    const [first, second] = makePairs(name, 2);
    const short = { seed: second?.seed.subarray(1) as never, publicKey: second?.publicKey as never };
    expect(() => mlKemPairwise(core, name, first as never, short)).toThrow(/seed must have 64 bytes, got 63/);
  });
});

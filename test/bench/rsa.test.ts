/** The subject `rsa`: its arithmetic on known samples, and its stop-watch on real keys. */
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { flagsFor } from "../../bench/core.ts";
import { dissectKey } from "../../bench/rsa/dissect.ts";
import { expectedTestsPerPrime } from "../../bench/rsa/expected.ts";
import { mustBeKey, openMaker, timedKey } from "../../bench/rsa/key.ts";
import { measureLibraries } from "../../bench/rsa/libraries.ts";
import { nativeRsa } from "../../bench/rsa/native.ts";
import { fixedOf, fixedParts } from "../../bench/rsa/parts.ts";
import { timeTrace } from "../../bench/rsa/trace.ts";
import type { RsaRounds } from "../../bench/rsa.bench.ts";
import { joinRounds } from "../../bench/rsa.ts";
import { rsaProgress } from "../../src/core/rsa.ts";
import { makeKey } from "../support/rsa.ts";

describe("the tests that a search should need", () => {
  test.each([
    [1024, 2 ** 16, 35.93],
    [1024, 2 ** 17, 33.82],
    [1536, 2 ** 18, 47.91],
    [2048, 2 ** 19, 60.52],
  ])("a prime of %i bits, sieved to %i", (bits, bound, tests) => {
    expect(expectedTestsPerPrime(bits, bound)).toBeCloseTo(tests, 1);
  });
});

describe("the parts of a key's time", () => {
  const sample = (key: number, tests: number) => ({ key, tests, pairwise: 5, encode: 1 });
  const dissected = [
    { tests: [2, 2, 9], sieving: 0.5, fixed: 30, passed: 2 },
    { tests: [2, 2], sieving: 0.5, fixed: 20, passed: 4 },
    { tests: [2], sieving: 7, fixed: 25, passed: 2 },
  ];
  const rounds: RsaRounds = {
    bits: 2048,
    nativeName: "theirs",
    ours: [sample(100, 40), sample(140, 56)],
    native: [],
    generate: [],
    seeded: [50],
    dissected,
    plain: [],
  };

  test("are medians, and add up", () => {
    expect(fixedOf(dissected)).toEqual([26, 12, 21]); // less the tests that are counted
    const parts = fixedParts(rounds);
    expect(parts).toMatchObject({ tests: 48, test: 2, sieving: 0.5, fixed: 21, mean: 120 });
    expect(parts.sum).toBeCloseTo(48 * 2.5 + 21, 12);
    expect(parts.formula).toBeCloseTo(67.6, 1);
  });

  test("answers of several calls are joined by size, in order", () => {
    const other: RsaRounds = { ...rounds, bits: 3072 };
    const joined = joinRounds([rounds, other, rounds], 2048);
    expect(joined.ours.map(({ key }) => key)).toEqual([100, 140, 100, 140]);
    expect(joined.dissected).toHaveLength(6);
    expect(joined.seeded).toEqual([50, 50]);
    expect(joinRounds([rounds, other], 3072).ours).toHaveLength(2);
  });
});

describe("the stop-watch", () => {
  const now = () => performance.now();

  test("a key, its pairwise test and its export are timed apart", async () => {
    const maker = await openMaker();
    const start = now();
    const { key, pairwise, encode, tests } = timedKey(maker, 2048, now);
    const whole = now() - start;
    for (const part of [key, pairwise, encode]) expect(part).toBeGreaterThan(0);
    expect(key + pairwise + encode).toBeLessThanOrEqual(whole);
    expect(tests).toBeGreaterThanOrEqual(2);
    expect(rsaProgress(maker.core).phase).toBe("idle");
  });

  test("of a key that is taken apart, every reading of the clock belongs to one part", async () => {
    const maker = await openMaker();
    let readings = 0;
    const { tests, sieving, fixed, passed } = dissectKey(maker, 2048, () => readings++, false);
    for (const one of tests) expect(one).toBeGreaterThan(0);
    const told = tests.reduce((sum, one) => sum + one, 0) + sieving * (tests.length + passed) + fixed;
    expect(told).toBeCloseTo(readings - 1 - 1, 6); // all intervals but the one of the pairwise test
    expect(rsaProgress(maker.core).phase).toBe("idle");
  });

  test("where the clock is coarse a key has one figure for its tests", async () => {
    const maker = await openMaker();
    expect(dissectKey(maker, 2048, now, true).tests.length).toBeLessThanOrEqual(1);
  });

  test("an error leaves no search under way", async () => {
    const maker = await openMaker();
    let readings = 0;
    const broken = () => {
      if (++readings > 3) throw new Error("the clock broke");
      return readings;
    };
    expect(() => timedKey(maker, 2048, broken)).toThrow("the clock broke");
    expect(() => dissectKey(maker, 2048, broken, false)).toThrow("the clock broke");
    expect(rsaProgress(maker.core).phase).toBe("idle");
  });

  test("what is no key is not timed", async () => {
    const { core, generator } = await openMaker();
    const search = { candidates: generator.pointer, bases: generator.pointer, strengthBits: 112, modulusBits: 2048 };
    const key = makeKey(core, { ...search, millerRabinRounds: 5 });
    expect(() => mustBeKey(key, 2048)).not.toThrow();
    expect(() => mustBeKey(key, 3072)).toThrow("no RSA-3072 key");
    for (const part of ["n", "d", "p", "dp", "dq", "qi"] as const) {
      const wrong = key[part].slice();
      wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 4;
      expect(() => mustBeKey({ ...key, [part]: wrong }, 2048), part).toThrow("no RSA-2048 key");
    }
  });

  test("the platform's key and its export are timed apart", async () => {
    const native = nativeRsa();
    expect(native.name).toBe("node:crypto generateKeyPairSync");
    const { key, encode } = await native.sample(2048, now);
    expect(key).toBeGreaterThan(encode);
    expect(encode).toBeGreaterThan(0);
  });
});

describe("the trace", () => {
  const bytes = (value: bigint) => new Uint8Array(Buffer.from(value.toString(16).padStart(256, "0"), "hex"));
  // Near 2^1024: 2^1024 - 105 is the greatest prime below it. The others are odd and not prime.
  const prime = bytes(2n ** 1024n - 105n);
  const [composite, sifted] = [bytes(2n ** 1024n - 107n), bytes(2n ** 1024n - 1n)];

  test("is timed when its second prime ends it", { timeout: 120_000 }, () => {
    const samples = timeTrace([composite, prime, sifted, composite, prime], 2, 3);
    expect(samples).toHaveLength(3);
    for (const sample of samples) expect(sample).toBeGreaterThan(0);
  });

  test.each([
    ["ends with one prime", [composite, prime]],
    ["goes on after the second prime", [prime, prime, composite]],
    ["has three primes", [prime, prime, prime]],
  ])("is none if it %s", (_, candidates) => {
    expect(() => timeTrace(candidates, 2, 1)).toThrow("a trace must end with its second prime");
  });
});

test("libraries that are not installed are named, with what would install them", async () => {
  const { timings, lines } = await measureLibraries("node", [2048], 1, pathToFileURL("/nowhere/"));
  expect(timings).toEqual({});
  expect(lines).toEqual([expect.stringMatching(/micro-rsa-dsa-dh and node-forge not installed.*npm ci/)]);
});

test("options of the core's build become those of a command line", () => {
  expect(flagsFor("optimizeLevel", 3)).toEqual(["--optimizeLevel", "3"]);
  expect(flagsFor("converge", true)).toEqual(["--converge"]);
  expect(flagsFor("debug", false)).toEqual([]);
  expect(flagsFor("bindings", [])).toEqual([]);
  expect(flagsFor("enable", ["simd", "relaxed-simd"])).toEqual(["--enable", "simd,relaxed-simd"]);
});

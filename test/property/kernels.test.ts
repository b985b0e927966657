// The kernels of two lanes against BigInt and against the integer path: edges and random numbers, every length that is used.
import { afterAll, describe, expect, test } from "vitest";
import { openArithmetic } from "../support/arithmetic.ts";
import { inverse, powMod } from "../support/integers.ts";
import { Random } from "../support/random.ts";

/** As choice.ts has them, with the builds in which each is used. */
const kernels = [
  { kernel: "fused", by: 1, build: "relaxed" },
  { kernel: "exact", by: 2, build: "plain" },
  { kernel: "exact", by: 2, build: "relaxed" },
] as const;
/**
 * Auxiliary primes and primes; 2048 bits use the bound of the fused digits to the last bit, 2919 and 2920 the last of 23 bits
 * and the first of 22 without fusing; 481 bits have the longest numbers in limbs for their digits.
 */
const lengths = [64, 141, 148, 171, 201, 248, 255, 256, 257, 481, 512, 1024, 1536, 2048, 2919, 2920, 3072, 4096];
const limbsFor = (bits: number) => Math.ceil(bits / 32);
const lanes = [0, 1] as const;
const EDGES = 11;

describe.each(kernels)("the $kernel kernel in the $build build", ({ kernel, by, build }) => {
  const core = openArithmetic("kernels", build === "relaxed");
  const random = new Random(kernel);
  const { call, put, get, at } = core;
  const view = new DataView(core.memory.buffer);
  /** Of the length that `shape` set last. */
  let digitBits = 0n;
  let half = 0n;

  function modulus(bits: number, round: number): bigint {
    const top = 1n << BigInt(bits - 1);
    if (round === 0) return 2n * top - 1n; // all ones
    if (round === 1) return top + 1n;
    return random.ofLength(bits) | 1n;
  }

  /** Sets the moduli of both lanes, and says how many digits a number has. */
  function shape(bits: number, moduli: readonly [bigint, bigint]): number {
    call("lanesShape", bits, by);
    digitBits = BigInt(call("digitBits"));
    half = 1n << (digitBits - 1n);
    for (const lane of lanes) call("setLane", lane, put(15, moduli[lane], limbsFor(bits)));
    return call("laneDigits");
  }

  function putDigits(slot: number, lane: number, digits: readonly bigint[]): number {
    for (const [i, digit] of digits.entries()) view.setFloat64(at(slot) + 16 * i + 8 * lane, Number(digit), true);
    return at(slot);
  }

  /** Signed digits of a number, the last of them as large as it must be. */
  function toDigits(value: bigint, count: number): bigint[] {
    return Array.from({ length: count }, (_, i) => {
      if (i === count - 1) return value;
      const low = BigInt.asUintN(Number(digitBits), value);
      const digit = low < half ? low : low - 2n * half;
      value = (value - digit) >> digitBits;
      return digit;
    });
  }

  /** The number in a lane; each digit must be a whole one within its bound. */
  function getDigits(slot: number, lane: number, count: number): bigint {
    let value = 0n;
    for (let i = count - 1; i >= 0; i--) {
      const digit = BigInt(view.getFloat64(at(slot) + 16 * i + 8 * lane, true)); // throws unless whole
      if (digit < -half || digit > half) throw new RangeError(`digit ${i} is ${digit}`);
      value = (value << digitBits) + digit;
    }
    return value;
  }

  /** Values that a lane may hold for a modulus: |x| <= R / 4, in digits that are as large as they can be. */
  function operand(round: number, n: bigint, count: number): bigint[] {
    const quarter = 1n << (digitBits * BigInt(count) - 2n);
    const full = (digit: bigint) => [...Array.from({ length: count - 1 }, () => digit), digit / 2n];
    const edges = [
      toDigits(0n, count),
      toDigits(1n, count),
      toDigits(n - 1n, count),
      toDigits(n - 2n, count),
      toDigits(-(n - 1n), count),
      toDigits(quarter, count),
      toDigits(-quarter, count),
      full(half - 1n),
      full(-half),
      full(-half).map((digit, i) => (i % 2 === 0 ? digit : -digit - 1n)),
      full(-half).map((digit, i) => (i % 4 < 2 ? digit : -digit - 1n)),
    ];
    const edge = edges[round];
    if (edge !== undefined) return edge;
    const value = random.number(Number(digitBits) * count - 2) % quarter;
    return toDigits(random.below(2) === 0 ? value : -value, count);
  }

  const numberOf = (digits: readonly bigint[]) =>
    digits.reduceRight((value, digit) => (value << digitBits) + digit, 0n);
  const residue = (value: bigint, n: bigint) => ((value % n) + n) % n;

  describe.each(lengths)("%d bits", (bits) => {
    const limbs = limbsFor(bits);

    test("squares, doubled or not in each lane, and products", () => {
      for (let pair = 0; pair < (bits > 2000 ? 8 : 16); pair++) {
        const moduli = [modulus(bits, pair), modulus(bits, pair === 0 ? 1 : pair + 1)] as const;
        const count = shape(bits, moduli);
        const r = 1n << (digitBits * BigInt(count));
        const inverses = moduli.map((n) => inverse(r % n, n) ?? 0n);
        for (let round = 0; round < EDGES + 9; round++) {
          const a = moduli.map((n) => operand(round, n, count));
          const b = moduli.map((n) => operand((pair + 3 * round) % (EDGES + 4), n, count));
          for (const lane of lanes) {
            putDigits(0, lane, a[lane] ?? []);
            putDigits(1, lane, b[lane] ?? []);
          }
          const twice = [random.below(2), random.below(2)] as const;
          call("square", at(2), at(0), ...twice);
          call("lanesMul", at(3), at(0), at(1));
          for (const lane of lanes) {
            const n = moduli[lane];
            const [x, y] = [numberOf(a[lane] ?? []), numberOf(b[lane] ?? [])];
            const back = inverses[lane] ?? 0n;
            const squared = getDigits(2, lane, count);
            expect(residue(squared, n)).toBe(residue(x * x * back * (twice[lane] === 1 ? 2n : 1n), n));
            expect(4n * (squared < 0n ? -squared : squared) <= r).toBe(true);
            const multiplied = getDigits(3, lane, count);
            expect(residue(multiplied, n)).toBe(residue(x * y * back, n));
            expect(4n * (multiplied < 0n ? -multiplied : multiplied) <= r).toBe(true);
            call("canonical", at(4), lane, at(3));
            expect(get(at(4), limbs)).toBe(residue(multiplied, n));
          }
        }
      }
    });

    test("comparison is of the whole number", () => {
      const moduli = [modulus(bits, 2), modulus(bits, 3)] as const;
      const count = shape(bits, moduli);
      for (const lane of lanes) {
        const n = moduli[lane];
        const x = residue(random.number(bits), n);
        for (const k of [0n, 1n, -1n, 7n, half, -half, random.number(50), -random.number(50)]) {
          putDigits(0, lane, toDigits(x + k * n, count));
          putDigits(1, lane, toDigits(x, count));
          expect(call("sameValue", lane, at(0), at(1))).toBe(1);
          for (const bit of [0, 49, 50, 63, 64, 100, bits - 1, random.below(bits)].filter((each) => each < bits)) {
            putDigits(0, lane, toDigits(x + k * n + (1n << BigInt(bit)), count));
            expect(call("sameValue", lane, at(0), at(1)), `bit ${bit}`).toBe(0);
          }
        }
      }
    });

    test("powers with bases and exponents that differ by lane, and their signs, are those of BigInt", () => {
      for (let round = 0; round < (bits > 1024 ? 3 : 8); round++) {
        const moduli = [modulus(bits, round), modulus(bits, 9)] as const;
        shape(bits, moduli);
        call("setForms");
        const exponentBits = bits > 1024 ? 70 + random.below(30) : bits;
        const exponents = lanes.map((lane) => (round + lane === 1 ? BigInt(lane) : random.number(exponentBits)));
        for (const lane of lanes) call("setExponent", lane, put(6, exponents[lane] ?? 0n, limbs), limbs);
        // Of short numbers two pairs of bases may be raised beside each other.
        const width = round % 2 === 0 ? call("powerWidth", bits) : 2;
        const modulusOf = (i: number) => moduli[i % 2 === 0 ? 0 : 1];
        const bases = Array.from({ length: width }, (_, i) => {
          const n = modulusOf(i);
          return [0n, 1n, n - 1n, n - 2n][round + random.below(2)] ?? random.number(bits) % n;
        });
        for (const [i, base] of bases.entries()) call("setBase", i, put(5, base, limbs));
        call("powerBegin", exponentBits, width / 2);
        while (call("powerStep") === 0);
        for (let doubling = 0; doubling < 3; doubling++) {
          for (const [i, base] of bases.entries()) {
            const n = modulusOf(i);
            const expected = powMod(base, (exponents[i % 2] ?? 0n) << BigInt(doubling), n);
            call("powerResult", at(7), i);
            expect(get(at(7), limbs)).toBe(expected);
            expect(call("powerSign", i)).toBe((expected === 1n ? 1 : 0) | (expected === n - 1n ? 2 : 0));
          }
          call("powerSquare");
        }
      }
    });

    test("both paths give the same powers", () => {
      const moduli = [modulus(bits, 5), modulus(bits, 6)] as const;
      shape(bits, moduli);
      call("setForms");
      const base = random.number(bits - 1);
      const exponent = random.number(100);
      for (const lane of lanes) {
        call("setBase", lane, put(5, base, limbs));
        call("setExponent", lane, put(6, exponent, 4), 4);
      }
      call("powerBegin", 100, 1);
      while (call("powerStep") === 0);
      for (const lane of lanes) {
        call("expModulus", put(8, moduli[lane], limbs), limbs, bits);
        call("expBegin", put(5, base, limbs), put(6, exponent, 4), 4, 100);
        while (call("expStep") === 0);
        call("expResult", at(9));
        call("powerResult", at(7), lane);
        expect(get(at(7), limbs)).toBe(get(at(9), limbs));
        expect(call("powerSign", lane)).toBe(call("expSign"));
      }
    });
  });

  /** Numbers whose base-2 test is known to BigInt: primes, pseudoprimes to base 2 and composites. */
  test.each([64, 107, 127, 521, 607, 1279, 2203, 3217])("the base-2 test of numbers of %d bits", (bits) => {
    const mersenne = (1n << BigInt(bits)) - 1n; // 2^p - 1 is prime for these p, and passes for any prime p; not for 64
    const numbers = [mersenne, ...Array.from({ length: bits > 1000 ? 1 : 6 }, () => random.ofLength(bits) | 1n)];
    for (const [i, number] of numbers.entries()) {
      const moduli = i % 2 === 0 ? ([number, mersenne] as const) : ([mersenne, number] as const);
      shape(bits, moduli);
      call("powerOfTwoBegin");
      while (call("powerOfTwoStep") === 0);
      for (const lane of lanes) {
        const n = moduli[lane];
        expect(call("powerOfTwoIsOne", lane)).toBe(powMod(2n, n - 1n, n) === 1n ? 1 : 0);
      }
    }
  });

  test("primes pass the base-2 test, at every place of the start value", () => {
    // The six top bits of a candidate decide where its only start digit stands.
    const bits = 160;
    for (let top = 32n; top < 64n; top++) {
      let n = (top << BigInt(bits - 6)) | random.number(bits - 6) | 1n;
      while (powMod(2n, n - 1n, n) !== 1n) n += 2n;
      shape(bits, [n, n + 2n]);
      call("powerOfTwoBegin");
      while (call("powerOfTwoStep") === 0);
      expect(call("powerOfTwoIsOne", 0)).toBe(1);
      expect(call("powerOfTwoIsOne", 1)).toBe(powMod(2n, n + 1n, n + 2n) === 1n ? 1 : 0);
    }
  });

  afterAll(() => {
    for (const wipe of ["powerOfTwoWipe", "powerWipe", "lanesWipe", "expWipe"]) call(wipe);
    expect(core.residue()).toBe(0);
  });
});

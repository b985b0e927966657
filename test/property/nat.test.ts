// The integers of the core against BigInt: random numbers, edges, and every length from 2 to 8192 bits that matters.
import { describe, expect, test } from "vitest";
import { openArithmetic } from "../support/arithmetic.ts";
import { bitLength, fromBigEndian, gcd, inverse, powMod, toBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";

const core = openArithmetic();
const random = new Random("nat");
const limbsFor = (bits: number) => Math.ceil(bits / 32);
const lengths = [2, 3, 31, 32, 33, 64, 107, 108, 109, 255, 256, 521, 1024, 1032, 1536, 2048, 2064, 3072, 4096, 8192];
const halves = lengths.filter((bits) => bits <= 4096);
const { call, put, get, at } = core;

/** A modulus: odd, of exactly `bits` bits; the first two of a length are its ends. */
function oddModulus(bits: number, round: number): bigint {
  if (round === 0) return (1n << BigInt(bits)) - 1n;
  if (round === 1 && bits > 2) return (1n << BigInt(bits - 1)) + 1n;
  return random.ofLength(bits) | 1n;
}

function power(bits: number, base: bigint, exponent: bigint, exponentBits: number, modulus: bigint): bigint {
  const n = limbsFor(bits);
  const eLimbs = limbsFor(exponentBits);
  call("expModulus", put(0, modulus, n), n, bits);
  call("expBegin", put(1, base, n), put(2, exponent, eLimbs), eLimbs, exponentBits);
  while (call("expStep") === 0);
  call("expResult", at(3));
  return get(at(3), n);
}

describe.each(lengths)("%d bits", (bits) => {
  const n = limbsFor(bits);
  const rounds = bits > 2000 ? 3 : 12;

  test("powers, and the sign of a power", () => {
    for (let round = 0; round < rounds; round++) {
      const modulus = oddModulus(bits, round);
      const exponentBits = bits > 1024 ? 70 + random.below(30) : bits;
      for (const base of [random.number(bits) % modulus, 0n, 1n, modulus - 1n]) {
        for (const exponent of [random.number(exponentBits), 0n, 1n]) {
          const expected = powMod(base, exponent, modulus);
          expect(power(bits, base, exponent, exponentBits, modulus)).toBe(expected);
          expect(call("expSign")).toBe((expected === 1n ? 1 : 0) | (expected === modulus - 1n ? 2 : 0));
          call("expSquare");
          call("expResult", at(3));
          expect(get(at(3), n)).toBe((expected * expected) % modulus);
        }
      }
    }
  });

  test("2^(n-1) modulo n, by squares and doublings", () => {
    for (let round = 0; round < rounds; round++) {
      const modulus = oddModulus(bits, round);
      const length = bitLength(modulus);
      call("expModulus", put(0, modulus, n), n, length);
      call("fermatBegin", put(0, modulus, n), n, length);
      while (call("fermatStep") === 0);
      call("expResult", at(3));
      expect(get(at(3), n)).toBe(powMod(2n, modulus - 1n, modulus));
    }
  });

  test("a power modulo a number with limbs to spare", () => {
    const modulus = random.ofLength(Math.min(bits, 8128)) | 1n;
    const length = bitLength(modulus);
    const wide = limbsFor(length) + 1;
    const base = random.number(length) % modulus;
    call("expModulus", put(0, modulus, wide), wide, length);
    call("expBegin", put(1, base, wide), put(2, 65537n, 1), 1, 17);
    while (call("expStep") === 0);
    call("expResult", at(3));
    expect(get(at(3), wide)).toBe(powMod(base, 65537n, modulus));
  });

  test("sums, differences, comparisons and choices", () => {
    const size = 1n << BigInt(32 * n);
    for (let round = 0; round < 20; round++) {
      const a = random.number(bits);
      const b = round % 5 === 0 ? a : random.number(bits);
      for (const choice of [0, 1]) {
        const sum = a + (choice === 1 ? b : 0n);
        expect(call("addIf", choice, put(0, a, n), put(1, b, n), n)).toBe(sum >= size ? 1 : 0);
        expect(get(at(0), n)).toBe(sum % size);
        const difference = a - (choice === 1 ? b : 0n);
        expect(call("subIf", choice, put(0, a, n), put(1, b, n), n)).toBe(difference < 0n ? 1 : 0);
        expect(get(at(0), n)).toBe((difference + size) % size);
        call("swapIf", choice, put(0, a, n), put(1, b, n), n);
        expect([get(at(0), n), get(at(1), n)]).toEqual(choice === 1 ? [b, a] : [a, b]);
      }
      expect(call("less", put(0, a, n), put(1, b, n), n)).toBe(a < b ? 1 : 0);
      call("distance", at(2), put(0, a, n), put(1, b, n), n);
      expect(get(at(2), n)).toBe(a > b ? a - b : b - a);
      expect(call("double", put(0, a, n), 1, n)).toBe(2n * a + 1n >= size ? 1 : 0);
      expect(get(at(0), n)).toBe((2n * a + 1n) % size);
      expect(call("subSmall", put(0, a, n), 3, n)).toBe(a < 3n ? 1 : 0);
      expect(get(at(0), n)).toBe((a - 3n + size) % size);
      expect(call("equalsSmall", put(0, a, n), Number(a & 0xffffffffn), n)).toBe(a < 1n << 32n ? 1 : 0);
      expect(call("isZeroNat", put(0, round === 0 ? 0n : a, n), n)).toBe(round === 0 || a === 0n ? 1 : 0);
      expect(call("bitLengthVarTime", put(0, a, n), n)).toBe(bitLength(a));
    }
  });

  test("a value below twice the modulus is reduced", () => {
    const modulus = oddModulus(bits, 2);
    const size = 1n << BigInt(32 * n);
    for (const value of [
      0n,
      1n,
      modulus - 1n,
      modulus,
      modulus + 1n,
      2n * modulus - 1n,
      random.number(bits) % modulus,
    ]) {
      const carry = value >= size ? 1 : 0;
      const kept = call("reduceOnce", put(0, value % size, n), put(1, modulus, n), carry, n);
      expect([get(at(0), n), kept]).toEqual([value % modulus, value >= modulus ? 1 : 0]);
    }
  });

  test("shifts by every secret count at an edge", () => {
    const size = 1n << BigInt(32 * n);
    for (const count of [0, 1, 5, 31, 32, 33, 63, 64, 65, bits - 1].filter((c) => c < 32 * n)) {
      const value = random.number(bits);
      call("shiftLeft", put(0, value, n), count, n);
      expect(get(at(0), n)).toBe((value << BigInt(count)) % size);
      if (count >= 32) continue;
      call("shiftRight", put(0, value, n), count, n);
      expect(get(at(0), n)).toBe(value >> BigInt(count));
    }
  });

  test("big-endian strings of every remainder in and out", () => {
    for (let spare = 0; spare < 4; spare++) {
      const length = Math.max(1, 4 * n - spare);
      const value = random.number(8 * length);
      put(0, fromBigEndian(toBigEndian(value, length).reverse()), n + 1); // the bytes in order of address
      call("fromBytes", at(1), n + 1, at(0), length);
      expect(get(at(1), n + 1)).toBe(value);
      call("toBytes", at(2), length, at(1), n + 1);
      expect(get(at(2), n + 1) % (1n << BigInt(8 * length))).toBe(get(at(0), n + 1));
    }
  });
});

describe.each(halves)("%d bits, at most half a modulus", (bits) => {
  const n = limbsFor(bits);
  const rounds = bits > 1024 ? 3 : 12;

  test("products, quotients and remainders", () => {
    for (let round = 0; round < rounds; round++) {
      const a = random.number(bits);
      const d = round === 0 ? 1n : random.number(1 + random.below(bits)) || 1n;
      call("mul", at(2), put(0, a, n), n, put(1, d, n), n);
      expect(get(at(2), 2 * n)).toBe(a * d);
      const dividend = a * random.number(bits);
      call("divide", at(2), at(3), put(0, dividend, 2 * n), 2 * n, put(1, d, n), n);
      expect([get(at(2), 2 * n), get(at(3), n)]).toEqual([dividend / d, dividend % d]);
      call("divide", at(0), at(3), at(0), 2 * n, at(1), n);
      expect(get(at(0), 2 * n)).toBe(dividend / d);
      const full = d | (1n << BigInt(32 * n - 1 - random.below(32))); // its top limb is not zero
      call("remainder", at(3), put(0, dividend, 2 * n), 2 * n, put(1, full, n), n);
      expect(get(at(3), n)).toBe(dividend % full);
    }
  });

  test("quotients where their digits are hardest to estimate", () => {
    const all = (1n << BigInt(bits)) - 1n;
    const power = 1n << BigInt(random.below(bits));
    const divisors = [
      1n,
      2n,
      3n,
      0xffffffffn,
      1n << 32n,
      all,
      all - 1n,
      power,
      power - 1n || 1n,
      random.number(bits) | 1n,
    ];
    for (const d of divisors.map((each) => each & all || 1n)) {
      const most = (1n << BigInt(64 * n)) / d - 1n;
      const q = (random.number(64 * n) % (most + 1n)) | 1n;
      for (const quotient of [0n, 1n, most, q <= most ? q : most, 0xffffffffn <= most ? 0xffffffffn : 1n]) {
        for (const rest of [0n, 1n % d, d / 2n, d - 1n]) {
          const dividend = quotient * d + rest;
          call("divide", at(2), at(3), put(0, dividend, 2 * n), 2 * n, put(1, d, n), n);
          expect([get(at(2), 2 * n), get(at(3), n)]).toEqual([quotient, rest]);
        }
      }
    }
  });

  test("greatest common divisors, of even numbers and of zero too", () => {
    const all = 1n << BigInt(bits);
    for (let round = 0; round < rounds; round++) {
      const shared = random.number(bits >> 1) << BigInt(random.below(1 + (bits >> 2)));
      const pairs: [bigint, bigint][] = [
        [random.number(bits), random.number(bits)],
        [(shared * random.number(bits >> 2)) % all, (shared * random.number(bits >> 2)) % all],
        [0n, random.ofLength(bits)],
        [random.ofLength(bits), 0n],
        [1n << BigInt(bits - 1), 1n << BigInt(bits >> 1)],
      ];
      for (const [a, b] of pairs.filter(([a, b]) => a + b > 0n)) {
        call("gcd", at(2), put(0, a, n), put(1, b, n), n);
        expect(get(at(2), n)).toBe(gcd(a, b));
      }
    }
  });

  test("inverses modulo an odd number, or the word that there is none", () => {
    for (let round = 0; round < rounds; round++) {
      const modulus = oddModulus(bits, round);
      for (const a of [random.number(bits) % modulus, 0n, 1n, modulus - 1n, gcd(modulus, 15n) % modulus]) {
        const expected = inverse(a, modulus);
        expect(call("invertModOdd", at(2), put(0, a, n), put(1, modulus, n), n)).toBe(expected === undefined ? 0 : 1);
        if (expected !== undefined) expect(get(at(2), n)).toBe(expected);
      }
    }
  });
});

test.each(lengths)("the inverse of e modulo any number of %d bits", (bits) => {
  const n = limbsFor(bits);
  for (const eBits of [17, 33, 64, 255, 256]) {
    for (let round = 0; round < 6; round++) {
      const e = round === 0 ? 65537n : random.ofLength(eBits) | 1n;
      const modulus = round === 1 ? random.ofLength(bits) & ~1n : random.ofLength(bits);
      if (modulus < 2n) continue;
      const eLimbs = limbsFor(bitLength(e));
      const expected = inverse(e % modulus, modulus);
      const exists = call("invertModAny", at(2), put(0, e, eLimbs), eLimbs, put(1, modulus, n), n);
      expect(exists).toBe(expected === undefined ? 0 : 1);
      if (expected !== undefined) expect(get(at(2), n)).toBe(expected);
    }
  }
});

test("nothing is left in the memory of the arithmetic", () => {
  call("expWipe");
  expect(core.residue()).toBe(0);
});

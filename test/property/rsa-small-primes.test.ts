// Trial division against a sieve of its own: each prime below 2^16, and each number below 2^16.
import { generatePrimeSync } from "node:crypto";
import { expect, test } from "vitest";
import { openArithmetic } from "../support/arithmetic.ts";
import { Random } from "../support/random.ts";

const { call, put, residue } = openArithmetic();
const random = new Random("rsa-small-primes");

const composite = new Uint8Array(1 << 16);
for (let i = 2; i < 256; i++) if (composite[i] === 0) for (let j = i * i; j < 1 << 16; j += i) composite[j] = 1;
const primes = Array.from({ length: (1 << 16) - 2 }, (_, i) => i + 2).filter((i) => composite[i] === 0);

test("each odd prime below 2^16 is found in a multiple of 2048 bits, and no other prime in a product", () => {
  call("primesBegin");
  expect(primes).toHaveLength(6542);
  const missed = primes.slice(1).filter((prime) => {
    const cofactor = random.ofLength(2000);
    return call("hasSmallFactor", put(0, cofactor * BigInt(prime), 64), 64) === 0;
  });
  expect(missed).toEqual([]);
  for (let i = 0; i < 10; i++) {
    const half = 32 + 32 * random.below(15);
    const product = generatePrimeSync(half, { bigint: true }) * generatePrimeSync(half, { bigint: true });
    expect(call("hasSmallFactor", put(0, product, 32), 32)).toBe(0);
    expect(call("hasSmallFactor", put(0, generatePrimeSync(1024, { bigint: true }), 32), 32)).toBe(0);
  }
});

// The last prime of the four products in which 16 n^2 lies, by the grouping that the core's comments tell.
test.each([
  [5, 409],
  [32, 16451],
  [48, 36919],
])("with %i limbs the primes up to %i are found, and the next is not", (limbs, last) => {
  const odd = primes.slice(1);
  const big = generatePrimeSync(32 * limbs - 17, { bigint: true });
  const found = odd.filter((prime) => call("hasSmallFactor", put(0, big * BigInt(prime), limbs), limbs) === 1);
  expect(found).toEqual(odd.filter((prime) => prime <= last));
});

test.each([
  [1024, 14],
  [2048, 16],
])("a prime costs as many Miller-Rabin tests as Mertens' theorem says: ln(2^%i) / (1.781 ln 2^%i)", (bits, log) => {
  // A fault in trial division leaves the keys valid, and shows here: an odd number is left over with probability
  // 2 / (1.781 ln B), and is prime with probability 2 / ln(2^bits).
  const numbers = 20_000;
  const limbs = bits / 32;
  let left = 0;
  for (let i = 0; i < numbers; i++) left += 1 - call("hasSmallFactor", put(0, random.number(bits) | 1n, limbs), limbs);
  const perPrime = (left / numbers / 2) * bits * Math.LN2;
  const formula = (bits * Math.LN2) / (1.781 * Math.log(2 ** log));
  // 2025 numbers and more are left over on average; five standard deviations of that are 11 %.
  expect(Math.abs(perPrime / formula - 1)).toBeLessThan(0.12);
});

test("numbers below 2^32 are decided", () => {
  const wrong = Array.from(composite.keys()).filter(
    (x) => (call("isPrimeVarTime", x) === 1) !== (x > 1 && composite[x] === 0),
  );
  expect(wrong).toEqual([]);
  for (const [x, prime] of [
    [65537, 1],
    [65521 * 65521, 0],
    [4294967291, 1],
    [4294967295, 0],
    [4294967279, 1],
    [65519 * 65521, 0],
  ] as const) {
    expect(call("isPrimeVarTime", x), `${x}`).toBe(prime);
  }
});

test("the table is gone at the end", () => {
  call("primesEnd");
  expect(residue()).toBe(0);
});

// The Lucas test of FIPS 186-5, B.3.3 in the core against its text over BigInt, on numbers that are prime, composite, square,
// or made to deceive one test or the other.
import { checkPrimeSync, generatePrimeSync, getDiffieHellman } from "node:crypto";
import { describe, expect, test } from "vitest";
import { openTestBench } from "#keywright/testing";
import { isProbablePrime } from "../../src/core/rsa.ts";
import { openArithmetic } from "../support/arithmetic.ts";
import { freshCore } from "../support/core.ts";
import { bitLength, fromBigEndian, toBigEndian } from "../support/integers.ts";
import { chooseD, isSquare, jacobi, passesLucas } from "../support/lucas-reference.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const inner = openArithmetic();
const random = new Random("lucas");
const { call, put } = inner;

function inCore(c: bigint): boolean {
  const bits = bitLength(c);
  const limbs = Math.ceil(bits / 32);
  if (call("lucasBegin", put(0, c, limbs), limbs, bits) === 0) return false;
  while (call("lucasStep") === 0);
  return call("lucasPasses") === 1;
}

const odd = (bits: number) => random.ofLength(bits) | 1n;
const prime = (bits: number) => generatePrimeSync(bits, { bigint: true });

/** The prime of a group of RFC 3526: modp14 has 2048 bits, modp16 4096, modp18 8192. */
const prime3526 = (group: string) => fromBigEndian(getDiffieHellman(group).getPrime());

/** The first twin primes above a random number, of which the lesser has the symbol -1 and the greater 1 for the D of their product. */
function deceiving(bits: number): bigint {
  for (let p = odd(bits); ; p += 2n) {
    if (p % 6n !== 5n || !checkPrimeSync(p) || !checkPrimeSync(p + 2n)) continue;
    const d = chooseD(p * (p + 2n));
    if (d !== undefined && jacobi(d, p) === -1) return p * (p + 2n);
  }
}

/** Composite numbers that are strong probable primes to base 2, some to the first 4, 7, 9 and 12 primes as well. */
const strongPseudoprimes = [
  2047n,
  3277n,
  4033n,
  4681n,
  8321n,
  15841n,
  29341n,
  42799n,
  49141n,
  52633n,
  65281n,
  74665n,
  80581n,
  85489n,
  88357n,
  90751n,
  3215031751n,
  341550071728321n,
  3825123056546413051n,
  318665857834031151167461n,
];

/** Composite numbers that pass the Lucas test, as the literature lists them: OEIS A217120. */
const lucasPseudoprimes = [323n, 377n, 1159n, 1829n, 3827n, 5459n, 5777n, 9071n, 9179n, 10877n, 11419n, 11663n];

describe("the test in the core and its text over BigInt say the same", () => {
  test("of every odd number from 3 to 999, and the text finds the pseudoprimes that are known", () => {
    for (let c = 3n; c < 1000n; c += 2n) expect(inCore(c), `${c}`).toBe(passesLucas(c));
    const found: bigint[] = [];
    for (let c = 3n; c < 12_000n; c += 2n) if (passesLucas(c) && !checkPrimeSync(c)) found.push(c);
    expect(found).toEqual(lucasPseudoprimes);
    expect(lucasPseudoprimes.filter(inCore)).toEqual(lucasPseudoprimes);
  });

  test("of strong pseudoprimes: none passes", () => {
    for (const c of strongPseudoprimes) expect([inCore(c), passesLucas(c)], `${c}`).toEqual([false, false]);
  });

  test.each([33, 64, 65, 127, 256, 521, 1024])("of numbers of %d bits", (bits) => {
    for (let i = 0; i < (bits > 500 ? 1 : 8); i++) {
      const [p, c] = [prime(bits), odd(bits)];
      expect([inCore(p), passesLucas(p)], `${p}`).toEqual([true, true]);
      expect(inCore(c), `${c}`).toBe(passesLucas(c));
    }
    const whole = (1n << BigInt(bits)) - 1n; // C + 1 has a bit more
    expect(inCore(whole)).toBe(passesLucas(whole));
    expect(inCore(odd(bits >> 1) ** 2n)).toBe(false);
  });

  test.each(["modp14", "modp16"])("of the prime of %s, and of two numbers beside it", (group) => {
    const p = prime3526(group);
    expect([inCore(p), passesLucas(p)]).toEqual([true, true]);
    for (const c of [p - 2n, p + 2n]) expect([inCore(c), checkPrimeSync(c)]).toEqual([false, false]);
  });

  test("of 8192 bits: a prime passes, a square and a product do not", () => {
    const root = prime3526("modp16");
    expect([inCore(prime3526("modp18")), inCore(root * root), inCore(root * (root - 2n))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("of products of twin primes, which deceive it at any size", () => {
    for (const bits of [40, 70, 128]) {
      const c = deceiving(bits);
      expect([inCore(c), passesLucas(c)], `${c}`).toEqual([true, true]);
    }
  });

  test("of squares and their neighbours", () => {
    for (let i = 0; i < 30; i++) {
      const root = odd(2 + random.below(300));
      for (const c of [root * root, root * root - 2n, root * root + 2n].filter((each) => each > 2n)) {
        expect(inCore(c), `${c}`).toBe(passesLucas(c));
        const limbs = Math.ceil(bitLength(c) / 32);
        expect(call("isSquare", put(0, c, limbs), limbs), `${c}`).toBe(isSquare(c) ? 1 : 0);
      }
    }
  });

  test("of numbers for which the first D with the symbol -1 is far out", () => {
    // 1 modulo every prime up to 261 and modulo 8, so that every symbol of the first batch is 1.
    let step = 8n;
    for (let i = 3n; i < 262n; i += 2n) if (checkPrimeSync(i)) step *= i;
    for (let c = step + 1n, seen = 0; seen < 1; c += step) {
      if (isSquare(c)) continue;
      expect(chooseD(c) ?? 1000n).not.toBe(5n);
      expect(inCore(c), `${c}`).toBe(passesLucas(c));
      if (checkPrimeSync(c)) {
        expect(inCore(c)).toBe(true);
        seen++;
      }
    }
  });
});

test("it leaves nothing behind", () => {
  inCore(prime3526("modp14"));
  expect(inner.residue()).toBeGreaterThan(0);
  call("lucasWipe");
  expect(inner.residue()).toBe(0);
});

test("it rejects what one round of Miller-Rabin lets through one time in four", async () => {
  let r = 1n << 80n;
  do r += 1n;
  while (r % 2n === 0n || !checkPrimeSync(2n * r + 1n) || !checkPrimeSync(4n * r + 1n));
  const c = (2n * r + 1n) * (4n * r + 1n); // has the most bases that do not tell
  expect(passesLucas(c)).toBe(false);
  const value = toBigEndian(c, Math.ceil(bitLength(c) / 8));
  const core = await freshCore();
  const { pointer: bases } = generatorFrom(core, random.bytes(48));
  const passes = (lucas: boolean) =>
    Array.from({ length: 200 }, () => isProbablePrime(core, value, { rounds: 1, bases, lucas })).filter(Boolean).length;
  const alone = passes(false);
  expect(alone).toBeGreaterThan(15); // 50 is expected; below 16 once in 10^10
  expect(alone).toBeLessThan(100);
  expect(passes(true)).toBe(0);
});

test("known-answer work may ask for it", async () => {
  const bench = await openTestBench();
  const p = toBigEndian(prime3526("modp14"), 256);
  expect(await bench.isProbablePrime(p, 1, { lucas: true })).toBe(true);
  expect(await bench.isProbablePrime(toBigEndian(strongPseudoprimes.at(-1) ?? 0n, 10), 1, { lucas: true })).toBe(false);
  bench.close();
});

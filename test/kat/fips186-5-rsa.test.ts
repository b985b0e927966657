// Primality (FIPS 186-5, B.3.1) of numbers whose nature is known, and one whole key of C2SP det-keygen.
import { expect, test } from "vitest";
import { isProbablePrime } from "../../src/core/rsa.ts";
import { freshCore } from "../support/core.ts";
import { toBigEndian } from "../support/integers.ts";
import { detKeygenAnswer, detKeygenGenerator, digestOf, generatorFrom, makeKey, numbersOf } from "../support/rsa.ts";

const core = await freshCore();
const { seed } = detKeygenAnswer;
const bases = generatorFrom(core, seed).pointer;
const isPrime = (value: bigint) =>
  isProbablePrime(core, toBigEndian(value, Math.ceil(value.toString(16).length / 2)), { rounds: 10, bases });
const mersenne = (exponent: bigint) => (1n << exponent) - 1n;

test.each([
  ["2", 2n],
  ["3", 3n],
  ["5", 5n],
  ["the last prime below 2^16", 65521n],
  ["2^16 + 1", 65537n],
  ["the last prime below 2^32", 4294967291n],
  ["the first prime above 2^32", 4294967311n],
  ["the last prime below 2^64", (1n << 64n) - 59n],
  ["2^61 - 1", mersenne(61n)],
  ["2^89 - 1", mersenne(89n)],
  ["2^127 - 1", mersenne(127n)],
  ["2^521 - 1", mersenne(521n)],
  ["2^607 - 1", mersenne(607n)],
  ["2^1279 - 1", mersenne(1279n)],
  ["2^2203 - 1", mersenne(2203n)],
  ["2^255 - 19", (1n << 255n) - 19n],
  ["2^448 - 2^224 - 1", (1n << 448n) - (1n << 224n) - 1n],
  ["3 * 2^189 + 1, with many factors of two in w - 1", 3n * (1n << 189n) + 1n],
  ["5 * 2^127 + 1, likewise", 5n * (1n << 127n) + 1n],
  ["7 * 2^120 + 1, likewise", 7n * (1n << 120n) + 1n],
] as const)("%s is prime", (_, value) => expect(isPrime(value)).toBe(true));

/** 6k + 1, 12k + 1 and 18k + 1 are prime, and their product is a Carmichael number. */
const k = 100000131n;

test.each([
  ["0", 0n],
  ["1", 1n],
  ["4", 4n],
  ["9", 9n],
  ["2^32 + 1", 4294967297n],
  ["the Carmichael number 561", 561n],
  ["the Carmichael number 825265", 825265n],
  ["a Carmichael number of large primes", (6n * k + 1n) * (12n * k + 1n) * (18n * k + 1n)],
  ["the least strong pseudoprime to the first 4 primes", 3215031751n],
  ["the least strong pseudoprime to the first 9 primes", 3825123056546413051n],
  ["the least strong pseudoprime to the first 12 primes", 318665857834031151167461n],
  ["the least strong pseudoprime to the first 13 primes", 3317044064679887385961981n],
  ["2^67 - 1", mersenne(67n)],
  ["2^1277 - 1, of which no small factor is known", mersenne(1277n)],
  ["(2^61 - 1)(2^89 - 1)", mersenne(61n) * mersenne(89n)],
  ["(2^521 - 1)^2", mersenne(521n) ** 2n],
  ["2^64 + 1", (1n << 64n) + 1n],
  ["2^1024", 1n << 1024n],
  ["2^2048 - 1", mersenne(2048n)],
] as const)("%s is not prime", (_, value) => expect(isPrime(value)).toBe(false));

test("det-keygen of a known seed gives the key that the reference finds, by its digest", () => {
  const candidates = detKeygenGenerator(core, seed, 2048).pointer;
  const variant = "C2SP det-keygen" as const;
  const key = makeKey(core, { candidates, bases, strengthBits: 112, modulusBits: 2048, millerRabinRounds: 5, variant });
  expect(digestOf(numbersOf(key))).toBe(detKeygenAnswer.digest);
});

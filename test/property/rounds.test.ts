// Every base of a Miller-Rabin test counts, however many are raised beside each other.
import { checkPrimeSync, generatePrimeSync } from "node:crypto";
import { expect, test } from "vitest";
import { isProbablePrime } from "../../src/core/rsa.ts";
import { freshCore } from "../support/core.ts";
import { bitLength, toBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("rounds");
const bytesOf = (value: bigint) => toBigEndian(value, Math.ceil(bitLength(value) / 8));

/** (2r + 1)(4r + 1), of which a quarter of all bases does not tell that it is composite, nearly. */
function mostDeceiving(bits: number): bigint {
  for (let r = random.ofLength(bits) | 1n; ; r += 2n) {
    if (checkPrimeSync(2n * r + 1n) && checkPrimeSync(4n * r + 1n)) return (2n * r + 1n) * (4n * r + 1n);
  }
}

test.each([
  { bits: 70, what: "four bases at a time" },
  { bits: 150, what: "two bases at a time" },
])("a composite passes as often as chance has it: $what", async ({ bits }) => {
  const value = bytesOf(mostDeceiving(bits));
  const core = await freshCore();
  const { pointer: bases } = generatorFrom(core, random.bytes(48));
  const passes = (rounds: number) =>
    Array.from({ length: 2000 }, () => isProbablePrime(core, value, { rounds, bases })).filter(Boolean).length;
  // Means and six deviations: 500 and 116, 125 and 65, 31 and 33. A base that did not count would make it the row before.
  expect(Math.abs(passes(1) - 500)).toBeLessThan(116);
  expect(Math.abs(passes(2) - 125)).toBeLessThan(65);
  expect(passes(3)).toBeLessThan(64);
  expect(passes(5)).toBeLessThan(15); // 2
});

test("primes pass any number of rounds", async () => {
  const core = await freshCore();
  const { pointer: bases } = generatorFrom(core, random.bytes(48));
  for (const bits of [130, 144, 255, 256, 257, 300]) {
    const value = bytesOf(generatePrimeSync(bits, { bigint: true }));
    for (let rounds = 1; rounds < 12; rounds++) expect(isProbablePrime(core, value, { rounds, bases })).toBe(true);
  }
});

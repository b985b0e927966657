// The last Miller-Rabin round of two numbers at once: primes pass it whatever divides w - 1, composite numbers do not.
import { generatePrimeSync } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import { openInnerCore } from "../../bench/core.ts";
import { rsaBegin, rsaEnd } from "../../src/core/rsa.ts";
import { Status } from "../../src/core/status.ts";
import { toBigEndian } from "../support/integers.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("last-round");
const { core, call, operand } = openInnerCore();
const { pointer } = generatorFrom(core, random.bytes(48));
const search = { candidates: pointer, bases: pointer, strengthBits: 112, modulusBits: 2048, millerRabinRounds: 5 };
// The first search chooses the kernel.
rsaBegin(core, search);
rsaEnd(core);

/** The bits of the numbers that passed. */
function round(bits: number, numbers: readonly bigint[]): number {
  const len = Math.ceil(bits / 8);
  for (const [slot, number] of numbers.entries()) {
    new Uint8Array(core.memory.buffer, operand(2), len).set(toBigEndian(number, len));
    call("fromBytes", operand(slot), Math.ceil(bits / 32), operand(2), len);
  }
  call("basesFrom", pointer, 112);
  call("lastRoundBegin", operand(0), operand(1), bits);
  for (;;) {
    const status = call("lastRoundStep");
    if (status === Status.OK) return call("lastRoundPassed");
    expect(status).toBe(Status.CONTINUE);
  }
}

/** A prime w of so many bits with 2^twos, and no more, in w - 1. */
function prime(bits: number, twos = 1): bigint {
  const power = 1n << BigInt(twos);
  return generatePrimeSync(bits, { bigint: true, add: 2n * power, rem: power + 1n });
}

/** Odd, of the length, and with prime factors above every table: so that chance does not make it pass. */
function composite(bits: number): bigint {
  for (;;) {
    const number = prime(bits / 2) * prime(bits / 2);
    if (number >> BigInt(bits - 1) === 1n) return number;
  }
}

describe.each([144, 176, 1024])("%d bits", (bits) => {
  test("two primes pass, one beside a composite number as well", () => {
    const [p, q, c, d] = [prime(bits), prime(bits), composite(bits), composite(bits)];
    for (let i = 0; i < 4; i++) {
      expect(round(bits, [p, q])).toBe(3);
      expect(round(bits, [p, c])).toBe(1);
      expect(round(bits, [c, q])).toBe(2);
      expect(round(bits, [c, d])).toBe(0);
    }
  });

  test.each([1, 2, 7, 8, 9, 31, 32, 33])("a prime passes with 2^%d in w - 1", (twos) => {
    const [p, q] = [prime(bits, twos), prime(bits)];
    for (let i = 0; i < 4; i++) {
      expect(round(bits, [p, q])).toBe(3);
      expect(round(bits, [q, p])).toBe(3);
    }
  });
});

afterAll(() => {
  call("lastRoundWipe");
  call("primalityWipe");
  const before = image(core);
  round(1024, [prime(1024), prime(1024)]);
  expect(leftovers(core, before)).not.toEqual([]);
  call("lastRoundWipe");
  call("primalityWipe");
  const generator = { at: pointer, length: 1024 };
  const operands = { at: operand(0), length: 8192 };
  expect(leftovers(core, before, generator, operands)).toEqual([]);
});

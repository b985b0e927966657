// The self-tests of RSA, each made to fail once: the known exponentiations, and the pairwise test with one part changed.
import { describe, expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { rsaBegin, rsaBeginGiven, rsaEnd, rsaProgress, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";
import { ALL_AT_ONCE, generatorFrom, makeKey } from "../support/rsa.ts";
import { answerBits, answers } from "../support/rsa-answers.ts";

const random = new Random("rsa");
const closed = expect.objectContaining({ code: "self-test-failed" });

function searchFor(core: Core) {
  const { pointer } = generatorFrom(core, random.bytes(48));
  return { candidates: pointer, bases: pointer, strengthBits: 112, modulusBits: 2048, millerRabinRounds: 5 };
}

test("the expected values in the core are those that BigInt computes", async () => {
  const core = await freshCore();
  const expected = answers();
  expect(expected).toHaveLength(answerBits.reduce((length, bits) => length + bits / 8, 0));
  const at = core.exports.rsaAnswersPtr();
  expect(new Uint8Array(core.memory.buffer, at, expected.length).slice()).toEqual(expected);
});

test("the exponentiation is tested before the first search, and not before", async () => {
  const core = await freshCore();
  const search = searchFor(core);
  expect(core.exports.rsaSelfTestPassed()).toBe(0);
  rsaBegin(core, search);
  expect(core.exports.rsaSelfTestPassed()).toBe(1);
  rsaEnd(core);
});

test.each(answerBits.map((bits, i) => ({ bits, at: i === 0 ? 0 : (answerBits[0] ?? 0) / 8 })))(
  "a wrong power of $bits bits closes the instance",
  async ({ bits, at }) => {
    const core = await freshCore();
    const search = searchFor(core);
    const byte = new Uint8Array(core.memory.buffer, core.exports.rsaAnswersPtr() + at + bits / 16, 1);
    byte[0] = (byte[0] ?? 0) ^ 1;
    expect(() => rsaBegin(core, search)).toThrow(closed);
    expect(rsaProgress(core).phase).toBe("idle");
    byte[0] = (byte[0] ?? 0) ^ 1;
    expect(() => rsaBegin(core, search)).toThrow(closed); // for good
    expect(() => generatorFrom(core, random.bytes(48))).toThrow(closed);
  },
);

describe("the pairwise test", async () => {
  const maker = await freshCore();
  const good = makeKey(maker, searchFor(maker));
  const names = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;

  /** A core whose key, of known primes, awaits its pairwise test. */
  async function awaiting(): Promise<Core> {
    const core = await freshCore();
    const { bases } = searchFor(core);
    const { p, q } = good;
    rsaBeginGiven(core, { bases, strengthBits: 112, modulusBits: 2048, millerRabinRounds: 5, p, q });
    while (rsaProgress(core).phase !== "pairwise") rsaStep(core, 1);
    return core;
  }

  test("lets the key pass", async () => {
    const core = await awaiting();
    while (!rsaStep(core, 1));
    expect(rsaTake(core, 2048)).toEqual(good);
  });

  test.each(names)("fails with %s changed, in a low bit or a high one, and closes the instance", async (name) => {
    for (const bit of [1, 150, 1000]) {
      if (name === "e" && bit > 32) continue;
      const core = await awaiting();
      const memory = new Uint8Array(core.memory.buffer);
      const before = memory.slice();
      const at = core.exports.rsaPartPtr(names.indexOf(name)) + (bit >> 3);
      memory[at] = (memory[at] ?? 0) ^ (1 << (bit & 7));
      const failed = expect.objectContaining({ code: "pairwise-failed" });
      expect(() => rsaStep(core, ALL_AT_ONCE), `${name}, bit ${bit}`).toThrow(failed);
      expect(rsaProgress(core).phase).toBe("idle");
      for (const [part, each] of names.entries()) {
        const start = core.exports.rsaPartPtr(part);
        const length = each === "e" ? 4 : good[each].length;
        expect(memory.slice(start, start + length).every((byte) => byte === 0)).toBe(true);
        expect(before.slice(start, start + length).some((byte) => byte !== 0)).toBe(true);
      }
      expect(() => rsaBegin(core, searchFor(core))).toThrow(closed);
    }
  });
});

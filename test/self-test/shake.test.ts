// The known-answer tests of SHAKE128 and SHAKE256: each passes, each can fail, and one failure closes all.
import { expect, test } from "vitest";
import { hash } from "../../src/core/hash.ts";
import { selfTestsPassed } from "../../src/core/self-test.ts";
import { createShake, shake, shakeNames } from "../../src/core/shake.ts";
import { freshCore } from "../support/core.ts";
import { ReferenceShake } from "../support/reference.ts";

const ANSWER_LENGTH = 16;
const closed = expect.objectContaining({ name: "KeygenError", code: "self-test-failed" });

test("the core expects what Node's crypto computes", async () => {
  const core = await freshCore();
  for (const [place, name] of shakeNames.entries()) {
    const reference = new ReferenceShake(name);
    reference.absorb(Uint8Array.from({ length: 200 }, (_, i) => i));
    const at = core.exports.shakeAnswersPtr() + place * ANSWER_LENGTH;
    expect(new Uint8Array(core.memory.buffer, at, ANSWER_LENGTH)).toEqual(reference.squeeze(240).subarray(224));
  }
});

test.each(shakeNames)("%s is tested before its first use, alone, and named", async (name) => {
  const core = await freshCore();
  expect(selfTestsPassed(core)).toEqual([]);
  shake(core, name, 1);
  expect(selfTestsPassed(core)).toEqual([name]);
});

test.each(shakeNames.flatMap((name, place) => [0, 15].map((byte) => [name, place * ANSWER_LENGTH + byte] as const)))(
  "%s fails if byte %i of the answers is another, and closes the instance",
  async (name, byte) => {
    const core = await freshCore();
    const other = name === "SHAKE128" ? "SHAKE256" : "SHAKE128";
    const stream = createShake(core, other); // opened while all was well
    const view = new DataView(core.memory.buffer);
    const at = core.exports.shakeAnswersPtr() + byte;
    view.setUint8(at, view.getUint8(at) ^ 0x80);
    expect(() => shake(core, name, 1)).toThrow(closed);
    view.setUint8(at, view.getUint8(at) ^ 0x80);
    expect(() => shake(core, name, 1)).toThrow(closed);
    expect(() => hash(core, "SHA-256")).toThrow(closed);
    expect(() => stream.absorb(Uint8Array.of(1))).toThrow(closed);
    expect(() => stream.squeeze(1)).toThrow(closed);
    expect(selfTestsPassed(core)).toEqual([other]);
  },
);

// The known-answer tests of key derivation: each passes, each can fail, and one failure closes the instance.
import { describe, expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { hash } from "../../src/core/hash.ts";
import { pbkdf2 as runPbkdf2 } from "../../src/core/pbkdf2.ts";
import { selfTestsPassed } from "../../src/core/self-test.ts";
import { Status } from "../../src/core/status.ts";
import { hkdf } from "../../src/derive/hkdf.ts";
import { kbkdf } from "../../src/derive/kbkdf.ts";
import { oneStepKdf } from "../../src/derive/one-step.ts";
import { freshCore } from "../support/core.ts";
import { KDF_ANSWER_LENGTH, kdfAnswers } from "../support/kdf-answers.ts";
import { image, leftovers } from "../support/memory.ts";

const secret = Uint8Array.of(1, 2, 3);
const counted = { mode: "counter", counterBits: 8, counterPlace: "before-fixed-data", lengthBits: 64 } as const;

/** The services that each kind of test guards. */
const uses: Readonly<Record<"expansion" | "PBKDF2", readonly ((core: Core) => unknown)[]>> = {
  expansion: [
    (core) => hkdf(core, { hash: "SHA3-224", ikm: secret, length: 8 }),
    (core) => kbkdf(core, { hash: "SHA3-224", keyIn: secret, fixedInput: secret, ...counted }),
    (core) => oneStepKdf(core, { hash: "SHA3-224", auxiliary: "hash", z: secret, length: 8 }),
  ],
  PBKDF2: [(core) => runPbkdf2(core, { hash: "SHA3-224", password: secret, salt: secret, iterations: 1, length: 8 })],
};

const answers = kdfAnswers().map((answer, place) => ({ ...answer, place }));
const closed = expect.objectContaining({ name: "KeygenError", code: "self-test-failed" });
const attempt = async (use: (core: Core) => unknown, core: Core) => await use(core);

test("the core expects what Node's crypto computes", async () => {
  const core = await freshCore();
  expect(answers.map(({ kind }) => kind)).toEqual(["expansion", "PBKDF2"]);
  for (const { answer, place } of answers) {
    const at = core.exports.kdfAnswersPtr() + place * KDF_ANSWER_LENGTH;
    expect(new Uint8Array(core.memory.buffer, at, KDF_ANSWER_LENGTH).slice()).toEqual(answer);
  }
});

describe.each(answers)("$kind", ({ kind, place }) => {
  test("is tested before the first use, and never again", async () => {
    for (const use of uses[kind]) {
      const core = await freshCore();
      expect(core.exports.kdfSelfTestsPassed()).toBe(0);
      await attempt(use, core);
      expect(core.exports.kdfSelfTestsPassed()).toBe(1 << place);
      expect(selfTestsPassed(core)).toEqual(
        expect.arrayContaining([["KDF-expansion", "PBKDF2"][place], "HMAC-SHA-256"]),
      );
      const { compressions } = core.exports;
      let before = compressions();
      await attempt(use, core);
      const second = compressions() - before;
      before = compressions();
      await attempt(use, core);
      expect(compressions() - before).toBe(second);
    }
  });

  test.each([0, KDF_ANSWER_LENGTH - 1])("fails if byte %i of its answer is another, for good", async (byte) => {
    for (const use of uses[kind]) {
      const core = await freshCore();
      const view = new DataView(core.memory.buffer);
      const at = core.exports.kdfAnswersPtr() + place * KDF_ANSWER_LENGTH + byte;
      view.setUint8(at, view.getUint8(at) ^ 0x40);
      const before = image(core);
      await expect(attempt(use, core)).rejects.toThrow(closed);
      expect(core.exports.kdfSelfTestsPassed()).toBe(0);
      expect(leftovers(core, before)).toEqual([]);
      view.setUint8(at, view.getUint8(at) ^ 0x40);
      for (const any of [...uses.expansion, ...uses.PBKDF2]) await expect(attempt(any, core)).rejects.toThrow(closed);
      expect(() => hash(core, "SHA-512", secret)).toThrow(closed);
    }
  });
});

test("a failed test of the hash below closes the derivations too", async () => {
  for (const use of [...uses.expansion, ...uses.PBKDF2]) {
    const core = await freshCore();
    const view = new DataView(core.memory.buffer);
    const at = core.exports.knownAnswersPtr() + 3 * 6 * 16; // SHA3-224, hash
    view.setUint8(at, view.getUint8(at) ^ 1);
    await expect(attempt(use, core)).rejects.toThrow(closed);
  }
});

test("work that began before a failure is not finished after it", async () => {
  const core = await freshCore();
  const { exports } = core;
  const [expanding, stretching] = [core.reserve(1024), core.reserve(2048)];
  expect(exports.kdfInit(expanding, 2, 1, expanding, 0)).toBe(Status.OK);
  expect(exports.pbkdf2Begin(stretching, 2, stretching, 0, stretching, 0, 5, 32)).toBe(Status.OK);
  const view = new DataView(core.memory.buffer);
  view.setUint8(exports.knownAnswersPtr(), view.getUint8(exports.knownAnswersPtr()) ^ 1);
  expect(exports.hashInit(expanding + 512, 1)).toBe(Status.SELF_TEST_FAILED);
  const before = image(core);
  const expanded = exports.kdfExpand(expanding, expanding, 8, 0, 8, 0, expanding, 0, 0, 0);
  for (const status of [
    expanded,
    exports.kdfInit(expanding, 2, 1, expanding, 0),
    exports.kdfExtract(expanding, 2, expanding, 0, expanding, 0),
    exports.pbkdf2Begin(stretching, 2, stretching, 0, stretching, 0, 5, 32),
    exports.pbkdf2Step(stretching, 1),
    exports.pbkdf2Take(stretching, stretching),
  ]) {
    expect(status).toBe(Status.SELF_TEST_FAILED);
  }
  expect(leftovers(core, before)).toEqual([]);
  exports.pbkdf2End(stretching); // the end is still served
});

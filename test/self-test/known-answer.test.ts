// The known-answer tests of the core (SP 800-90A Rev. 1, 11.3): each passes, each can fail, and one failure closes all.
import { describe, expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { createHash, type HashName, hash, hashes, hashNames, sha256Hex } from "../../src/core/hash.ts";
import { hmac } from "../../src/core/hmac.ts";
import { Status } from "../../src/core/status.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";
import { ANSWER_LENGTH, allKnownAnswers, kinds } from "../support/known-answers.ts";
import { image, leftovers } from "../support/memory.ts";

const entropy = new Uint8Array(48).fill(3);
const text = Uint8Array.of(1, 2, 3);
const open = (core: Core, name: HashName) => HmacDrbg.instantiate(core, { hash: name, strengthBits: 128, entropy });

/** The service that each kind of test guards. */
const uses: Readonly<Record<(typeof kinds)[number], (core: Core, name: HashName) => unknown>> = {
  hash: (core, name) => hash(core, name, text),
  HMAC: (core, name) => hmac(core, name, text, text),
  HMAC_DRBG: (core, name) => open(core, name).uninstantiate(),
};

const answers = allKnownAnswers().map((answer, place) => ({ ...answer, place }));
const closed = expect.objectContaining({ name: "KeygenError", code: "self-test-failed" });

test("the core expects what Node's crypto computes", async () => {
  const core = await freshCore();
  const held = new Uint8Array(core.memory.buffer, core.exports.knownAnswersPtr(), answers.length * ANSWER_LENGTH);
  expect(answers).toHaveLength(30);
  for (const { answer, place, hash: name, kind } of answers) {
    expect(held.subarray(place * ANSWER_LENGTH, (place + 1) * ANSWER_LENGTH), `${kind} ${name}`).toEqual(answer);
  }
});

describe.each(answers)("$kind test of $hash", ({ hash: name, kind, place }) => {
  const below = kinds.slice(0, kinds.indexOf(kind));

  test("runs before the first use, with those below it, and never again", async () => {
    const core = await freshCore();
    expect(core.exports.selfTestsPassed()).toBe(0);
    uses[kind](core, name);
    const first = place - below.length;
    expect(core.exports.selfTestsPassed() >>> 0).toBe(((2 << place) - (1 << first)) >>> 0);
    const { compressions } = core.exports;
    let before = compressions();
    uses[kind](core, name);
    const second = compressions() - before;
    before = compressions();
    uses[kind](core, name);
    expect(compressions() - before).toBe(second);
  });

  test.each([0, ANSWER_LENGTH - 1])(
    "fails if byte %i of its answer is another, and closes the instance",
    async (byte) => {
      const core = await freshCore();
      const other: HashName = name === "SHA-256" ? "SHA-512" : "SHA-256";
      const drbg = open(core, other); // opened while all was well
      const stream = createHash(core, other);
      for (const lower of below) uses[lower](core, name); // what stands below does not need this test
      const passed = core.exports.selfTestsPassed();

      const at = core.exports.knownAnswersPtr() + place * ANSWER_LENGTH + byte;
      new DataView(core.memory.buffer).setUint8(at, new DataView(core.memory.buffer).getUint8(at) ^ 0x80);
      expect(() => uses[kind](core, name)).toThrow(closed);
      expect(core.exports.selfTestsPassed()).toBe(passed);

      for (const any of hashNames) {
        for (const use of Object.values(uses)) expect(() => use(core, any)).toThrow(closed);
      }
      expect(() => drbg.generate(1)).toThrow(closed);
      expect(() => drbg.reseed(entropy)).toThrow(closed);
      expect(() => drbg.pend(text)).toThrow(closed);
      expect(() => stream.update(text)).toThrow(closed);
      expect(() => stream.digest()).toThrow(closed);
      new DataView(core.memory.buffer).setUint8(at, new DataView(core.memory.buffer).getUint8(at) ^ 0x80);
      expect(() => uses[kind](core, name)).toThrow(closed); // not even once the answer is right again
      drbg.uninstantiate(); // the end of a generator is still served

      uses[kind](await freshCore(), name); // another instance is another matter
    },
  );
});

test("several messages at once are not hashed before the test of SHA-256", async () => {
  const core = await freshCore();
  sha256Hex(core, [text, text]);
  const sha256 = 1 << (kinds.length * hashNames.indexOf("SHA-256"));
  expect(core.exports.selfTestsPassed()).toBe(sha256);
  const another = await freshCore();
  const at = another.exports.knownAnswersPtr() + kinds.length * hashNames.indexOf("SHA-256") * ANSWER_LENGTH;
  const view = new DataView(another.memory.buffer);
  view.setUint8(at, view.getUint8(at) ^ 1);
  expect(() => sha256Hex(another, [text, text])).toThrow(closed);
});

test("no service of the core answers OK after a failure, and none writes", async () => {
  const core = await freshCore();
  const { exports } = core;
  const at = core.reserve(4096);
  new DataView(core.memory.buffer).setUint8(exports.knownAnswersPtr(), 0);
  expect(exports.hashInit(at, hashes["SHA-224"].id)).toBe(Status.SELF_TEST_FAILED);
  const before = image(core);
  for (const status of [
    exports.hashInit(at, 2),
    exports.hashUpdate(at, at, 1),
    exports.hashFinal(at, at),
    exports.sha256Many(at, at + 512, 8, 2),
    exports.hmacInit(at, 2, at, 1),
    exports.hmacUpdate(at, at, 1),
    exports.hmacFinal(at, at),
    exports.drbgInstantiate(at, 2, 128, 0, 0n, at, 48, 0, 0, 0, 0),
    exports.drbgReseed(at, at, 48, 0, 0),
    exports.drbgGenerate(at, at, 1, 0, 0, 0, 0),
    exports.drbgPend(at, at, 1),
  ]) {
    expect(status).toBe(Status.SELF_TEST_FAILED);
  }
  expect(leftovers(core, before)).toEqual([]);
});

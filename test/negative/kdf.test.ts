// Key derivation beyond its limits and with empty secrets: each refusal names its clause, and no bytes.
import { describe, expect, test, vi } from "vitest";
import type { HashName } from "../../src/core/hash.ts";
import { derive } from "../../src/core/kdf.ts";
import { Status } from "../../src/core/status.ts";
import { hkdf } from "../../src/derive/hkdf.ts";
import { type KbkdfInput, kbkdf, twoStepKdf } from "../../src/derive/kbkdf.ts";
import { blocks, counterBlocks, iterations } from "../../src/derive/limits.ts";
import { oneStepKdf } from "../../src/derive/one-step.ts";
import { freshCore } from "../support/core.ts";
import { thrown } from "../support/errors.ts";
import { image, leftovers } from "../support/memory.ts";

const core = await freshCore();
const hash = "SHA-256";
const none = new Uint8Array();
const secret = new Uint8Array(32).fill(0xa5);
const long = new Uint8Array(65_537);

const counted: KbkdfInput = {
  hash,
  keyIn: secret,
  mode: "counter",
  fixedInput: Uint8Array.of(1),
  counterBits: 8,
  counterPlace: "before-fixed-data",
  lengthBits: 256,
};
const kda = { hash, z: secret, auxiliary: "HMAC", length: 32 } as const;

describe.each<readonly [string, RegExp, () => unknown]>([
  [
    "HKDF of 256 blocks",
    /^the output must be at most 255 blocks of 32 bytes, got 256 \(RFC 5869, 2.3\)$/,
    () => hkdf(core, { hash, ikm: secret, length: 255 * 32 + 1 }),
  ],
  ["HKDF of no length", /at least 1, got 0 \(RFC 5869, 2.3\)/, () => hkdf(core, { hash, ikm: secret, length: 0 })],
  ["HKDF of half a byte", /whole number of bytes, got 1.5/, () => hkdf(core, { hash, ikm: secret, length: 1.5 })],
  [
    "HKDF of nothing",
    /^bytes of input keying material must be .* got 0 \(SP 800-56C Rev. 2/,
    () => hkdf(core, { hash, ikm: none, length: 32 }),
  ],
  [
    "HKDF with a long salt",
    /^bytes of salt must be .* got 65537 \(keywright\)/,
    () => hkdf(core, { hash, ikm: secret, salt: long, length: 32 }),
  ],
  ["HKDF with a long info", /^bytes of info/, () => hkdf(core, { hash, ikm: secret, info: long, length: 32 })],
  [
    "one step of 2^32 blocks",
    /at most 4294967295 blocks.*\(SP 800-56C Rev. 2, 4.1\)/,
    () => oneStepKdf(core, { ...kda, length: 2 ** 37 }),
  ],
  [
    "one step of more than a call gives",
    /^bytes of output .* got 65537 \(keywright\)/,
    () => oneStepKdf(core, { ...kda, length: 65_537 }),
  ],
  ["one step of nothing", /^bytes of Z must be/, () => oneStepKdf(core, { ...kda, z: none })],
  [
    "one step with long inputs",
    /^bytes of Z and FixedInfo .* got 65569/,
    () => oneStepKdf(core, { ...kda, fixedInfo: long }),
  ],
  [
    "one step with a hash and a salt",
    /a salt is for HMAC alone \(SP 800-56C Rev. 2, 4.2\)/,
    () => oneStepKdf(core, { ...kda, auxiliary: "hash", salt: secret }),
  ],
  [
    "one step with another function",
    /"hash" or "HMAC", got "KMAC"/,
    () => oneStepKdf(core, { ...kda, auxiliary: "KMAC" as "HMAC" }),
  ],
  [
    "256 blocks of a counter of 8 bits",
    /at most 255 blocks of 32 bytes, got 256 \(SP 800-108 Rev. 1, 4.1\)/,
    () => kbkdf(core, { ...counted, lengthBits: 256 * 255 + 1 }),
  ],
  [
    "the same in feedback mode",
    /got 256 \(SP 800-108 Rev. 1, 4.2\)/,
    () => kbkdf(core, { ...counted, mode: "feedback", lengthBits: 256 * 255 + 1 }),
  ],
  [
    "the same in double-pipeline mode",
    /got 256 \(SP 800-108 Rev. 1, 4.3\)/,
    () => kbkdf(core, { ...counted, mode: "double-pipeline", lengthBits: 256 * 255 + 1 }),
  ],
  [
    "KBKDF of no bits",
    /at least 1, got 0 \(SP 800-108 Rev. 1, 4.1\)/,
    () => kbkdf(core, { ...counted, lengthBits: 0 }),
  ],
  ["KBKDF of half a bit", /at least 1, got 0.5/, () => kbkdf(core, { ...counted, lengthBits: 0.5 })],
  [
    "KBKDF of an empty key",
    /^bytes of K_IN must be .* got 0 \(SP 800-108 Rev. 1, 4\)/,
    () => kbkdf(core, { ...counted, keyIn: none }),
  ],
  [
    "a counter of 12 bits",
    /counterBits must be one of 0, 8, 16, 24, 32, got 12/,
    () => kbkdf(core, { ...counted, counterBits: 12 }),
  ],
  [
    "counter mode without a counter",
    /counter mode has a counter/,
    () => kbkdf(core, { ...counted, counterBits: 0, counterPlace: "none" }),
  ],
  [
    "counter mode with an iterator",
    /and no iterator/,
    () => kbkdf(core, { ...counted, counterPlace: "before-iterator" }),
  ],
  [
    "a place without a counter",
    /a counter of 0 bits, and no other, has no place/,
    () => kbkdf(core, { ...counted, mode: "feedback", counterBits: 0 }),
  ],
  [
    "a counter without a place",
    /has no place, got 8 bits/,
    () => kbkdf(core, { ...counted, mode: "feedback", counterPlace: "none" }),
  ],
  [
    "a place beyond the fixed data",
    /one of 9 places of the fixed data, got 9/,
    () => kbkdf(core, { ...counted, counterPlace: { afterBits: 9 } }),
  ],
  [
    "an unknown place",
    /places of the fixed data, got "middle"/,
    () => kbkdf(core, { ...counted, counterPlace: "middle" as "none" }),
  ],
  [
    "an unknown mode",
    /mode must be counter, feedback or double-pipeline, got "ctr"/,
    () => kbkdf(core, { ...counted, mode: "ctr" as "counter" }),
  ],
  [
    "an IV without feedback",
    /an IV is for feedback mode alone, got 32 bytes/,
    () => kbkdf(core, { ...counted, iv: secret }),
  ],
  ["long fixed data", /^bytes of fixed input data/, () => kbkdf(core, { ...counted, fixedInput: long })],
  ["two steps from nothing", /^bytes of Z must be .* got 0/, () => twoStepKdf(core, { ...counted, z: none })],
  [
    "an unknown hash",
    /^hash must be one of SHA-224, /,
    () => hkdf(core, { hash: "SHA-1" as HashName, ikm: secret, length: 32 }),
  ],
])("%s", (_, words, call) => {
  test("is a RangeError that says why, and leaves nothing", () => {
    const before = image(core);
    const error = thrown(call);
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toMatch(words);
    expect(error.message).not.toMatch(/a5a5|165/);
    expect(leftovers(core, before)).toEqual([]);
  });
});

test("the limits are taken as they stand: the most is served", () => {
  expect(hkdf(core, { hash, ikm: secret, length: 255 * 32 })).toHaveLength(8160);
  expect(kbkdf(core, { ...counted, lengthBits: 255 * 256 })).toHaveLength(8160);
  expect(kbkdf(core, { ...counted, counterBits: 16, lengthBits: 524_288 })).toHaveLength(65_536);
  expect(counterBlocks("counter", 32).most).toBe(2 ** 32 - 1);
  expect(counterBlocks("feedback", 0).most).toBe(2 ** 32 - 1);
  for (const limit of [...Object.values(blocks), iterations]) expect(limit.source).toMatch(/^(RFC|SP) /);
});

test("the core refuses by itself what it is not made for", async () => {
  const fresh = await freshCore();
  const { exports } = fresh;
  const state = fresh.reserve(4096);
  const data = state + 2048;
  const expand = (bits: number, mode: number, r: number, place: number) =>
    exports.kdfExpand(state, data, bits, mode, r, place, data, 16, 0, 0);
  expect(expand(8, 0, 8, 0)).toBe(Status.BAD_ARGUMENT); // no state
  expect(exports.kdfInit(state, 11, 1, data, 1)).toBe(Status.BAD_ARGUMENT);
  expect(exports.kdfInit(state, 2, 2, data, 1)).toBe(Status.BAD_ARGUMENT);
  expect(exports.kdfInit(state, 2, 1, data, 65_537)).toBe(Status.TOO_LONG);
  expect(exports.kdfExtract(state, 2, data, 1, data, 65_537)).toBe(Status.TOO_LONG);
  expect(exports.kdfInit(state, 2, 1, data, 1)).toBe(Status.OK);
  const before = image(fresh);
  for (const [bits, mode, r, place] of [
    [0, 0, 8, 0],
    [8, 3, 8, 0],
    [8, 0, 0, 0],
    [8, 0, 8, 129],
    [8, 0, 8, 0xffffffff],
    [8, 1, 0, 8],
    [8, 1, 9, 0],
    [8, 1, 40, 0],
    [256 * 255 + 1, 0, 8, 0],
  ] as const) {
    expect(expand(bits, mode, r, place), `${bits}, ${mode}, ${r}, ${place}`).toBe(Status.BAD_ARGUMENT);
  }
  expect(expand(8 * 65_537, 0, 32, 0)).toBe(Status.TOO_LONG);
  expect(leftovers(fresh, before)).toEqual([]);

  fresh.wipe(state, 4096);
  const begin = (id: number, c: number, length: number, passwordLen = 1) =>
    exports.pbkdf2Begin(state, id, data, passwordLen, data, 1, c, length);
  expect(exports.pbkdf2Step(state, 1)).toBe(Status.BAD_ARGUMENT);
  expect(exports.pbkdf2Take(state, data)).toBe(Status.BAD_ARGUMENT);
  expect(begin(0, 1, 1)).toBe(Status.BAD_ARGUMENT);
  expect(begin(2, 0, 1)).toBe(Status.BAD_ARGUMENT);
  expect(begin(2, 1, 0)).toBe(Status.BAD_ARGUMENT);
  expect(begin(2, 1, 65_537)).toBe(Status.TOO_LONG);
  expect(begin(2, 1, 1, 65_537)).toBe(Status.TOO_LONG);
  expect(begin(2, 5, 32)).toBe(Status.OK);
  expect(exports.pbkdf2Take(state, data)).toBe(Status.BAD_ARGUMENT); // it does not stand yet
  expect(exports.pbkdf2Step(state, 3)).toBe(Status.CONTINUE);
  expect(exports.pbkdf2Step(state, 3)).toBe(Status.OK);
  expect(exports.pbkdf2Take(state, data)).toBe(Status.OK);
  expect(exports.pbkdf2Take(state, data)).toBe(Status.BAD_ARGUMENT); // all is handed out
  exports.pbkdf2End(state);
});

test("an output that stands is wiped when a later expansion is refused", () => {
  const good = { mode: "counter", counterBits: 8, counterPlace: 0, fixed: [secret], lengthBits: 808 } as const;
  const fill = vi.spyOn(Uint8Array.prototype, "fill");
  try {
    expect(() => derive(core, hash, { key: secret }, [good, { ...good, counterBits: 9 }], "test")).toThrow(RangeError);
    expect(fill.mock.contexts.filter((filled) => (filled as Uint8Array).buffer.byteLength === 101)).toHaveLength(1);
  } finally {
    fill.mockRestore();
  }
});

// Every refusal of the generator: by the library with words, and by the core with a status, should the library not look.
import { describe, expect, test } from "vitest";
import { type HashName, hashes, hashNames } from "../../src/core/hash.ts";
import { Status } from "../../src/core/status.ts";
import { type DrbgOptions, HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";

const core = await freshCore();
const { exports } = core;
const bytes = (length: number) => new Uint8Array(length).fill(0x5a);
const base: DrbgOptions = { hash: "SHA-256", strengthBits: 256, entropy: bytes(48) };
const open = (more: Partial<DrbgOptions> = {}) => HmacDrbg.instantiate(core, { ...base, ...more });
const coded = (code: string) => expect.objectContaining({ name: "KeygenError", code });

describe("the library", () => {
  test.each<[string, Partial<DrbgOptions>, RegExp]>([
    ["a strength of 0", { strengthBits: 0 }, /^strengthBits must be a positive integer, got 0$/],
    ["half a bit", { strengthBits: 127.5 }, /^strengthBits must be a positive integer, got 127.5$/],
    ["an unknown hash", { hash: "SHA-1" as HashName }, /^hash must be one of SHA-224, .*, got SHA-1$/],
    ["an inherited name", { hash: "toString" as HashName }, /got toString$/],
    ["an interval of 0", { reseedInterval: 0 }, /^reseedInterval must be .*, got 0$/],
    ["an interval above 2^48", { reseedInterval: 2 ** 48 + 1 }, /^reseedInterval must be /],
    [
      "entropy below the strength",
      { entropy: bytes(31), nonce: bytes(32) },
      /^entropy must have at least 32 .* got 31/,
    ],
    [
      "entropy and nonce below 3/2",
      { entropy: bytes(32), nonce: bytes(15) },
      /^entropy and nonce must have 48 .* got 47/,
    ],
    ["no nonce and short entropy", { entropy: bytes(47) }, /got 47 \(SP 800-90A Rev. 1, 8.6.7\)$/],
    ["long entropy", { entropy: bytes(65_537) }, /^entropy must be at most 65536 bytes, got 65537$/],
    ["a long nonce", { nonce: bytes(65_537) }, /^nonce must be at most/],
    ["a long personalization", { personalization: bytes(65_537) }, /^personalization must be at most/],
  ])("refuses to instantiate with %s", (_, more, message) => {
    const before = image(core);
    expect(() => open(more)).toThrow(RangeError);
    expect(() => open(more)).toThrow(message);
    expect(leftovers(core, before)).toEqual([]);
  });

  test.each(hashNames)("%s has its strength and not a bit more", (hash) => {
    const most = hashes[hash].drbgStrengthBits;
    open({ hash, strengthBits: most }).uninstantiate();
    expect(() => open({ hash, strengthBits: most + 1 })).toThrow(coded("strength-unavailable"));
  });

  test.each([
    [1, 112, 21],
    [112, 112, 21],
    [113, 128, 24],
    [129, 192, 36],
    [193, 256, 48],
  ])("%i bits are served as %i, from %i bytes of entropy and no nonce", (asked, strengthBits, least) => {
    const drbg = open({ strengthBits: asked, entropy: bytes(least) });
    expect(drbg.strengthBits).toBe(strengthBits);
    drbg.uninstantiate();
    expect(() => open({ strengthBits: asked, entropy: bytes(least - 1) })).toThrow(RangeError);
  });

  test("refuses bad requests, and serves after each as if nothing had been asked", () => {
    const drbg = open({ strengthBits: 128 });
    const twin = open({ strengthBits: 128 });
    for (const length of [-1, 1.5, Number.NaN, 65_537]) {
      expect(() => drbg.generate(length)).toThrow(/^length must be an integer from 0 to 65536, got/);
    }
    expect(() => drbg.fill(bytes(65_537))).toThrow(/^output must be at most 65536 bytes, got 65537$/);
    expect(() => drbg.generate(1, { additionalInput: bytes(65_537) })).toThrow(/^additionalInput must be at most/);
    expect(() => drbg.generate(1, { strengthBits: -1 })).toThrow(/^strengthBits must be/);
    expect(() => drbg.generate(1, { strengthBits: 129 })).toThrow(coded("strength-unavailable"));
    expect(() => drbg.generate(1, { predictionResistance: { entropy: bytes(32) } })).toThrow(/^prediction resistance/);
    expect(() => drbg.reseed(bytes(15))).toThrow(/^entropy must have at least 16 bytes, got 15/);
    expect(() => drbg.reseed(bytes(65_537))).toThrow(/^entropy must be at most/);
    expect(() => drbg.reseed(bytes(32), bytes(65_537))).toThrow(/^additionalInput must be at most/);
    expect(() => drbg.pend(bytes(65))).toThrow(/^pending bytes must be at most 64, got 65$/);
    expect(drbg.reseedCounter).toBe(1);
    expect(drbg.generate(64)).toEqual(twin.generate(64));
    drbg.uninstantiate();
    twin.uninstantiate();
  });

  test("a request for more strength than the instance has does not spend the fresh entropy", () => {
    const drbg = open({ strengthBits: 128, predictionResistance: true });
    const before = image(core);
    const predictionResistance = { entropy: bytes(32) };
    expect(() => drbg.generate(1, { strengthBits: 192, predictionResistance })).toThrow(coded("strength-unavailable"));
    expect(leftovers(core, before)).toEqual([]);
    drbg.uninstantiate();
  });

  test("after uninstantiate every call says so, but for another uninstantiate", () => {
    const drbg = open();
    drbg.uninstantiate();
    drbg.uninstantiate();
    for (const call of [
      () => drbg.generate(1),
      () => drbg.fill(bytes(1)),
      () => drbg.reseed(bytes(32)),
      () => drbg.pend(bytes(1)),
      () => drbg.pointer,
      () => drbg.reseedCounter,
      () => drbg.needsReseed,
    ]) {
      expect(call).toThrow(coded("drbg-not-instantiated"));
    }
  });
});

describe("the core", () => {
  const state = core.reserve(exports.drbgStateSize());
  const at = core.reserve(64);
  const { OK, BAD_ARGUMENT, TOO_LONG, STRENGTH, NOT_INSTANTIATED, DRBG_ERROR } = Status;
  const LONG = 65_537;

  type Numbers = readonly [hash: number, strength: number, pr: number, entropy: number, nonce: number, pers: number];
  const instantiate = ([hash, strength, pr, entropy, nonce, pers]: Numbers) =>
    exports.drbgInstantiate(state, hash, strength, pr, 0n, at, entropy, at, nonce, at, pers);

  test.each<[string, Numbers, number]>([
    ["hash 0", [0, 256, 0, 48, 0, 0], BAD_ARGUMENT],
    ["hash 11", [11, 256, 0, 48, 0, 0], BAD_ARGUMENT],
    ["a flag of 2", [2, 256, 2, 48, 0, 0], BAD_ARGUMENT],
    ["strength 257", [2, 257, 0, 64, 0, 0], STRENGTH],
    ["strength 193 of SHA-224", [1, 193, 0, 64, 0, 0], STRENGTH],
    ["31 bytes of entropy", [2, 256, 0, 31, 64, 0], BAD_ARGUMENT],
    ["47 bytes in all", [2, 256, 0, 32, 15, 0], BAD_ARGUMENT],
    ["long entropy", [2, 256, 0, LONG, 0, 0], TOO_LONG],
    ["a long nonce", [2, 256, 0, 48, LONG, 0], TOO_LONG],
    ["a long personalization", [2, 256, 0, 48, 0, LONG], TOO_LONG],
  ])("refuses to instantiate with %s and leaves no trace", (_, numbers, status) => {
    const before = image(core);
    expect(instantiate(numbers)).toBe(status);
    expect(leftovers(core, before)).toEqual([]);
    expect(exports.drbgGenerate(state, at, 1, 0, 0, 0, 0)).toBe(NOT_INSTANTIATED);
  });

  test("refuses bad requests and leaves the state and the output as they were", () => {
    expect(instantiate([2, 128, 0, 48, 0, 0])).toBe(OK);
    const before = image(core);
    expect(exports.drbgGenerate(state, at, LONG, 128, 0, 0, 0)).toBe(TOO_LONG);
    expect(exports.drbgGenerate(state, at, 1, 128, 0, at, LONG)).toBe(TOO_LONG);
    expect(exports.drbgGenerate(state, at, 1, 129, 0, 0, 0)).toBe(STRENGTH);
    expect(exports.drbgGenerate(state, at, 1, 128, 1, 0, 0)).toBe(BAD_ARGUMENT);
    expect(exports.drbgReseed(state, at, 15, 0, 0)).toBe(BAD_ARGUMENT);
    expect(exports.drbgReseed(state, at, LONG, 0, 0)).toBe(TOO_LONG);
    expect(exports.drbgReseed(state, at, 32, at, LONG)).toBe(TOO_LONG);
    expect(exports.drbgPend(state, at, 65)).toBe(TOO_LONG);
    expect(leftovers(core, before)).toEqual([]);
    expect(exports.drbgUninstantiate(state)).toBe(OK);
  });

  test("a state of zeros is no state", () => {
    const before = image(core);
    expect(exports.drbgGenerate(state, at, 1, 0, 0, 0, 0)).toBe(NOT_INSTANTIATED);
    expect(exports.drbgReseed(state, at, 32, 0, 0)).toBe(NOT_INSTANTIATED);
    expect(exports.drbgPend(state, at, 1)).toBe(NOT_INSTANTIATED);
    expect(exports.drbgUninstantiate(state)).toBe(NOT_INSTANTIATED);
    expect(exports.drbgReseedCounter(state)).toBe(0n);
    expect(exports.drbgReseedInterval(state)).toBe(0n);
    expect(leftovers(core, before)).toEqual([]);
  });

  // The header as assembly/drbg/hmac-drbg.ts lays it out: each of its fields spoilt in turn.
  test.each<[string, number, bigint]>([
    ["the phase", 0, 0x77n],
    ["the hash", 4, 0n],
    ["the hash", 4, 11n],
    ["a strength that is none", 8, 129n],
    ["a strength above that of the hash", 8, 512n],
    ["the prediction resistance flag", 12, 2n],
    ["the mark of a fresh seed", 32, 2n],
    ["the number of pending bytes", 36, 65n],
  ])("a damaged state stays in its error state: %s", (_, offset, value) => {
    for (const discover of [
      () => exports.drbgGenerate(state, at, 32, 0, 0, 0, 0),
      () => exports.drbgReseed(state, at, 32, 0, 0),
      () => exports.drbgPend(state, at, 1),
    ]) {
      expect(instantiate([2, 128, 0, 48, 0, 0])).toBe(OK);
      const header = new DataView(core.memory.buffer, state, exports.drbgStateSize());
      header.setUint32(offset, Number(value), true);
      expect(discover()).toBe(DRBG_ERROR);
      for (let i = 4; i < header.byteLength; i++) expect(header.getUint8(i)).toBe(0); // no secret outlives the error
      expect(exports.drbgReseed(state, at, 32, 0, 0)).toBe(DRBG_ERROR);
      expect(exports.drbgGenerate(state, at, 32, 0, 0, 0, 0)).toBe(DRBG_ERROR);
      expect(exports.drbgPend(state, at, 1)).toBe(DRBG_ERROR);
      expect(exports.drbgReseedCounter(state)).toBe(0n);
      expect(exports.drbgUninstantiate(state)).toBe(OK);
      expect(exports.drbgGenerate(state, at, 32, 0, 0, 0, 0)).toBe(NOT_INSTANTIATED);
    }
  });

  test.each<[string, number, bigint]>([
    ["a counter of 0", 16, 0n],
    ["an interval of 0", 24, 0n],
    ["an interval beyond Table 2", 24, 2n ** 48n + 1n],
  ])("a damaged state stays in its error state: %s", (_, offset, value) => {
    expect(instantiate([2, 128, 0, 48, 0, 0])).toBe(OK);
    new DataView(core.memory.buffer).setBigUint64(state + offset, value, true);
    expect(exports.drbgGenerate(state, at, 32, 0, 0, 0, 0)).toBe(DRBG_ERROR);
    expect(exports.drbgUninstantiate(state)).toBe(OK);
  });

  test("the library names the error state, and a new generator works", () => {
    const drbg = open();
    new DataView(core.memory.buffer).setUint32(drbg.pointer + 4, 99, true);
    expect(() => drbg.generate(1)).toThrow(coded("drbg-failed"));
    expect(() => drbg.reseed(bytes(32))).toThrow(coded("drbg-failed"));
    drbg.uninstantiate();
    const next = open();
    expect(next.generate(1)).toHaveLength(1);
    next.uninstantiate();
  });
});

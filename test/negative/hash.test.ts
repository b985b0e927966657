// Wrong calls of the hashes, of HMAC and of the memory that the core lends.
import { expect, test } from "vitest";
import { withScratch } from "../../src/core/core.ts";
import { createHash, type HashName, hash } from "../../src/core/hash.ts";
import { hmac } from "../../src/core/hmac.ts";
import { Status } from "../../src/core/status.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";

const core = await freshCore();
const { exports } = core;
const one = Uint8Array.of(1);

test("an unknown hash is a wrong call", () => {
  for (const name of ["SHA-1", "sha-256", "", "__proto__"]) {
    const wrong = name as HashName;
    expect(() => hash(core, wrong, one)).toThrow(RangeError);
    expect(() => createHash(core, wrong)).toThrow(/^hash must be one of SHA-224, /);
    expect(() => hmac(core, wrong, one, one)).toThrow(RangeError);
  }
});

test("the core refuses identifiers that are none, and states that are none", () => {
  const state = core.reserve(exports.hmacStateSize());
  const before = image(core);
  for (const id of [0, 11, 0x80000000, 0xffffffff]) {
    expect(exports.hashInit(state, id)).toBe(Status.BAD_ARGUMENT);
    expect(exports.hmacInit(state, id, state, 0)).toBe(Status.BAD_ARGUMENT);
    expect(exports.hashLength(id)).toBe(0);
    expect(exports.hashBlockLength(id)).toBe(0);
    expect(exports.drbgMaxStrength(id)).toBe(0);
  }
  expect(exports.hashUpdate(state, state, 1)).toBe(Status.BAD_ARGUMENT);
  expect(exports.hashFinal(state, state)).toBe(Status.BAD_ARGUMENT);
  expect(exports.hmacUpdate(state, state, 1)).toBe(Status.BAD_ARGUMENT);
  expect(exports.hmacFinal(state, state)).toBe(Status.BAD_ARGUMENT);
  expect(leftovers(core, before)).toEqual([]);
  core.release(state);
});

test("a stream ends with its digest, or when it is closed", () => {
  const stream = createHash(core, "SHA-256").update(one);
  stream.digest();
  expect(() => stream.update(one)).toThrow(new TypeError("SHA-256: the stream is over"));
  expect(() => stream.digest()).toThrow(TypeError);
  stream.close();
  const closed = createHash(core, "SHA3-256");
  closed.close();
  closed.close();
  expect(() => closed.digest()).toThrow(new TypeError("SHA3-256: the stream is over"));
});

test("reserved blocks are given once, zeroed, and come back in any order", () => {
  const [a, b, c] = [core.reserve(100), core.reserve(100), core.reserve(100)];
  expect(new Set([a, b, c]).size).toBe(3);
  new Uint8Array(core.memory.buffer, a, 100).fill(1);
  core.release(a);
  expect(() => core.release(a)).toThrow(RangeError);
  expect(() => core.release(a + 16)).toThrow(/^release takes what reserve gave, once$/);
  core.release(c);
  const again = [core.reserve(100), core.reserve(100)];
  expect(new Set([...again, b]).size).toBe(3);
  expect(new Uint8Array(core.memory.buffer, a, 100).every((byte) => byte === 0)).toBe(true);
  for (const at of [b, ...again]) core.release(at);
});

test("what does not fit is refused, and what is lent never meets what is reserved", () => {
  const size = exports.arenaSize();
  expect(() => core.reserve(size + 1)).toThrow(RangeError);
  expect(() => withScratch(core, size + 1, () => 0)).toThrow(RangeError);
  const held = core.reserve(1000);
  expect(() => withScratch(core, size, () => 0)).toThrow(/^states, inputs and output must fit in 327680 bytes/);
  withScratch(core, 60_000, (_, at) => {
    expect(at + 60_000).toBeLessThanOrEqual(held);
    expect(() => core.reserve(size - 60_000)).toThrow(RangeError);
  });
  core.release(held);
});

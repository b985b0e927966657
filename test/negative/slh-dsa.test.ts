// Wrong calls and states of the SLH-DSA operations: each is refused, and refused in its own way.
import { expect, test } from "vitest";
import {
  type SlhDsaName,
  slhDsaBegin,
  slhDsaBeginSeeded,
  slhDsaEnd,
  slhDsaState,
  slhDsaStep,
  slhDsaTake,
} from "../../src/core/slh-dsa.ts";
import { Status } from "../../src/core/status.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";
import { ALL_AT_ONCE, countingSeed, makeKey } from "../support/slh-dsa.ts";

const random = new Random("slh-dsa");
const core = await freshCore();
const name = "SLH-DSA-SHA2-128f";

function generator(strengthBits: number, reseedInterval: number): HmacDrbg {
  const entropy = random.bytes(48);
  return HmacDrbg.instantiate(core, { hash: "SHA-256", strengthBits, entropy, reseedInterval });
}

test.each([12, 13, 255, 0xffffffff])("a set that is numbered %d", (set) => {
  const { pointer } = generator(256, 10);
  expect(core.exports.slhKeyBegin(set, pointer)).toBe(Status.BAD_ARGUMENT);
  expect(core.exports.slhKeyFromSeed(set, pointer)).toBe(Status.BAD_ARGUMENT);
});

test.each(["SLH-DSA-SHA2-128", "slh-dsa-sha2-128f", "", "toString"])("a set that is named %j", (wrong) => {
  expect(() => slhDsaBegin(core, wrong as SlhDsaName, 0)).toThrow(RangeError);
  expect(() => slhDsaBeginSeeded(core, wrong as SlhDsaName, new Uint8Array(48))).toThrow(RangeError);
});

test.each([0, 16, 47, 49, 64, 72])("a seed of %d bytes", (length) => {
  expect(() => slhDsaBeginSeeded(core, name, new Uint8Array(length))).toThrow(/48 bytes/);
});

test("a second key while one is in the making, which goes on", () => {
  slhDsaBeginSeeded(core, name, countingSeed(name));
  expect(() => slhDsaBeginSeeded(core, name, countingSeed(name))).toThrow(RangeError);
  expect(() => slhDsaBegin(core, "SLH-DSA-SHAKE-256s", generator(256, 10).pointer)).toThrow(RangeError);
  expect(slhDsaState(core).phase).toBe("tree");
  while (!slhDsaStep(core, ALL_AT_ONCE));
  expect(slhDsaTake(core, name)).toEqual(makeKey(core, name, countingSeed(name)));
});

test("a step without a key, or after its end", () => {
  expect(() => slhDsaStep(core, 1)).toThrow(RangeError);
  slhDsaBeginSeeded(core, name, countingSeed(name));
  while (!slhDsaStep(core, ALL_AT_ONCE));
  expect(() => slhDsaStep(core, 1)).toThrow(RangeError);
  expect(slhDsaState(core).phase).toBe("ready"); // the key is still there
  slhDsaEnd(core);
  slhDsaEnd(core); // ending nothing is nothing
});

test("a key that is taken too early, or in another length than it has", () => {
  slhDsaBeginSeeded(core, name, countingSeed(name));
  const at = core.alloc(128);
  for (const phase of ["tree", "sign", "verify"]) {
    while (slhDsaState(core).phase !== phase) slhDsaStep(core, 1);
    expect(core.exports.slhKeyTake(at, 64)).toBe(Status.BAD_ARGUMENT);
  }
  while (!slhDsaStep(core, ALL_AT_ONCE));
  expect([0, 63, 65, 96, 128].map((length) => core.exports.slhKeyTake(at, length))).toEqual(
    Array(5).fill(Status.BAD_ARGUMENT),
  );
  expect(core.exports.slhKeyTake(at, 64)).toBe(Status.OK);
  core.wipe(at, 128);
  core.free(at);
  slhDsaEnd(core);
});

test("a generator with less strength than 8 n bits", () => {
  const weak = generator(128, 10).pointer;
  slhDsaBegin(core, name, weak);
  slhDsaEnd(core);
  for (const each of ["SLH-DSA-SHA2-192f", "SLH-DSA-SHAKE-256s"] as const) {
    expect(() => slhDsaBegin(core, each, weak)).toThrow(expect.objectContaining({ code: "strength-unavailable" }));
    expect(slhDsaState(core).phase).toBe("idle");
  }
});

test("a generator that wants a reseed: nothing is begun, and after it the key is", () => {
  const drbg = generator(256, 1);
  slhDsaBegin(core, name, drbg.pointer);
  slhDsaEnd(core);
  expect(() => slhDsaBegin(core, name, drbg.pointer)).toThrow(expect.objectContaining({ code: "reseed-required" }));
  expect(slhDsaState(core).phase).toBe("idle");
  drbg.reseed(random.bytes(32));
  slhDsaBegin(core, name, drbg.pointer);
  expect(slhDsaState(core).phase).toBe("tree");
  slhDsaEnd(core);
});

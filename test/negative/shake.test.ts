// SHAKE refuses what it does not know, absorbing after the message, and use after the end.
import { expect, test } from "vitest";
import { createShake, type ShakeName, shake } from "../../src/core/shake.ts";
import { Status } from "../../src/core/status.ts";
import { freshCore } from "../support/core.ts";

const core = await freshCore();
const text = Uint8Array.of(1, 2, 3);

test("a name or a length from outside the type is a wrong call", () => {
  expect(() => createShake(core, "SHAKE512" as ShakeName)).toThrow(RangeError);
  for (const length of [-1, 1.5, Number.NaN]) expect(() => shake(core, "SHAKE128", length)).toThrow(RangeError);
});

test("the message is over with the first squeeze, and the stream with close", () => {
  const stream = createShake(core, "SHAKE128").absorb(text);
  stream.squeeze(0);
  expect(() => stream.absorb(text)).toThrow(/over/);
  stream.close();
  stream.close();
  expect(() => stream.absorb(text)).toThrow(/over/);
  expect(() => stream.squeeze(1)).toThrow(/over/);
});

test("the core answers BAD_ARGUMENT to another strength, to a state that is none and to a message that is over", () => {
  const { exports } = core;
  const state = core.reserve(exports.shakeStateSize());
  expect(exports.shakeInit(state, 192)).toBe(Status.BAD_ARGUMENT);
  expect(exports.shakeAbsorb(state, state, 0)).toBe(Status.BAD_ARGUMENT);
  expect(exports.shakeSqueeze(state, state, 0)).toBe(Status.BAD_ARGUMENT);
  expect(exports.shakeInit(state, 256)).toBe(Status.OK);
  expect(exports.shakeSqueeze(state, core.alloc(16), 16)).toBe(Status.OK);
  expect(exports.shakeAbsorb(state, state, 0)).toBe(Status.BAD_ARGUMENT);
  core.free(exports.arenaPtr());
  core.release(state);
});

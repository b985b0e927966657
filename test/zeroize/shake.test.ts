// What SHAKE leaves in the core's memory: nothing but the state of a stream that is open.
import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createShake, shake, shakeNames } from "../../src/core/shake.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";

test.each(shakeNames)("%s leaves nothing outside the state of its stream, and nothing after its end", async (name) => {
  const core = await freshCore();
  const clean = image(core); // before the self-tests: they leave nothing either
  for (const length of [0, 1, 135, 136, 168, 400, 70_000]) {
    shake(core, name, length, randomBytes(length));
    expect(leftovers(core, clean)).toEqual([]);
  }
  const stream = createShake(core, name).absorb(randomBytes(300));
  const size = core.exports.shakeStateSize();
  const state = { at: core.exports.arenaPtr() + core.exports.arenaSize() - size, length: size };
  stream.squeeze(500);
  expect(leftovers(core, clean, state)).toEqual([]);
  expect(leftovers(core, clean)).not.toEqual([]);
  stream.close();
  expect(leftovers(core, clean)).toEqual([]);
});

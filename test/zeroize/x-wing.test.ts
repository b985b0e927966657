// What X-Wing leaves in the core's memory: nothing but the tables of public constants of what it stands on.
import { expect, test } from "vitest";
import { xWingDecapsulate, xWingEncapsulate, xWingPairwise, xWingPublicKey } from "../../src/core/x-wing.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";

const random = new Random("zeroize/x-wing");

test("nothing is left, whatever was done and however it ended", async () => {
  const core = await freshCore();
  const seed = random.bytes(32);
  const publicKey = xWingPublicKey(core, seed);
  const { ciphertext } = xWingEncapsulate(core, publicKey, random.bytes(64));
  const clean = image(core);
  const wrong = Uint8Array.from(ciphertext, (byte) => byte ^ 1);
  const steps: readonly (readonly [string, () => unknown])[] = [
    ["keys", () => xWingPublicKey(core, random.bytes(32))],
    ["pairwise test", () => xWingPairwise(core, { seed, publicKey })],
    ["encapsulation", () => xWingEncapsulate(core, publicKey, random.bytes(64))],
    ["decapsulation", () => xWingDecapsulate(core, seed, ciphertext)],
    ["another ciphertext", () => xWingDecapsulate(core, seed, wrong)],
    [
      "a refused key",
      () => expect(() => xWingEncapsulate(core, publicKey.slice().fill(0xff), random.bytes(64))).toThrow(),
    ],
  ];
  for (const [what, step] of steps) {
    step();
    expect(leftovers(core, clean), what).toEqual([]);
  }
  expect(() => xWingPairwise(core, { seed: random.bytes(32), publicKey })).toThrow(/pairwise/);
  expect(leftovers(core, clean)).toEqual([]);
});

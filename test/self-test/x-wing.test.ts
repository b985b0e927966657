// The known-answer test of X-Wing: passed before the first use, with what it stands on; it can fail, and closes the instance.
import { ml_kem768_x25519 as noble } from "@noble/post-quantum/hybrid.js";
import { expect, test } from "vitest";
import { selfTestsPassed } from "../../src/core/self-test.ts";
import { xWingDecapsulate, xWingEncapsulate, xWingPairwise, xWingPublicKey } from "../../src/core/x-wing.ts";
import { freshCore } from "../support/core.ts";
import { ascending } from "../support/lattice.ts";

const closed = expect.objectContaining({ name: "KeygenError", code: "self-test-failed" });
const seed = ascending(0, 32);
const below = ["SHA3-256", "SHA3-512", "SHAKE128", "SHAKE256", "X25519", "ML-KEM-768"];

test("the core expects what @noble/post-quantum computes", async () => {
  const core = await freshCore();
  const { publicKey } = noble.keygen(seed);
  const held = new Uint8Array(core.memory.buffer, core.exports.xWingAnswersPtr(), 32);
  expect(held).toEqual(noble.encapsulate(publicKey, ascending(32, 96)).sharedSecret);
});

test("it is tested before its first use, and named", async () => {
  const core = await freshCore();
  xWingPublicKey(core, seed);
  expect(selfTestsPassed(core)).toEqual([...below, "X-Wing-draft-10"]);
});

test.each([0, 31])("it fails if byte %i of the answer is another", async (byte) => {
  const core = await freshCore();
  const place = core.exports.xWingAnswersPtr() + byte;
  const view = new DataView(core.memory.buffer);
  view.setUint8(place, view.getUint8(place) ^ 0x80);
  expect(() => xWingPublicKey(core, seed)).toThrow(closed);
  expect(selfTestsPassed(core)).toEqual(below);
  const publicKey = new Uint8Array(1216);
  const calls = [
    () => xWingPublicKey(core, seed),
    () => xWingPairwise(core, { seed, publicKey }),
    () => xWingEncapsulate(core, publicKey, ascending(0, 64)),
    () => xWingDecapsulate(core, seed, new Uint8Array(1120)),
  ];
  for (const call of calls) expect(call).toThrow(closed);
});

test.each(["mlKemAnswersPtr", "okpAnswersPtr"] as const)("so it does if what %s belongs to fails", async (pointer) => {
  const core = await freshCore();
  const at = core.exports[pointer]();
  const view = new Uint8Array(core.memory.buffer);
  for (let i = 0; i < 64; i++) view[at + i] = (view[at + i] ?? 0) ^ 1;
  expect(() => xWingPublicKey(core, seed)).toThrow(closed);
});

// What ML-KEM and ML-DSA leave in the core's memory: nothing but their tables of public constants, made at the first use.
import { expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import {
  mlDsaExpand,
  mlDsaNames,
  mlDsaPairwise,
  mlDsaPublicKey,
  mlDsaPublicOfExpanded,
  mlDsaSign,
  mlDsaVerify,
} from "../../src/core/ml-dsa.ts";
import {
  mlKemCheckDk,
  mlKemCheckEk,
  mlKemDecapsulate,
  mlKemEncapsulate,
  mlKemExpand,
  mlKemNames,
  mlKemPairwise,
  mlKemPublicKey,
} from "../../src/core/ml-kem.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";

const random = new Random("zeroize/lattice");

/** A core whose tables are made, and its memory then; two seeds leave the same tables, so they hold nothing of a seed. */
async function ready(use: (core: Core) => unknown): Promise<{ core: Core; clean: Uint8Array }> {
  const [core, other] = [await freshCore(), await freshCore()];
  use(core);
  use(other);
  const clean = image(core);
  expect(leftovers(other, clean)).toEqual([]);
  return { core, clean };
}

test.each(mlKemNames)("%s leaves nothing, whatever was done and however it ended", async (name) => {
  const { core, clean } = await ready((fresh) => mlKemPublicKey(fresh, name, random.bytes(64)));
  const seed = random.bytes(64);
  const publicKey = mlKemPublicKey(core, name, seed);
  const dk = mlKemExpand(core, name, seed);
  const { ciphertext } = mlKemEncapsulate(core, name, publicKey, random.bytes(32));
  const wrong = Uint8Array.from(ciphertext, (byte) => byte ^ 1);
  const spoiled = dk.slice().fill(0xff, 384, -96);
  const steps: readonly (readonly [string, () => unknown])[] = [
    ["keys", () => mlKemPublicKey(core, name, seed)],
    ["expansion", () => mlKemExpand(core, name, seed)],
    ["pairwise test", () => mlKemPairwise(core, name, { seed, publicKey })],
    ["check of ek", () => mlKemCheckEk(core, name, publicKey)],
    ["check of dk", () => mlKemCheckDk(core, name, dk)],
    ["encapsulation", () => mlKemEncapsulate(core, name, publicKey, random.bytes(32))],
    ["decapsulation", () => mlKemDecapsulate(core, name, dk, ciphertext)],
    ["implicit rejection", () => mlKemDecapsulate(core, name, dk, wrong)],
    ["a dk that is refused", () => expect(() => mlKemDecapsulate(core, name, spoiled, ciphertext)).toThrow()],
    [
      "an ek that is refused",
      () => expect(() => mlKemEncapsulate(core, name, publicKey.slice().fill(0xff), random.bytes(32))).toThrow(),
    ],
  ];
  for (const [what, step] of steps) {
    step();
    expect(leftovers(core, clean), what).toEqual([]);
  }
  const failing = () => mlKemPairwise(core, name, { seed: random.bytes(64), publicKey });
  expect(failing).toThrow(/pairwise/);
  expect(leftovers(core, clean)).toEqual([]);
});

test.each(mlDsaNames)("%s leaves nothing, whatever was done and however it ended", async (name) => {
  const { core, clean } = await ready((fresh) => mlDsaPublicKey(fresh, name, random.bytes(32)));
  const seed = random.bytes(32);
  const publicKey = mlDsaPublicKey(core, name, seed);
  const sk = mlDsaExpand(core, name, seed);
  const message = random.bytes(40);
  const signature = mlDsaSign(core, name, sk, message);
  const steps: readonly (readonly [string, () => unknown])[] = [
    ["keys", () => mlDsaPublicKey(core, name, seed)],
    ["expansion", () => mlDsaExpand(core, name, seed)],
    ["public half of the expansion", () => mlDsaPublicOfExpanded(core, name, sk)],
    ["refusing an expansion", () => expect(() => mlDsaPublicOfExpanded(core, name, sk.slice().fill(0, 64))).toThrow()],
    ["pairwise test", () => mlDsaPairwise(core, name, { seed, publicKey })],
    ["signing", () => mlDsaSign(core, name, sk, message, random.bytes(32))],
    ["verifying", () => mlDsaVerify(core, name, publicKey, message, signature)],
    ["refusing a signature", () => mlDsaVerify(core, name, publicKey, message, signature.slice().fill(0, 50, 60))],
    ["refusing a hint", () => mlDsaVerify(core, name, publicKey, message, signature.slice().fill(255, -8))],
    ["refusing z", () => mlDsaVerify(core, name, publicKey, message, signature.slice().fill(0, 64, -100))],
  ];
  for (const [what, step] of steps) {
    step();
    expect(leftovers(core, clean), what).toEqual([]);
  }
  const failing = () => mlDsaPairwise(core, name, { seed: random.bytes(32), publicKey });
  expect(failing).toThrow(/pairwise/);
  expect(leftovers(core, clean)).toEqual([]);
});

test("with a key in the core, the scan does see it", async () => {
  const { core, clean } = await ready((fresh) => mlKemPublicKey(fresh, "ML-KEM-512", random.bytes(64)));
  new Uint8Array(core.memory.buffer).set(random.bytes(64), core.exports.arenaPtr());
  expect(leftovers(core, clean).length).toBe(10);
});

// After each operation on a curve the whole memory of the core is what it was before, the generator aside. The tables and
// constants of a curve are public, and stay from its first use on.
import { expect, test } from "vitest";
import { ecFromBits, ecGenerate, ecPairwise, ecPublicPoint, isEcPoint } from "../../src/core/ec.ts";
import { generateEc } from "../../src/generate/ec.ts";
import { freshCore } from "../support/core.ts";
import { curves, toBytes } from "../support/ec-reference.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("ec zeroize");

test.each(curves.map((curve) => [curve.name, curve] as const))("%s leaves nothing", async (name, curve) => {
  const { length, bits, order } = curve;
  const core = await freshCore();
  const drbg = generatorFrom(core, random.bytes(48));
  const state = { at: drbg.pointer, length: core.exports.drbgStateSize() };
  ecPublicPoint(core, name, toBytes(1n, length)); // the tables of both ways, and the self-test
  const clean = image(core);
  const left = () => leftovers(core, clean, state);
  const scalar = () => toBytes((random.number(bits) % (order - 1n)) + 1n, length);
  const extra = Math.ceil((bits + 64) / 8);
  const pair = ecGenerate(core, name, "FIPS 186-5, A.2.1", drbg.pointer, 112);
  const generator = { pointer: drbg.pointer, freshen() {}, reseed() {} };
  const steps: Record<string, () => unknown> = {
    "A.2.1": () => ecGenerate(core, name, "FIPS 186-5, A.2.1", drbg.pointer, 112),
    "A.2.2": () => ecGenerate(core, name, "FIPS 186-5, A.2.2", drbg.pointer, 112),
    "given bits": () => ecFromBits(core, name, "FIPS 186-5, A.2.1", random.bytes(extra), 1),
    "bits of 15 pairs": () => ecFromBits(core, name, "FIPS 186-5, A.2.1", random.bytes(15 * extra), 15),
    "bits of two pairs, refused": () =>
      ecFromBits(core, name, "FIPS 186-5, A.2.2", new Uint8Array(2 * length).fill(255, length), 2),
    "refused bits": () => ecFromBits(core, name, "FIPS 186-5, A.2.2", new Uint8Array(length).fill(255), 1),
    "a given d": () => ecPublicPoint(core, name, scalar()),
    "d out of range": () => expect(() => ecPublicPoint(core, name, toBytes(order + 1n, length))).toThrow(),
    pairwise: () => ecPairwise(core, name, pair),
    "a pair for use": () =>
      generateEc(core, generator, { curve: name, method: "FIPS 186-5, A.2.1", strengthBits: 112 }),
    "a valid point": () => expect(isEcPoint(core, name, pair.point)).toBe(true),
    "an invalid point": () => expect(isEcPoint(core, name, pair.point.toReversed())).toBe(false),
    "too much strength": () =>
      expect(() => ecGenerate(core, name, "FIPS 186-5, A.2.1", drbg.pointer, 512)).toThrow(/strength/),
    "a pairwise test that fails": () =>
      expect(() => ecPairwise(core, name, { d: pair.d, point: pair.point.toReversed() })).toThrow(/pairwise/),
  };
  for (const [what, step] of Object.entries(steps)) {
    step();
    expect(left(), what).toEqual([]);
  }
});

test("curves that are used in turn leave each other whole", async () => {
  const core = await freshCore();
  for (let turn = 0; turn < 3; turn++) {
    for (const curve of curves) {
      const d = (random.number(curve.bits) % (curve.order - 1n)) + 1n;
      expect(ecPublicPoint(core, curve.name, toBytes(d, curve.length))).toEqual(curve.multiply(d));
    }
  }
});

// HMAC_DRBG of the core against the reference over Node's crypto: random sequences of calls.
import { describe, expect, test } from "vitest";
import { hashes, hashNames } from "../../src/core/hash.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { freshCore } from "../support/core.ts";
import { Random } from "../support/random.ts";
import { ReferenceDrbg } from "../support/reference.ts";
import { expectSame } from "../support/same.ts";

const SEQUENCES = 300; // for each hash
const core = await freshCore();
const random = new Random("property/drbg");

/** Lengths on both sides of the ends of blocks, those of the output and those of the hash. */
function someLength(length: number, block: number): number {
  const ends: [number, ...number[]] = [0, 1, length, 2 * length, 3 * length, block - length - 1, block, 2 * block];
  return Math.max(0, random.pick(ends) + random.below(5) - 2);
}

describe.each(hashNames)("HMAC_DRBG with %s", (hash) => {
  const { length, blockLength, drbgStrengthBits } = hashes[hash];
  const maybe = () => (random.below(2) === 0 ? new Uint8Array(0) : random.bytes(someLength(length, blockLength)));

  test(`${SEQUENCES} sequences of calls give what the reference gives`, () => {
    const calls = { reseed: 0, resistant: 0, plain: 0, pend: 0 };
    for (let sequence = 0; sequence < SEQUENCES; sequence++) {
      const strengthBits = random.pick([112, 128, 192, drbgStrengthBits]);
      const least = Math.ceil((strengthBits * 1.5) / 8);
      const resistant = random.below(2) === 0;
      const entropy = random.bytes(least + random.below(40));
      const [nonce, personalization] = [maybe(), maybe()];
      const drbg = HmacDrbg.instantiate(core, {
        hash,
        strengthBits,
        entropy,
        nonce,
        personalization,
        predictionResistance: resistant,
      });
      const reference = new ReferenceDrbg(hash, entropy, nonce, personalization);
      let pending = new Uint8Array(0);
      for (let call = random.below(6) + 1; call > 0; call--) {
        const kind = random.below(4);
        const additionalInput = maybe();
        const size = someLength(length, blockLength);
        const fresh = random.bytes(strengthBits / 8 + random.below(20));
        const trace = `sequence ${sequence}, strength ${strengthBits}, kind ${kind}, ${size} bytes`;
        if (kind === 0) {
          drbg.reseed(fresh, additionalInput);
          reference.reseed(fresh, additionalInput);
          calls.reseed++;
        } else if (kind === 1) {
          pending = new Uint8Array(random.bytes(random.below(65)));
          drbg.pend(pending);
          calls.pend++;
        } else if (kind === 2 && resistant) {
          const got = drbg.generate(size, { additionalInput, predictionResistance: { entropy: fresh } });
          reference.reseed(fresh, additionalInput);
          expectSame(got, reference.generate(size, pending), trace);
          pending = new Uint8Array(0);
          calls.resistant++;
        } else {
          const both = new Uint8Array(Buffer.concat([additionalInput, pending]));
          expectSame(drbg.generate(size, { additionalInput }), reference.generate(size, both), trace);
          pending = new Uint8Array(0);
          calls.plain++;
        }
        expect(drbg.reseedCounter, trace).toBe(reference.reseedCounter);
      }
      drbg.uninstantiate();
    }
    // Each kind of call did occur, or the test shows less than it says.
    for (const count of Object.values(calls)) expect(count).toBeGreaterThan(SEQUENCES / 10);
  });

  test("the longest request and the longest inputs", () => {
    const long = random.bytes(65_536);
    const drbg = HmacDrbg.instantiate(core, {
      hash,
      strengthBits: drbgStrengthBits,
      entropy: long,
      nonce: long.subarray(1),
      personalization: long.subarray(2),
    });
    const reference = new ReferenceDrbg(hash, long, long.subarray(1), long.subarray(2));
    drbg.reseed(long, long.subarray(3));
    reference.reseed(long, long.subarray(3));
    expectSame(drbg.generate(65_536, { additionalInput: long }), reference.generate(65_536, long), "64 KiB");
    expect(drbg.generate(0)).toEqual(reference.generate(0));
    expect(drbg.generate(1)).toEqual(reference.generate(1));
    drbg.uninstantiate();
  });

  test("two generators in one core do not mix", () => {
    const [one, two] = [random.bytes(48), random.bytes(48)];
    const a = HmacDrbg.instantiate(core, { hash, strengthBits: 128, entropy: one });
    const b = HmacDrbg.instantiate(core, { hash, strengthBits: 128, entropy: two });
    const [x, y] = [new ReferenceDrbg(hash, one), new ReferenceDrbg(hash, two)];
    for (let round = 0; round < 3; round++) {
      expect(a.generate(50)).toEqual(x.generate(50));
      expect(b.generate(50)).toEqual(y.generate(50));
    }
    a.uninstantiate();
    expect(b.generate(50)).toEqual(y.generate(50));
    b.uninstantiate();
  });
});

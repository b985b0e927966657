// After a key with auxiliary primes or from a seed, taken, failed or aborted at any step, the memory is what it was.
import { expect, test } from "vitest";
import type { Core } from "../../src/core/core.ts";
import { rsaEnd, rsaProgress, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { type RsaConstruction, rsaConstruct } from "../../src/core/rsa-construct.ts";
import type { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { KeygenError } from "../../src/errors.ts";
import { freshCore } from "../support/core.ts";
import { image, leftovers } from "../support/memory.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("rsa-construct-zeroize");
const auxiliaryBits = [180, 170, 160, 150] as const;
const hash = { hash: "SHA-256", seedLen: 28 } as const;
const methods = [
  { method: "A.1.2", ...hash },
  { method: "A.1.4", ...hash, auxiliaryBits },
  { method: "A.1.5", ...hash, auxiliaryBits },
  { method: "A.1.6", auxiliaryBits },
] as const;

function begin(core: Core, generator: HmacDrbg, method: (typeof methods)[number]): void {
  const { pointer } = generator;
  const common = { candidates: pointer, bases: pointer, strengthBits: 112, modulusBits: 2048 };
  const rounds = { millerRabinRounds: 5, auxiliaryRounds: 38, publicExponent: Uint8Array.of(1, 0, 1) };
  rsaConstruct(core, { ...common, ...rounds, ...method } as RsaConstruction);
}

/**
 * As `rsaStep`, and undefined once the search has used up its candidates, which a construction may (B.6 has 4 length of them:
 * about one prime in 100,000 needs more) and which leaves nothing behind.
 */
function step(core: Core, work: number): boolean | undefined {
  try {
    return rsaStep(core, work);
  } catch (error) {
    if (error instanceof KeygenError && error.code === "search-limit") return undefined;
    throw error;
  }
}

test.each(methods)("$method", async (method) => {
  const core = await freshCore();
  const generator = generatorFrom(core, random.bytes(48));
  const state = { at: generator.pointer, length: core.exports.drbgStateSize() };
  const before = image(core);
  let done: boolean | undefined;
  while (!done) {
    if (done === undefined) {
      expect(leftovers(core, before, state)).toEqual([]);
      begin(core, generator, method);
    } else {
      expect(leftovers(core, before, state)).not.toEqual([]);
    }
    done = step(core, 3_000_000);
  }
  rsaTake(core, 2048);
  expect(leftovers(core, before, state)).toEqual([]);

  const phases = new Set<string>();
  for (let i = 0; i < 12; i++) {
    begin(core, generator, method);
    const steps = 1 + random.below(60);
    for (let i = 0; i < steps && step(core, 1_000_000) === false; i++) phases.add(rsaProgress(core).phase);
    rsaEnd(core);
    expect(leftovers(core, before, state)).toEqual([]);
  }
  expect(phases.size).toBeGreaterThan(0);
});

/** ECC key pairs, FIPS 186-5, A.2: at once, since nothing is searched. */
import { orWipe } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { type EcCurve, type EcMethod, type EcPair, ecGenerate, ecPairwise } from "../core/ec.ts";
import { KeygenError } from "../errors.ts";

/** What a pair needs of a generator. */
export interface PairGenerator {
  readonly pointer: number;
  freshen(): void;
  reseed(): void;
}

/**
 * A new pair that passed its pairwise test: d big-endian in the byte length of the order, the point 04 || x || y. The caller
 * owns and wipes d. The generator is asked for `strengthBits`: half the bits of the order, rounded down to a standard one.
 */
export function generateEc(
  core: Core,
  generator: PairGenerator,
  { curve, method, strengthBits }: { curve: EcCurve; method: EcMethod; strengthBits: number },
): EcPair {
  generator.freshen();
  const make = () => ecGenerate(core, curve, method, generator.pointer, strengthBits);
  return testedEc(core, curve, reseeding(generator, make));
}

/** `pair` after its pairwise test; one that fails is wiped here. */
export function testedEc(core: Core, curve: EcCurve, pair: EcPair): EcPair {
  return orWipe([pair.d], () => {
    ecPairwise(core, curve, pair);
    return pair;
  });
}

/** A generator that has served its reseed interval is reseeded, once, and asked again. */
function reseeding<T>(generator: PairGenerator, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof KeygenError && error.code === "reseed-required")) throw error;
    generator.reseed(); // only marks
    generator.freshen();
    return make();
  }
}

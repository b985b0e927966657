/** ML-KEM, ML-DSA and X-Wing key pairs: the seed is the private key, and the pair is tested before it leaves. */
import { type Bytes, orWipe } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { SeedPair } from "../core/lattice.ts";
import { type MlDsaName, mlDsaExpand, mlDsaPairwise, mlDsaPublicKey, mlDsaPublicOfExpanded } from "../core/ml-dsa.ts";
import { type MlKemName, mlKemExpand, mlKemPairwise, mlKemPublicKey, mlKemPublicOfExpanded } from "../core/ml-kem.ts";
import { X_WING, xWingPairwise, xWingPublicKey } from "../core/x-wing.ts";

export type LatticeName = MlKemName | MlDsaName;

const isMlKem = (name: LatticeName): name is MlKemName => name.startsWith("ML-KEM-");

/** `pair` after its pairwise test; one that fails is wiped here. */
function tested(core: Core, name: LatticeName | typeof X_WING, pair: SeedPair): SeedPair {
  return orWipe([pair.seed], () => {
    if (name === X_WING) xWingPairwise(core, pair);
    else if (isMlKem(name)) mlKemPairwise(core, name, pair);
    else mlDsaPairwise(core, name, pair);
    return pair;
  });
}

/**
 * The pair of a seed, which was drawn (FIPS 203, Algorithm 19; FIPS 204, Algorithm 1; draft-connolly-cfrg-xwing-kem-10, 5.2) or
 * given: tested, a KEM by encapsulation, ML-DSA by a signature. The caller owns the seed; should the test fail, it is wiped.
 */
export function latticePairOf(core: Core, name: LatticeName | typeof X_WING, seed: Bytes): SeedPair {
  const publicKey = name === X_WING ? xWingPublicKey(core, seed) : latticePublicKey(core, name, seed);
  return tested(core, name, { seed, publicKey });
}

/** The private key in its expanded form: dk of FIPS 203, or sk of FIPS 204. The caller owns and wipes it. */
export function expandLatticeSeed(core: Core, name: LatticeName, seed: Uint8Array): Bytes {
  return isMlKem(name) ? mlKemExpand(core, name, seed) : mlDsaExpand(core, name, seed);
}

/** The public key of an expanded private key. KeygenError "key-invalid" if its parts do not belong together. */
export function latticePublicOfExpanded(core: Core, name: LatticeName, expandedKey: Uint8Array): Bytes {
  return isMlKem(name)
    ? mlKemPublicOfExpanded(core, name, expandedKey)
    : mlDsaPublicOfExpanded(core, name, expandedKey);
}

/** The public key of a seed: ek of FIPS 203, or pk of FIPS 204. */
export function latticePublicKey(core: Core, name: LatticeName, seed: Uint8Array): Bytes {
  return isMlKem(name) ? mlKemPublicKey(core, name, seed) : mlDsaPublicKey(core, name, seed);
}

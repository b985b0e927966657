/** ML-KEM, ML-DSA and X-Wing key pairs: the seed is the private key, and the pair is tested before it leaves. */
import { type Bytes, orWipe } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { SeedPair } from "../core/lattice.ts";
import {
  type MlDsaName,
  mlDsaExpand,
  mlDsaGenerate,
  mlDsaPairwise,
  mlDsaPublicKey,
  mlDsaPublicOfExpanded,
} from "../core/ml-dsa.ts";
import {
  type MlKemName,
  mlKemExpand,
  mlKemGenerate,
  mlKemPairwise,
  mlKemPublicKey,
  mlKemPublicOfExpanded,
} from "../core/ml-kem.ts";
import { X_WING, xWingGenerate, xWingPairwise, xWingPublicKey } from "../core/x-wing.ts";

export type LatticeName = MlKemName | MlDsaName;

const isMlKem = (name: LatticeName): name is MlKemName => name.startsWith("ML-KEM-");

/** What is asked of a generator: its address in the core, and that it be ready to serve. */
export interface SeedGenerator {
  readonly pointer: number;
  freshen(): void;
}

/** `pair` after its pairwise test; one that fails is wiped here. */
function tested(core: Core, name: LatticeName | typeof X_WING, pair: SeedPair): SeedPair {
  return orWipe([pair.seed], () => {
    if (name === X_WING) xWingPairwise(core, pair);
    else if (isMlKem(name)) mlKemPairwise(core, name, pair);
    else mlDsaPairwise(core, name, pair);
    return pair;
  });
}

/** FIPS 203, Algorithm 19, and the pairwise test by encapsulation. The caller owns and wipes the seed, d || z of 64 bytes. */
export function generateMlKem(core: Core, generator: SeedGenerator, name: MlKemName): SeedPair {
  generator.freshen();
  return tested(core, name, mlKemGenerate(core, name, generator.pointer));
}

/** FIPS 204, Algorithm 1, and the pairwise test by a signature. The caller owns and wipes the seed, xi of 32 bytes. */
export function generateMlDsa(core: Core, generator: SeedGenerator, name: MlDsaName): SeedPair {
  generator.freshen();
  return tested(core, name, mlDsaGenerate(core, name, generator.pointer));
}

/** draft-connolly-cfrg-xwing-kem-10, 5.2, and the pairwise test by encapsulation. The caller owns and wipes the seed of 32 bytes. */
export function generateXWing(core: Core, generator: SeedGenerator): SeedPair {
  generator.freshen();
  return tested(core, X_WING, xWingGenerate(core, generator.pointer));
}

/** The pair of a seed that is given, tested in the same way. The caller owns and wipes the seed. */
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

/** ML-KEM, ML-DSA and X-Wing key pairs: the seed is the private key, and the pair is tested before it leaves. */
import type { Bytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { SeedPair } from "../core/lattice.ts";
import { type MlDsaName, mlDsaExpand, mlDsaGenerate, mlDsaPairwise, mlDsaPublicKey } from "../core/ml-dsa.ts";
import { type MlKemName, mlKemExpand, mlKemGenerate, mlKemPairwise, mlKemPublicKey } from "../core/ml-kem.ts";
import { X_WING, xWingGenerate, xWingPairwise } from "../core/x-wing.ts";

export type LatticeName = MlKemName | MlDsaName;

/** What is asked of a generator: its address in the core, and that it be ready to serve. */
export interface SeedGenerator {
  readonly pointer: number;
  freshen(): void;
}

interface Family<Name> {
  generate(core: Core, name: Name, generator: number): SeedPair;
  pairwise(core: Core, name: Name, pair: SeedPair): void;
}

function tested<Name>(core: Core, generator: SeedGenerator, name: Name, family: Family<Name>): SeedPair {
  generator.freshen();
  const pair = family.generate(core, name, generator.pointer);
  try {
    family.pairwise(core, name, pair);
  } catch (error) {
    pair.seed.fill(0);
    throw error;
  }
  return pair;
}

/** FIPS 203, Algorithm 19, and the pairwise test by encapsulation. The caller owns and wipes the seed, d || z of 64 bytes. */
export function generateMlKem(core: Core, generator: SeedGenerator, name: MlKemName): SeedPair {
  return tested(core, generator, name, { generate: mlKemGenerate, pairwise: mlKemPairwise });
}

/** FIPS 204, Algorithm 1, and the pairwise test by a signature. The caller owns and wipes the seed, xi of 32 bytes. */
export function generateMlDsa(core: Core, generator: SeedGenerator, name: MlDsaName): SeedPair {
  return tested(core, generator, name, { generate: mlDsaGenerate, pairwise: mlDsaPairwise });
}

/** draft-connolly-cfrg-xwing-kem-10, 5.2, and the pairwise test by encapsulation. The caller owns and wipes the seed of 32 bytes. */
export function generateXWing(core: Core, generator: SeedGenerator): SeedPair {
  return tested(core, generator, X_WING, {
    generate: (_, __, at) => xWingGenerate(core, at),
    pairwise: (_, __, pair) => xWingPairwise(core, pair),
  });
}

const isMlKem = (name: LatticeName): name is MlKemName => name.startsWith("ML-KEM-");

/** The private key in its expanded form: dk of FIPS 203, or sk of FIPS 204. The caller owns and wipes it. */
export function expandLatticeSeed(core: Core, name: LatticeName, seed: Uint8Array): Bytes {
  return isMlKem(name) ? mlKemExpand(core, name, seed) : mlDsaExpand(core, name, seed);
}

/** The public key of a seed: ek of FIPS 203, or pk of FIPS 204. */
export function latticePublicKey(core: Core, name: LatticeName, seed: Uint8Array): Bytes {
  return isMlKem(name) ? mlKemPublicKey(core, name, seed) : mlDsaPublicKey(core, name, seed);
}

/** ML-KEM, ML-DSA and X-Wing key pairs: the seed is the private key, and the pair is tested before it leaves. */
import { type Bytes, orWipe } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { SeedPair } from "../core/lattice.ts";
import { type MlDsaName, mlDsaExpand, mlDsaPairwise, mlDsaPublicKey, mlDsaPublicOfExpanded } from "../core/ml-dsa.ts";
import { type MlKemName, mlKemExpand, mlKemPairwise, mlKemPublicKey, mlKemPublicOfExpanded } from "../core/ml-kem.ts";
import { X_WING, xWingPairwise, xWingPublicKey } from "../core/x-wing.ts";

export type LatticeName = MlKemName | MlDsaName;

const isMlKem = (name: LatticeName | typeof X_WING): name is MlKemName => name.startsWith("ML-KEM-");

/**
 * The pairs of up to 16 seeds, which were drawn (FIPS 203, Algorithm 19; FIPS 204, Algorithm 1;
 * draft-connolly-cfrg-xwing-kem-10, 5.2) or given: tested, a KEM by encapsulation, ML-DSA by a signature. The caller owns the
 * seeds; should one pair fail its test, all of them are wiped.
 */
export function latticePairsOf(
  core: Core,
  name: LatticeName | typeof X_WING,
  seeds: readonly Bytes[],
): readonly SeedPair[] {
  return orWipe(seeds, () => {
    const pairs = seeds.map((seed) => ({ seed, publicKey: publicKeyOf(core, name, seed) }));
    if (isMlKem(name)) mlKemPairwise(core, name, ...pairs);
    else for (const pair of pairs) testAlone(core, name, pair);
    return pairs;
  });
}

function publicKeyOf(core: Core, name: LatticeName | typeof X_WING, seed: Bytes): Bytes {
  return name === X_WING ? xWingPublicKey(core, seed) : latticePublicKey(core, name, seed);
}

function testAlone(core: Core, name: MlDsaName | typeof X_WING, pair: SeedPair): void {
  if (name === X_WING) xWingPairwise(core, pair);
  else mlDsaPairwise(core, name, pair);
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

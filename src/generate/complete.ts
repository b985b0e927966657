/** What follows from a private key, computed in the core: for the option `complete` of the decoders. */
import { findAlgorithm } from "../algorithms/registry.ts";
import { copyBytes } from "../bytes.ts";
import { type Core, openCore } from "../core/core.ts";
import { type EcCurve, ecPublicPoint } from "../core/ec.ts";
import type { CoreLoader, OwnCore } from "../core/load.ts";
import { type OkpName, okpPublicKey } from "../core/okp.ts";
import { xWingPublicKey } from "../core/x-wing.ts";
import { expandLatticeSeed, type LatticeName, latticePublicKey, latticePublicOfExpanded } from "./lattice.ts";

export interface CompleteOptions {
  /** This release's core, compiled by the caller. */
  readonly core?: OwnCore;
}

/** The public half, and for the seed of an ML-KEM or ML-DSA key the expanded key; of the expanded key the public half. */
interface Follows {
  readonly publicKey: Uint8Array;
  readonly expandedKey?: Uint8Array<ArrayBuffer>;
}

export async function openCompleteWith(
  load: CoreLoader,
  { core: own }: CompleteOptions,
): Promise<(algorithm: string, privateKey: Uint8Array) => Follows> {
  return completeIn(openCore(await load(own)));
}

/** In a core that is open. */
export function completeIn(core: Core): (algorithm: string, privateKey: Uint8Array) => Follows {
  return (algorithm, privateKey) => follow(core, algorithm, privateKey);
}

/** The kind of a name says what the core knows it as. */
function follow(core: Core, algorithm: string, privateKey: Uint8Array): Follows {
  const row = findAlgorithm(algorithm);
  switch (row.kind) {
    case "ec":
      return { publicKey: ecPublicPoint(core, row.name as EcCurve, privateKey) };
    case "okp":
      return { publicKey: okpPublicKey(core, row.name as OkpName, privateKey) };
    case "ml-kem":
    case "ml-dsa": {
      const name = row.name as LatticeName;
      if (privateKey.length === row.expandedKeyLen) {
        return { publicKey: latticePublicOfExpanded(core, name, privateKey) };
      }
      const publicKey = latticePublicKey(core, name, privateKey);
      return { publicKey, expandedKey: expandLatticeSeed(core, name, privateKey) };
    }
    case "x-wing":
      return { publicKey: xWingPublicKey(core, privateKey) };
    case "slh-dsa": // its root takes a tree, and it is in the private key: FIPS 205, 9.1
      return { publicKey: copyBytes(privateKey.subarray(-row.publicKeyLen)) };
    default:
      throw new TypeError(`nothing follows from the bytes of ${row.name} keys`);
  }
}

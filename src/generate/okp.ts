/** Key pairs of Ed25519, Ed448 (FIPS 186-5, 7.2), X25519 and X448 (RFC 7748, 6), tested before they are handed out. */
import type { Bytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { type OkpName, type OkpPair, okpGenerate, okpPairwise, okpPublicKey } from "../core/okp.ts";

/** What a key takes of a generator. */
export interface KeyGenerator {
  readonly pointer: number;
  freshen(): void;
}

/** A new pair that passed its pairwise test; the caller owns and wipes it. One that fails the test is wiped here. */
export function generateOkp(core: Core, generator: KeyGenerator, name: OkpName): OkpPair {
  generator.freshen();
  return tested(core, name, okpGenerate(core, name, generator.pointer));
}

/** The pair of a private key that is given, tested in the same way. The caller owns and wipes it. */
export function okpPairOf(core: Core, name: OkpName, privateKey: Bytes): OkpPair {
  return tested(core, name, { privateKey, publicKey: okpPublicKey(core, name, privateKey) });
}

function tested(core: Core, name: OkpName, pair: OkpPair): OkpPair {
  try {
    okpPairwise(core, name, pair);
    return pair;
  } catch (error) {
    pair.privateKey.fill(0);
    throw error;
  }
}

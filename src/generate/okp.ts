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

/** RFC 7748, 5, decodeScalar, in place: keys of seeds come in the one form that drawn ones have. */
function clamp(name: OkpName, key: Bytes): void {
  const [first = 0] = key;
  const last = key.length - 1;
  if (name === "X25519") {
    key[0] = first & 0xf8;
    key[last] = ((key[last] ?? 0) & 0x7f) | 0x40;
  } else if (name === "X448") {
    key[0] = first & 0xfc;
    key[last] = (key[last] ?? 0) | 0x80;
  }
}

/** The pair of a private key that is given, tested in the same way; one of RFC 7748 is clamped first. The caller owns and wipes it. */
export function okpPairOf(core: Core, name: OkpName, privateKey: Bytes): OkpPair {
  clamp(name, privateKey);
  return tested(core, name, { privateKey, publicKey: okpPublicKey(core, name, privateKey) });
}

/** The pairs of private keys that are given, at most 16, as `okpPairOf` has them. The caller owns and wipes these keys. */
export function okpPairsOf(core: Core, name: OkpName, privateKeys: readonly Bytes[]): readonly OkpPair[] {
  return privateKeys.map((privateKey) => okpPairOf(core, name, privateKey));
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

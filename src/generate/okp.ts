/** Key pairs of Ed25519, Ed448 (FIPS 186-5, 7.2), X25519 and X448 (RFC 7748, 6), tested before they are handed out. */
import { type Bytes, orWipe } from "../bytes.ts";
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
  const pair = okpGenerate(core, name, generator.pointer);
  return orWipe([pair.privateKey], () => {
    okpPairwise(core, name, pair);
    return pair;
  });
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
  const [pair] = okpPairsOf(core, name, [privateKey]) as [OkpPair]; // one a key
  return pair;
}

/** The pairs of up to 16 private keys, as `okpPairOf` has each; should one fail its test, all of them are wiped. */
export function okpPairsOf(core: Core, name: OkpName, privateKeys: readonly Bytes[]): readonly OkpPair[] {
  return orWipe(privateKeys, () => {
    const pairs = privateKeys.map((privateKey) => {
      clamp(name, privateKey);
      return { privateKey, publicKey: okpPublicKey(core, name, privateKey) };
    });
    okpPairwise(core, name, ...pairs);
    return pairs;
  });
}

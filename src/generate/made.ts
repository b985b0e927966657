/** What makers make: the parts of a key, which are the caller's from then on. */
import { type PrivateParts, type PublicParts, type RsaPrivateParts, wipeParts } from "../algorithms/key.ts";
import { type Bytes, copyBytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { EcPair } from "../core/ec.ts";
import type { SlhDsaPair } from "../core/slh-dsa.ts";
import type { KeySource } from "../drbg/generator.ts";

/** What every maker may use. */
export interface Bench {
  readonly core: Core;
  readonly generator: KeySource;
}

export interface MadeSecret {
  readonly kind: "secret";
  readonly raw: Bytes;
}

export interface MadePair {
  readonly kind: "pair";
  readonly privateParts: PrivateParts;
  readonly publicParts: PublicParts;
}

/** A new key; the caller owns and wipes it. */
export type Made = MadeSecret | MadePair;

/** Overwrites what of a key is secret. */
export function wipeMade(made: Made): void {
  wipeParts(made.kind === "secret" ? { kind: "raw", raw: made.raw } : made.privateParts);
}

/** `copy`: the public half as the private key has it, so that nobody changes one by the other. */
export function octetsMade(privateKey: Bytes, publicKey: Bytes, copy: Bytes = copyBytes(publicKey)): MadePair {
  const privateParts = { kind: "octets", octets: { privateKey, publicKey: copy } } as const;
  return { kind: "pair", privateParts, publicParts: { kind: "octets", octets: publicKey } };
}

export function ecMade({ d, point }: EcPair, copy: Bytes = copyBytes(point)): MadePair {
  const privateParts = { kind: "ec", ec: { d, point: copy } } as const;
  return { kind: "pair", privateParts, publicParts: { kind: "ec", ec: { point } } };
}

export function rsaMade(rsa: RsaPrivateParts): MadePair {
  const publicParts = { n: copyBytes(rsa.n), e: copyBytes(rsa.e) };
  return { kind: "pair", privateParts: { kind: "rsa", rsa }, publicParts: { kind: "rsa", rsa: publicParts } };
}

export function slhDsaMade({ seed, privateKey, publicKey }: SlhDsaPair): MadePair {
  seed.fill(0); // the private key begins with it
  return octetsMade(privateKey, publicKey);
}

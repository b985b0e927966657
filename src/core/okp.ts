/**
 * Keys that are octet strings, in typed calls into the core: Ed25519 and Ed448 (RFC 8032; FIPS 186-5, 7), X25519 and X448
 * (RFC 7748).
 */
import { type Bytes, copyBytes } from "../bytes.ts";
import { KeygenError } from "../errors.ts";
import { type Core, withScratch } from "./core.ts";
import { check, Status } from "./status.ts";

/** The numbers that the core knows them by, the bytes of either half, and the strength of SP 800-186, Table 1. */
export const okps = {
  Ed25519: { id: 1, length: 32, strengthBits: 128 },
  X25519: { id: 2, length: 32, strengthBits: 128 },
  Ed448: { id: 3, length: 57, strengthBits: 224 },
  X448: { id: 4, length: 56, strengthBits: 224 },
} as const;

export type OkpName = keyof typeof okps;

export const okpNames = Object.keys(okps) as readonly OkpName[]; // the keys of a literal are its keys

/** A key pair as octet strings, of the same length both. */
export interface OkpPair {
  /** The seed of RFC 8032, 5.1.5 and 5.2.5; or the scalar of RFC 7748, 5, as decodeScalar leaves it. */
  readonly privateKey: Bytes;
  readonly publicKey: Bytes;
}

function factsOf(name: OkpName): (typeof okps)[OkpName] {
  if (!Object.hasOwn(okps, name)) throw new RangeError(`name must be one of ${okpNames.join(", ")}, got ${name}`);
  return okps[name];
}

function mustHaveLength(name: OkpName, what: string, bytes: Uint8Array): void {
  const { length } = factsOf(name);
  if (bytes.length !== length) {
    throw new RangeError(
      `${what} of ${name} must have ${length} bytes, got ${bytes.length} (RFC 7748, 5; RFC 8032, 5)`,
    );
  }
}

/**
 * A new pair from the generator at `generator`, which must have the strength of the curve. It did not pass its pairwise
 * test yet. The caller owns and wipes it.
 */
export function okpGenerate(core: Core, name: OkpName, generator: number): OkpPair {
  const { id, length, strengthBits } = factsOf(name);
  return withScratch(core, 2 * length, (view, at) => {
    check(core.exports.okpGenerate(id, generator, strengthBits, at, at + length), name);
    return { privateKey: copyBytes(view.subarray(0, length)), publicKey: copyBytes(view.subarray(length)) };
  });
}

/**
 * The pairwise consistency test of 1 to 16 pairs of one kind: a signature under the one half is checked under the other, those
 * of many pairs by one equation, which no wrong pair passes; of X25519 and X448 the ladder comes to each public key in turn.
 * Throws "pairwise-failed" if any pair fails, without saying which, and the instance is closed for good.
 */
export function okpPairwise(core: Core, name: OkpName, ...pairs: readonly OkpPair[]): void {
  const { id, length } = factsOf(name);
  const count = pairs.length;
  for (const { privateKey, publicKey } of pairs) {
    mustHaveLength(name, "the private key", privateKey);
    mustHaveLength(name, "the public key", publicKey);
  }
  withScratch(core, 2 * count * length, (view, at) => {
    for (const [i, { privateKey, publicKey }] of pairs.entries()) {
      view.set(privateKey, i * length);
      view.set(publicKey, (count + i) * length);
    }
    check(core.exports.okpPairwise(id, count, at, at + count * length), name);
  });
}

/** The public key of a private one. X25519 and X448 take any string of the length, and clamp it (RFC 7748, 5). */
export function okpPublicKey(core: Core, name: OkpName, privateKey: Uint8Array): Bytes {
  const { id, length } = factsOf(name);
  mustHaveLength(name, "the private key", privateKey);
  return withScratch(core, 2 * length, (view, at) => {
    view.set(privateKey);
    check(core.exports.okpPublicKey(id, at, at + length), name);
    return copyBytes(view.subarray(length));
  });
}

/** Asks the core about a public key, which may have any length. */
function ask(core: Core, name: OkpName, publicKey: Uint8Array, question: (at: number) => number): boolean {
  return withScratch(core, publicKey.length, (view, at) => {
    view.set(publicKey);
    const status = question(at);
    if (status === Status.KEY_INVALID) return false;
    check(status, name);
    return true;
  });
}

/**
 * Whether the string is a public key: a point of the curve in its one encoding (RFC 8032, 5.1.3 and 5.2.3; FIPS 186-5,
 * 7.1); of X25519 and X448 any string of the right length (RFC 7748, 5). A point of small order is one too.
 */
export function isOkpPublicKey(core: Core, name: OkpName, publicKey: Uint8Array): boolean {
  const { id } = factsOf(name);
  return ask(core, name, publicKey, (at) => core.exports.okpCheckPublicKey(id, at, publicKey.length));
}

/** Whether the order of a public key divides the cofactor, 8 or 4: nobody has the private key of such a point. */
export function isOfSmallOrder(core: Core, name: OkpName, publicKey: Uint8Array): boolean {
  const { id } = factsOf(name);
  if (!isOkpPublicKey(core, name, publicKey)) {
    throw new KeygenError("key-invalid", `${name}: the string is no public key (RFC 8032, 5.1.3)`);
  }
  return !ask(core, name, publicKey, (at) => core.exports.okpCheckOrder(id, at));
}

/** X25519 or X448 (RFC 7748, 5). Throws "key-invalid" if the shared secret is zero (6.1, 6.2). The caller wipes it. */
export function okpAgree(core: Core, name: "X25519" | "X448", privateKey: Uint8Array, publicKey: Uint8Array): Bytes {
  const { id, length } = factsOf(name);
  mustHaveLength(name, "the private key", privateKey);
  mustHaveLength(name, "the public key", publicKey);
  return withScratch(core, 3 * length, (view, at) => {
    view.set(privateKey);
    view.set(publicKey, length);
    const status = core.exports.okpAgree(id, at, at + length, at + 2 * length);
    if (status === Status.KEY_INVALID) {
      throw new KeygenError("key-invalid", `${name}: the public key is of small order (RFC 7748, 6)`);
    }
    check(status, name);
    return copyBytes(view.subarray(2 * length));
  });
}

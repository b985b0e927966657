/**
 * Keys that are octet strings (RFC 8037 calls their type OKP): Ed25519 and Ed448 (RFC 8032, 5.1.5 and 5.2.5; FIPS 186-5,
 * 7.2 and 7.3), X25519 and X448 (RFC 7748, 5 and 6). All four public keys come from the Edwards curve and its table;
 * RFC 7748, 4 has the maps.
 *
 * Lengths and the kind are public. Scratch is wiped before every exported function of `self-test/okp.ts` returns.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { drbgGenerate } from "../drbg/hmac-drbg";
import { multiplyBase } from "../edwards/comb";
import { decodePointVarTime, encodeMontgomery, encodePoint, makeConstants, pointBytes } from "../edwards/curve";
import { isZeroElement } from "../edwards/encode";
import { climb, climbed, climbedToNeutral } from "../edwards/ladder";
import { double } from "../edwards/point";
import { keyRoom, scratchWipe } from "../edwards/scratch";
import { fieldBytes, isLong, setField } from "../edwards/shape";
import { Hash, absorb, finish, start } from "../hash/hash";
import { SHAKE_STATE, shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";

export namespace Okp {
  export const ED25519: u32 = 1;
  export const X25519: u32 = 2;
  export const ED448: u32 = 3;
  export const X448: u32 = 4;
}

/** Room for any key, and for the longest digest: 114 bytes. */
export const MAX_KEY: u32 = 57;
export const MAX_DIGEST: u32 = 128;

/** The scalar in 32 or 56 bytes, then zeros; the prefix of a signature; a point. */
export const scalar = keyRoom; //          64 bytes
export const prefix = keyRoom + 64; //     64
export const point = keyRoom + 128; //     320
const digest = keyRoom + 448; //           128
const hashing = keyRoom + 576; //          368, HASH_STATE, which is more than SHAKE_STATE
const cofactor = memory.data<u8>([8, 4]);

let shortReady: bool = false;
let longReady: bool = false;

export function isOkp(kind: u32): bool {
  return kind - 1 < 4;
}

/** Whether the pair signs; the others agree on keys. */
export function signs(kind: u32): bool {
  return (kind & 1) == 1;
}

/** Chooses the curve, and makes its constants if this is the first time. */
export function setKind(kind: u32): void {
  const long = kind >= Okp.ED448;
  setField(long);
  if (long ? longReady : shortReady) return;
  makeConstants();
  if (long) longReady = true;
  else shortReady = true;
}

/** Bytes of a private key and of a public one: 32, 57 for Ed448, 56 for X448; 0 if there is no such kind. */
export function okpKeyLength(kind: u32): u32 {
  if (!isOkp(kind)) return 0;
  return kind == Okp.ED448 ? 57 : kind == Okp.X448 ? 56 : 32;
}

/** Of the curve chosen: RFC 7748, 5, decodeScalar; RFC 8032, 5.1.5 and 5.2.5, step 2. */
export function clamp(k: usize): void {
  if (isLong()) {
    store<u8>(k, load<u8>(k) & 0xfc);
    store<u8>(k, load<u8>(k, 55) | 0x80, 55);
  } else {
    store<u8>(k, load<u8>(k) & 0xf8);
    store<u8>(k, (load<u8>(k, 31) & 0x7f) | 0x40, 31);
  }
}

/** to = SHA-512 (64 bytes) or SHAKE256 (114 bytes) of up to three strings; an address of 0 is no string. */
export function hashFor(to: usize, a: usize, aLen: u32, b: usize, bLen: u32, c: usize, cLen: u32): void {
  if (isLong()) {
    shakeStart(hashing, 256);
    shakeTakeIn(hashing, a, aLen);
    shakeTakeIn(hashing, b, bLen);
    shakeTakeIn(hashing, c, cLen);
    shakeGiveOut(hashing, to, 114);
    wipe(hashing, SHAKE_STATE);
  } else {
    start(hashing, Hash.SHA_512);
    absorb(hashing, a, aLen);
    absorb(hashing, b, bLen);
    absorb(hashing, c, cLen);
    finish(hashing, to);
  }
}

/** scalar = what the private key stands for; of one that signs also prefix. The curve is chosen. */
export function expand(kind: u32, key: usize): void {
  wipe(scalar, 64);
  if (signs(kind)) {
    const length = pointBytes();
    hashFor(digest, key, length, 0, 0, 0, 0); // step 1
    memory.copy(scalar, digest, fieldBytes());
    memory.copy(prefix, digest + length, length);
  } else {
    memory.copy(scalar, key, fieldBytes());
  }
  clamp(scalar);
}

/** to = the public key of the private one. */
export function publicKey(kind: u32, key: usize, to: usize): void {
  setKind(kind);
  expand(kind, key);
  multiplyBase(point, scalar); //                step 3
  if (signs(kind)) encodePoint(to, point); //    step 4
  else encodeMontgomery(to, point);
}

/**
 * Draws a private key, which is a seed of RFC 8032 or a clamped scalar of RFC 7748, and computes its public key. `key` and
 * `to` have `okpKeyLength` bytes. Nothing is written unless the status is OK.
 */
export function drawKey(kind: u32, generator: usize, strengthBits: u32, key: usize, to: usize): u32 {
  const status = drbgGenerate(generator, key, okpKeyLength(kind), strengthBits, 0, 0, 0);
  if (status != Status.OK) return status;
  setKind(kind);
  if (!signs(kind)) clamp(key);
  publicKey(kind, key, to);
  return Status.OK;
}

/** 1 if the public key of `len` bytes is one: of the right length, and for Ed25519 and Ed448 a point (RFC 8032, 5.1.3). */
export function isPublicKeyVarTime(kind: u32, key: usize, len: u32): u32 {
  if (len != okpKeyLength(kind)) return 0;
  if (!signs(kind)) return 1; // RFC 7748, 5: every string of the length is taken
  setKind(kind);
  return decodePointVarTime(point, key);
}

/** 1 if the order of the point divides the cofactor, 8 or 4, so that it makes no key; the public key is one. */
export function isSmallOrderVarTime(kind: u32, key: usize): u32 {
  setKind(kind);
  const times: u32 = isLong() ? 2 : 3;
  if (!signs(kind)) {
    climb(cofactor + (isLong() ? 1 : 0), times + 1, key);
    return climbedToNeutral();
  }
  if (!decodePointVarTime(point, key)) return 0;
  for (let i: u32 = 0; i < times; i++) double(point);
  return isZeroElement(point, 0); // x = 0 holds for the neutral element alone among multiples of the cofactor
}

/** to = X25519 or X448 of the private key and the public key of the other side, by the ladder (RFC 7748, 5 and 6). */
export function agree(kind: u32, key: usize, other: usize, to: usize): void {
  setKind(kind);
  expand(kind, key);
  climb(scalar, isLong() ? 448 : 255, other);
  climbed(to);
}

/** Wipes what the functions above leave behind. */
export function okpWipe(): void {
  scratchWipe();
}

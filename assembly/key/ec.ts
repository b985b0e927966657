/**
 * ECC key pairs: FIPS 186-5, A.2.1 and A.2.2, over the curves of `ec/curves.ts`; and the validation of public keys, SP
 * 800-56A Rev. 3, 5.6.2.3.
 *
 * A private key is d in [1, n - 1], big-endian in curveLen bytes; a public key is 04, x and y (SEC 1, 2.3.3), uncompressed.
 * What is written to leaves here is the caller's; all else is wiped.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { drbgGenerate } from "../drbg/hmac-drbg";
import { BATCH, isAffine, prepareAffine, takeAffine, toAffine } from "../ec/affine";
import { hasOrderN, isOnCurve } from "../ec/check";
import { limbCount, order, prime, useCurve } from "../ec/curve";
import { curveBits, curveLen, isCurve } from "../ec/curves";
import { wipeExtended } from "../ec/extended";
import { mergeLanes, POINT, wipePoints } from "../ec/point";
import { multiplyBase, recomputeBase } from "../ec/windows";
import { addSmall, isZeroNat, less, shiftRight, subSmall } from "../nat/add";
import { remainder } from "../nat/divide";
import { fromBytes, limbsFor, toBytes } from "../nat/limbs";

export namespace Method {
  /** A.2.1: 64 extra random bits, d = (c mod (n - 1)) + 1. */
  export const EXTRA_BITS: u32 = 1;
  /** A.2.2: c is refused above n - 2, d = c + 1. */
  export const REJECTION: u32 = 2;
  /** C2SP det-keygen: c is refused if 0 or above n - 1, d = c; A.2.2, step 4 allows what is equivalent. */
  export const DET_KEYGEN: u32 = 3;
}

/** The string of random bits, at most 74 bytes; c, of at most 19 limbs; d; a result; its coordinates. */
const string = memory.data(80, 16);
const c = memory.data(96, 16);
const scalar = memory.data(96, 16);
const modulus = memory.data(80, 16);
const point = memory.data(1152, 16);
const x = memory.data(80, 16);
const y = memory.data(80, 16);

function wipeAll(): void {
  wipe(string, 80);
  wipe(c, 96);
  wipe(scalar, 96);
  wipe(modulus, 80);
  wipe(point, 1152);
  wipe(x, 80);
  wipe(y, 80);
  wipePoints();
  wipeExtended();
}

/** How many bits a method takes; 0 if there is no such method. */
function bitsOf(curve: u32, method: u32): u32 {
  if (method - 1 > 2) return 0;
  return curveBits(curve) + (method == Method.EXTRA_BITS ? 64 : 0);
}

/**
 * scalar = the d of the random string at `string`; returns 0 if it is to be refused, which says nothing of the key that
 * comes. The leftmost bits count, where they are not whole bytes (A.2.1 and A.2.2, step 4: returned_bits).
 */
function scalarFrom(curve: u32, method: u32): u32 {
  const bits = bitsOf(curve, method);
  const len = (bits + 7) >>> 3;
  const limbs = limbCount();
  const wide = limbsFor(len << 3);
  fromBytes(c, wide, string, len);
  shiftRight(c, (len << 3) - bits, wide);
  memory.copy(modulus, order, limbs << 2);
  subSmall(modulus, 1, limbs); // n - 1
  if (method == Method.EXTRA_BITS) {
    remainder(scalar, c, wide, modulus, limbs);
    addSmall(scalar, 1, limbs);
    return 1;
  }
  memory.copy(scalar, c, limbs << 2);
  if (method == Method.REJECTION) {
    const accepted = less(scalar, modulus, limbs); // c <= n - 2
    addSmall(scalar, 1, limbs);
    return accepted;
  }
  return less(scalar, order, limbs) & (isZeroNat(scalar, limbs) ^ 1);
}

/** Writes d, unless `d` is 0, and Q = d G for the d in `scalar`. */
function putPair(curve: u32, d: usize, to: usize): void {
  multiplyBase(point, scalar);
  toAffine(x, y, point);
  if (d != 0) toBytes(d, curveLen(curve), scalar, limbCount());
  putPoint(curve, to);
}

/** 04, x and y. */
function putPoint(curve: u32, to: usize): void {
  const len = curveLen(curve);
  const limbs = limbCount();
  store<u8>(to, 4);
  toBytes(to + 1, len, x, limbs);
  toBytes(to + 1 + len, len, y, limbs);
}

/** Points of the pairs that are made together: two in the lanes of one. */
const points = memory.data(9216, 16);
/** Pairs that are made together at most. */
export const MAX_PAIRS: u32 = 2 * BATCH;

/**
 * `count` pairs from random bits that are given, `len` bytes for all of them; their points share an inversion. CONTINUE, and
 * nothing is of use, if those of one are refused: for P-256 and 16 pairs that is one time in 2^28, for the others fewer.
 */
export function pairsFromBits(curve: u32, method: u32, bits: usize, len: u32, count: u32, d: usize, to: usize): u32 {
  if (!isCurve(curve) || count - 1 >= MAX_PAIRS) return Status.BAD_ARGUMENT;
  const wanted = (bitsOf(curve, method) + 7) >>> 3;
  if (wanted == 0 || len != count * wanted) return Status.BAD_ARGUMENT;
  useCurve(curve);
  const size = curveLen(curve);
  let accepted: u32 = 1;
  for (let i: u32 = 0; i < count; i++) {
    memory.copy(string, bits + i * wanted, wanted);
    accepted = scalarFrom(curve, method);
    if (!accepted) break;
    multiplyBase(point, scalar);
    toBytes(d + i * size, size, scalar, limbCount());
    const pair = points + (i >>> 1) * POINT;
    if (i & 1) mergeLanes(pair, pair, point);
    else memory.copy(pair, point, POINT);
  }
  if (accepted) {
    prepareAffine(points, (count + 1) >>> 1);
    for (let i: u32 = 0; i < count; i++) {
      takeAffine(x, y, points + (i >>> 1) * POINT, i & 1);
      putPoint(curve, to + i * (2 * size + 1));
    }
  }
  wipe(points, 9216);
  wipeAll();
  return accepted ? Status.OK : Status.CONTINUE;
}

/** A pair whose random bits are the next that a generator gives. */
export function generatePair(curve: u32, method: u32, generator: usize, strengthBits: u32, d: usize, to: usize): u32 {
  if (!isCurve(curve)) return Status.BAD_ARGUMENT;
  const bits = bitsOf(curve, method);
  if (bits == 0) return Status.BAD_ARGUMENT;
  const status = drbgGenerate(generator, string, (bits + 7) >>> 3, strengthBits, 0, 0, 0);
  if (status != Status.OK) return status;
  useCurve(curve);
  const accepted = scalarFrom(curve, method);
  if (accepted) putPair(curve, d, to);
  wipeAll();
  return accepted ? Status.OK : Status.CONTINUE;
}

/** scalar = the d at `d`; returns 0 if it is not in [1, n - 1]. */
function takeScalar(curve: u32, d: usize): u32 {
  const limbs = limbCount();
  fromBytes(scalar, limbs, d, curveLen(curve));
  return less(scalar, order, limbs) & (isZeroNat(scalar, limbs) ^ 1);
}

/** Q = d G for a d that is given; KEY_INVALID if it is not in [1, n - 1]. */
export function pointFromScalar(curve: u32, d: usize, to: usize): u32 {
  if (!isCurve(curve)) return Status.BAD_ARGUMENT;
  useCurve(curve);
  const valid = takeScalar(curve, d);
  if (valid) putPair(curve, 0, to);
  wipeAll();
  return valid ? Status.OK : Status.KEY_INVALID;
}

/**
 * SP 800-56A Rev. 3, 5.6.2.3.4 (partial) and, if `full`, 5.6.2.3.3: `from` has `len` bytes. The point at infinity, a single
 * 00, is refused as any other string that is not 04, x and y.
 */
export function validatePoint(curve: u32, from: usize, len: u32, full: u32): u32 {
  if (!isCurve(curve)) return Status.BAD_ARGUMENT;
  const size = curveLen(curve);
  if (len != 2 * size + 1 || load<u8>(from) != 4) return Status.KEY_INVALID; // step 1
  useCurve(curve);
  const limbs = limbCount();
  fromBytes(x, limbs, from + 1, size);
  fromBytes(y, limbs, from + 1 + size, size);
  let valid = less(x, prime, limbs) & less(y, prime, limbs); // step 2
  if (valid) valid = isOnCurve(x, y); // step 3
  if (valid & full) valid = hasOrderN(x, y); // step 4
  wipeAll();
  return valid ? Status.OK : Status.KEY_INVALID;
}

/**
 * 1 if the point at `from`, 04, x and y, is d G, computed from another table: SP 800-56A Rev. 3, 5.6.2.1.4, the private key
 * in its range, and the public key recomputed and compared.
 */
export function isPair(curve: u32, d: usize, from: usize): u32 {
  useCurve(curve);
  const len = curveLen(curve);
  const limbs = limbCount();
  let same = takeScalar(curve, d) & (load<u8>(from) == 4 ? 1 : 0);
  recomputeBase(point, scalar);
  fromBytes(x, limbs, from + 1, len);
  fromBytes(y, limbs, from + 1 + len, len);
  same &= less(x, prime, limbs) & less(y, prime, limbs) & isAffine(point, x, y);
  wipeAll();
  return same;
}

/**
 * Ed25519 and Ed448 signatures (RFC 8032, 5.1.6, 5.1.7, 5.2.6 and 5.2.7), for the pairwise test of a new pair. A signature
 * is made with the table of the base point and checked without it.
 */
import { equalBytes } from "../base/ct";
import { wipe } from "../base/memory";
import { multiplyBase } from "../edwards/comb";
import { decodePointVarTime, encodePoint, order, orderLimbs, pointBytes } from "../edwards/curve";
import { POINT_WIDTH, addTermVarTime, combineVarTime } from "../edwards/public";
import { isLong } from "../edwards/shape";
import { addIf } from "../nat/add";
import { remainder } from "../nat/divide";
import { mul } from "../nat/mul";
import { MAX_DIGEST, expand, hashFor, point, prefix, scalar } from "./okp";

const room = memory.data(576, 16);
/** R, S: 57 bytes each at most, and the scalars r and k. */
export const R = room;
export const S = room + 64;
const r = room + 128;
const k = room + 192;
const again = room + 256;
const wide = room + 320; //      128 bytes
const text = room + 448; //      128

/** dom4(0, "") of RFC 8032, 2. */
const DOM4_LENGTH: u32 = 10;
const dom4 = memory.data<u8>([0x53, 0x69, 0x67, 0x45, 0x64, 0x34, 0x34, 0x38, 0, 0]);

/** to = H(a || b || message) modulo L; in the long field H begins with dom4. a and b are of the length of a point. */
export function challenge(to: usize, a: usize, b: usize, message: usize, len: u32): void {
  const bytes = pointBytes();
  const start: u32 = isLong() ? DOM4_LENGTH : 0;
  let at = start;
  memory.copy(text, dom4, start);
  memory.copy(text + at, a, bytes);
  at += bytes;
  if (b != 0) {
    memory.copy(text + at, b, bytes);
    at += bytes;
  }
  wipe(wide, MAX_DIGEST);
  hashFor(wide, text, at, message, len, 0, 0);
  remainder(to, wide, isLong() ? 29 : 16, order(), orderLimbs());
}

/** R and S = the signature of the message by the private key (5.1.6 and 5.2.6). Constant-time. */
export function sign(kind: u32, key: usize, publicKey: usize, message: usize, len: u32): void {
  const limbs = orderLimbs();
  expand(kind, key);
  challenge(r, prefix, 0, message, len); //                step 2
  multiplyBase(point, r); //                               step 3
  encodePoint(R, point);
  challenge(k, R, publicKey, message, len); //             step 4
  mul(wide, k, limbs, scalar, limbs); //                   step 5: r + k s < 2 L 2^448
  addCarried(wide, r, limbs);
  remainder(S, wide, 2 * limbs, order(), limbs);
}

/** wide += a, through all of its limbs. */
function addCarried(to: usize, a: usize, limbs: u32): void {
  memory.copy(text, a, limbs << 2);
  memory.fill(text + (limbs << 2), 0, limbs << 2);
  addIf(1, to, text, 2 * limbs);
}

/**
 * 1 if R and S are a signature of the message under the public key: S B - k A is encoded as R is (5.1.7, without the cofactor).
 * Not constant-time: a signature hides its key.
 */
export function verifyVarTime(publicKey: usize, message: usize, len: u32): u32 {
  if (!decodePointVarTime(point, publicKey)) return 0;
  challenge(k, R, publicKey, message, len);
  addTermVarTime(point, k, orderLimbs() << 5, POINT_WIDTH);
  combineVarTime(point, S);
  encodePoint(again, point);
  return equalBytes(again, R, pointBytes());
}

export function eddsaWipe(): void {
  wipe(room, 576);
}

/**
 * Ed25519 and Ed448 signatures (RFC 8032, 5.1.6, 5.1.7, 5.2.6 and 5.2.7), for the pairwise test of new pairs. A signature
 * is made with the table of the base point and checked without it.
 */
import { equalBytes } from "../base/ct";
import { wipe } from "../base/memory";
import { multiplyBase } from "../edwards/comb";
import { decodePointVarTime, encodeByInverse, encodePoint, order, orderLimbs, pointBytes } from "../edwards/curve";
import { setSmall } from "../edwards/encode";
import { mul } from "../edwards/field";
import { spreadHigh } from "../edwards/point";
import { invert } from "../edwards/power";
import { POINT_WIDTH, addTermVarTime, combineVarTime } from "../edwards/public";
import { elementSize, isLong } from "../edwards/shape";
import { addIf } from "../nat/add";
import { remainder } from "../nat/divide";
import { mul as mulNat } from "../nat/mul";
import { MAX_DIGEST, expand, hashFor, point, prefix, scalar } from "./okp";

const ROOM: u32 = 7872;
const room = memory.data(7872, 16);
/** The signatures, R and S: 32 bytes each of up to 16, or 57 and 56 of 8. */
export const R = room; //              512 bytes
export const S = room + 512; //        512
/** Of each the scalars r and s, and the point r B; the products of the Z of none, one, two, ... points. */
const secrets = room + 1024; //        128 each
const points = room + 3072; //         160 each of 16, or 320 of 8
const products = room + 5632; //       80 each of 17, or 160 of 9
const inverse = room + 7072; //        160
const own = room + 7232; //            160
const k = room + 7392; //              64
const again = room + 7456; //          64
const wide = room + 7520; //           128
const text = room + 7648; //           128, and 96 unused

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

/**
 * R and S = the signatures of the message by up to `maxSignatures` private keys (5.1.6 and 5.2.6), with one inversion for
 * all. The keys follow one another, and so do the public ones. Constant-time.
 */
export function sign(kind: u32, count: u32, keys: usize, publicKeys: usize, message: usize, len: u32): void {
  const bytes = pointBytes(), limbs = orderLimbs(), size = elementSize();
  setSmall(products, 1, 1);
  for (let i: u32 = 0; i < count; i++) {
    const r = secrets + i * 128;
    expand(kind, keys + i * bytes);
    memory.copy(r + 64, scalar, 64);
    challenge(r, prefix, 0, message, len); //                    step 2
    multiplyBase(point, r); //                                   step 3
    memory.copy(points + 2 * i * size, point, 2 * size);
    mul(products + (i + 1) * size, products + i * size, point + size); // the high lane is of Z
  }
  invert(inverse, products + count * size, 1);
  for (let i = count; i-- > 0; ) {
    const r = secrets + i * 128, p = points + 2 * i * size;
    mul(own, products + i * size, inverse);
    mul(inverse, inverse, p + size);
    spreadHigh(own, own);
    encodeByInverse(R + i * bytes, p, own);
    challenge(k, R + i * bytes, publicKeys + i * bytes, message, len); // step 4
    mulNat(wide, k, limbs, r + 64, limbs); //                    step 5: r + k s < 2 L 2^448
    addCarried(wide, r, limbs);
    remainder(S + ((i * limbs) << 2), wide, 2 * limbs, order(), limbs);
  }
}

/** wide += a, through all of its limbs. */
function addCarried(to: usize, a: usize, limbs: u32): void {
  memory.copy(text, a, limbs << 2);
  memory.fill(text + (limbs << 2), 0, limbs << 2);
  addIf(1, to, text, 2 * limbs);
}

/**
 * 1 if the first R and S are a signature of the message under the public key: S B - k A is encoded as R is (5.1.7, without
 * the cofactor). Not constant-time: a signature hides its key.
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
  wipe(room, ROOM);
}

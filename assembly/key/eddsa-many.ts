/**
 * Several signatures of RFC 8032 checked by one equation, for the pairwise tests of several new pairs at once (Bernstein, Duif,
 * Lange, Schwabe, Yang, "High-speed high-security signatures", on batches):
 *
 *   sum of z_i S_i B - sum of z_i R_i - sum of z_i k_i A_i = 0,
 *
 * where R_i and A_i are decoded from their encodings and k_i is computed from them, as a verifier does.
 *
 * The z_i are odd numbers of 128 bits out of a hash of all A_i, R_i and S_i: they are not known before the last signature
 * is made, and nothing is drawn for them. If one pair is wrong, the sum is z_i (S_i B - R_i - k_i A_i), and that is not 0:
 * z_i is no multiple of L, and odd, so it takes no point to 0, be its order L, 2, 4 or 8. (For that z_i k_i is reduced
 * modulo the order of the group and not modulo L.) Errors of several pairs cancel with a probability of 2^-127, unless all
 * are of small order, as two of order 2 do; but keys are multiples of B here, and no two of those differ by so little.
 */
import { wipe } from "../base/memory";
import { decodeTwoVarTime, groupOrder, order, orderLimbs, pointBytes, subElements } from "../edwards/curve";
import { isZeroElement } from "../edwards/encode";
import { HALF_WIDTH, POINT_WIDTH, addTermVarTime, combineVarTime } from "../edwards/public";
import { elementSize } from "../edwards/shape";
import { addIf, reduceOnce } from "../nat/add";
import { remainder } from "../nat/divide";
import { mul } from "../nat/mul";
import { R, S, challenge, eddsaWipe, sign } from "./eddsa";
import { hashFor, point } from "./okp";

const room = memory.data(1872, 16);
/** The R_i and S_i, one after the other: 32 bytes each of 16, or 57 and 56 of 8. */
const allR = room; //                  512 bytes
const allS = room + 512; //            512
/** The hash of all of them; and of that and a count, where four z stand. */
const seed = room + 1024; //           128
const four = room + 1152; //           128
const sum = room + 1280; //            64
const scalar = room + 1344; //         64
const wide = room + 1408; //           128
const other = room + 1536; //          320, a point
const counter = room + 1856; //        16
const Z_BYTES: u32 = 16;
const Z_LIMBS: u32 = 4;

/** Signs the message with each key, for `verifyAllVarTime`. `keys` and `publicKeys` follow one another. */
export function signAll(kind: u32, count: u32, keys: usize, publicKeys: usize, message: usize, len: u32): void {
  const bytes = pointBytes(), scalarBytes = orderLimbs() << 2;
  for (let i: u32 = 0; i < count; i++) {
    sign(kind, keys + i * bytes, publicKeys + i * bytes, message, len);
    memory.copy(allR + i * bytes, R, bytes);
    memory.copy(allS + i * scalarBytes, S, scalarBytes);
  }
}

/** to = z a modulo m. */
function multiplyZ(to: usize, z: usize, a: usize, m: usize): void {
  const limbs = orderLimbs();
  mul(wide, z, Z_LIMBS, a, limbs);
  remainder(to, wide, Z_LIMBS + limbs, m, limbs);
}

/** 1 if what `signAll` made are signatures of the message under these public keys. Not constant-time, as `verifyVarTime`. */
export function verifyAllVarTime(count: u32, publicKeys: usize, message: usize, len: u32): u32 {
  const bytes = pointBytes(), limbs = orderLimbs();
  hashFor(seed, publicKeys, count * bytes, allR, count * bytes, allS, (count * limbs) << 2);
  wipe(sum, 64);
  let good: u32 = 1;
  for (let i: u32 = 0; i < count; i++) {
    store<u8>(counter, <u8>i);
    if ((i & 3) == 0) hashFor(four, seed, 64, counter, 1, 0, 0);
    const z = four + (i & 3) * Z_BYTES;
    store<u8>(z, load<u8>(z) | 1);
    const a = publicKeys + i * bytes, r = allR + i * bytes;
    good &= decodeTwoVarTime(point, other, a, r);
    challenge(scalar, r, a, message, len);
    multiplyZ(scalar, z, scalar, groupOrder());
    addTermVarTime(point, scalar, limbs << 5, POINT_WIDTH);
    addTermVarTime(other, z, Z_BYTES << 3, HALF_WIDTH);
    multiplyZ(scalar, z, allS + ((i * limbs) << 2), order());
    reduceOnce(sum, order(), addIf(1, sum, scalar, limbs), limbs);
  }
  combineVarTime(point, sum);
  return good & isNeutral(point);
}

/** 1 if p is (0 : 1 : 1 : 0) in any scale but 0, which formulas gone wrong may end with. */
function isNeutral(p: usize): u32 {
  const second = p + elementSize();
  const zero = isZeroElement(p, 0) & (isZeroElement(second, 1) ^ 1);
  subElements(other, p, second);
  return zero & isZeroElement(other, 1);
}

export function eddsaManyWipe(): void {
  wipe(room, 1872);
  eddsaWipe();
}

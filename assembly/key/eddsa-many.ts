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
import { R, S, challenge, eddsaWipe } from "./eddsa";
import { hashFor, point } from "./okp";

const room = memory.data(848, 16);
/** The hash of all keys, R and S; and of that and a count, where four z stand. */
const seed = room; //           128 bytes
const four = room + 128; //     128
const sum = room + 256; //      64
const factor = room + 320; //   64
const wide = room + 384; //     128
const other = room + 512; //    320, a point
const counter = room + 832; //  16
const Z_BYTES: u32 = 16;
const Z_LIMBS: u32 = 4;

/** to = z a modulo m. */
function multiplyZ(to: usize, z: usize, a: usize, m: usize): void {
  const limbs = orderLimbs();
  mul(wide, z, Z_LIMBS, a, limbs);
  remainder(to, wide, Z_LIMBS + limbs, m, limbs);
}

/** 1 if the R and S of `sign` are signatures of the message under these public keys. Not constant-time, as `verifyVarTime`. */
export function verifyAllVarTime(count: u32, publicKeys: usize, message: usize, len: u32): u32 {
  const bytes = pointBytes(), limbs = orderLimbs();
  hashFor(seed, publicKeys, count * bytes, R, count * bytes, S, (count * limbs) << 2);
  wipe(sum, 64);
  let good: u32 = 1;
  for (let i: u32 = 0; i < count; i++) {
    store<u8>(counter, <u8>i);
    if ((i & 3) == 0) hashFor(four, seed, 64, counter, 1, 0, 0);
    const z = four + (i & 3) * Z_BYTES;
    store<u8>(z, load<u8>(z) | 1);
    const a = publicKeys + i * bytes, b = R + i * bytes;
    good &= decodeTwoVarTime(point, other, a, b);
    challenge(factor, b, a, message, len);
    multiplyZ(factor, z, factor, groupOrder());
    addTermVarTime(point, factor, limbs << 5, POINT_WIDTH);
    addTermVarTime(other, z, Z_BYTES << 3, HALF_WIDTH);
    multiplyZ(factor, z, S + ((i * limbs) << 2), order());
    reduceOnce(sum, order(), addIf(1, sum, factor, limbs), limbs);
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
  wipe(room, 848);
  eddsaWipe();
}

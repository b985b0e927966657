/**
 * The Lucas sequence V_k(P, 1) modulo an odd number, in steps, by V_2k = V_k^2 - 2 and V_(2k+1) = V_k V_(k+1) - P from
 * V_0 = 2 and V_1 = P.
 *
 * A ladder over two neighbours: a bit of the index decides under masks which of them stands where, and every bit costs the
 * same. One sequence is under way at a time; its state lives here between steps.
 */
import { wipe } from "../base/memory";
import { isZeroNat, swapIf } from "./add";
import { MAX_LIMBS } from "./limbs";
import {
  digitCount,
  fromMontgomery,
  montgomeryDoubleIf,
  montgomeryMul,
  montgomeryOne,
  montgomerySquare,
  montgomerySub,
  setModulus,
  toMontgomery,
  wipeModulus,
} from "./montgomery";

/** V_k and V_(k+1), P, and 2, in Montgomery's form; and the index. */
const low = memory.data(304 * 4, 16);
const high = memory.data(304 * 4, 16);
const trace = memory.data(304 * 4, 16);
const two = memory.data(304 * 4, 16);
const index = memory.data(256 * 4, 16);
const SIZE: u32 = 304 * 4;

/** Bits of the index that are still to be taken; so many in one unit. */
let bitsLeft: u32 = 0;
const UNIT: u32 = 16;

/**
 * Begins V_m(p, 1) modulo n, which is odd, at least 3, and of exactly `bits` bits (public): p is below n and m below 2^bits,
 * all in `count` limbs. Call chainStep until it returns 1.
 */
export function chainBegin(n: usize, count: u32, bits: u32, p: usize, m: usize): void {
  setModulus(n, count, bits);
  memory.copy(index, m, count << 2);
  montgomeryOne(two);
  montgomeryDoubleIf(1, two);
  toMontgomery(trace, p);
  memory.copy(low, two, SIZE);
  memory.copy(high, trace, SIZE);
  bitsLeft = bits;
}

/** One unit of the ladder. Returns 1 when V_m and V_(m+1) stand. */
export function chainStep(): u32 {
  const stop = bitsLeft > UNIT ? bitsLeft - UNIT : 0;
  const digits = digitCount();
  while (bitsLeft > stop) {
    bitsLeft--;
    const bit = (load<u32>(index + ((bitsLeft >>> 5) << 2)) >>> (bitsLeft & 31)) & 1;
    swapIf(bit, low, high, digits);
    montgomeryMul(high, high, low);
    montgomerySub(high, trace);
    montgomerySquare(low, low);
    montgomerySub(low, two);
    swapIf(bit, low, high, digits);
  }
  return bitsLeft == 0 ? 1 : 0;
}

/** 1 if U_m(P, 1) = 0, after the last step: then 2 V_(m+1) = P V_m, as 2 V_(m+1) - P V_m = (P^2 - 4) U_m. Once only. */
export function chainMeetsZero(count: u32): u32 {
  montgomeryMul(low, low, trace);
  montgomeryDoubleIf(1, high);
  montgomerySub(low, high);
  fromMontgomery(index, low);
  return isZeroNat(index, count);
}

/** Wipes the modulus and the sequence. */
export function chainWipe(): void {
  wipeModulus();
  wipe(low, SIZE);
  wipe(high, SIZE);
  wipe(trace, SIZE);
  wipe(two, SIZE);
  wipe(index, MAX_LIMBS << 2);
  bitsLeft = 0;
}

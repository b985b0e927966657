/** Modular inverses in a fixed number of rounds (FIPS 186-5, B.1 allows any algorithm with the result of its own). */
import { wipe } from "../base/memory";
import { addSmall, subIf } from "./add";
import { divide } from "./divide";
import { invertModOdd } from "./divsteps";
import { MAX_E, MAX_LIMBS } from "./limbs";
import { mul } from "./mul";

const k = memory.data(32, 16);
const product = memory.data(1024 + 32, 16);
const remainder = memory.data(32, 16);

/**
 * r = e^-1 mod m for odd e > 1 in en limbs (at most MAX_E) and any m > e in n limbs; returns 1, or 0 if there is none
 * (r is then meaningless). Leaks the lengths only; wipes its scratch.
 *
 * m may be even, as lcm(p - 1, q - 1) is: with k = -m^-1 mod e, the number (k * m + 1) / e is whole, is below m, and
 * times e is 1 modulo m. So only an inverse modulo the odd e is needed, which is short.
 */
export function invertModAny(r: usize, e: usize, en: u32, m: usize, n: u32): u32 {
  divide(0, k, m, n, e, en);
  const exists = invertModOdd(k, k, e, en);
  // e - k, that is -m^-1 mod e. Where there is no inverse, k is meaningless but still below e: nothing overflows.
  memory.copy(remainder, e, en << 2);
  subIf(1, remainder, k, en);
  mul(product, m, n, remainder, en);
  addSmall(product, 1, n + en);
  divide(product, remainder, product, n + en, e, en);
  memory.copy(r, product, n << 2);
  wipe(k, MAX_E << 2);
  wipe(product, (MAX_LIMBS + MAX_E) << 2);
  wipe(remainder, MAX_E << 2);
  return exists;
}

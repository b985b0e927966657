/**
 * Modular inverses in a fixed number of rounds, by the binary extended Euclidean algorithm (FIPS 186-5, B.1 allows any
 * algorithm with the result of its own).
 */
import { wipe } from "../base/memory";
import { addIf, addSmall, equalsSmall, halveIf, less, subIf, swapIf } from "./add";
import { divide } from "./divide";
import { MAX_E, MAX_HALF, MAX_LIMBS } from "./limbs";
import { mul } from "./mul";
import { charge } from "./work";

const u = memory.data(512, 16);
const v = memory.data(512, 16);
const x = memory.data(512, 16);
const y = memory.data(512, 16);

/**
 * r = a^-1 mod m for odd m > 1 and a < m, n limbs each (at most MAX_HALF); returns 1, or 0 if a has no inverse (r is
 * then meaningless). r may be a. Leaks n only; wipes its scratch.
 *
 * Throughout, u = x * a and v = y * a modulo m, and v is odd. Each round takes at least one bit off u and v together.
 */
export function invertOdd(r: usize, a: usize, m: usize, n: u32): u32 {
  memory.copy(u, a, n << 2);
  memory.copy(v, m, n << 2);
  memory.fill(x, 0, n << 2);
  memory.fill(y, 0, n << 2);
  store<u32>(x, 1);
  for (let round: u32 = 0; round < n << 6; round++) {
    const odd = load<u32>(u) & 1;
    const swap = odd & less(u, v, n);
    swapIf(swap, u, v, n);
    swapIf(swap, x, y, n);
    subIf(odd, u, v, n);
    addIf(subIf(odd, x, y, n), x, m, n);
    halveIf(1, u, 0, n);
    halveIf(1, x, addIf(load<u32>(x) & 1, x, m, n), n);
  }
  const exists = equalsSmall(v, 1, n);
  memory.copy(r, y, n << 2);
  wipe(u, MAX_HALF << 2);
  wipe(v, MAX_HALF << 2);
  wipe(x, MAX_HALF << 2);
  wipe(y, MAX_HALF << 2);
  charge(n * n * 1500);
  return exists;
}

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
  const exists = invertOdd(k, k, e, en);
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

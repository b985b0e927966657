/** Greatest common divisor of any two numbers. */
import { isZero } from "../base/ct";
import { wipe } from "../base/memory";
import { shiftLeft, shiftRight, swapIf } from "./add";
import { gcdWithOdd } from "./divsteps";
import { MAX_HALF } from "./limbs";

const x = memory.data(512, 16);
const y = memory.data(512, 16);

/**
 * r = gcd(a, b), n limbs each (at most MAX_HALF), not both zero. r may be a or b. Wipes its scratch.
 *
 * Leaks n, and how many whole limbs of zeros both have at their end: for two even numbers of which nothing else is known
 * there is one with probability 2^-62.
 */
export function gcd(r: usize, a: usize, b: usize, n: u32): void {
  let zeros: u32 = 0;
  while (zeros < n - 1 && (load<u32>(a + (zeros << 2)) | load<u32>(b + (zeros << 2))) == 0) zeros++;
  const size = (n - zeros) << 2;
  memory.fill(x, 0, n << 2);
  memory.fill(y, 0, n << 2);
  memory.copy(x, a + (zeros << 2), size);
  memory.copy(y, b + (zeros << 2), size);
  const low = load<u32>(x) | load<u32>(y);
  const twos = <u32>popcnt((low & (0 - low)) - 1) & 31;
  shiftRight(x, twos, n);
  shiftRight(y, twos, n);
  // One of them is odd now.
  swapIf(isZero(load<u32>(y) & 1), x, y, n);
  gcdWithOdd(x, x, y, n);
  shiftLeft(x, twos, n);
  memory.fill(r, 0, zeros << 2);
  memory.copy(r + (zeros << 2), x, size);
  wipe(x, MAX_HALF << 2);
  wipe(y, MAX_HALF << 2);
}

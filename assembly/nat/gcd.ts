/** Greatest common divisor by Stein's binary algorithm, in a fixed number of rounds. */
import { halveIf, less, shiftLeft, subIf } from "./add";
import { MAX_HALF } from "./limbs";
import { wipe } from "../base/memory";
import { charge } from "./work";

const u = memory.data(512, 16);
const v = memory.data(512, 16);

/**
 * r = gcd(a, b), n limbs each (at most MAX_HALF), not both zero. r may be a or b. Leaks n only; wipes its scratch.
 *
 * Each round takes at least one bit off the two numbers together, until one of them is zero: an odd pair gives up the
 * smaller from the larger, and then whatever is even is halved.
 */
export function gcd(r: usize, a: usize, b: usize, n: u32): void {
  memory.copy(u, a, n << 2);
  memory.copy(v, b, n << 2);
  let twos: u32 = 0;
  for (let round: u32 = 0; round < n << 6; round++) {
    const odd = load<u32>(u) & load<u32>(v) & 1;
    const smaller = less(u, v, n);
    subIf(odd & (smaller ^ 1), u, v, n);
    subIf(odd & smaller, v, u, n);
    const evenU = (load<u32>(u) & 1) ^ 1;
    const evenV = (load<u32>(v) & 1) ^ 1;
    twos += evenU & evenV;
    halveIf(evenU, u, 0, n);
    halveIf(evenV, v, 0, n);
  }
  // One of them is zero by now; the other is the odd part, and `twos` the number of factors of two they shared.
  for (let i: usize = 0; i < n << 2; i += 4) store<u32>(r + i, load<u32>(u + i) | load<u32>(v + i));
  shiftLeft(r, twos, n);
  wipe(u, MAX_HALF << 2);
  wipe(v, MAX_HALF << 2);
  charge(n * n * 800);
}

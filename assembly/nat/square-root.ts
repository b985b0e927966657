/** Whether a number is a square: FIPS 186-5, B.4 asks for no more than the answer, and allows any algorithm that gives it. */
import { wipe } from "../base/memory";
import { addIf, double, isZeroNat, subIf } from "./add";
import { MAX_HALF } from "./limbs";
import { charge } from "./work";

/** What is left of the number, and twice the root: half the limbs of the number, and one more. */
const rest = memory.data(129 * 4, 16);
const twice = memory.data(129 * 4, 16);

/**
 * 1 if the n limbs at a are the square of a whole number. The root is taken digit by digit, as on paper: with r so far, the
 * next digit is 1 if 4r + 1 can be taken from what is left. Every step does the same. Leaks n only; wipes its scratch.
 */
export function isSquare(a: usize, n: u32): u32 {
  const half = ((n + 1) >>> 1) + 1;
  memory.fill(rest, 0, half << 2);
  memory.fill(twice, 0, half << 2);
  for (let i = n << 4; i > 0; i--) {
    const bit = (i - 1) << 1;
    const pair = load<u32>(a + ((bit >>> 5) << 2)) >>> (bit & 31);
    double(rest, (pair >>> 1) & 1, half);
    double(rest, pair & 1, half);
    double(twice, 1, half); // 4r + 1
    const short = subIf(1, rest, twice, half);
    addIf(short, rest, twice, half);
    store<u32>(twice, (load<u32>(twice) & ~3) | ((short ^ 1) << 1)); // 2 (2r + digit)
  }
  const square = isZeroNat(rest, half);
  wipe(rest, (MAX_HALF + 1) << 2);
  wipe(twice, (MAX_HALF + 1) << 2);
  charge(n * n * 40);
  return square;
}

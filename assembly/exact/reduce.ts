/** Montgomery's reduction in two lanes, by the scaled moduli of `lanes/lanes.ts`; `columns.ts` has the digits and the bounds. */
import { wipe } from "../base/memory";
import { band2, band4, put, sum2, sum3 } from "./columns";

/** For digits of w bits, each for both lanes: 1.5 * 2^(52 + w), whose addition rounds to a multiple of 2^w; and 2^-w. */
const rounding = memory.data(32, 16);

/** Fixes the bits of a digit. Public. In memory, as a constant in a register would be made anew at every use (V8). */
export function setDigitBits(w: u32): void {
  v128.store(rounding, i64x2.splat((<i64>(1023 + 52 + w) << 52) | (<i64>1 << 51)));
  v128.store(rounding, i64x2.splat(<i64>(1023 - w) << 52), 16);
}

/** Clears what is fixed, though it is public. */
export function clearDigitBits(): void {
  wipe(rounding, 32);
}

/** The multiple of 2^w nearest to a column: what is left of the column is its signed digit. */
// @ts-ignore: decorator
@inline function nearest(v: v128, big: v128): v128 {
  return f64x2.sub(f64x2.add(v, big), big);
}

/**
 * r = c / 2^(w n), doubled in the lanes where the mask at `twice` is all ones: n digits from 2n columns.
 *
 * m is the modulus plus one, whose digit 0 is zero: the modulus is -1 modulo 2^w, so that the multiple which clears a
 * digit is this digit, and adding it is a carry and a product with m.
 */
export function reduce(r: usize, c: usize, m: usize, n: u32, twice: usize): void {
  const big = v128.load(rounding);
  const down = v128.load(rounding, 16);
  const end = m + (n << 4);
  const m1 = v128.load(m, 16);
  let carry = f64x2.splat(0);
  let left = n;
  for (; left >= 4; left -= 4) {
    const m2 = v128.load(m, 32);
    const m3 = v128.load(m, 48);
    let v = f64x2.add(v128.load(c), carry);
    let high = nearest(v, big);
    const x0 = f64x2.sub(v, high);
    v = f64x2.add(f64x2.add(v128.load(c, 16), f64x2.mul(high, down)), f64x2.mul(x0, m1));
    high = nearest(v, big);
    const x1 = f64x2.sub(v, high);
    v = f64x2.add(f64x2.add(v128.load(c, 32), f64x2.mul(high, down)), sum2(x0, m2, x1, m1));
    high = nearest(v, big);
    const x2 = f64x2.sub(v, high);
    v = f64x2.add(f64x2.add(v128.load(c, 48), f64x2.mul(high, down)), sum3(x0, m3, x1, m2, x2, m1));
    high = nearest(v, big);
    const x3 = f64x2.sub(v, high);
    carry = f64x2.mul(high, down);
    band4(true, c + 64, m + 64, end, x0, x1, x2, x3, m3, m2, m1);
    c += 64;
  }
  if (left != 0) {
    let v = f64x2.add(v128.load(c), carry);
    let high = nearest(v, big);
    const x0 = f64x2.sub(v, high);
    v = f64x2.add(f64x2.add(v128.load(c, 16), f64x2.mul(high, down)), f64x2.mul(x0, m1));
    high = nearest(v, big);
    const x1 = f64x2.sub(v, high);
    carry = f64x2.mul(high, down);
    band2(c + 32, m + 32, end, x0, x1, m1);
    c += 32;
  }
  put(c, carry);
  settle(r, c, n, twice, big, down);
}

/** r = the digits of n columns, doubled where the mask at `twice` says so. The number fits in n digits, so no carry is left. */
function settle(r: usize, c: usize, n: u32, twice: usize, big: v128, down: v128): void {
  const again = v128.load(twice);
  let carry = f64x2.splat(0);
  for (const end = r + (n << 4); r < end; r += 16) {
    const column = v128.load(c);
    const v = f64x2.add(f64x2.add(column, v128.and(column, again)), carry);
    const high = nearest(v, big);
    v128.store(r, f64x2.sub(v, high));
    carry = f64x2.mul(high, down);
    c += 16;
  }
}

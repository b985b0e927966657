/** Montgomery's reduction in two lanes, by the scaled moduli of `lanes/lanes.ts`; `columns.ts` has the digits and the bounds. */
import { band2, band4, high1, low1 } from "./columns";
import { big, bigAndLow, carryLift, centre, digitMask, DIGIT_BITS, exponent52, outputLift } from "./constants";

/** The signed digit of a lifted column: its low 50 bits as a double, less half. */
// @ts-ignore: decorator
@inline function digit(v: v128, mask: v128, exponent: v128, middle: v128): v128 {
  return v128.sub<f64>(v128.or(v128.and(v, mask), exponent), middle);
}

/**
 * r = c / 2^(50 n), doubled in the lanes where the mask at `twice` is all ones: n digits from 2n columns that still hold their biases.
 *
 * m is the modulus plus one, whose digit 0 is zero: the modulus is -1 modulo 2^50, so that the multiple which clears a
 * digit is this digit, and adding it is a carry and a product with m. A lifted column is positive and below 2^62.
 */
export function reduce(r: usize, c: usize, m: usize, n: u32, twice: usize): void {
  const C = big();
  const D = bigAndLow();
  const mask = digitMask();
  const exponent = exponent52();
  const middle = centre();
  const end = m + (n << 4);
  const m1 = v128.load(m, 16);
  let carry = i64x2.splat(0);
  let left = n;
  for (; left >= 4; left -= 4) {
    const m2 = v128.load(m, 32);
    const m3 = v128.load(m, 48);
    let v = v128.add<i64>(v128.load(c), carry);
    const x0 = digit(v, mask, exponent, middle);
    carry = v128.shr<u64>(v, DIGIT_BITS);
    const h01 = high1(x0, m1, C);
    v = v128.add<i64>(v128.add<i64>(v128.load(c, 16), carry), low1(x0, m1, h01, D));
    const x1 = digit(v, mask, exponent, middle);
    carry = v128.shr<u64>(v, DIGIT_BITS);
    // Here each product stands alone: what waits for the newest digit is short.
    const h02 = high1(x0, m2, C);
    const h11 = high1(x1, m1, C);
    v = v128.add<i64>(v128.add<i64>(v128.load(c, 32), h01), low1(x0, m2, h02, D));
    v = v128.add<i64>(v128.add<i64>(v, carry), low1(x1, m1, h11, D));
    const x2 = digit(v, mask, exponent, middle);
    carry = v128.shr<u64>(v, DIGIT_BITS);
    const h03 = high1(x0, m3, C);
    const h12 = high1(x1, m2, C);
    const h21 = high1(x2, m1, C);
    v = v128.add<i64>(v128.add<i64>(v128.load(c, 48), h02), low1(x0, m3, h03, D));
    v = v128.add<i64>(v128.add<i64>(v, h11), low1(x1, m2, h12, D));
    v = v128.add<i64>(v128.add<i64>(v, carry), low1(x2, m1, h21, D));
    const x3 = digit(v, mask, exponent, middle);
    carry = v128.shr<u64>(v, DIGIT_BITS);
    const below = v128.add<i64>(v128.add<i64>(h03, h12), h21);
    band4(false, true, c + 64, m + 64, end, below, C, D, x0, x1, x2, x3, m3, m2, m1);
    c += 64;
  }
  if (left != 0) {
    let v = v128.add<i64>(v128.load(c), carry);
    const x0 = digit(v, mask, exponent, middle);
    carry = v128.shr<u64>(v, DIGIT_BITS);
    const h01 = high1(x0, m1, C);
    v = v128.add<i64>(v128.add<i64>(v128.load(c, 16), carry), low1(x0, m1, h01, D));
    const x1 = digit(v, mask, exponent, middle);
    carry = v128.shr<u64>(v, DIGIT_BITS);
    band2(false, false, c + 32, m + 32, end, h01, C, D, x0, x1, m1);
    c += 32;
  }
  v128.store(c, v128.add<i64>(v128.load(c), carry));
  settle(r, c, n, twice);
}

/** r = the digits of n columns, doubled where the mask at `twice` says so. The number fits in n digits, so no carry is left. */
function settle(r: usize, c: usize, n: u32, twice: usize): void {
  const again = v128.load(twice);
  const mask = digitMask();
  const exponent = exponent52();
  const middle = centre();
  const lift = outputLift();
  let carry = carryLift();
  const end = r + (n << 4);
  while (r < end) {
    let v = v128.load(c);
    v = v128.add<i64>(v128.add<i64>(v, v128.and(v, again)), v128.add<i64>(carry, lift));
    v128.store(r, digit(v, mask, exponent, middle));
    v = v128.shr<u64>(v, DIGIT_BITS);
    let w = v128.load(c, 16);
    w = v128.add<i64>(v128.add<i64>(w, v128.and(w, again)), v128.add<i64>(v, lift));
    v128.store(r, digit(w, mask, exponent, middle), 16);
    carry = v128.shr<u64>(w, DIGIT_BITS);
    r += 32;
    c += 32;
  }
}

/**
 * Products and squares in the short field, fused, from digits to reduced digits without a stop in memory. The columns are
 * those of `columns.ts`, under the same bound; 2^255 = 19 folds the upper five into the lower, x0 to x4.
 *
 * `start` cancels at once what the constants add to a column and, 19 times, to the one folded into it, and lifts their sum.
 */
import { bothConstants, centre, digitMask, exponent52, highConstant, liftedCarry, start } from "./shape";

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128, c: v128): v128 {
  return v128.relaxed_madd<f64>(a, b, c);
}

/** The bits of the low part of a b, whose high part is h. */
// @ts-ignore: decorator
@inline
function low(a: v128, b: v128, h: v128, d: v128): v128 {
  return v128.relaxed_madd<f64>(a, b, v128.sub<f64>(d, h));
}

// @ts-ignore: decorator
@inline
function plus(a: v128, b: v128): v128 {
  return v128.add<i64>(a, b);
}

// @ts-ignore: decorator
@inline
export function nineteen(x: v128): v128 {
  return plus(plus(v128.shl<i64>(x, 4), v128.shl<i64>(x, 1)), x);
}

/** r = the digits of the five folded columns, all lifted, with 2^255 = 19 for the last carry. */
// @ts-ignore: decorator
@inline
function storeDigits(r: usize, x0: v128, x1: v128, x2: v128, x3: v128, x4: v128): void {
  const mask = digitMask(), exponent = exponent52(), middle = centre();
  const v1 = plus(x1, v128.shr<u64>(x0, 51));
  const v2 = plus(x2, v128.shr<u64>(v1, 51));
  const v3 = plus(x3, v128.shr<u64>(v2, 51));
  const v4 = plus(x4, v128.shr<u64>(v3, 51));
  const carry = v128.sub<f64>(v128.or(v128.shr<u64>(v4, 51), exponent), liftedCarry());
  const r0 = v128.sub<f64>(v128.or(v128.and(x0, mask), exponent), middle);
  v128.store(r, v128.add<f64>(r0, v128.mul<f64>(carry, f64x2.splat(19))));
  v128.store(r, v128.sub<f64>(v128.or(v128.and(v1, mask), exponent), middle), 16);
  v128.store(r, v128.sub<f64>(v128.or(v128.and(v2, mask), exponent), middle), 32);
  v128.store(r, v128.sub<f64>(v128.or(v128.and(v3, mask), exponent), middle), 48);
  v128.store(r, v128.sub<f64>(v128.or(v128.and(v4, mask), exponent), middle), 64);
}

/** r = a b, reduced; r may be a or b. Column 4 comes first, so that each of the upper five is folded as soon as it is done. */
export function fusedMul(r: usize, a: usize, b: usize): void {
  const c = highConstant(), d = bothConstants();
  const a0 = v128.load(a), a1 = v128.load(a, 16), a2 = v128.load(a, 32), a3 = v128.load(a, 48), a4 = v128.load(a, 64);
  const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48), b4 = v128.load(b, 64);
  let h: v128, k: v128, s: v128;

  k = high(a0, b4, c);
  s = low(a0, b4, k, d);
  h = k;
  k = high(a1, b3, c);
  s = plus(s, low(a1, b3, k, d));
  h = plus(h, k);
  k = high(a2, b2, c);
  s = plus(s, low(a2, b2, k, d));
  h = plus(h, k);
  k = high(a3, b1, c);
  s = plus(s, low(a3, b1, k, d));
  h = plus(h, k);
  k = high(a4, b0, c);
  s = plus(s, low(a4, b0, k, d));
  h = plus(h, k);
  let x4 = plus(s, start(32));

  k = high(a1, b4, c);
  s = plus(h, low(a1, b4, k, d));
  h = k;
  k = high(a2, b3, c);
  s = plus(s, low(a2, b3, k, d));
  h = plus(h, k);
  k = high(a3, b2, c);
  s = plus(s, low(a3, b2, k, d));
  h = plus(h, k);
  k = high(a4, b1, c);
  s = plus(s, low(a4, b1, k, d));
  h = plus(h, k);
  const x0 = plus(nineteen(s), start(0));

  k = high(a2, b4, c);
  s = plus(h, low(a2, b4, k, d));
  h = k;
  k = high(a3, b3, c);
  s = plus(s, low(a3, b3, k, d));
  h = plus(h, k);
  k = high(a4, b2, c);
  s = plus(s, low(a4, b2, k, d));
  h = plus(h, k);
  const x1 = plus(nineteen(s), start(8));

  k = high(a3, b4, c);
  s = plus(h, low(a3, b4, k, d));
  h = k;
  k = high(a4, b3, c);
  s = plus(s, low(a4, b3, k, d));
  h = plus(h, k);
  const x2 = plus(nineteen(s), start(16));

  k = high(a4, b4, c);
  s = plus(h, low(a4, b4, k, d));
  h = k;
  const x3 = plus(nineteen(s), start(24));
  x4 = plus(x4, nineteen(h));

  k = high(a0, b0, c);
  s = plus(x0, low(a0, b0, k, d));
  h = k;
  const y0 = s;

  k = high(a0, b1, c);
  s = plus(plus(x1, h), low(a0, b1, k, d));
  h = k;
  k = high(a1, b0, c);
  s = plus(s, low(a1, b0, k, d));
  h = plus(h, k);
  const y1 = s;

  k = high(a0, b2, c);
  s = plus(plus(x2, h), low(a0, b2, k, d));
  h = k;
  k = high(a1, b1, c);
  s = plus(s, low(a1, b1, k, d));
  h = plus(h, k);
  k = high(a2, b0, c);
  s = plus(s, low(a2, b0, k, d));
  h = plus(h, k);
  const y2 = s;

  k = high(a0, b3, c);
  s = plus(plus(x3, h), low(a0, b3, k, d));
  h = k;
  k = high(a1, b2, c);
  s = plus(s, low(a1, b2, k, d));
  h = plus(h, k);
  k = high(a2, b1, c);
  s = plus(s, low(a2, b1, k, d));
  h = plus(h, k);
  k = high(a3, b0, c);
  s = plus(s, low(a3, b0, k, d));
  h = plus(h, k);
  const y3 = s;

  storeDigits(r, y0, y1, y2, y3, plus(x4, h));
}

/**
 * r = a^2, reduced; r may be a. What occurs twice is added up in a column first and then doubled, as integers, so that the
 * bound is that of `fusedMul` (doubled digits would have to be smaller) and the constants count as often as they do there.
 */
export function fusedSqr(r: usize, a: usize): void {
  const c = highConstant(), d = bothConstants();
  const a0 = v128.load(a), a1 = v128.load(a, 16), a2 = v128.load(a, 32), a3 = v128.load(a, 48), a4 = v128.load(a, 64);
  let square = high(a0, a0, c);
  const x0 = low(a0, a0, square, d);

  let h = high(a0, a1, c);
  let s = low(a0, a1, h, d);
  const x1 = plus(plus(s, s), square);

  let k = high(a0, a2, c);
  s = plus(h, low(a0, a2, k, d));
  h = k;
  square = high(a1, a1, c);
  const x2 = plus(plus(s, s), low(a1, a1, square, d));

  k = high(a0, a3, c);
  s = plus(h, low(a0, a3, k, d));
  h = k;
  k = high(a1, a2, c);
  s = plus(s, low(a1, a2, k, d));
  h = plus(h, k);
  const x3 = plus(plus(s, s), square);

  k = high(a0, a4, c);
  s = plus(h, low(a0, a4, k, d));
  h = k;
  k = high(a1, a3, c);
  s = plus(s, low(a1, a3, k, d));
  h = plus(h, k);
  square = high(a2, a2, c);
  const x4 = plus(plus(s, s), low(a2, a2, square, d));

  k = high(a1, a4, c);
  s = plus(h, low(a1, a4, k, d));
  h = k;
  k = high(a2, a3, c);
  s = plus(s, low(a2, a3, k, d));
  h = plus(h, k);
  const x5 = plus(plus(s, s), square);

  k = high(a2, a4, c);
  s = plus(h, low(a2, a4, k, d));
  h = k;
  square = high(a3, a3, c);
  const x6 = plus(plus(s, s), low(a3, a3, square, d));

  k = high(a3, a4, c);
  s = plus(h, low(a3, a4, k, d));
  h = k;
  const x7 = plus(plus(s, s), square);

  s = h;
  square = high(a4, a4, c);
  const x8 = plus(plus(s, s), low(a4, a4, square, d));

  storeDigits(
    r,
    plus(plus(x0, nineteen(x5)), start(0)),
    plus(plus(x1, nineteen(x6)), start(8)),
    plus(plus(x2, nineteen(x7)), start(16)),
    plus(plus(x3, nineteen(x8)), start(24)),
    plus(plus(x4, nineteen(square)), start(32)),
  );
}

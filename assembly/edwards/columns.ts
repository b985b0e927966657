/**
 * The ten columns of a product of 5 by 5 digits, in 64-bit integers: column k is the sum of the low parts of the products
 * with i + j = k and of the high parts of those with i + j = k - 1, where a b = high 2^w + low.
 *
 * With C = 1.5 * 2^(52+w) and c = 1.5 * 2^52: h = fma(a, b, C) is rounded to a multiple of 2^w, so the bits of h are those
 * of C plus high; l = fma(a, b, C + c - h) is exact, and its bits are those of c plus low. Both need |a b| < 2^(w+51).
 * What the constants add is in `bias`. Where multiplication is not fused, integers do the same (`exact.ts`).
 */
import { bias, bothConstants, highConstant } from "./shape";

// @ts-ignore: decorator
@inline
function high(a: v128, b: v128, c: v128): v128 {
  return v128.relaxed_madd<f64>(a, b, c);
}

/** sum + the bits of the low part of a b, whose high part is h. */
// @ts-ignore: decorator
@inline
function low(sum: v128, a: v128, b: v128, h: v128, d: v128): v128 {
  return v128.add<i64>(sum, v128.relaxed_madd<f64>(a, b, v128.sub<f64>(d, h)));
}

/** to = the columns of the product of the 5 digits at a and at b. */
export function fusedProduct(to: usize, a: usize, b: usize): void {
  const c = highConstant(), d = bothConstants();
  const a0 = v128.load(a), a1 = v128.load(a, 16), a2 = v128.load(a, 32), a3 = v128.load(a, 48), a4 = v128.load(a, 64);
  const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48), b4 = v128.load(b, 64);
  let h = high(a0, b0, c);
  v128.store(to, low(bias(0), a0, b0, h, d));

  let s = v128.add<i64>(bias(8), h);
  h = high(a0, b1, c);
  s = low(s, a0, b1, h, d);
  let k = high(a1, b0, c);
  v128.store(to, low(s, a1, b0, k, d), 16);

  s = v128.add<i64>(v128.add<i64>(bias(16), h), k);
  h = high(a0, b2, c);
  s = low(s, a0, b2, h, d);
  k = high(a1, b1, c);
  s = low(s, a1, b1, k, d);
  h = v128.add<i64>(h, k);
  k = high(a2, b0, c);
  v128.store(to, low(s, a2, b0, k, d), 32);

  s = v128.add<i64>(v128.add<i64>(bias(24), h), k);
  h = high(a0, b3, c);
  s = low(s, a0, b3, h, d);
  k = high(a1, b2, c);
  s = low(s, a1, b2, k, d);
  h = v128.add<i64>(h, k);
  k = high(a2, b1, c);
  s = low(s, a2, b1, k, d);
  h = v128.add<i64>(h, k);
  k = high(a3, b0, c);
  v128.store(to, low(s, a3, b0, k, d), 48);

  s = v128.add<i64>(v128.add<i64>(bias(32), h), k);
  h = high(a0, b4, c);
  s = low(s, a0, b4, h, d);
  k = high(a1, b3, c);
  s = low(s, a1, b3, k, d);
  h = v128.add<i64>(h, k);
  k = high(a2, b2, c);
  s = low(s, a2, b2, k, d);
  h = v128.add<i64>(h, k);
  k = high(a3, b1, c);
  s = low(s, a3, b1, k, d);
  h = v128.add<i64>(h, k);
  k = high(a4, b0, c);
  v128.store(to, low(s, a4, b0, k, d), 64);

  s = v128.add<i64>(v128.add<i64>(bias(40), h), k);
  h = high(a1, b4, c);
  s = low(s, a1, b4, h, d);
  k = high(a2, b3, c);
  s = low(s, a2, b3, k, d);
  h = v128.add<i64>(h, k);
  k = high(a3, b2, c);
  s = low(s, a3, b2, k, d);
  h = v128.add<i64>(h, k);
  k = high(a4, b1, c);
  v128.store(to, low(s, a4, b1, k, d), 80);

  s = v128.add<i64>(v128.add<i64>(bias(48), h), k);
  h = high(a2, b4, c);
  s = low(s, a2, b4, h, d);
  k = high(a3, b3, c);
  s = low(s, a3, b3, k, d);
  h = v128.add<i64>(h, k);
  k = high(a4, b2, c);
  v128.store(to, low(s, a4, b2, k, d), 96);

  s = v128.add<i64>(v128.add<i64>(bias(56), h), k);
  h = high(a3, b4, c);
  s = low(s, a3, b4, h, d);
  k = high(a4, b3, c);
  v128.store(to, low(s, a4, b3, k, d), 112);

  s = v128.add<i64>(v128.add<i64>(bias(64), h), k);
  h = high(a4, b4, c);
  v128.store(to, low(s, a4, b4, h, d), 128);
  v128.store(to, v128.add<i64>(bias(72), h), 144);
}

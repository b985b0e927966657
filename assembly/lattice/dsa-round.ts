/** High and low parts of the coefficients of ML-DSA (FIPS 204, 7.4), and how large they are: four at a time, no branch. */
import { DSA_POLY, DSA_Q } from "./dsa-ntt";

/** Algorithm 35 of coefficients from 0 to q - 1: t = t1 2^13 + t0. `t1` may be where t is. */
export function dsaPower2Round(t1: usize, t0: usize, t: usize): void {
  for (const end = t + DSA_POLY; t < end; t += 16, t1 += 16, t0 += 16) {
    const v = v128.load(t);
    const high = i32x4.shr_u(i32x4.add(v, i32x4.splat((1 << 12) - 1)), 13);
    v128.store(t1, high);
    v128.store(t0, i32x4.sub(v, i32x4.shl(high, 13)));
  }
}

/**
 * Algorithm 36 of coefficients w from 0 to q - 1: w = w1 2 gamma2 + w0. `w0` may be where w is; w1 is 256 bytes.
 *
 * 2 gamma2 is 2^7 d with d = 4092 or 1488. With b = ceil(w / 2^7), w1 is b / d rounded to the nearest, as a product with
 * 1025 / 2^22 or 11275 / 2^24 (right for every w below q, as a test finds). The last multiple of 2 gamma2, q - 1, counts as 0.
 */
export function dsaDecompose(w1: usize, w0: usize, w: usize, gamma2: i32): void {
  const fine = gamma2 == (DSA_Q - 1) / 88;
  const factor = i32x4.splat(fine ? 11275 : 1025);
  const half = i32x4.splat(fine ? 1 << 23 : 1 << 21);
  const shift = fine ? 24 : 22;
  const count = i32x4.splat(fine ? 44 : 16);
  for (const end = w + DSA_POLY; w < end; w += 16, w0 += 16, w1 += 4) {
    const v = v128.load(w);
    let high = i32x4.shr_u(i32x4.add(v, i32x4.splat(127)), 7);
    high = i32x4.shr_s(i32x4.add(i32x4.mul(high, factor), half), shift);
    high = v128.andnot(high, i32x4.eq(high, count));
    const low = i32x4.sub(v, i32x4.mul(high, i32x4.splat(2 * gamma2)));
    const above = i32x4.gt_s(low, i32x4.splat((DSA_Q - 1) / 2));
    v128.store(w0, i32x4.sub(low, v128.and(above, i32x4.splat(DSA_Q))));
    v128.store32_lane(w1, v128.shuffle<u8>(high, high, 0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0);
  }
}

/** to = a + b from 0 to q - 1, of a from 0 to q - 1 and b within (-q, q). */
export function dsaAdd(to: usize, a: usize, b: usize): void {
  const q = i32x4.splat(DSA_Q);
  for (const end = a + DSA_POLY; a < end; a += 16, b += 16, to += 16) {
    const v = i32x4.add(v128.load(a), v128.load(b));
    const less = i32x4.sub(v, v128.and(i32x4.ge_s(v, q), q));
    v128.store(to, i32x4.add(less, v128.and(i32x4.shr_s(less, 31), q)));
  }
}

/** to = a - b of coefficients from 0 to q - 1 in b, as the representatives nearest to 0. `a` is within (-q/2, q/2). */
export function dsaSubtract(to: usize, a: usize, b: usize): void {
  const q = i32x4.splat(DSA_Q);
  const half = i32x4.splat(DSA_Q >> 1);
  for (const end = a + DSA_POLY; a < end; a += 16, b += 16, to += 16) {
    let v = i32x4.sub(v128.load(a), v128.load(b));
    v = i32x4.add(v, v128.and(i32x4.lt_s(v, i32x4.neg(half)), q));
    v128.store(to, v);
  }
}

/** The representatives nearest to 0 of coefficients from 0 to q - 1. */
export function dsaCenter(poly: usize): void {
  const half = i32x4.splat(DSA_Q >> 1);
  for (const end = poly + DSA_POLY; poly < end; poly += 16) {
    const v = v128.load(poly);
    v128.store(poly, i32x4.sub(v, v128.and(i32x4.gt_s(v, half), i32x4.splat(DSA_Q))));
  }
}

/** 1 if some coefficient is `bound` or more, or -bound or less; else 0. Reads all of them. */
export function dsaExceeds(poly: usize, bound: i32): u32 {
  let large = i32x4.splat(0);
  for (const end = poly + DSA_POLY; poly < end; poly += 16) {
    large = v128.or(large, i32x4.ge_s(i32x4.abs(v128.load(poly)), i32x4.splat(bound)));
  }
  return <u32>v128.any_true(large);
}

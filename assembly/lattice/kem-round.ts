/** Compress and Decompress of ML-KEM (FIPS 203, 4.2.1), eight coefficients at a time. Time depends on the width alone. */
import { KEM_POLY, KEM_Q } from "./kem-ntt";

/** floor(2^40 / q) + 1. */
const RECIPROCAL: u64 = (1 << 40) / <u64>KEM_Q + 1;

/** floor(x / q) of four numbers below 2^23: 2^40 / q is rounded up by less than 1, so by less than 2^-17 in all, and x / q is 1 / q below the next. */
// @ts-ignore: decorator of the compiler
@inline
function quotients(x: v128): v128 {
  const by = i32x4.splat(<i32>RECIPROCAL);
  const low = i64x2.shr_u(i64x2.extmul_low_i32x4_u(x, by), 40);
  return v128.shuffle<i32>(low, i64x2.shr_u(i64x2.extmul_high_i32x4_u(x, by), 40), 0, 2, 4, 6);
}

/** floor((2^width x + q / 2) / q) mod 2^width, 4.7, of x in [0, q). */
export function kemCompress(poly: usize, width: u32): void {
  const half = i32x4.splat(KEM_Q >> 1);
  const least = i16x8.splat(<i16>((<u32>1 << width) - 1));
  for (const end = poly + KEM_POLY; poly < end; poly += 16) {
    const x = v128.load(poly);
    const low = quotients(i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_u(x), width), half));
    const high = quotients(i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_u(x), width), half));
    v128.store(poly, v128.and(i16x8.narrow_i32x4_u(low, high), least));
  }
}

/** round(q / 2^width y), 4.8. */
export function kemDecompress(poly: usize, width: u32): void {
  const q = i16x8.splat(<i16>KEM_Q);
  const half = i32x4.splat(1 << (width - 1));
  for (const end = poly + KEM_POLY; poly < end; poly += 16) {
    const y = v128.load(poly);
    const low = i32x4.shr_u(i32x4.add(i32x4.extmul_low_i16x8_u(y, q), half), width);
    const high = i32x4.shr_u(i32x4.add(i32x4.extmul_high_i16x8_u(y, q), half), width);
    v128.store(poly, i16x8.narrow_i32x4_u(low, high));
  }
}

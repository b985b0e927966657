/**
 * Compress and Decompress of ML-KEM (FIPS 203, 4.2.1), and its modulus check (7.2), eight coefficients at a time. Time
 * depends on widths and lengths alone.
 */
import { eightOfTwelve, twelveOrder, twelveShift } from "./bits";
import { KEM_POLY } from "./kem-ntt";

/** floor(2^40 / q) + 1, and floor(q / 2); in memory, see `kem-ntt.ts`. */
const reciprocal = memory.data<u32>([330282857, 1664]);
/** q. */
const modulus = memory.data<u16>([3329]);

/**
 * floor(x / q) of four numbers below 2^23: 2^40 / q is rounded up by less than 1, so by less than 2^-17 in all, and x / q is
 * 1 / q below the next.
 */
// @ts-ignore: decorator of the compiler
@inline
function quotients(x: v128, by: v128): v128 {
  const low = i64x2.shr_u(i64x2.extmul_low_i32x4_u(x, by), 40);
  return v128.shuffle<i32>(low, i64x2.shr_u(i64x2.extmul_high_i32x4_u(x, by), 40), 0, 2, 4, 6);
}

/** floor((2^width x + q / 2) / q) mod 2^width, 4.7, of x in [0, q). */
export function kemCompress(poly: usize, width: u32): void {
  const by = v128.load32_splat(reciprocal);
  const half = v128.load32_splat(reciprocal, 4);
  const least = i16x8.splat(<i16>((<u32>1 << width) - 1));
  for (const end = poly + KEM_POLY; poly < end; poly += 16) {
    const x = v128.load(poly);
    const low = quotients(i32x4.add(i32x4.shl(i32x4.extend_low_i16x8_u(x), width), half), by);
    const high = quotients(i32x4.add(i32x4.shl(i32x4.extend_high_i16x8_u(x), width), half), by);
    v128.store(poly, v128.and(i16x8.narrow_i32x4_u(low, high), least));
  }
}

/** round(q / 2^width y), 4.8. */
export function kemDecompress(poly: usize, width: u32): void {
  const q = v128.load16_splat(modulus);
  const half = i32x4.splat(1 << (width - 1));
  for (const end = poly + KEM_POLY; poly < end; poly += 16) {
    const y = v128.load(poly);
    const low = i32x4.shr_u(i32x4.add(i32x4.extmul_low_i16x8_u(y, q), half), width);
    const high = i32x4.shr_u(i32x4.add(i32x4.extmul_high_i16x8_u(y, q), half), width);
    v128.store(poly, i16x8.narrow_i32x4_u(low, high));
  }
}

/** The bits of a byte, and round(q / 2). */
const bits = memory.data<u16>([1, 2, 4, 8, 16, 32, 64, 128], 16);
const one = memory.data<u16>([1665]);

/** Decompress_1(ByteDecode_1(m)), of 32 bytes (Algorithm 14, step 20). */
export function kemMessage(poly: usize, m: usize): void {
  const each = v128.load(bits);
  const half = v128.load16_splat(one);
  for (const end = m + 32; m < end; m++, poly += 16) {
    v128.store(poly, v128.and(i16x8.eq(v128.and(v128.load8_splat(m), each), each), half));
  }
}

/** 1 if one of the numbers of 12 bits from `at` to `end`, a multiple of 12 bytes, is not less than q, else 0. Reads four bytes more. */
export function kemExceeds(at: usize, end: usize): u32 {
  const order = twelveOrder();
  const shift = twelveShift();
  const q = v128.load16_splat(modulus);
  let above = i16x8.splat(0);
  for (; at < end; at += 12) above = v128.or(above, i16x8.ge_s(eightOfTwelve(v128.load(at), order, shift), q));
  return v128.any_true(above) ? 1 : 0;
}

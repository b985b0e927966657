/**
 * Arithmetic of ML-DSA modulo q = 8380417 (FIPS 204, 7.5), four coefficients at a time. A polynomial is 256 i32, a sum of
 * products 256 i64 in the same order. Products are those of Montgomery with R = 2^32 (Appendix A): within (-q, q) for
 * factors whose product is below 2^31 q. Nothing branches on a coefficient, and nothing divides by one.
 */
import { reverseBits } from "./bits";

export const DSA_Q: i32 = 8380417;
/** A polynomial in bytes. */
export const DSA_POLY: u32 = 1024;
/** 1753 is the 512th root of unity zeta, 7.5. */
const ZETA: u64 = 1753;
/**
 * q; q^-1 mod 2^32; R^2 / 256 mod q, the factor 1 / 256 of Algorithm 42 and what two Montgomery reductions took away. In
 * memory, see `kem-ntt.ts`.
 */
const numbers = memory.data<i32>([8380417, 58728449, 41978]);

/** zeta^BitRev8(i) R mod q from -q/2 to q/2. */
const zetas = memory.data(1024, 16);
let ready: bool = false;

/** Computes the table, once. */
export function dsaTables(): void {
  if (ready) return;
  for (let i: u32 = 0, z: u64 = 1; i < 256; i++, z = (z * ZETA) % DSA_Q) {
    const r = <i32>((z << 32) % DSA_Q);
    store<i32>(zetas + 4 * reverseBits(i, 8), r > DSA_Q >> 1 ? r - DSA_Q : r);
  }
  ready = true;
}

/** (x - q (x q^-1 mod 2^32)) / 2^32 of four i64, two in `low` and two in `high`, m being x q^-1 mod 2^32. */
// @ts-ignore: decorator of the compiler
@inline
function montgomery(low: v128, high: v128, m: v128, q: v128): v128 {
  low = i64x2.sub(low, i64x2.extmul_low_i32x4_s(m, q));
  high = i64x2.sub(high, i64x2.extmul_high_i32x4_s(m, q));
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

/** a z / R, zq being z q^-1 mod 2^32. */
// @ts-ignore: decorator of the compiler
@inline
function times(a: v128, z: v128, zq: v128, q: v128): v128 {
  return montgomery(i64x2.extmul_low_i32x4_s(a, z), i64x2.extmul_high_i32x4_s(a, z), i32x4.mul(a, zq), q);
}

/** The representative from 0 to q - 1 of an a in (-q, q). */
// @ts-ignore: decorator of the compiler
@inline
function positive(a: v128, q: v128): v128 {
  return i32x4.add(a, v128.and(i32x4.shr_s(a, 31), q));
}

/** Algorithm 41, in place, of coefficients within (-q, q): each layer adds less than q, so what comes out is within 9q. */
export function dsaNtt(poly: usize): void {
  const end = poly + DSA_POLY;
  const q = v128.load32_splat(numbers);
  const inverse = v128.load32_splat(numbers, 4);
  let zeta = zetas + 4;
  for (let len: usize = 512; len >= 16; len >>= 1) {
    for (let start = poly; start < end; start += 2 * len, zeta += 4) {
      const z = v128.load32_splat(zeta);
      const zq = i32x4.mul(z, inverse);
      for (let at = start; at < start + len; at += 16) {
        const t = times(v128.load(at + len), z, zq, q);
        const a = v128.load(at);
        v128.store(at + len, i32x4.sub(a, t));
        v128.store(at, i32x4.add(a, t));
      }
    }
  }
  // The layers of length 2 and 1, two vectors at a time.
  let two = zetas + 4 * 64;
  let one = zetas + 4 * 128;
  for (let at = poly; at < end; at += 32, two += 8, one += 16) {
    const v = v128.load(at);
    const w = v128.load(at, 16);
    let z = v128.load64_zero(two);
    z = v128.shuffle<i32>(z, z, 0, 0, 1, 1);
    const t2 = times(v128.shuffle<i64>(v, w, 1, 3), z, i32x4.mul(z, inverse), q);
    const low = v128.shuffle<i64>(v, w, 0, 2);
    const l = i32x4.add(low, t2);
    const h = i32x4.sub(low, t2);
    z = v128.load(one);
    z = v128.shuffle<i32>(z, z, 0, 2, 1, 3);
    const t1 = times(v128.shuffle<i32>(l, h, 1, 3, 5, 7), z, i32x4.mul(z, inverse), q);
    const even = v128.shuffle<i32>(l, h, 0, 2, 4, 6);
    const x = i32x4.add(even, t1);
    const y = i32x4.sub(even, t1);
    const first = v128.shuffle<i32>(x, y, 0, 4, 1, 5);
    const second = v128.shuffle<i32>(x, y, 2, 6, 3, 7);
    v128.store(at, v128.shuffle<i64>(first, second, 0, 2));
    v128.store(at, v128.shuffle<i64>(first, second, 1, 3), 16);
  }
}

/**
 * Algorithm 42, in place, times R. Coefficients within (-q, q) double in each layer at most, and 2^8 q is below 2^31. What
 * comes out is from 0 to q - 1.
 */
export function dsaInverseNtt(poly: usize): void {
  const end = poly + DSA_POLY;
  const q = v128.load32_splat(numbers);
  const inverse = v128.load32_splat(numbers, 4);
  let two = zetas + 4 * 126;
  let one = zetas + 4 * 252;
  for (let at = poly; at < end; at += 32, two -= 8, one -= 16) {
    const v = v128.load(at);
    const w = v128.load(at, 16);
    const even = v128.shuffle<i32>(v, w, 0, 2, 4, 6);
    const odd = v128.shuffle<i32>(v, w, 1, 3, 5, 7);
    let z = v128.load(one);
    z = v128.shuffle<i32>(z, z, 3, 2, 1, 0);
    const x = i32x4.add(even, odd);
    const y = times(i32x4.sub(odd, even), z, i32x4.mul(z, inverse), q);
    const low = v128.shuffle<i32>(x, y, 0, 2, 4, 6);
    const high = v128.shuffle<i32>(x, y, 1, 3, 5, 7);
    z = v128.load64_zero(two);
    z = v128.shuffle<i32>(z, z, 1, 0, 1, 0);
    const l = i32x4.add(low, high);
    const h = times(i32x4.sub(high, low), z, i32x4.mul(z, inverse), q);
    v128.store(at, v128.shuffle<i32>(l, h, 0, 2, 4, 6));
    v128.store(at, v128.shuffle<i32>(l, h, 1, 3, 5, 7), 16);
  }
  let zeta = zetas + 4 * 63;
  for (let len: usize = 16; len <= 512; len <<= 1) {
    for (let start = poly; start < end; start += 2 * len, zeta -= 4) {
      const z = v128.load32_splat(zeta);
      const zq = i32x4.mul(z, inverse);
      for (let at = start; at < start + len; at += 16) {
        const a = v128.load(at);
        const b = v128.load(at + len);
        v128.store(at, i32x4.add(a, b));
        v128.store(at + len, times(i32x4.sub(b, a), z, zq, q));
      }
    }
  }
  const z = v128.load32_splat(numbers, 8);
  const zq = i32x4.mul(z, inverse);
  for (let at = poly; at < end; at += 16) v128.store(at, positive(times(v128.load(at), z, zq, q), q));
}

/** sum += a b, coefficient by coefficient (Algorithm 45). */
export function dsaMultiplyAdd(sum: usize, a: usize, b: usize): void {
  for (const end = a + DSA_POLY; a < end; a += 16, b += 16, sum += 32) {
    const x = v128.load(a);
    const y = v128.load(b);
    v128.store(sum, i64x2.add(v128.load(sum), i64x2.extmul_low_i32x4_s(x, y)));
    v128.store(sum, i64x2.add(v128.load(sum, 16), i64x2.extmul_high_i32x4_s(x, y)), 16);
  }
}

/** sum = a, as if multiplied by 1. */
export function dsaBegin(sum: usize, a: usize): void {
  for (const end = a + DSA_POLY; a < end; a += 16, sum += 32) {
    const x = v128.load(a);
    v128.store(sum, i64x2.extend_low_i32x4_s(x));
    v128.store(sum, i64x2.extend_high_i32x4_s(x), 16);
  }
}

/** poly = sum / R mod q, within (-q, q) for sums below 2^31 q, in the domain of the NTT; then out of it by Algorithm 42. */
export function dsaEnd(poly: usize, sum: usize): void {
  const q = v128.load32_splat(numbers);
  const inverse = v128.load32_splat(numbers, 4);
  for (let i: usize = 0; i < DSA_POLY; i += 16, sum += 32) {
    const low = v128.load(sum);
    const high = v128.load(sum, 16);
    v128.store(poly + i, montgomery(low, high, i32x4.mul(v128.shuffle<i32>(low, high, 0, 2, 4, 6), inverse), q));
  }
  dsaInverseNtt(poly);
}

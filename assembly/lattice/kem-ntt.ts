/**
 * Arithmetic of ML-KEM modulo q = 3329 (FIPS 203, 4.3), eight coefficients at a time. A polynomial is 256 i16.
 *
 * Products with constants are those of Barrett in the form of Shoup: z a - q round(a z' / 2^15), z' = round(2^15 z / q),
 * lies in (-q, q) for every i16 a, because the quotient is wrong by at most 1/2 + |a| / 2^16. Nothing branches on a
 * coefficient, and nothing divides by one.
 */
import { reverseBits } from "./bits";

export const KEM_Q: i32 = 3329;
/** A polynomial in bytes. */
export const KEM_POLY: u32 = 512;
/** 17 is the 256th root of unity zeta, 4.3. */
const ZETA: i32 = 17;
/** q^-1 mod 2^16 as an i16. */
const Q_INVERSE: i32 = -3327;
/** 2^16 mod q: undoes the factor 2^-16 of a Montgomery reduction. */
const R: i32 = 2285;
/** 128^-1 mod q, from -q/2 to q/2. */
const LAST: i32 = -26;

/** zeta^BitRev7(i), then the quotients z' of them. */
const zetas = memory.data(2 * 256, 16);
const QUOTIENTS: usize = 256;
/** R, gamma_0 R, R, gamma_1 R, ... (gamma_i = zeta^(2 BitRev7(i) + 1), Algorithm 11), then the quotients. */
const gammas = memory.data(2 * 512, 16);
let ready: bool = false;

/** z modulo q, z not negative, as the representative from -q/2 to q/2, and its quotient z'. Of constants only. */
function constant(at: usize, quotients: usize, z: i32): void {
  z %= KEM_Q;
  if (z > KEM_Q >> 1) z -= KEM_Q;
  store<i16>(at, <i16>z);
  store<i16>(at + quotients, <i16>quotientOf(z));
}

function quotientOf(z: i32): i32 {
  return (((z << 16) + KEM_Q + (KEM_Q << 16)) / (2 * KEM_Q)) - (1 << 15); // rounded: made positive first
}

/** Computes the tables, once. */
export function kemTables(): void {
  if (ready) return;
  for (let i: u32 = 0, z = 1; i < 128; i++, z = (z * ZETA) % KEM_Q) constant(zetas + 2 * reverseBits(i, 7), QUOTIENTS, z);
  for (let i: usize = 0; i < 128; i++) {
    const z = (<i32>load<i16>(zetas + 2 * (64 + (i >> 1))) * (i & 1 ? -R : R)) % KEM_Q;
    constant(gammas + 4 * i, KEM_POLY, R);
    constant(gammas + 4 * i + 2, KEM_POLY, z + KEM_Q);
  }
  ready = true;
}

/** a z mod q in (-q, q), z' being the quotients. */
// @ts-ignore: decorator of the compiler
@inline
function times(a: v128, z: v128, quotient: v128): v128 {
  const q = i16x8.splat(<i16>KEM_Q);
  return i16x8.sub(i16x8.mul(a, z), i16x8.mul(i16x8.q15mulr_sat_s(a, quotient), q));
}

/** a mod q in (-2q/3, 2q/3), for every i16: `times` with z = 1. */
// @ts-ignore: decorator of the compiler
@inline
function reduce(a: v128): v128 {
  return i16x8.sub(a, i16x8.mul(i16x8.q15mulr_sat_s(a, i16x8.splat(10)), i16x8.splat(<i16>KEM_Q)));
}

/** The representative from 0 to q - 1 of an a in (-q, q). */
// @ts-ignore: decorator of the compiler
@inline
function positive(a: v128): v128 {
  return i16x8.add(a, v128.and(i16x8.shr_s(a, 15), i16x8.splat(<i16>KEM_Q)));
}

/** Algorithm 9, in place. Coefficients within (-q, q) grow by at most 5q/6 a layer and stay i16; at the end all are reduced. */
export function kemNtt(poly: usize): void {
  const end = poly + KEM_POLY;
  let zeta: usize = zetas + 2;
  for (let len: usize = 256; len >= 16; len >>= 1) {
    for (let start = poly; start < end; start += 2 * len, zeta += 2) {
      const z = v128.load16_splat(zeta);
      const quotient = v128.load16_splat(zeta, QUOTIENTS);
      for (let at = start; at < start + len; at += 16) {
        const t = times(v128.load(at + len), z, quotient);
        const a = v128.load(at);
        v128.store(at + len, i16x8.sub(a, t));
        v128.store(at, i16x8.add(a, t));
      }
    }
  }
  // The layers of length 4 and 2, two vectors at a time: pairs of coefficients are what the shuffles move.
  let four = zetas + 2 * 32;
  let two = zetas + 2 * 64;
  for (let at = poly; at < end; at += 32, four += 4, two += 8) {
    const v = v128.load(at);
    const w = v128.load(at, 16);
    let z = v128.load32_zero(four);
    let zq = v128.load32_zero(four, QUOTIENTS);
    z = v128.shuffle<i16>(z, z, 0, 0, 0, 0, 1, 1, 1, 1);
    zq = v128.shuffle<i16>(zq, zq, 0, 0, 0, 0, 1, 1, 1, 1);
    const t4 = times(v128.shuffle<i64>(v, w, 1, 3), z, zq);
    const low = v128.shuffle<i64>(v, w, 0, 2);
    const l = i16x8.add(low, t4);
    const h = i16x8.sub(low, t4);
    z = v128.load64_zero(two);
    zq = v128.load64_zero(two, QUOTIENTS);
    z = v128.shuffle<i16>(z, z, 0, 0, 1, 1, 2, 2, 3, 3);
    zq = v128.shuffle<i16>(zq, zq, 0, 0, 1, 1, 2, 2, 3, 3);
    const t2 = times(v128.shuffle<i32>(l, h, 1, 5, 3, 7), z, zq);
    const even = v128.shuffle<i32>(l, h, 0, 4, 2, 6);
    const x = reduce(i16x8.add(even, t2));
    const y = reduce(i16x8.sub(even, t2));
    v128.store(at, v128.shuffle<i32>(x, y, 0, 4, 1, 5));
    v128.store(at, v128.shuffle<i32>(x, y, 2, 6, 3, 7), 16);
  }
}

/** Algorithm 10, in place, of coefficients within (-q, q). What comes out is within (-q, q). */
export function kemInverseNtt(poly: usize): void {
  const end = poly + KEM_POLY;
  let two = zetas + 2 * 124;
  let four = zetas + 2 * 62;
  for (let at = poly; at < end; at += 32, four -= 4, two -= 8) {
    const v = v128.load(at);
    const w = v128.load(at, 16);
    const even = v128.shuffle<i32>(v, w, 0, 2, 4, 6);
    const odd = v128.shuffle<i32>(v, w, 1, 3, 5, 7);
    let z = v128.load64_zero(two);
    let zq = v128.load64_zero(two, QUOTIENTS);
    z = v128.shuffle<i16>(z, z, 3, 3, 2, 2, 1, 1, 0, 0);
    zq = v128.shuffle<i16>(zq, zq, 3, 3, 2, 2, 1, 1, 0, 0);
    const x = reduce(i16x8.add(even, odd));
    const y = times(i16x8.sub(odd, even), z, zq);
    z = v128.load32_zero(four);
    zq = v128.load32_zero(four, QUOTIENTS);
    z = v128.shuffle<i16>(z, z, 1, 1, 1, 1, 0, 0, 0, 0);
    zq = v128.shuffle<i16>(zq, zq, 1, 1, 1, 1, 0, 0, 0, 0);
    const low = v128.shuffle<i32>(x, y, 0, 4, 2, 6);
    const high = v128.shuffle<i32>(x, y, 1, 5, 3, 7);
    const l = reduce(i16x8.add(low, high));
    const h = times(i16x8.sub(high, low), z, zq);
    v128.store(at, v128.shuffle<i64>(l, h, 0, 2));
    v128.store(at, v128.shuffle<i64>(l, h, 1, 3), 16);
  }
  let zeta: usize = zetas + 2 * 31;
  for (let len: usize = 16; len <= 256; len <<= 1) {
    for (let start = poly; start < end; start += 2 * len, zeta -= 2) {
      const z = v128.load16_splat(zeta);
      const quotient = v128.load16_splat(zeta, QUOTIENTS);
      for (let at = start; at < start + len; at += 16) {
        const a = v128.load(at);
        const b = v128.load(at + len);
        v128.store(at, reduce(i16x8.add(a, b)));
        v128.store(at + len, times(i16x8.sub(b, a), z, quotient));
      }
    }
  }
  const z = i16x8.splat(<i16>LAST);
  const quotient = i16x8.splat(<i16>-256); // round(2^15 LAST / q)
  for (let at = poly; at < end; at += 16) v128.store(at, times(v128.load(at), z, quotient));
}

/**
 * Readies b for Algorithm 11: to `prepared` go the pairs (b0 R, b1 gamma R), and behind them (b1 R, b0 R). One
 * i32x4.dot with a pair of the other operand is then one coefficient of the product, times R.
 */
export function kemPrepare(prepared: usize, b: usize): void {
  const r = i16x8.splat(<i16>(R - KEM_Q));
  const rq = i16x8.splat(<i16>-10276); // round(2^15 (R - q) / q)
  for (let i: usize = 0; i < KEM_POLY; i += 16) {
    const v = v128.load(b + i);
    v128.store(prepared + i, times(v, v128.load(gammas + i), v128.load(gammas + i, KEM_POLY)));
    const swapped = v128.shuffle<i16>(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
    v128.store(prepared + i, times(swapped, r, rq), KEM_POLY);
  }
}

/** sum += a b R (Algorithm 11) with b prepared; `sum` is 256 i32. Four products of numbers within (-q, q) fit. */
export function kemMultiplyAdd(sum: usize, a: usize, prepared: usize): void {
  for (let i: usize = 0; i < KEM_POLY; i += 16, sum += 32) {
    const v = v128.load(a + i);
    v128.store(sum, i32x4.add(v128.load(sum), i32x4.dot_i16x8_s(v, v128.load(prepared + i))));
    v128.store(sum, i32x4.add(v128.load(sum, 16), i32x4.dot_i16x8_s(v, v128.load(prepared + i, KEM_POLY))), 16);
  }
}

/** c - q (c q^-1 mod 2^16): c 2^-16 mod q is its upper half, within (-q, q) for |c| < 2^15 q. */
// @ts-ignore: decorator of the compiler
@inline
function montgomery(c: v128): v128 {
  const m = i32x4.shr_s(i32x4.mul(c, i32x4.splat(Q_INVERSE << 16)), 16);
  return i32x4.sub(c, i32x4.mul(m, i32x4.splat(KEM_Q)));
}

/** poly = sum R^-1 mod q, within (-q, q). */
export function kemReduceSum(poly: usize, sum: usize): void {
  for (let i: usize = 0; i < KEM_POLY; i += 16, sum += 32) {
    const low = i32x4.shr_u(montgomery(v128.load(sum)), 16);
    const high = v128.and(montgomery(v128.load(sum, 16)), i32x4.splat(0xffff0000));
    v128.store(poly + i, v128.or(low, high));
  }
}

/** to = a + b mod q, from 0 to q - 1. */
export function kemAdd(to: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < KEM_POLY; i += 16) {
    v128.store(to + i, positive(reduce(i16x8.add(v128.load(a + i), v128.load(b + i)))));
  }
}

/** to = a - b mod q, from 0 to q - 1. */
export function kemSubtract(to: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < KEM_POLY; i += 16) {
    v128.store(to + i, positive(reduce(i16x8.sub(v128.load(a + i), v128.load(b + i)))));
  }
}

/** The coefficients, from 0 to q - 1. */
export function kemNormalize(poly: usize): void {
  for (let i: usize = 0; i < KEM_POLY; i += 16) v128.store(poly + i, positive(reduce(v128.load(poly + i))));
}

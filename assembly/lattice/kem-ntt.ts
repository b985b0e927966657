/**
 * Arithmetic of ML-KEM modulo q = 3329 (FIPS 203, 4.3), eight coefficients at a time. A polynomial is 256 i16.
 *
 * Products with constants are those of Barrett in the form of Shoup: z a - q round(a z' / 2^15), z' = round(2^15 z / q),
 * lies in (-q, q) for every i16 a, because the quotient is wrong by at most 1/2 + |a| / 2^16. Nothing branches on a
 * coefficient, and nothing divides by one.
 *
 * Constants stand in memory and are loaded before a loop. An engine makes a vector that is written as a constant anew
 * wherever it is used, of two words, which takes longer than a product.
 */
import { reverseBits } from "./bits";

export const KEM_Q: i32 = 3329;
/** A polynomial in bytes. */
export const KEM_POLY: u32 = 512;
/** 17 is the 256th root of unity zeta, 4.3. */
const ZETA: i32 = 17;
/** 2^16 mod q: undoes the factor 2^-16 of a Montgomery reduction. */
const R: i32 = 2285;

/** q; round(2^15 / q); R - q, as an i16, and its quotient; 128^-1 mod q, from -q/2 to q/2, and its quotient. */
const numbers = memory.data<i16>([3329, 10, -1044, -10276, -26, -256]);
/** q^-1 mod 2^16, and q: an i32 whose upper half is 0. */
const halves = memory.data<u32>([62209, 3329]);

/** zeta^BitRev7(i), then the quotients z' of them. */
const zetas = memory.data(2 * 256, 16);
const QUOTIENTS: usize = 256;
/** The zetas of 16 coefficients in the layers of length 4 and 2, each with its quotients: four vectors as `kemNtt` uses them. */
const ends = memory.data(16 * 64, 16);
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
  let to = ends;
  for (let i: usize = 0; i < 16; i++, to += 64) {
    for (let at: usize = zetas, part: usize = 0; part < 32; at += QUOTIENTS, part += 16) {
      const four = v128.load32_zero(at + 2 * 32 + 4 * i);
      const two = v128.load64_zero(at + 2 * 64 + 8 * i);
      v128.store(to + part, v128.shuffle<i16>(four, four, 0, 0, 0, 0, 1, 1, 1, 1));
      v128.store(to + part, v128.shuffle<i16>(two, two, 0, 0, 2, 2, 1, 1, 3, 3), 32);
    }
  }
  ready = true;
}

/** round(a z' / 2^15). The two ways differ only where both are -2^15, and no z' is. */
// @ts-ignore: decorator of the compiler
@inline
function quotientBy(a: v128, z: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i16x8.relaxed_q15mulr_s(a, z);
  return i16x8.q15mulr_sat_s(a, z);
}

/** a z mod q in (-q, q), z' being the quotients. */
// @ts-ignore: decorator of the compiler
@inline
function times(a: v128, z: v128, quotient: v128, q: v128): v128 {
  return i16x8.sub(i16x8.mul(a, z), i16x8.mul(quotientBy(a, quotient), q));
}

/** a mod q in (-2q/3, 2q/3), for every i16: `times` with z = 1, whose quotient is ten. */
// @ts-ignore: decorator of the compiler
@inline
function reduce(a: v128, ten: v128, q: v128): v128 {
  return i16x8.sub(a, i16x8.mul(quotientBy(a, ten), q));
}

/** The representative from 0 to q - 1 of an a in (-q, q). */
// @ts-ignore: decorator of the compiler
@inline
function positive(a: v128, q: v128): v128 {
  return i16x8.add(a, v128.and(i16x8.shr_s(a, 15), q));
}

/**
 * Algorithm 9, in place, two layers at a time and then three. Coefficients within (-q, q) grow by at most 5q/6 a layer and
 * stay i16; at the end all are reduced.
 */
export function kemNtt(poly: usize): void {
  const end = poly + KEM_POLY;
  const q = v128.load16_splat(numbers);
  for (let len: usize = 128; len >= 32; len >>= 2) {
    let zeta = zetas + (<usize>KEM_POLY >> 1) / len;
    for (let start = poly; start < end; start += 4 * len, zeta += 2) {
      const next = zeta + (zeta - zetas);
      const z = v128.load16_splat(zeta);
      const zq = v128.load16_splat(zeta, QUOTIENTS);
      const y = v128.load16_splat(next);
      const yq = v128.load16_splat(next, QUOTIENTS);
      const x = v128.load16_splat(next, 2);
      const xq = v128.load16_splat(next, 2 + QUOTIENTS);
      for (let at = start; at < start + len; at += 16) {
        let t = times(v128.load(at + 2 * len), z, zq, q);
        let a = v128.load(at);
        let c = i16x8.sub(a, t);
        a = i16x8.add(a, t);
        t = times(v128.load(at + 3 * len), z, zq, q);
        let b = v128.load(at + len);
        const d = times(i16x8.sub(b, t), x, xq, q);
        b = times(i16x8.add(b, t), y, yq, q);
        v128.store(at, i16x8.add(a, b));
        v128.store(at + len, i16x8.sub(a, b));
        v128.store(at + 2 * len, i16x8.add(c, d));
        v128.store(at + 3 * len, i16x8.sub(c, d));
      }
    }
  }
  // The layers of length 8, 4 and 2, two vectors at a time: pairs of coefficients are what the shuffles move.
  const ten = v128.load16_splat(numbers, 2);
  for (let at = poly, zeta = zetas + 2 * 16, by = ends; at < end; at += 32, zeta += 2, by += 64) {
    let v = v128.load(at);
    let t = times(v128.load(at, 16), v128.load16_splat(zeta), v128.load16_splat(zeta, QUOTIENTS), q);
    const w = i16x8.sub(v, t);
    v = i16x8.add(v, t);
    t = times(v128.shuffle<i64>(v, w, 1, 3), v128.load(by), v128.load(by, 16), q);
    v = v128.shuffle<i64>(v, w, 0, 2);
    const l = i16x8.add(v, t);
    const h = i16x8.sub(v, t);
    t = times(v128.shuffle<i32>(l, h, 1, 3, 5, 7), v128.load(by, 32), v128.load(by, 48), q);
    v = v128.shuffle<i32>(l, h, 0, 2, 4, 6);
    const x = reduce(i16x8.add(v, t), ten, q);
    const y = reduce(i16x8.sub(v, t), ten, q);
    const low = v128.shuffle<i32>(x, y, 0, 4, 1, 5);
    const high = v128.shuffle<i32>(x, y, 2, 6, 3, 7);
    v128.store(at, v128.shuffle<i64>(low, high, 0, 2));
    v128.store(at, v128.shuffle<i64>(low, high, 1, 3), 16);
  }
}

/**
 * Algorithm 10, in place, of coefficients within (-q, q), three layers at a time and then two. What comes out is within
 * (-q, q). A layer doubles the bound of its sums, and what it multiplies is within (-q, q) again: 8q is the most, and stays
 * i16.
 */
export function kemInverseNtt(poly: usize): void {
  const end = poly + KEM_POLY;
  const q = v128.load16_splat(numbers);
  const ten = v128.load16_splat(numbers, 2);
  for (let at = poly, zeta = zetas + 2 * 31, by = ends + 15 * 64; at < end; at += 32, zeta -= 2, by -= 64) {
    const v = v128.load(at);
    const w = v128.load(at, 16);
    const even = v128.shuffle<i32>(v, w, 0, 2, 4, 6);
    const odd = v128.shuffle<i32>(v, w, 1, 3, 5, 7);
    let z = v128.load(by, 32);
    let zq = v128.load(by, 48);
    z = v128.shuffle<i32>(z, z, 3, 1, 2, 0);
    zq = v128.shuffle<i32>(zq, zq, 3, 1, 2, 0);
    const x = i16x8.add(even, odd);
    const y = times(i16x8.sub(odd, even), z, zq, q);
    z = v128.load(by);
    zq = v128.load(by, 16);
    z = v128.shuffle<i32>(z, z, 2, 0, 2, 0);
    zq = v128.shuffle<i32>(zq, zq, 2, 0, 2, 0);
    const low = v128.shuffle<i32>(x, y, 0, 2, 4, 6);
    const high = v128.shuffle<i32>(x, y, 1, 3, 5, 7);
    const l = i16x8.add(low, high);
    const h = times(i16x8.sub(high, low), z, zq, q);
    const a = v128.shuffle<i32>(l, h, 0, 2, 4, 6);
    const b = v128.shuffle<i32>(l, h, 1, 3, 5, 7);
    v128.store(at, reduce(i16x8.add(a, b), ten, q));
    v128.store(at, times(i16x8.sub(b, a), v128.load16_splat(zeta), v128.load16_splat(zeta, QUOTIENTS), q), 16);
  }
  for (let len: usize = 32; len <= 128; len <<= 2) {
    let zeta = zetas + <usize>KEM_POLY / len - 2;
    for (let start = poly; start < end; start += 4 * len, zeta -= 2) {
      const before = zeta + (zeta - zetas);
      const z = v128.load16_splat(zeta);
      const zq = v128.load16_splat(zeta, QUOTIENTS);
      const y = v128.load16_splat(before, 2);
      const yq = v128.load16_splat(before, 2 + QUOTIENTS);
      const x = v128.load16_splat(before);
      const xq = v128.load16_splat(before, QUOTIENTS);
      for (let at = start; at < start + len; at += 16) {
        let a = v128.load(at);
        let b = v128.load(at + len);
        const s = i16x8.add(a, b);
        a = times(i16x8.sub(b, a), y, yq, q);
        b = v128.load(at + 2 * len);
        const d = v128.load(at + 3 * len);
        const t = i16x8.add(b, d);
        b = times(i16x8.sub(d, b), x, xq, q);
        v128.store(at, reduce(i16x8.add(s, t), ten, q));
        v128.store(at + len, reduce(i16x8.add(a, b), ten, q));
        v128.store(at + 2 * len, times(i16x8.sub(t, s), z, zq, q));
        v128.store(at + 3 * len, times(i16x8.sub(b, a), z, zq, q));
      }
    }
  }
  const z = v128.load16_splat(numbers, 8);
  const quotient = v128.load16_splat(numbers, 10);
  for (let at = poly; at < end; at += 16) v128.store(at, times(v128.load(at), z, quotient, q));
}

/**
 * Readies b for Algorithm 11: to `prepared` go the pairs (b0 R, b1 gamma R), and behind them (b1 R, b0 R). One
 * i32x4.dot with a pair of the other operand is then one coefficient of the product, times R.
 */
export function kemPrepare(prepared: usize, b: usize): void {
  const q = v128.load16_splat(numbers);
  const r = v128.load16_splat(numbers, 4);
  const rq = v128.load16_splat(numbers, 6);
  for (let i: usize = 0; i < KEM_POLY; i += 16) {
    const v = v128.load(b + i);
    v128.store(prepared + i, times(v, v128.load(gammas + i), v128.load(gammas + i, KEM_POLY), q));
    const swapped = v128.shuffle<i16>(v, v, 1, 0, 3, 2, 5, 4, 7, 6);
    v128.store(prepared + i, times(swapped, r, rq, q), KEM_POLY);
  }
}

/** c - q (c q^-1 mod 2^16): c 2^-16 mod q is its upper half, within (-q, q) for |c| < 2^15 q. */
// @ts-ignore: decorator of the compiler
@inline
function montgomery(c: v128, inverse: v128, q: v128): v128 {
  return i32x4.sub(c, i32x4.dot_i16x8_s(i16x8.mul(c, inverse), q));
}

/**
 * poly = the sum of the products (Algorithm 11) of `count` polynomials, `step` bytes from one to the next, and as many
 * prepared ones. Four products of numbers within (-q, q) fit, and so does what comes out.
 */
export function kemMultiply(poly: usize, count: u32, a: usize, step: u32, prepared: usize): void {
  const inverse = v128.load32_splat(halves);
  const q = v128.load32_splat(halves, 4);
  const end = prepared + count * 2 * KEM_POLY;
  for (let i: usize = 0; i < KEM_POLY; i += 16) {
    let v = v128.load(a + i);
    let low = i32x4.dot_i16x8_s(v, v128.load(prepared + i));
    let high = i32x4.dot_i16x8_s(v, v128.load(prepared + i, KEM_POLY));
    for (let at = prepared + 2 * KEM_POLY, from = a + step; at < end; at += 2 * KEM_POLY, from += step) {
      v = v128.load(from + i);
      low = i32x4.add(low, i32x4.dot_i16x8_s(v, v128.load(at + i)));
      high = i32x4.add(high, i32x4.dot_i16x8_s(v, v128.load(at + i, KEM_POLY)));
    }
    low = i32x4.shr_u(montgomery(low, inverse, q), 16);
    high = montgomery(high, inverse, q);
    v128.store(poly + i, v128.or(low, i32x4.shl(i32x4.shr_u(high, 16), 16)));
  }
}

/** to = a + b mod q, from 0 to q - 1. */
export function kemAdd(to: usize, a: usize, b: usize): void {
  const q = v128.load16_splat(numbers);
  const ten = v128.load16_splat(numbers, 2);
  for (let i: usize = 0; i < KEM_POLY; i += 16) {
    v128.store(to + i, positive(reduce(i16x8.add(v128.load(a + i), v128.load(b + i)), ten, q), q));
  }
}

/** to = a - b mod q, from 0 to q - 1. */
export function kemSubtract(to: usize, a: usize, b: usize): void {
  const q = v128.load16_splat(numbers);
  const ten = v128.load16_splat(numbers, 2);
  for (let i: usize = 0; i < KEM_POLY; i += 16) {
    v128.store(to + i, positive(reduce(i16x8.sub(v128.load(a + i), v128.load(b + i)), ten, q), q));
  }
}

/** The coefficients, from 0 to q - 1. */
export function kemNormalize(poly: usize): void {
  const q = v128.load16_splat(numbers);
  const ten = v128.load16_splat(numbers, 2);
  for (let i: usize = 0; i < KEM_POLY; i += 16) v128.store(poly + i, positive(reduce(v128.load(poly + i), ten, q), q));
}

/**
 * Residues of two secret numbers modulo all primes of the sieve, in doubles that are whole numbers and exact.
 *
 * Four limbs are taken at a time: t = r 2^128 + l3 2^96 + l2 2^64 + l1 2^32 + l0, with the powers of 2^32 reduced before, to
 * magnitudes of at most p / 2 + 1. As p < 2^19 and limbs are below 2^32, all sums stay below 2^52. q = t / p rounded is exact
 * in q p and at most one off, so |t - q p| <= p / 2 + 1. All of that holds whether or not an engine fuses the operations that
 * may be.
 */
import { wipe } from "../base/memory";
import { charge } from "../nat/work";
import { primes } from "./sieve-primes";

/** Limbs as doubles, each in both lanes; there are 128 at most, and 32. */
const first = memory.data(128 * 16, 16);
const second = memory.data(32 * 16, 16);
/** The powers of 2^32 from 1 to 4 modulo eight primes: 64 bytes for each. */
const powers = memory.data(4 * 64, 16);
/** 1.5 * 2^52, whose addition rounds to a whole number; and 2^32. */
const magic = memory.data<u64>([0x4338000000000000, 0x4338000000000000, 0x41f0000000000000, 0x41f0000000000000]);

/** r = x and u = s modulo each of the first `count` primes, a multiple of eight, in 32 bits; x has n limbs, s has m <= 32. */
export function residuesOf(r: usize, x: usize, n: u32, u: usize, s: usize, m: u32, count: u32): void {
  const xEnd = widen(first, x, n);
  const sEnd = widen(second, s, m);
  for (let at: usize = 0; at < count << 2; at += 32) {
    reducePowers(at);
    reduceLimbs(r + at, first, xEnd, at);
    reduceLimbs(u + at, second, sEnd, at);
  }
  wipe(first, <u32>(xEnd - first));
  wipe(second, <u32>(sEnd - second));
  wipe(powers, 4 * 64);
  charge(count * (n + m + 16));
}

/** Limbs as doubles, filled up with zeros to a multiple of four; returns where they end. */
function widen(to: usize, from: usize, n: u32): usize {
  const whole = (n + 3) & ~3;
  for (let i: u32 = 0; i < whole; i++) {
    v128.store(to + (i << 4), f64x2.splat(i < n ? <f64>load<u32>(from + (i << 2)) : 0));
  }
  return to + (whole << 4);
}

// @ts-ignore: decorator
@inline function two(at: usize): v128 {
  return f64x2.convert_low_i32x4_u(v128.load64_zero(primes + at));
}

/** t - q p for q = t / p rounded. */
// @ts-ignore: decorator
@inline function reduce(t: v128, p: v128, inverse: v128, round: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    return v128.relaxed_nmadd<f64>(f64x2.sub(v128.relaxed_madd<f64>(t, inverse, round), round), p, t);
  }
  return f64x2.sub(t, f64x2.mul(f64x2.sub(f64x2.add(f64x2.mul(t, inverse), round), round), p));
}

// @ts-ignore: decorator
@inline function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<f64>(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

function reducePowers(at: usize): void {
  const round = v128.load(magic);
  const limb = v128.load(magic, 16);
  const one = f64x2.splat(1);
  for (let to = powers; to < powers + 64; to += 16) {
    const p = two(at);
    const inverse = f64x2.div(one, p);
    let w = limb;
    for (let k: usize = 0; k < 4 * 64; k += 64) {
      w = reduce(w, p, inverse, round);
      v128.store(to + k, w);
      w = f64x2.mul(w, limb);
    }
    at += 8;
  }
}

/** Eight residues at r: four chains beside each other, since each waits for itself. */
function reduceLimbs(r: usize, limbs: usize, end: usize, at: usize): void {
  const round = v128.load(magic);
  const one = f64x2.splat(1);
  const p0 = two(at);
  const p1 = two(at + 8);
  const p2 = two(at + 16);
  const p3 = two(at + 24);
  const i0 = f64x2.div(one, p0);
  const i1 = f64x2.div(one, p1);
  const i2 = f64x2.div(one, p2);
  const i3 = f64x2.div(one, p3);
  let r0 = f64x2.splat(0);
  let r1 = r0;
  let r2 = r0;
  let r3 = r0;
  for (let l = end; l > limbs; ) {
    l -= 64;
    r0 = reduce(fold(r0, l, powers), p0, i0, round);
    r1 = reduce(fold(r1, l, powers + 16), p1, i1, round);
    r2 = reduce(fold(r2, l, powers + 32), p2, i2, round);
    r3 = reduce(fold(r3, l, powers + 48), p3, i3, round);
  }
  putWhole(r, r0, p0);
  putWhole(r + 8, r1, p1);
  putWhole(r + 16, r2, p2);
  putWhole(r + 24, r3, p3);
}

/** t, from the residue of what is above the four limbs at l. */
// @ts-ignore: decorator
@inline function fold(r: v128, l: usize, w: usize): v128 {
  let t = multiplyAdd(v128.load(l, 16), v128.load(w), v128.load(l));
  t = multiplyAdd(v128.load(l, 32), v128.load(w, 64), t);
  t = multiplyAdd(v128.load(l, 48), v128.load(w, 128), t);
  return multiplyAdd(r, v128.load(w, 192), t);
}

/** The residue from 0 up, in 32 bits. */
// @ts-ignore: decorator
@inline function putWhole(to: usize, r: v128, p: v128): void {
  const lifted = f64x2.add(r, v128.and(p, f64x2.lt(r, f64x2.splat(0))));
  store<u64>(to, i64x2.extract_lane(i32x4.trunc_sat_f64x2_s_zero(lifted), 0));
}

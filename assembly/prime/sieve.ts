/**
 * A sieve over two arithmetic progressions X + i S of secret numbers: which of their members no small prime divides.
 *
 * Stage 1 keeps the residues of the present member modulo all odd primes below 4096, in lanes of 16 bits, and steps all of
 * them from one member to the next: no address and no branch depends on a residue, but that a member is thrown away. (A
 * sieve that crosses off multiples stores at addresses which are residues of the secret.) Stage 2 takes what is left: each
 * prime up to the bound is tried on the one member, from X and S modulo that prime. It may leave early: that member is
 * rejected.
 */
import { wipe } from "../base/memory";
import { charge } from "../nat/work";

/** The odd primes below 4096 (563) and below 2^19 (43389), rounded up to whole batches of eight. */
const SMALL: u32 = 568;
const MAX_COUNT: u32 = 43392;
const primes = memory.data(43392 * 4, 16);
/** p^-1 modulo 2^32. */
const inverses = memory.data(43392 * 4, 16);
/** X mod p and S mod p of the two progressions. */
const residues = memory.data(2 * 43392 * 4, 16);
const steps = memory.data(2 * 43392 * 4, 16);
/** Stage 1: p, the residue of the present member, and S mod p, in 16 bits. */
const smallPrimes = memory.data(568 * 2, 16);
const running = memory.data(2 * 568 * 2, 16);
const smallSteps = memory.data(2 * 568 * 2, 16);
/** 1.5 * 2^52, whose addition rounds to a whole number; and 2^32. */
const magic = memory.data<u64>([0x4338000000000000, 0x4338000000000000, 0x41f0000000000000, 0x41f0000000000000]);

let bound: u32 = 0;
let count: u32 = 0;
/** The present member of each progression, and whether it was looked at. */
const indices = memory.data(8, 8);

/** Lists the odd primes below `limit`, between 4096 and 2^19, by the sieve of Eratosthenes. Public. */
export function sieveBegin(limit: u32): void {
  bound = limit;
  const composite = residues; // one byte for each odd number: at most 2^18
  count = 0;
  for (let i: u32 = 1; i < limit >>> 1; i++) {
    if (load<u8>(composite + i) != 0) continue;
    const prime = 2 * i + 1;
    let inverse = prime * (2 - prime * prime);
    inverse *= 2 - prime * inverse;
    inverse *= 2 - prime * inverse;
    inverse *= 2 - prime * inverse;
    append(prime, inverse);
    if (prime >= 1024) continue; // its square is beyond every limit
    for (let j: u32 = 2 * i * (i + 1); j < limit >>> 1; j += prime) store<u8>(composite + j, 1);
  }
  while ((count & 7) != 0) append(3, 0xaaaaaaab);
  memory.fill(composite, 0, limit >>> 1);
  for (let i: u32 = 0; i < SMALL; i++) store<u16>(smallPrimes + (i << 1), <u16>load<u32>(primes + (i << 2)));
  charge(limit << 1);
}

function append(prime: u32, inverse: u32): void {
  store<u32>(primes + (count << 2), prime);
  store<u32>(inverses + (count << 2), inverse);
  count++;
}

/** How far stage 1 goes in the list: all of it if the list ends below. */
function smallCount(): u32 {
  return count < SMALL ? count : SMALL;
}

/** Fixes progression k: X of n limbs, S of m limbs; the present member is X. `deep` if stage 2 will be asked. */
export function sieveSet(k: u32, x: usize, n: u32, s: usize, m: u32, deep: bool): void {
  const until = deep ? count : smallCount();
  reduceAll(residues + k * MAX_COUNT * 4, x, n, until);
  reduceAll(steps + k * MAX_COUNT * 4, s, m, until);
  narrow(running + k * SMALL * 2, residues + k * MAX_COUNT * 4);
  narrow(smallSteps + k * SMALL * 2, steps + k * MAX_COUNT * 4);
  store<u32>(indices + (k << 2), 0);
}

function narrow(to: usize, from: usize): void {
  for (let i: u32 = 0; i < SMALL; i++) store<u16>(to + (i << 1), <u16>load<u32>(from + (i << 2)));
}

/**
 * r = x modulo each of the first `until` primes, by Horner's rule in doubles: t = 2^32 r + limb is below 2^51, a whole
 * number and exact; q = t / p rounded is exact in q p and at most one off, so |t - q p| <= p / 2 + 1. All of that holds
 * whether or not an engine fuses the operations that may be.
 */
function reduceAll(r: usize, x: usize, n: u32, until: u32): void {
  const round = v128.load(magic);
  const shift = v128.load(magic, 16);
  const one = f64x2.splat(1);
  for (let i: u32 = 0; i < until; i += 8) {
    const at = primes + (i << 2);
    const p0 = f64x2.convert_low_i32x4_u(v128.load64_zero(at));
    const p1 = f64x2.convert_low_i32x4_u(v128.load64_zero(at + 8));
    const p2 = f64x2.convert_low_i32x4_u(v128.load64_zero(at + 16));
    const p3 = f64x2.convert_low_i32x4_u(v128.load64_zero(at + 24));
    const i0 = f64x2.div(one, p0);
    const i1 = f64x2.div(one, p1);
    const i2 = f64x2.div(one, p2);
    const i3 = f64x2.div(one, p3);
    let r0 = f64x2.splat(0);
    let r1 = r0;
    let r2 = r0;
    let r3 = r0;
    for (let j = n; j > 0; j--) {
      const limb = f64x2.splat(<f64>load<u32>(x + ((j - 1) << 2)));
      r0 = fold(r0, limb, p0, i0, round, shift);
      r1 = fold(r1, limb, p1, i1, round, shift);
      r2 = fold(r2, limb, p2, i2, round, shift);
      r3 = fold(r3, limb, p3, i3, round, shift);
    }
    const to = r + (i << 2);
    putWhole(to, r0, p0);
    putWhole(to + 8, r1, p1);
    putWhole(to + 16, r2, p2);
    putWhole(to + 24, r3, p3);
  }
  charge(until * (n + 4) * 2);
}

// @ts-ignore: decorator
@inline function fold(r: v128, limb: v128, p: v128, inverse: v128, round: v128, shift: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) {
    const sum = v128.relaxed_madd<f64>(r, shift, limb);
    const quotient = f64x2.sub(v128.relaxed_madd<f64>(sum, inverse, round), round);
    return v128.relaxed_nmadd<f64>(quotient, p, sum);
  }
  const t = f64x2.add(f64x2.mul(r, shift), limb);
  const q = f64x2.sub(f64x2.add(f64x2.mul(t, inverse), round), round);
  return f64x2.sub(t, f64x2.mul(q, p));
}

/** The residue from 0 up, in 32 bits. */
// @ts-ignore: decorator
@inline function putWhole(to: usize, r: v128, p: v128): void {
  const lifted = f64x2.add(r, v128.and(p, f64x2.lt(r, f64x2.splat(0))));
  store<u64>(to, i64x2.extract_lane(i32x4.trunc_sat_f64x2_s_zero(lifted), 0));
}

/** The index of the present member. */
export function sieveIndex(k: u32): u32 {
  return load<u32>(indices + (k << 2));
}

/** 1 if no prime of stage 1 divides the present member; steps to the next one in any case. All residues are stepped. */
function stepSmall(k: u32): bool {
  let x = running + k * SMALL * 2;
  let s = smallSteps + k * SMALL * 2;
  const end = x + SMALL * 2;
  let p = smallPrimes;
  const zero = i16x8.splat(0);
  let hit = zero;
  while (x < end) {
    const r = v128.load(x);
    hit = v128.or(hit, i16x8.eq(r, zero));
    // r + s < 2p < 2^14 (the list ends with a few primes above 4096); less p it is a large unsigned number unless r + s >= p.
    const sum = i16x8.add(r, v128.load(s));
    v128.store(x, i16x8.min_u(sum, i16x8.sub(sum, v128.load(p))));
    x += 16;
    s += 16;
    p += 16;
  }
  charge(160);
  return !v128.any_true(hit);
}

/**
 * 1 if a prime of stage 2 divides member i. t = X + i S, from residues, is below (i + 1) p < 2^32, so t p^-1 modulo 2^32 is
 * at most i just when p divides t: a quotient cannot be larger, and a number up to i times p does not overflow.
 */
function dividesMember(k: u32, i: u32): bool {
  const x = residues + k * MAX_COUNT * 4;
  const s = steps + k * MAX_COUNT * 4;
  const index = i32x4.splat(i);
  const end = count << 2;
  let at = SMALL << 2;
  while (at < end) {
    const stop = at + 1024 < end ? at + 1024 : end;
    let hit = i32x4.splat(0);
    charge((stop - at) >>> 1);
    for (; at < stop; at += 32) {
      const q = i32x4.mul(i32x4.add(v128.load(x + at), i32x4.mul(index, v128.load(s + at))), v128.load(inverses + at));
      const t = i32x4.add(v128.load(x + at, 16), i32x4.mul(index, v128.load(s + at, 16)));
      const r = i32x4.mul(t, v128.load(inverses + at, 16));
      hit = v128.or(hit, v128.or(i32x4.le_u(q, index), i32x4.le_u(r, index)));
    }
    if (v128.any_true(hit)) return true;
  }
  return false;
}

/** Looks at the present member and goes on to the next: true if no prime of the list divides it. */
export function sievePasses(k: u32, deep: bool): bool {
  const i = sieveIndex(k);
  store<u32>(indices + (k << 2), i + 1);
  return stepSmall(k) && !(deep && dividesMember(k, i));
}

/** Indices must stay below this: (i + 1) p < 2^32. */
export function sieveEnd(): u32 {
  return <u32>(<u64>0x100000000 / <u64>bound) - 1;
}

export function sieveWipe(): void {
  wipe(primes, MAX_COUNT << 2);
  wipe(inverses, MAX_COUNT << 2);
  wipe(residues, MAX_COUNT << 3);
  wipe(steps, MAX_COUNT << 3);
  wipe(smallPrimes, SMALL << 1);
  wipe(running, SMALL << 2);
  wipe(smallSteps, SMALL << 2);
  wipe(indices, 8);
  bound = 0;
  count = 0;
}

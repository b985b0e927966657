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
import { residuesOf } from "./residues";
import { inverses, listPrimes, MAX_COUNT, primeCount, primes, primesWipe } from "./sieve-primes";

/** The odd primes below 4096 (563), rounded up to whole batches of eight. */
const SMALL: u32 = 568;
/** X mod p and S mod p of the two progressions. */
const residues = memory.data(2 * 43392 * 4, 16);
const steps = memory.data(2 * 43392 * 4, 16);
/** Stage 1: p, the residue of the present member, and S mod p, in 16 bits. */
const smallPrimes = memory.data(568 * 2, 16);
const running = memory.data(2 * 568 * 2, 16);
const smallSteps = memory.data(2 * 568 * 2, 16);

let bound: u32 = 0;
/** The present member of each progression, and whether it was looked at. */
const indices = memory.data(8, 8);

/** Begins with the odd primes below `limit`, a multiple of 32 between 4096 and 2^19. After another sieve, wipe that first. */
export function sieveBegin(limit: u32): void {
  bound = limit;
  listPrimes(limit, residues);
  for (let i: u32 = 0; i < SMALL; i++) store<u16>(smallPrimes + (i << 1), <u16>load<u32>(primes + (i << 2)));
}

/** How far stage 1 goes in the list: all of it if the list ends below. */
function smallCount(): u32 {
  return primeCount() < SMALL ? primeCount() : SMALL;
}

/** Fixes progression k: X of n limbs, S of m limbs; the present member is X. `deep` if stage 2 will be asked. */
export function sieveSet(k: u32, x: usize, n: u32, s: usize, m: u32, deep: bool): void {
  const until = deep ? primeCount() : smallCount();
  residuesOf(residues + k * MAX_COUNT * 4, x, n, steps + k * MAX_COUNT * 4, s, m, until);
  narrow(running + k * SMALL * 2, residues + k * MAX_COUNT * 4);
  narrow(smallSteps + k * SMALL * 2, steps + k * MAX_COUNT * 4);
  store<u32>(indices + (k << 2), 0);
}

function narrow(to: usize, from: usize): void {
  for (let i: u32 = 0; i < SMALL; i++) store<u16>(to + (i << 1), <u16>load<u32>(from + (i << 2)));
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
  const end = primeCount() << 2;
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
  const used = primeCount() << 2;
  for (let k: u32 = 0; k < 2; k++) {
    wipe(residues + k * MAX_COUNT * 4, used);
    wipe(steps + k * MAX_COUNT * 4, used);
  }
  primesWipe();
  wipe(smallPrimes, SMALL << 1);
  wipe(running, SMALL << 2);
  wipe(smallSteps, SMALL << 2);
  wipe(indices, 8);
  bound = 0;
}

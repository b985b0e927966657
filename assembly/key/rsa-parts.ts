/**
 * The RSA key that this instance is working on: its eight parts in limbs, the names and their meaning as in RFC 8017,
 * 3.2.
 *
 * p is the prime that was found first, whether it is the larger one or not: RFC 8017 does not order them, and
 * qInv = q^-1 mod p serves either way.
 */
import { wipe } from "../base/memory";
import { limbsFor, MAX_E, MAX_HALF, MAX_LIMBS } from "../nat/limbs";
import { AUX_SIZE, auxiliaries } from "../prime/construct";

export namespace Part {
  export const N: u32 = 0;
  export const E: u32 = 1;
  export const D: u32 = 2;
  export const P: u32 = 3;
  export const Q: u32 = 4;
  export const DP: u32 = 5;
  export const DQ: u32 = 6;
  export const QI: u32 = 7;
  /** The auxiliary primes p1, p2, q1, q2, if the method has them; for known-answer work. */
  export const P1: u32 = 8;
  export const Q2: u32 = 11;
}

export const n = memory.data(1024, 16);
export const e = memory.data(32, 16);
export const d = memory.data(1024, 16);
export const p = memory.data(512, 16);
export const q = memory.data(512, 16);
export const dp = memory.data(512, 16);
export const dq = memory.data(512, 16);
export const qi = memory.data(512, 16);

/** nlen / 2, public; and the limbs of e without leading zeros. */
let half: u32 = 0;
let exponentLimbs: u32 = 0;

export function setShape(nlen: u32, eLimbs: u32): void {
  half = nlen >>> 1;
  exponentLimbs = eLimbs;
}

export function halfBits(): u32 {
  return half;
}

/** Limbs of p, q, dp, dq and qi; n and d have twice as many. */
export function halfLimbs(): u32 {
  return limbsFor(half);
}

export function eLimbs(): u32 {
  return exponentLimbs;
}

/** Where a part stands, as limbs, least significant first; 0 for an unknown part. */
export function partAt(part: u32): usize {
  switch (part) {
    case Part.N:
      return n;
    case Part.E:
      return e;
    case Part.D:
      return d;
    case Part.P:
      return p;
    case Part.Q:
      return q;
    case Part.DP:
      return dp;
    case Part.DQ:
      return dq;
    case Part.QI:
      return qi;
    default:
      return part <= Part.Q2 ? auxiliaries + (part - Part.P1) * AUX_SIZE : 0;
  }
}

/** How many limbs a part has, most of them not zero. */
export function partLimbs(part: u32): u32 {
  if (part == Part.E) return exponentLimbs;
  if (part >= Part.P1) return AUX_SIZE >>> 2;
  return part == Part.N || part == Part.D ? halfLimbs() << 1 : halfLimbs();
}

/** How many bytes hold any value that a part can have for this modulus. */
export function partBytes(part: u32): u32 {
  if (part == Part.E) return exponentLimbs << 2;
  if (part >= Part.P1) return AUX_SIZE;
  return part == Part.N || part == Part.D ? half >>> 2 : half >>> 3;
}

export function wipePrimes(): void {
  wipe(p, MAX_HALF << 2);
  wipe(q, MAX_HALF << 2);
  wipe(auxiliaries, AUX_SIZE << 2);
}

export function wipeParts(): void {
  wipePrimes();
  wipe(n, MAX_LIMBS << 2);
  wipe(e, MAX_E << 2);
  wipe(d, MAX_LIMBS << 2);
  wipe(dp, MAX_HALF << 2);
  wipe(dq, MAX_HALF << 2);
  wipe(qi, MAX_HALF << 2);
  half = 0;
  exponentLimbs = 0;
}

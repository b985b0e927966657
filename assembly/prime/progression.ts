/**
 * The candidates that auxiliary primes leave: 1 modulo 2a and -1 modulo b, so that a divides p - 1 and b divides p + 1.
 *
 * That is the arithmetic progression of FIPS 186-5, B.9 (Y, with a = r1 and b = r2), of B.10 (p, with a = p0 p1 and
 * b = p2) and of B.6 (c, with a = c0 and no b). The standard writes R, t and y for them; by the Chinese remainders all
 * three are 1 + 2aj + 2abk with j = -a^-1 mod b. Nothing depends on the numbers but what is returned.
 */
import { wipe } from "../base/memory";
import { addIf, double, subIf } from "../nat/add";
import { divide } from "../nat/divide";
import { invertModOdd } from "../nat/divsteps";
import { limbsFor } from "../nat/limbs";
import { mul } from "../nat/mul";
import { charge } from "../nat/work";
import { fitsIn } from "./criteria";

/** Room for 4096 bits, the bit that a sum may have above them, and the rounding of a product to limbs. */
export const ROOM: u32 = 544;

/** The candidate; the step from one to the next, 2ab; and the first of all, 1 + 2aj. */
export const candidate = memory.data(544, 16);
const stride = memory.data(544, 16);
const first = memory.data(544, 16);
const rest = memory.data(544, 16);

/** Candidates for p and q since countsReset, and those of them that came to a test. */
let met: u32 = 0;
let tested: u32 = 0;

export function candidatesMet(): u32 {
  return met;
}

export function candidatesTried(): u32 {
  return tested;
}

export function noteMet(members: u32): void {
  met += members;
}

export function noteTested(members: u32): void {
  tested += members;
}

export function countsReset(): void {
  met = 0;
  tested = 0;
}

/** The bits that a candidate may have, and limbs for one bit more. */
let bits: u32 = 0;
let limbs: u32 = 0;

/**
 * Fixes a in `an` limbs, b in `bn` limbs or none if bn is 0, and the size of the candidates. Returns 0 if a and b are
 * not coprime. 2ab must have fewer bits than a candidate.
 */
export function progressionBegin(candidateBits: u32, a: usize, an: u32, b: usize, bn: u32): u32 {
  bits = candidateBits;
  limbs = limbsFor(bits + 1);
  wipe(stride, ROOM);
  wipe(first, ROOM);
  let coprime: u32 = 1;
  if (bn == 0) {
    memory.copy(stride, a, an << 2);
  } else {
    divide(0, rest, a, an, b, bn);
    coprime = invertModOdd(rest, rest, b, bn);
    memory.copy(candidate, b, bn << 2);
    subIf(1, candidate, rest, bn); // j
    mul(first, a, an, candidate, bn);
    double(first, 0, limbs);
    mul(stride, a, an, b, bn);
  }
  store<u32>(first, load<u32>(first) | 1);
  double(stride, 0, limbs);
  return coprime;
}

/** candidate = the first of the progression that is x or more; x is at most 2^bits, in limbsFor(bits + 1) limbs. */
export function progressionFrom(x: usize): void {
  divide(0, rest, x, limbs, stride, limbs);
  memory.copy(candidate, first, limbs << 2);
  addIf(subIf(1, candidate, rest, limbs), candidate, stride, limbs);
  addIf(1, candidate, x, limbs);
}

/** The next candidate. The present one must still fit. */
export function progressionNext(): void {
  addIf(1, candidate, stride, limbs);
  charge(limbs);
}

/** From here on every fourth candidate: all that come are the same modulo 8 as the present one. */
export function progressionByFours(): void {
  double(stride, 0, limbs);
  double(stride, 0, limbs);
}

/** 1 if the candidate is below 2^bits. */
export function candidateFits(): u32 {
  return fitsIn(bits, candidate, limbs);
}

export function progressionWipe(): void {
  wipe(candidate, ROOM);
  wipe(stride, ROOM);
  wipe(first, ROOM);
  wipe(rest, ROOM);
  bits = 0;
  limbs = 0;
}

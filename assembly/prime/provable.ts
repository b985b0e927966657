/**
 * Provable primes: the last stage of FIPS 186-5, B.10 (steps 7-22) and each stage of B.6 (steps 16-34), which are the
 * same process. A candidate c = 1 modulo 2 p0, for a prime p0 of more than half its bits, is prime if some z has
 * z^p0 = 1 and gcd(z - 1, c) = 1 modulo c (Pocklington).
 *
 * Steps and limits of B.10 were compared with NIST's ACVP server (usnistgov/ACVP-Server, PrimeGeneratorHelper.cs, which
 * counts them as FIPS 186-4, C.10), the limit of B.6 with Mozilla's NSS (freebl/pqg.c); ACVP's cases hold all of it.
 *
 * Trial division and the base-2 Fermat test are ours: a candidate that fails one of them is composite and would fail the
 * test, so it is left out, and what the test would have drawn from the seed is skipped. Candidates that are rejected are
 * visible; the prime is not.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { addIf, addSmall, double, equalsSmall, less, subIf, subSmall } from "../nat/add";
import { divide } from "../nat/divide";
import { expBegin, expModulus, expResult, expSign, expStep } from "../nat/exp";
import { gcd } from "../nat/gcd";
import { limbsFor } from "../nat/limbs";
import { charge } from "../nat/work";
import { isCoprimeToE } from "./criteria";
import { filterBegin, filterPassed, filterStep, filterWipe } from "./filter";
import {
  candidate,
  candidateFits,
  noteMet,
  noteTested,
  progressionBegin,
  progressionFrom,
  progressionNext,
  ROOM,
} from "./progression";
import { drawNumber, drawnLimbs, skipNumber } from "./seed";
import { hasSmallFactor } from "./small-primes";

/** p0, and where the search begins again if it runs over the top. */
export const base = memory.data(272, 16);
const bottom = memory.data(544, 16);
/** What the seed gives: up to 4096 bits and the rest of a hash. Then the power z. */
const drawn = memory.data(576, 16);
const z = memory.data(544, 16);
const scratch = memory.data(544, 16);

/** What is under way: the filter, z = a^((c - 1) / p0), or z^p0. */
const IDLE: u32 = 0;
const FILTER: u32 = 1;
const TO_Z: u32 = 2;
const TO_ONE: u32 = 3;

let bits: u32 = 0;
let baseBits: u32 = 0;
let stage: u32 = 0;
let counter: u32 = 0;
let limit: u32 = 0;
let exponent: usize = 0;
let exponentLimbs: u32 = 0;

/**
 * Begins a prime of `length` bits; p0 of `p0Bits` bits is at `base`. With e (B.10): at least sqrt(2) 2^(length - 1),
 * p - 1 coprime to e, at most 5 length candidates; a = p0 p1 and b = p2 as for progressionBegin. Without, if eLimbs is
 * 0 (B.6): at least 2^(length - 1), at most 4 length candidates. Returns 0 if p0 p1 and p2 are not coprime.
 */
export function provableBegin(
  length: u32,
  p0Bits: u32,
  a: usize,
  an: u32,
  b: usize,
  bn: u32,
  e: usize,
  eLimbs: u32,
): u32 {
  bits = length;
  baseBits = p0Bits;
  exponent = e;
  exponentLimbs = eLimbs;
  stage = IDLE;
  counter = 0;
  limit = (eLimbs != 0 ? 5 : 4) * length;
  const coprime = progressionBegin(length, a, an, b, bn); // B.10, steps 13-14
  const limbs = limbsFor(length + 1);
  wipe(bottom, ROOM);
  if (eLimbs != 0) rootOfHalf(bottom, length, limbs);
  else store<u32>(bottom + (((length - 1) >>> 5) << 2), 1 << ((length - 1) & 31));
  drawNumber(drawn, length); // B.6, steps 18-20; B.10, steps 9-11
  // x = bottom + (the number mod (2^length - bottom)): B.6, step 21; B.10, step 12.
  wipe(scratch, ROOM);
  store<u32>(scratch + ((length >>> 5) << 2), 1 << (length & 31));
  subIf(1, scratch, bottom, limbs);
  divide(0, z, drawn, drawnLimbs(length), scratch, limbs);
  addIf(1, z, bottom, limbs);
  fromAbove(z);
  return coprime;
}

/** The first candidate c with c - 1 >= x: t = ceil(...) in B.6, steps 22-23, and B.10, steps 15-16. */
function fromAbove(x: usize): void {
  const limbs = limbsFor(bits + 1);
  memory.copy(scratch, x, limbs << 2);
  addSmall(scratch, 1, limbs);
  progressionFrom(scratch);
}

/**
 * r = floor(sqrt(2) 2^(length - 1)), the root of 2^(2 length - 1), digit by digit. All of it is public, though nothing
 * here depends on it.
 */
function rootOfHalf(r: usize, length: u32, limbs: u32): void {
  const remainder = z;
  const trial = scratch;
  memory.fill(r, 0, limbs << 2);
  memory.fill(remainder, 0, limbs << 2);
  for (let i: u32 = 0; i < length; i++) {
    // The first two bits of the square are 10, all others 0.
    double(remainder, i == 0 ? 1 : 0, limbs);
    double(remainder, 0, limbs);
    memory.copy(trial, r, limbs << 2);
    double(trial, 0, limbs);
    double(trial, 1, limbs);
    const bit = less(remainder, trial, limbs) ^ 1;
    subIf(bit, remainder, trial, limbs);
    double(r, bit, limbs);
  }
  charge(length * limbs * 12);
}

/** One small unit: CONTINUE, OK when the candidate is proven, or SEARCH_LIMIT. */
export function provableUnit(): u32 {
  if (stage == IDLE) return tryCandidate();
  if (stage == FILTER) return filterUnit();
  if (!expStep()) return Status.CONTINUE;
  const limbs = limbsFor(bits);
  if (stage == TO_Z) {
    expResult(z);
    expBegin(z, base, limbsFor(baseBits), baseBits);
    stage = TO_ONE;
    return Status.CONTINUE;
  }
  stage = IDLE;
  if ((expSign() & 1) == 0) return reject();
  subSmall(z, 1, limbs);
  gcd(z, z, candidate, limbs);
  return equalsSmall(z, 1, limbs) ? Status.OK : reject();
}

/** B.6, steps 23-25; B.10, steps 16-19: a candidate, as far as it costs little. */
function tryCandidate(): u32 {
  if (!candidateFits()) fromAbove(bottom);
  counter++;
  if (exponentLimbs != 0) noteMet(1);
  // The count of the candidates that the seed meets: one that e sends away draws nothing (B.10, step 19).
  if (exponentLimbs != 0 && !isCoprimeToE(candidate, bits, exponent, exponentLimbs)) return reject();
  if (hasSmallFactor(candidate, limbsFor(bits))) return rejectUnproven();
  if (exponentLimbs != 0) noteTested(1);
  filterBegin(candidate, candidate, bits);
  stage = FILTER;
  return Status.CONTINUE;
}

function filterUnit(): u32 {
  if (!filterStep()) return Status.CONTINUE;
  stage = IDLE;
  if ((filterPassed() & 1) == 0) return rejectUnproven();
  beginProof();
  return Status.CONTINUE;
}

/** B.6, steps 26-30; B.10, steps 19.1-19.5: a, and z = a^((c - 1) / p0) is begun. */
function beginProof(): void {
  const limbs = limbsFor(bits);
  drawNumber(drawn, bits);
  memory.copy(scratch, candidate, limbs << 2);
  subSmall(scratch, 3, limbs);
  divide(0, z, drawn, drawnLimbs(bits), scratch, limbs);
  addSmall(z, 2, limbs); //       a = 2 + (a mod (c - 3))
  addSmall(scratch, 2, limbs); // c - 1
  divide(scratch, drawn, scratch, limbs, base, limbsFor(baseBits));
  expModulus(candidate, limbs, bits);
  expBegin(z, scratch, limbs, bits - baseBits + 1); // c < 2^bits and p0 >= 2^(baseBits - 1)
  stage = TO_Z;
}

/** Rejects a candidate whose a was not drawn. */
function rejectUnproven(): u32 {
  skipNumber(bits);
  return reject();
}

/** B.6, steps 32-34; B.10, steps 20-22. */
function reject(): u32 {
  if (counter >= limit) return Status.SEARCH_LIMIT;
  progressionNext();
  return Status.CONTINUE;
}

export function provableWipe(): void {
  filterWipe();
  wipe(base, 272);
  wipe(bottom, ROOM);
  wipe(drawn, 576);
  wipe(z, ROOM);
  wipe(scratch, ROOM);
  bits = 0;
  baseBits = 0;
  stage = IDLE;
  counter = 0;
  limit = 0;
  exponent = 0;
  exponentLimbs = 0;
}

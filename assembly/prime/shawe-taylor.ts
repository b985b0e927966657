/**
 * The Shawe-Taylor Random_Prime Routine, FIPS 186-5, B.6 (FIPS 186-4, C.6): a provable prime of a given length from the
 * seed.
 *
 * The recursion of step 14 is run from its end: a prime of less than 33 bits by trial division, then one of about twice
 * the length on top of it, until the length is reached. Lengths are public.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { limbsFor } from "../nat/limbs";
import { candidate } from "./progression";
import { base, provableBegin, provableUnit } from "./provable";
import { drawWord } from "./seed";
import { isSmallPrime } from "./small-primes";

let target: u32 = 0;
/** How many primes are still to be built on the present one. */
let depth: u32 = 0;
let counter: u32 = 0;
/** The smallest prime stands. */
let rising: bool = false;

/** Half the length, rounded up, and one bit more: what a prime of `length` bits is built on. */
export function baseLength(length: u32): u32 {
  return ((length + 1) >>> 1) + 1;
}

function lengthAt(level: u32): u32 {
  let length = target;
  for (let i: u32 = 0; i < level; i++) length = baseLength(length);
  return length;
}

/** Begins a prime of `length` bits, at least 2. It will be at `candidate`. */
export function shaweTaylorBegin(length: u32): void {
  target = length;
  depth = 0;
  for (let l = length; l >= 33; l = baseLength(l)) depth++;
  counter = 0;
  rising = false;
}

/** One small unit: CONTINUE, OK when the prime is at `candidate`, or SEARCH_LIMIT. */
export function shaweTaylorUnit(): u32 {
  const status = rising ? provableUnit() : smallUnit();
  if (status != Status.OK || depth == 0) return status;
  const length = lengthAt(depth);
  wipe(base, 272);
  memory.copy(base, candidate, limbsFor(length) << 2);
  depth--;
  rising = true;
  provableBegin(lengthAt(depth), length, base, limbsFor(length), 0, 0, 0, 0);
  return Status.CONTINUE;
}

/** Steps 5-13. */
function smallUnit(): u32 {
  const length = lengthAt(depth);
  const top: u32 = 1 << (length - 1);
  const c = top | (drawWord() & (top - 1)) | 1;
  counter++;
  if (isSmallPrime(c)) {
    store<u32>(candidate, c);
    return Status.OK;
  }
  return counter > length << 2 ? Status.SEARCH_LIMIT : Status.CONTINUE;
}

export function shaweTaylorWipe(): void {
  target = 0;
  depth = 0;
  counter = 0;
  rising = false;
}

/**
 * Probable primes that are not random from end to end, in steps: the first prime from a number upwards (FIPS 186-5,
 * A.1.6, steps 4.2 and 5.2), and the first in the progression of two auxiliary primes (B.9).
 *
 * Steps and limits were compared with OpenSSL (crypto/bn/bn_rsa_fips186_5.c) and with NIST's ACVP server
 * (usnistgov/ACVP-Server, RSA/PrimeGenerators/PrimeGeneratorHelper.cs). Rejected candidates and their number are
 * visible; nothing else depends on a value.
 *
 * A base-2 test, which rejects no prime, comes before that of Miller and Rabin, of two candidates at once where the kernel
 * does so. The first prime is taken, as if they had been tested one by one; what was looked at behind it is not counted, and
 * how long that took is visible too.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { addSmall } from "../nat/add";
import { limbsFor } from "../nat/limbs";
import { fitsIn, isCoprimeToE } from "./criteria";
import { filterBegin, filterPassed, filterStep, filterWidth, filterWipe } from "./filter";
import { primalityBegin, primalityStep, primalityVerdict, Verdict } from "./miller-rabin";
import { candidate, candidateFits, noteMet, noteTested, progressionByFours, progressionNext, ROOM } from "./progression";
import { hasSmallFactor } from "./small-primes";

/** The units of a search: a candidate is looked for, those that were found are tested to base 2, then by Miller-Rabin. */
const SEEK: u32 = 0;
const FILTER: u32 = 1;
const VERIFY: u32 = 2;

/** Where the number stands that is tried: the one from which the search goes up by 2, or the progression's. */
let at: usize = 0;
let bits: u32 = 0;
let rounds: u32 = 0;
/** It is the progression's, which has one bit more than a prime may. */
let inProgression: bool = false;
let residue: u32 = 0;
/** The progression goes by fours. */
let aligned: bool = false;
let exponent: usize = 0;
let exponentLimbs: u32 = 0;

let stage: u32 = 0;
let counter: u32 = 0;
/** The candidate before the one at `at`, while it waits for its test. */
const waiting = memory.data(544, 16);
/** Bit 0: that one is there; bit 1: the one at `at` is tested with it. */
let filled: u32 = 0;
/** Those of them that may be prime and have not been through Miller-Rabin, where `verified` stands. */
let alive: u32 = 0;
let verified: usize = 0;
/** Members that were looked at, and came to a test, since the one that waits: they count if it is no prime. */
let metSince: u32 = 0;
let testedSince: u32 = 0;
/** What the search comes to if the one that waits is not prime. CONTINUE: to the next candidate. */
let ending: u32 = 0;

/** Forgets the search. */
export function probableWipe(): void {
  begin(0, 0, 0);
  wipe(waiting, ROOM);
  filterWipe();
  residue = 0;
  exponent = 0;
  exponentLimbs = 0;
  alive = 0;
  verified = 0;
}

function begin(where: usize, size: u32, iterations: u32): void {
  at = where;
  bits = size;
  rounds = iterations;
  inProgression = where == candidate;
  aligned = false;
  stage = SEEK;
  counter = 0;
  filled = 0;
  forgetLater();
  ending = Status.CONTINUE;
}

function forgetLater(): void {
  metSince = 0;
  testedSince = 0;
}

/** Begins at the odd number at `from`, of exactly `size` bits, which becomes the prime. */
export function upwardsBegin(from: usize, size: u32, iterations: u32): void {
  begin(from, size, iterations);
}

/** One small unit: CONTINUE, OK, SEARCH_LIMIT if there is no prime of that length, or what a generator said. */
export function upwardsUnit(): u32 {
  return stage == SEEK ? orTheOneThatWaits(seekUpwards()) : testUnit();
}

function seekUpwards(): u32 {
  const limbs = limbsFor(bits);
  // Unless the number began with a thousand ones, this does not happen.
  if (!fitsIn(bits, at, limbs)) return Status.SEARCH_LIMIT;
  return hasSmallFactor(at, limbs) ? reject() : offer();
}

/** Begins B.9 at step 5, at the progression's first Y: p of `half` bits, equal to `mod8` modulo 8 unless that is 0. */
export function factorBegin(half: u32, iterations: u32, mod8: u32, e: usize, eLimbs: u32): void {
  begin(candidate, half, iterations);
  residue = mod8;
  exponent = e;
  exponentLimbs = eLimbs;
}

/** One small unit: CONTINUE, OK, SEARCH_LIMIT (step 9), KEY_INVALID if another X is wanted (step 6), or a generator's. */
export function factorUnit(): u32 {
  return stage == SEEK ? orTheOneThatWaits(seekFactor()) : testUnit();
}

function seekFactor(): u32 {
  if (!candidateFits()) return Status.KEY_INVALID;
  if (residue != 0 && !aligned) { // what 186-5 added to step 4: at most three of these do not count
    if ((load<u32>(candidate) & 7) != residue) {
      progressionNext();
      return Status.CONTINUE;
    }
    progressionByFours();
    aligned = true;
  }
  if (filled == 0) noteMet(1);
  else metSince++;
  if (!isCoprimeToE(candidate, bits, exponent, exponentLimbs)) return reject(); // step 7
  if (hasSmallFactor(candidate, limbsFor(bits))) return reject();
  if (filled == 0) noteTested(1);
  else testedSince++;
  return offer();
}

/** On to the next. In B.9, steps 8-10, at most 20 (nlen / 2) candidates, where FIPS 186-4, C.9 had 5. */
function reject(): u32 {
  if (!inProgression) {
    // A length of whole limbs has no room above it: there the sum that is too long is a carry.
    return addSmall(at, 2, limbsFor(bits)) == 0 ? Status.CONTINUE : Status.SEARCH_LIMIT;
  }
  counter++;
  if (counter >= 20 * bits) return Status.SEARCH_LIMIT;
  progressionNext();
  return Status.CONTINUE;
}

/** The candidate is to be tested: with the one that waits, or it waits for the next if two are tested at once. */
function offer(): u32 {
  if (filled == 0) {
    memory.copy(waiting, at, room());
    filled = 1;
    if (filterWidth(bits) == 2) return reject(); // not yet, but the next one is counted as if it were
  } else {
    filled = 3;
  }
  filterBegin(waiting, at, bits);
  stage = FILTER;
  return Status.CONTINUE;
}

/** Bytes of a candidate, with the bit that the progression's may have above it. */
function room(): u32 {
  return limbsFor(inProgression ? bits + 1 : bits) << 2;
}

/** If there is no next candidate, the one that waits for it is tested alone. */
function orTheOneThatWaits(status: u32): u32 {
  if (status == Status.CONTINUE || filled == 0) return status;
  ending = status;
  filterBegin(waiting, waiting, bits);
  stage = FILTER;
  return Status.CONTINUE;
}

/** CONTINUE, OK, what `reject` and `ending` say if all that were tested are composite, or what the generator of the bases said. */
function testUnit(): u32 {
  if (stage == FILTER) {
    if (!filterStep()) return Status.CONTINUE;
    alive = filterPassed() & filled;
    return verifyNext();
  }
  const status = primalityStep();
  if (status != Status.OK) return status;
  if (primalityVerdict() == Verdict.UNDECIDED) return Status.CONTINUE;
  if (primalityVerdict() == Verdict.COMPOSITE) return verifyNext();
  if (verified == waiting) memory.copy(at, waiting, room());
  return Status.OK;
}

function verifyNext(): u32 {
  if ((alive & 1) == 0) {
    noteMet(metSince);
    noteTested(testedSince);
    forgetLater();
  }
  if (alive == 0) {
    filled = 0;
    stage = SEEK;
    return ending != Status.CONTINUE ? ending : reject();
  }
  verified = (alive & 1) != 0 ? waiting : at;
  alive &= alive - 1;
  primalityBegin(verified, bits, rounds);
  stage = VERIFY;
  return Status.CONTINUE;
}

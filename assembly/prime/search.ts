/**
 * The search for one prime of an RSA modulus: FIPS 186-5, A.1.3, step 4 for p and step 5 for q, in steps.
 *
 * The step numbers are those that public implementations quote for FIPS 186-5 and, where those are silent, those of
 * FIPS 186-4, B.3.3, which has the same process with limits of 5 nlen / 2. They were not compared with the standard's
 * own text. C2SP det-keygen is the same search with more bits of a candidate fixed, without the steps on e and on
 * distance.
 *
 * Nothing depends on the value of a candidate but that it is rejected, and why.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { drbgGenerate } from "../drbg/hmac-drbg";
import { fromBytes, limbsFor, MAX_HALF } from "../nat/limbs";
import { charge } from "../nat/work";
import { isCoprimeToE, isFarApart, isInRange } from "./criteria";
import { primalityBegin, primalityStep, primalityVerdict, Verdict } from "./miller-rabin";
import { hasSmallFactor } from "./small-primes";

/** What all candidates of a search have in common. Public. */
let half: u32 = 0;
let candidates: usize = 0;
let strength: u32 = 0;
let topMask: u32 = 0;
let lowMask: u32 = 0;
let rounds: u32 = 0;
let exponent: usize = 0;
let exponentLimbs: u32 = 0;

/** The candidate under test, which becomes the prime; and the prime it must keep away from, or 0. */
let prime: usize = 0;
let other: usize = 0;
let limit: u32 = 0;
/** The i of A.1.3: candidates that came as far as step 4.5 (5.6) and were not taken. */
let failures: u32 = 0;
let testing: bool = false;
/** A prime that was given will not do. */
let refused: bool = false;

let drawnCount: u32 = 0;
let testedCount: u32 = 0;

const drawn = memory.data(512, 16);

/** Candidates drawn since searchBegin, for p and q together. */
export function candidatesDrawn(): u32 {
  return drawnCount;
}

/** Candidates that came to a Miller-Rabin test since searchBegin. */
export function candidatesTested(): u32 {
  return testedCount;
}

/**
 * Fixes what all candidates have in common: their length `bits`, a multiple of 8; the generator and the strength asked
 * of it; the bits that are set in the first and in the last byte; Miller-Rabin rounds; and e, or 0 limbs of it if
 * coprimality and distance are not asked here.
 */
export function searchBegin(
  bits: u32,
  drbg: usize,
  strengthBits: u32,
  top: u32,
  low: u32,
  millerRabinRounds: u32,
  e: usize,
  eLimbs: u32,
): void {
  half = bits;
  candidates = drbg;
  strength = strengthBits;
  topMask = top;
  lowMask = low;
  rounds = millerRabinRounds;
  exponent = e;
  exponentLimbs = eLimbs;
  drawnCount = 0;
  testedCount = 0;
}

/** Begins the search for a prime at `at`, far from the one at `apartFrom` unless that is 0. Step 4.1, 5.1: i = 0. */
export function searchPrime(at: usize, apartFrom: usize, maxFailures: u32): void {
  prime = at;
  other = apartFrom;
  limit = maxFailures;
  failures = 0;
  testing = false;
  refused = false;
}

/**
 * Begins the test of a prime that was given, at `at`: what A.1.3 asks of a candidate is asked of it. If it fails, the
 * first unit that knows returns SEARCH_LIMIT, as there is no other.
 */
export function testGiven(at: usize, apartFrom: usize): void {
  searchPrime(at, apartFrom, 1);
  refused = (load<u32>(at) & isInRange(at, half) & 1) == 0;
  if (refused) return;
  if (apartFrom != 0) refused = isFarApart(at, apartFrom, half) == 0;
  if (refused) return;
  refused = !examine();
}

/** One small unit of the search: CONTINUE, OK when the prime stands, SEARCH_LIMIT, or what a generator said. */
export function searchUnit(): u32 {
  if (refused) return Status.SEARCH_LIMIT;
  if (!testing) return tryCandidate();
  const status = primalityStep();
  if (status != Status.OK) return status;
  if (primalityVerdict() == Verdict.UNDECIDED) return Status.CONTINUE;
  testing = false;
  return primalityVerdict() == Verdict.PROBABLY_PRIME ? Status.OK : reject(); // step 4.5.2, 5.6.2
}

/** Steps 4.2-4.5 and 5.2-5.6, as far as the Miller-Rabin test. */
function tryCandidate(): u32 {
  const len = half >>> 3;
  const status = drbgGenerate(candidates, drawn, len, strength, 0, 0, 0); // step 4.2, 5.2
  charge(len * 100);
  if (status != Status.OK) return status;
  drawnCount++;
  // Step 4.3, 5.3: an even string plus one is the string with its last bit set. To set the first bit as well is to skip
  // the strings that step 4.4 would send back.
  store<u8>(drawn, <u8>(load<u8>(drawn) | topMask));
  store<u8>(drawn + len - 1, <u8>(load<u8>(drawn + len - 1) | lowMask));
  fromBytes(prime, limbsFor(half), drawn, len);
  if (!isInRange(prime, half)) return Status.CONTINUE; // step 4.4, 5.4: does not count
  if (exponentLimbs != 0 && other != 0 && !isFarApart(prime, other, half)) return Status.CONTINUE; // step 5.5: nor this
  return examine() ? Status.CONTINUE : reject();
}

/**
 * Steps 4.5 and 5.6 up to the Miller-Rabin test, which begins if this returns true.
 *
 * Trial division is the first part of the primality test of step 4.5.1 (5.6.1). It comes before the greatest common
 * divisor of step 4.5 (5.6) because it costs less; a candidate that fails either is counted once, as there.
 */
function examine(): bool {
  if (hasSmallFactor(prime, limbsFor(half))) return false;
  if (exponentLimbs != 0 && !isCoprimeToE(prime, half, exponent, exponentLimbs)) return false;
  primalityBegin(prime, half, rounds);
  testedCount++;
  testing = true;
  return true;
}

/** Steps 4.6-4.7, 5.7-5.8. */
function reject(): u32 {
  failures++;
  return failures < limit ? Status.CONTINUE : Status.SEARCH_LIMIT;
}

/** Forgets the search and wipes its scratch; the prime itself belongs to the caller. */
export function searchWipe(): void {
  wipe(drawn, MAX_HALF << 2);
  half = 0;
  candidates = 0;
  strength = 0;
  topMask = 0;
  lowMask = 0;
  rounds = 0;
  exponent = 0;
  exponentLimbs = 0;
  prime = 0;
  other = 0;
  limit = 0;
  failures = 0;
  testing = false;
  refused = false;
}

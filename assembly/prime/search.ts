/**
 * The search for one prime of an RSA modulus: FIPS 186-5, A.1.3, step 4 for p and step 5 for q, in steps.
 *
 * The step numbers are those that public implementations quote for FIPS 186-5 and, where those are silent, those of
 * FIPS 186-4, B.3.3, which has the same process with limits of 5 nlen / 2. They were not compared with the standard's
 * own text. C2SP det-keygen is the same search with more bits of a candidate fixed, without the steps on e and on
 * distance.
 *
 * A base-2 Fermat test, which rejects no prime, comes before the Miller-Rabin test, and a kernel of two lanes makes it
 * of two candidates at once. They are judged in the order in which they were drawn: one that was drawn when the prime
 * before it stood already is the first candidate for the next prime. So the primes are those of a search one by one.
 *
 * Nothing depends on the value of a candidate but that it is rejected, and why.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { drbgGenerate } from "../drbg/hmac-drbg";
import { fromBytes, limbsFor, MAX_HALF } from "../nat/limbs";
import { charge } from "../nat/work";
import { isCoprimeToE, isFarApart, isInRange } from "./criteria";
import { filterBegin, filterPassed, filterStep, filterWidth, filterWipe } from "./filter";
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

/** The units of a search: candidates are drawn, tested to base 2, judged, and tested by Miller-Rabin. */
const DRAW: u32 = 0;
const FILTER: u32 = 1;
const JUDGE: u32 = 2;
const VERIFY: u32 = 3;
/** The test of a prime that was given, which is the only candidate. */
const GIVEN: u32 = 4;
const REFUSED: u32 = 5;

const SLOT: u32 = 512;
/** Candidates that wait for their tests, in the order in which they were drawn. */
const slots = memory.data(2 * 512, 16);
const drawn = memory.data(512, 16);

/** Where the prime goes; and the prime it must keep away from, or 0. */
let prime: usize = 0;
let other: usize = 0;
let limit: u32 = 0;
let stage: u32 = 0;
/** How many candidates wait; bit i: number i of them may be prime. */
let filled: u32 = 0;
let alive: u32 = 0;
/** The i of A.1.3: candidates that came as far as step 4.5 (5.6) and were not taken. */
let failures: u32 = 0;
/** Those of them that were drawn between the two that wait. */
let between: u32 = 0;

let drawnCount: u32 = 0;
/** The drawnCount of each candidate that waits, and of the last that was judged. */
let drawnAt0: u32 = 0;
let drawnAt1: u32 = 0;
let judgedAt: u32 = 0;
let testedCount: u32 = 0;

/** Candidates judged since searchBegin, for p and q together. */
export function candidatesDrawn(): u32 {
  return judgedAt;
}

/** Candidates of these that trial division let pass. */
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
  stage = DRAW;
  filled = 0;
  between = 0;
  drawnCount = 0;
  judgedAt = 0;
  testedCount = 0;
}

/**
 * Begins the search for a prime at `at`, far from the one at `apartFrom` unless that is 0. Step 4.1, 5.1: i = 0, but for
 * what was drawn and rejected since the last prime.
 */
export function searchPrime(at: usize, apartFrom: usize, maxFailures: u32): void {
  prime = at;
  other = apartFrom;
  limit = maxFailures;
  failures = between;
  between = 0;
  stage = filled == 0 ? DRAW : JUDGE;
}

/**
 * Begins the test of a prime that was given, at `at`: what A.1.3 asks of a candidate is asked of it. If it fails, the
 * first unit that knows returns SEARCH_LIMIT, as there is no other.
 */
export function testGiven(at: usize, apartFrom: usize): void {
  stage = REFUSED;
  if ((load<u32>(at) & isInRange(at, half) & 1) == 0) return;
  if (apartFrom != 0 && !isFarApart(at, apartFrom, half)) return;
  if (!passesDivision(at)) return;
  primalityBegin(at, half, rounds);
  stage = GIVEN;
}

/** One small unit of the search: CONTINUE, OK when the prime stands, SEARCH_LIMIT, or what a generator said. */
export function searchUnit(): u32 {
  if (stage == DRAW) return tryCandidate();
  if (stage == FILTER) return filterUnit();
  if (stage == JUDGE) return judge();
  if (stage == REFUSED) return Status.SEARCH_LIMIT;
  const status = primalityStep();
  if (status != Status.OK) return status;
  if (primalityVerdict() == Verdict.UNDECIDED) return Status.CONTINUE;
  const isPrime = primalityVerdict() == Verdict.PROBABLY_PRIME;
  if (stage == GIVEN) return isPrime ? Status.OK : Status.SEARCH_LIMIT;
  if (!isPrime) return reject();
  memory.copy(prime, slots, limbsFor(half) << 2); // step 4.5.2, 5.6.2
  shift();
  return Status.OK;
}

/** Steps 4.2-4.5 and 5.2-5.6, as far as the tests of primality. */
function tryCandidate(): u32 {
  const len = half >>> 3;
  const at = slots + filled * SLOT;
  const status = drbgGenerate(candidates, drawn, len, strength, 0, 0, 0); // step 4.2, 5.2
  charge(len * 100);
  if (status != Status.OK) return status;
  drawnCount++;
  if (filled == 0) judgedAt = drawnCount;
  // Step 4.3, 5.3: an even string plus one is the string with its last bit set. To set the first bit as well is to skip
  // the strings that step 4.4 would send back.
  store<u8>(drawn, <u8>(load<u8>(drawn) | topMask));
  store<u8>(drawn + len - 1, <u8>(load<u8>(drawn + len - 1) | lowMask));
  fromBytes(at, limbsFor(half), drawn, len);
  if (!isInRange(at, half) || isTooClose(at)) return Status.CONTINUE; // steps 4.4, 5.4, 5.5: does not count
  if (!passesDivision(at)) return rejectDrawn();
  if (filled == 0) drawnAt0 = drawnCount;
  else drawnAt1 = drawnCount;
  filled++;
  if (filled < filterWidth(half)) return Status.CONTINUE;
  filterBegin(slots, slots + SLOT, half);
  stage = FILTER;
  return Status.CONTINUE;
}

/** Step 5.5. */
function isTooClose(at: usize): bool {
  return exponentLimbs != 0 && other != 0 && !isFarApart(at, other, half);
}

/**
 * Steps 4.5 and 5.6 up to the tests of primality.
 *
 * Trial division is the first part of the primality test of step 4.5.1 (5.6.1). It comes before the greatest common
 * divisor of step 4.5 (5.6) because it costs less; a candidate that fails either is counted once, as there.
 */
function passesDivision(at: usize): bool {
  if (hasSmallFactor(at, limbsFor(half))) return false;
  return exponentLimbs == 0 || isCoprimeToE(at, half, exponent, exponentLimbs);
}

function filterUnit(): u32 {
  if (!filterStep()) return Status.CONTINUE;
  alive = filterPassed();
  stage = JUDGE;
  return Status.CONTINUE;
}

/** The first that waits. If it was drawn before p stood, its distance to p is asked now. */
function judge(): u32 {
  judgedAt = drawnAt0;
  if (isTooClose(slots)) {
    failures += between;
    between = 0;
    shift();
    return Status.CONTINUE;
  }
  testedCount++;
  if ((alive & 1) == 0) return reject();
  primalityBegin(slots, half, rounds);
  stage = VERIFY;
  return Status.CONTINUE;
}

/** The first that waits has left; the other takes its place. */
function shift(): void {
  memory.copy(slots, slots + SLOT, SLOT);
  drawnAt0 = drawnAt1;
  alive >>>= 1;
  filled--;
  stage = filled == 0 ? DRAW : JUDGE;
}

/** The first that waits is rejected, and with it what was rejected after it. Steps 4.6-4.7, 5.7-5.8. */
function reject(): u32 {
  failures += 1 + between;
  between = 0;
  shift();
  return failures < limit ? Status.CONTINUE : Status.SEARCH_LIMIT;
}

/** A candidate is rejected as soon as it is drawn. If another waits before it, that one's outcome says for which prime it counts. */
function rejectDrawn(): u32 {
  if (filled != 0) {
    between++;
    return Status.CONTINUE;
  }
  failures++;
  return failures < limit ? Status.CONTINUE : Status.SEARCH_LIMIT;
}

/** Forgets the search and wipes its scratch; the prime itself belongs to the caller. */
export function searchWipe(): void {
  wipe(drawn, MAX_HALF << 2);
  wipe(slots, 2 * SLOT);
  filterWipe();
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
  stage = DRAW;
  filled = 0;
  alive = 0;
  failures = 0;
  between = 0;
  drawnAt0 = 0;
  drawnAt1 = 0;
}

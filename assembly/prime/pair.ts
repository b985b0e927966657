/**
 * The search for two probable primes at once, one in each of two arithmetic progressions: the first of each, from its
 * beginning on, that is prime. In steps.
 *
 * What the sieve lets through is tested two at a time, one number a lane: a base-2 Fermat test, which rejects almost every
 * composite number and no prime, then the Miller-Rabin test with random bases. Once one prime stands, both lanes work on
 * the other progression. By integers it is one number at a time. The last of an odd number of rounds is made of both primes
 * at once.
 *
 * Nothing depends on the value of a member but that it is rejected. How many were is visible.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { limbsFor } from "../nat/limbs";
import { charge } from "../nat/work";
import { fitsIn, isCoprimeToE } from "./criteria";
import { filterBegin, filterPassed, filterStep, filterWidth, filterWipe } from "./filter";
import { lastRoundBegin, lastRoundPassed, lastRoundStep, lastRoundWipe } from "./last-round";
import { LUCAS, primalityBegin, primalityStep, primalityVerdict, Verdict } from "./miller-rabin";
import { sieveEnd, sieveIndex, sievePasses, sieveSet } from "./sieve";

/** The units of a search: numbers are sieved, tested to base 2, then to random bases, the last of them perhaps together. */
const SIEVE: u32 = 0;
const BASE_2: u32 = 1;
const VERIFY: u32 = 2;
const LAST: u32 = 3;

const SLOT: u32 = 512;
const starts = memory.data(2 * 512, 16);
const strides = memory.data(2 * 512, 16);
/** The numbers under test, and the primes. */
const members = memory.data(2 * 512, 16);
const found = memory.data(2 * 512, 16);

let bits: u32 = 0;
let rounds: u32 = 0;
/** The last round is made of both primes at once, besides `rounds`. */
let together: bool = false;
let limit: u32 = 0;
let deep: bool = false;
let exponent: usize = 0;
let exponentLimbs: u32 = 0;
let strideLimbs: u32 = 0;

let stage: u32 = 0;
/** How many numbers are under test; whether each is still; and the progression of each. */
let filled: u32 = 0;
let alive: u32 = 0;
let owners: u32 = 0;
/** Bit k: progression k has its prime. */
let done: u32 = 0;
let verifying: u32 = 0;
let begun: bool = false;
/** Members passed since the beginning of each progression, besides those that the sieve counts. */
let before0: u32 = 0;
let before1: u32 = 0;

let lookedAt: u32 = 0;
let testedToTwo: u32 = 0;

/**
 * Members of progressions that were looked at, and tests to base 2, since pairReset. Where
 * the sieve is not used whole, which is where auxiliary primes are looked for, nothing is counted.
 */
export function pairLookedAt(): u32 {
  return lookedAt;
}

export function pairTested(): u32 {
  return testedToTwo;
}

export function pairReset(): void {
  lookedAt = 0;
  testedToTwo = 0;
}

/**
 * Fixes what both progressions have in common: primes of exactly `primeBits` bits, verified by so many rounds, after at
 * most `most` members of each; steps of `sLimbs` limbs; whether the whole sieve is used; and e, or 0 limbs of it.
 */
export function pairBegin(
  primeBits: u32,
  millerRabinRounds: u32,
  most: u32,
  sLimbs: u32,
  whole: bool,
  e: usize,
  eLimbs: u32,
): void {
  bits = primeBits;
  together = filterWidth(bits) == 2 && (millerRabinRounds & (LUCAS | 1)) == 1 && millerRabinRounds > 1;
  rounds = together ? millerRabinRounds - 1 : millerRabinRounds;
  limit = most;
  strideLimbs = sLimbs;
  deep = whole;
  exponent = e;
  exponentLimbs = eLimbs;
  stage = SIEVE;
  filled = 0;
  done = 0;
}

/** Sets the beginning and the step of progression k. The beginning is odd, of the length of the primes; the step even. */
export function pairSet(k: u32, start: usize, stride: usize): void {
  memory.copy(starts + k * SLOT, start, limbsFor(bits) << 2);
  memory.copy(strides + k * SLOT, stride, strideLimbs << 2);
  sieveSet(k, start, limbsFor(bits), stride, strideLimbs, deep);
  if (k == 0) before0 = 0;
  else before1 = 0;
  done &= ~(1 << k);
}

/** Where the prime of progression k stands when it was found. */
export function pairPrime(k: u32): usize {
  return found + k * SLOT;
}

/** Bit k: progression k has its prime. */
export function pairDone(): u32 {
  return done;
}

/** What a unit returns when a progression left its length: 128 + k. It must then be set anew. */
export const OVERFLOW: u32 = 128;

/** One small unit: CONTINUE, OK when both primes stand, SEARCH_LIMIT, OVERFLOW + k, or what a generator said. */
export function pairUnit(): u32 {
  if (stage == SIEVE) return sieveUnit();
  if (stage == VERIFY) return verifyUnit();
  if (stage == LAST) return lastUnit();
  if (!filterStep()) return Status.CONTINUE;
  alive = filterPassed();
  beginVerifying();
  return Status.CONTINUE;
}

/** Looks for the next number to test, through at most 64 members. */
function sieveUnit(): u32 {
  const width = filterWidth(bits);
  const k: u32 = done == 1 ? 1 : done == 2 ? 0 : width == 2 ? filled : 0;
  for (let n: u32 = 0; n < 64; n++) {
    const i = sieveIndex(k);
    if (i + (k == 0 ? before0 : before1) >= limit) return flush(k, Status.SEARCH_LIMIT);
    if (i == sieveEnd()) {
      if (!rebase(k, i)) return flush(k, OVERFLOW + k);
      continue;
    }
    if (deep) lookedAt++;
    if (!sievePasses(k, deep)) continue;
    if (!member(members + filled * SLOT, k, i)) return flush(k, OVERFLOW + k);
    owners = (owners & ~(1 << filled)) | (k << filled);
    filled++;
    if (deep) testedToTwo++;
    if (filled == width) beginFilter();
    return Status.CONTINUE;
  }
  return Status.CONTINUE;
}

/** At the end of progression k: what of it waits to be tested comes first, in both lanes. Then `status` will come again. */
function flush(k: u32, status: u32): u32 {
  if (filled == 0 || (owners & 1) != k) return status;
  memory.copy(members + SLOT, members, SLOT);
  owners = 3 * k;
  filled = 2;
  beginFilter();
  return Status.CONTINUE;
}

function beginFilter(): void {
  filterBegin(members, members + SLOT, bits);
  stage = BASE_2;
}

/** r = member i of progression k; returns whether it has the length of the primes. */
function member(r: usize, k: u32, i: u32): bool {
  const n = limbsFor(bits);
  const from = starts + k * SLOT;
  const by = strides + k * SLOT;
  let carry: u64 = 0;
  for (let j: u32 = 0; j < n; j++) {
    if (j < strideLimbs) carry += <u64>load<u32>(by + (j << 2)) * <u64>i;
    // A product and two limbs are below 2^64.
    carry += <u64>load<u32>(from + (j << 2));
    store<u32>(r + (j << 2), <u32>carry);
    carry >>>= 32;
  }
  return carry == 0 && fitsIn(bits, r, n) == 1;
}

/** Begins progression k again at its member i, so that the sieve may go on. */
function rebase(k: u32, i: u32): bool {
  const next = found + k * SLOT; // free until there is a prime
  if (!member(next, k, i)) return false;
  begin(k, next, (k == 0 ? before0 : before1) + i);
  return true;
}

/** Sets progression k to begin at `start`, with `before` members passed. */
function begin(k: u32, start: usize, before: u32): void {
  pairSet(k, start, strides + k * SLOT);
  if (k == 0) before0 = before;
  else before1 = before;
}

function beginVerifying(): void {
  stage = VERIFY;
  verifying = 0;
  begun = false;
}

/** The numbers that are left are tested in their order; the first prime of a progression is taken. */
function verifyUnit(): u32 {
  if (begun) {
    const status = primalityStep();
    if (status != Status.OK) return status;
    if (primalityVerdict() == Verdict.UNDECIDED) return Status.CONTINUE;
    begun = false;
    if (primalityVerdict() == Verdict.PROBABLY_PRIME) take(verifying);
    verifying++;
    return done == 3 ? end() : Status.CONTINUE;
  }
  if (verifying == filled) {
    filled = 0;
    stage = SIEVE;
    return Status.CONTINUE;
  }
  const at = members + verifying * SLOT;
  const owned = (done >>> ((owners >>> verifying) & 1)) & 1;
  if (owned == 0 && ((alive >>> verifying) & 1) == 1) {
    if (exponentLimbs == 0 || isCoprimeToE(at, bits, exponent, exponentLimbs)) {
      primalityBegin(at, bits, rounds);
      begun = true;
      return Status.CONTINUE;
    }
  }
  verifying++;
  charge(16);
  return Status.CONTINUE;
}

/** Both stand, but for the round that they may have together. */
function end(): u32 {
  if (!together) return Status.OK;
  lastRoundBegin(found, found + SLOT, bits);
  stage = LAST;
  return Status.CONTINUE;
}

/**
 * One that fails proves composite what passed all the rounds before: its progression is searched again, from where the sieve
 * was set up last, and what was passed until there still counts.
 */
function lastUnit(): u32 {
  const status = lastRoundStep();
  if (status != Status.OK) return status;
  const passed = lastRoundPassed();
  if (passed == 3) return Status.OK;
  for (let k: u32 = 0; k < 2; k++) {
    if (((passed >>> k) & 1) == 0) begin(k, starts + k * SLOT, k == 0 ? before0 : before1);
  }
  filled = 0;
  stage = SIEVE;
  return Status.CONTINUE;
}

function take(slot: u32): void {
  const k = (owners >>> slot) & 1;
  memory.copy(found + k * SLOT, members + slot * SLOT, limbsFor(bits) << 2);
  done |= 1 << k;
}

export function pairWipe(): void {
  wipe(starts, 2 * SLOT);
  wipe(strides, 2 * SLOT);
  wipe(members, 2 * SLOT);
  wipe(found, 2 * SLOT);
  filterWipe();
  lastRoundWipe();
  bits = 0;
  rounds = 0;
  together = false;
  limit = 0;
  deep = false;
  exponent = 0;
  exponentLimbs = 0;
  strideLimbs = 0;
  stage = SIEVE;
  filled = 0;
  alive = 0;
  owners = 0;
  done = 0;
  verifying = 0;
  begun = false;
  before0 = 0;
  before1 = 0;
}

/**
 * RSA key pairs by FIPS 186-5, A.1.2 to A.1.6, and by C2SP det-keygen, in steps of fixed work.
 *
 * One key is in the making at a time. It goes through the phases below; the host calls a step until the status is no
 * longer CONTINUE. Whatever ends the work but OK and RESEED_REQUIRED wipes all of it.
 */
import { Status } from "../abi";
import { toBytes } from "../nat/limbs";
import { workDone } from "../nat/work";
import { auxiliaryPrime, auxiliaryUnit, auxiliaryWipe } from "../prime/auxiliary";
import { basesFrom, primalityWipe, roundsPassed } from "../prime/miller-rabin";
import { probableMet, probableTested } from "../prime/probable";
import {
  candidatesDrawn,
  candidatesTested,
  searchBegin,
  searchPrime,
  searchUnit,
  searchWipe,
  testGiven,
} from "../prime/search";
import { primesBegin, primesEnd } from "../prime/small-primes";
import { deriveD, deriveQi, deriveRatio, deriveRest, isLargeD, Unmet, unmetCriteria, wipeDerived } from "./rsa-derive";
import { constructBegin, Word, word } from "./rsa-construct";
import { e, eLimbs, halfBits, p, partAt, partBytes, partLimbs, q, wipeParts, wipePrimes } from "./rsa-parts";
import { shapeKey, takeIn, takeRest } from "./rsa-shape";

export namespace Phase {
  export const IDLE: u32 = 0;
  export const P: u32 = 1;
  export const Q: u32 = 2;
  /** The other parts are derived and the criteria of A.1.1 are checked. */
  export const DERIVE: u32 = 3;
  /** The key stands and awaits its pairwise consistency test. */
  export const PAIRWISE: u32 = 4;
  /** The key passed, and may be taken. */
  export const READY: u32 = 5;
}

let phase: u32 = 0;
/** Derivation, unit by unit. */
let unit: u32 = 0;
/** C2SP det-keygen: what A.1.3 tests of e for each prime is tested at the end, and then costs both. */
let deterministic: bool = false;
/** The primes, or what they follow from, were given. */
let given: bool = false;
/** By A.1.2, A.1.4, A.1.5 or A.1.6. */
let constructing: bool = false;
/** Criteria of A.1.1 that the last key did not meet, see `Unmet`. */
let unmet: u32 = 0;
let limitP: u32 = 0;
let limitQ: u32 = 0;

export function rsaPhase(): u32 {
  return phase;
}

/** Which criteria the last key that was KEY_INVALID did not meet: bits of `Unmet`, 0 if a number did not fit. */
export function rsaUnmet(): u32 {
  return unmet;
}

/** Candidates drawn so far, for both primes. */
export function rsaCandidates(): u32 {
  return constructing ? probableMet() : candidatesDrawn();
}

/** Candidates so far that came to a Miller-Rabin test. */
export function rsaTested(): u32 {
  return constructing ? probableTested() : candidatesTested();
}

/** Miller-Rabin rounds that the present candidate has passed. */
export function rsaRounds(): u32 {
  return roundsPassed();
}

/**
 * Begins a search. `candidates` and `bases` are generators, each asked for `strengthBits`; they may be the same one.
 * `nlen` is a multiple of 16. `topMask` and `lowMask` are set in the first and last byte of a candidate (0x80 and 0x01
 * for A.1.3). `failuresP` and `failuresQ` limit the candidates (5 nlen and 10 nlen for A.1.3, steps 4.7 and 5.8).
 * `exponent` is e, big-endian. `variant` is 0 for A.1.3, 1 for det-keygen.
 */
export function searchKey(
  candidates: usize,
  bases: usize,
  strengthBits: u32,
  nlen: u32,
  topMask: u32,
  lowMask: u32,
  failuresP: u32,
  failuresQ: u32,
  rounds: u32,
  exponent: usize,
  exponentLen: u32,
  variant: u32,
): u32 {
  if (phase != Phase.IDLE) return Status.BAD_ARGUMENT;
  if ((topMask & 0x80) == 0 || (lowMask & 1) == 0 || (topMask | lowMask) > 0xff) return Status.BAD_ARGUMENT;
  if (rounds == 0 || variant > 1) return Status.BAD_ARGUMENT;
  const status = shapeKey(nlen, exponent, exponentLen);
  if (status != Status.OK) return status;
  given = false;
  deterministic = variant == 1;
  limitP = failuresP;
  limitQ = failuresQ;
  primesBegin();
  basesFrom(bases, strengthBits);
  const testedLimbs = deterministic ? 0 : eLimbs();
  searchBegin(halfBits(), candidates, strengthBits, topMask, lowMask, rounds, e, testedLimbs);
  startOver();
  return Status.OK;
}

/**
 * Begins with primes that are given, big-endian: from here on the steps are those of a search whose candidates are
 * fixed, and a criterion that is not met is KEY_INVALID.
 */
export function givenKey(
  bases: usize,
  strengthBits: u32,
  nlen: u32,
  rounds: u32,
  exponent: usize,
  exponentLen: u32,
  givenP: usize,
  givenPLen: u32,
  givenQ: usize,
  givenQLen: u32,
): u32 {
  if (phase != Phase.IDLE || rounds == 0) return Status.BAD_ARGUMENT;
  unmet = 0;
  const status = shapeKey(nlen, exponent, exponentLen);
  if (status != Status.OK) return status;
  if (!takeIn(p, givenP, givenPLen) || !takeIn(q, givenQ, givenQLen)) {
    wipeParts();
    return Status.KEY_INVALID;
  }
  given = true;
  deterministic = false;
  primesBegin();
  basesFrom(bases, strengthBits);
  searchBegin(halfBits(), 0, strengthBits, 0, 0, rounds, e, eLimbs());
  phase = Phase.P;
  unit = 0;
  testGiven(p, 0);
  return Status.OK;
}

/**
 * Begins the check of a whole key, after givenKey: the other parts are taken as they are, from `rest`, and every
 * criterion but primality is asked at once; then the primes are tested, and then the pair.
 */
export function checkKey(rest: usize): u32 {
  takeRest(rest);
  unmet = unmetCriteria();
  if (unmet == 0) {
    unit = 4; // nothing is derived
    return Status.OK;
  }
  dropKey();
  return Status.KEY_INVALID;
}

/** Begins a key by A.1.2, A.1.4, A.1.5 or A.1.6. `block` is as `Word` in `rsa-construct.ts` says. */
export function constructKey(block: usize): u32 {
  if (phase != Phase.IDLE) return Status.BAD_ARGUMENT;
  let status = shapeKey(word(block, Word.NLEN), word(block, Word.E), word(block, Word.E_LEN));
  if (status != Status.OK) return status;
  status = constructBegin(block);
  if (status != Status.OK) {
    dropKey();
    return status;
  }
  given = word(block, Word.CANDIDATES) == 0;
  deterministic = false;
  constructing = true;
  primesBegin();
  basesFrom(word(block, Word.BASES), word(block, Word.STRENGTH));
  startOver();
  return Status.OK;
}

function startOver(): void {
  phase = Phase.P;
  unit = 0;
  if (constructing) {
    auxiliaryPrime(p, 0, 0);
    return;
  }
  wipePrimes();
  searchPrime(p, 0, limitP);
}

/** In the phases P to DERIVE: goes on until about `work` is done, at least one unit. OK: the key awaits its test. */
export function searchOn(work: u32): u32 {
  let status: u32;
  do {
    status = keyUnit();
  } while (status == Status.CONTINUE && workDone() < work);
  return status;
}

function keyUnit(): u32 {
  if (phase == Phase.DERIVE) return deriveUnit();
  const status = constructing ? auxiliaryUnit() : searchUnit();
  if (status == Status.SEARCH_LIMIT && given) {
    unmet = phase == Phase.P ? Unmet.P_PRIME : Unmet.Q_PRIME;
    return Status.KEY_INVALID;
  }
  if (status != Status.OK) return status;
  if (phase == Phase.P) {
    phase = Phase.Q;
    if (constructing) auxiliaryPrime(q, p, 1);
    else if (given) testGiven(q, p);
    else searchPrime(q, p, limitQ);
  } else {
    phase = Phase.DERIVE;
  }
  return Status.CONTINUE;
}

/** A pair that will not do sends a search back to its start; for a pair that was given it is the end. */
function rejectPair(): u32 {
  if (given) return Status.KEY_INVALID;
  startOver();
  return Status.CONTINUE;
}

function deriveUnit(): u32 {
  unit++;
  if (unit == 1) {
    // det-keygen, step 20: a ratio of 2^32 or more costs both primes. A.1.3 has no such rule.
    if (!deriveRatio() && deterministic) return rejectPair();
  } else if (unit == 2) {
    // No inverse: det-keygen, step 23. In A.1.3 the primes were tested for it.
    if (!deriveD()) return deterministic ? rejectPair() : Status.KEY_INVALID;
    if (!isLargeD()) return rejectPair(); // A.1.1, criterion 3: in that rare case p, q and d are made anew
  } else if (unit == 3) {
    deriveRest();
  } else if (unit == 4) {
    if (!deriveQi()) return Status.KEY_INVALID;
  } else {
    if (unmetCriteria() != 0) return Status.KEY_INVALID;
    wipeSearch();
    phase = Phase.PAIRWISE;
    return Status.OK;
  }
  return Status.CONTINUE;
}

function wipeSearch(): void {
  primesEnd();
  primalityWipe();
  searchWipe();
  auxiliaryWipe();
  wipeDerived();
}

/** The key passed its pairwise consistency test: it may be taken. */
export function admitKey(): void {
  phase = Phase.READY;
}

/** Writes a part to `out`, big-endian in `len` bytes, which must be enough for any value of that part. */
export function rsaTake(part: u32, out: usize, len: u32): u32 {
  if (phase != Phase.READY || partAt(part) == 0 || len < partBytes(part)) return Status.BAD_ARGUMENT;
  toBytes(out, len, partAt(part), partLimbs(part));
  return Status.OK;
}

/** Ends the work on a key, wherever it stands, and wipes all that this floor and those below know of it. */
export function dropKey(): void {
  wipeSearch();
  wipeParts();
  phase = Phase.IDLE;
  unit = 0;
  given = false;
  deterministic = false;
  constructing = false;
  limitP = 0;
  limitQ = 0;
}

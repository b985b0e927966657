/**
 * RSA key pairs by FIPS 186-5, A.1.2 to A.1.6, and by C2SP det-keygen, in steps of fixed work.
 *
 * One key is in the making at a time. It goes through the phases below; the host calls a step until the status is no
 * longer CONTINUE. Whatever ends the work but OK and RESEED_REQUIRED wipes all of it.
 */
import { Status } from "../abi";
import { failed } from "../base/health";
import { toBytes } from "../nat/limbs";
import { workDone } from "../nat/work";
import { auxiliaryBegin, auxiliarySearching, auxiliaryStartOver, auxiliaryUnit, auxiliaryWipe } from "../prime/auxiliary";
import { constructionPrime, constructionUnit, constructionWipe } from "../prime/construct";
import { basesFrom, isTest, primalityWipe } from "../prime/miller-rabin";
import { pairDone, pairLookedAt, pairPrime, pairTested } from "../prime/pair";
import { candidatesMet, candidatesTried } from "../prime/progression";
import { candidatesDrawn, candidatesTested, searchBegin, searchPrime, searchUnit } from "../prime/search";
import { searchWipe, testGiven } from "../prime/search";
import { primesBegin, primesEnd } from "../prime/small-primes";
import { Derived, derivePart, LAST_PART, noteUnmet, Unmet, wipeDerived } from "./rsa-derive";
import { shapeKey, takeIn } from "./rsa-intake";
import { e, eLimbs, halfBits, halfLimbs, p, partAt, partBytes, partLimbs, q, wipeParts, wipePrimes } from "./rsa-parts";
import { Phase } from "./rsa-phase";

let phase: u32 = 0;
/** Derivation, unit by unit. */
let unit: u32 = 0;
/** C2SP det-keygen: what A.1.3 tests of e for each prime is tested at the end, and then costs both. */
let deterministic: bool = false;
/** A.1.6: both primes are searched for at once, with auxiliary primes. */
let auxiliary: bool = false;
/** By A.1.2, A.1.4, A.1.5, or by A.1.6 in `construct.ts`. */
let constructing: bool = false;
/** The primes, or what they follow from, were given. */
let given: bool = false;
/** Where the candidates of A.1.6 come from, should they have to be drawn again. */
let source: usize = 0;
/** The Miller-Rabin test, should the primes have to be tested again. */
let bases: usize = 0;
let strength: u32 = 0;
let rounds: u32 = 0;
let limitP: u32 = 0;
let limitQ: u32 = 0;

export function rsaPhase(): u32 {
  return phase;
}

/** Candidates drawn so far, for both primes. */
export function rsaCandidates(): u32 {
  if (constructing) return candidatesMet();
  return auxiliary ? pairLookedAt() : candidatesDrawn();
}

/** Candidates so far that trial division let pass. */
export function rsaTested(): u32 {
  if (constructing) return candidatesTried();
  return auxiliary ? pairTested() : candidatesTested();
}

/**
 * Begins a search. `candidates` and `bases` are generators, each asked for `strengthBits`; they may be the same one.
 * `nlen` is a multiple of 16. `topMask` and `lowMask` are set in the first and last byte of a candidate (0x80 and 0x01
 * for A.1.3). `failuresP` and `failuresQ` limit the candidates (5 nlen and 10 nlen for A.1.3, steps 4.7 and 5.8).
 * `millerRabinRounds` has LUCAS in it if that test is to follow, here and below. `exponent` is e, big-endian. `variant` is 0 for A.1.3, 1 for det-keygen, 2 for A.1.6 (whose limits are
 * its own).
 */
export function searchKey(
  candidates: usize,
  generatorOfBases: usize,
  strengthBits: u32,
  nlen: u32,
  topMask: u32,
  lowMask: u32,
  failuresP: u32,
  failuresQ: u32,
  millerRabinRounds: u32,
  exponent: usize,
  exponentLen: u32,
  variant: u32,
): u32 {
  if (phase != Phase.IDLE) return Status.BAD_ARGUMENT;
  if ((topMask & 0x80) == 0 || (lowMask & 1) == 0 || (topMask | lowMask) > 0xff) return Status.BAD_ARGUMENT;
  if (!isTest(millerRabinRounds) || variant > 2) return Status.BAD_ARGUMENT;
  const status = shapeKey(nlen, exponent, exponentLen);
  if (status != Status.OK) return status;
  given = false;
  deterministic = variant == 1;
  auxiliary = variant == 2;
  source = candidates;
  limitP = failuresP;
  limitQ = failuresQ;
  keepTest(generatorOfBases, strengthBits, millerRabinRounds);
  if (auxiliary) {
    searchAuxiliary();
    return Status.OK;
  }
  primesBegin();
  searchBegin(halfBits(), candidates, strengthBits, topMask, lowMask, rounds, e, deterministic ? 0 : eLimbs());
  startOver();
  return Status.OK;
}

/**
 * Begins with primes that are given, big-endian: from here on the steps are those of a search whose candidates are
 * fixed, and a criterion that is not met is KEY_INVALID.
 */
export function givenKey(
  generatorOfBases: usize,
  strengthBits: u32,
  nlen: u32,
  millerRabinRounds: u32,
  exponent: usize,
  exponentLen: u32,
  givenP: usize,
  givenPLen: u32,
  givenQ: usize,
  givenQLen: u32,
): u32 {
  if (phase != Phase.IDLE || !isTest(millerRabinRounds)) return Status.BAD_ARGUMENT;
  noteUnmet(0);
  const status = shapeKey(nlen, exponent, exponentLen);
  if (status != Status.OK) return status;
  if (!takeIn(p, givenP, givenPLen) || !takeIn(q, givenQ, givenQLen)) {
    wipeParts();
    return Status.KEY_INVALID;
  }
  testPrimes(generatorOfBases, strengthBits, millerRabinRounds);
  return Status.OK;
}

/** After givenKey: the other parts stand as well, so nothing is derived, and all is checked. */
export function checkOn(): void {
  unit = LAST_PART - 1;
}

/** Begins a key whose primes `construct.ts` makes, which knows all but this. The shape and e stand. */
export function constructOn(isGiven: bool, generatorOfBases: usize, strengthBits: u32, millerRabinRounds: u32): void {
  given = isGiven;
  constructing = true;
  primesBegin();
  keepTest(generatorOfBases, strengthBits, millerRabinRounds);
  startOver();
}

function keepTest(generatorOfBases: usize, strengthBits: u32, millerRabinRounds: u32): void {
  bases = generatorOfBases;
  strength = strengthBits;
  rounds = millerRabinRounds;
  basesFrom(bases, strength);
}

function searchAuxiliary(): void {
  auxiliaryBegin(halfBits(), source, strength, rounds, e, eLimbs());
  phase = Phase.P;
  unit = 0;
}

/**
 * What found the primes of a key that awaits its pairwise test is no longer trusted: they are tested anew, as given ones. By A.1.6
 * all begins anew, as its auxiliary primes were found so too; by `construct.ts` there is no key if one is composite.
 */
export function trustPrimesNoMore(): void {
  if (auxiliary) {
    wipePrimes();
    keepTest(bases, strength, rounds);
    searchAuxiliary();
    return;
  }
  testPrimes(bases, strength, rounds);
}

/** Begins the tests of the primes that stand. */
function testPrimes(generatorOfBases: usize, strengthBits: u32, millerRabinRounds: u32): void {
  given = true;
  auxiliary = false;
  constructing = false;
  deterministic = false;
  primesBegin();
  keepTest(generatorOfBases, strengthBits, millerRabinRounds);
  searchBegin(halfBits(), 0, strength, 0, 0, rounds, e, eLimbs());
  phase = Phase.P;
  unit = 0;
  testGiven(p, 0);
}

function startOver(): void {
  phase = Phase.P;
  unit = 0;
  if (constructing) {
    constructionPrime(p, 0, 0);
    return;
  }
  wipePrimes();
  if (auxiliary) auxiliaryStartOver();
  else searchPrime(p, 0, limitP);
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
  if (auxiliary) return auxiliaryStep();
  const status = constructing ? constructionUnit() : searchUnit();
  if (status == Status.SEARCH_LIMIT && given) {
    noteUnmet(phase == Phase.P ? Unmet.P_PRIME : Unmet.Q_PRIME);
    return Status.KEY_INVALID;
  }
  if (status != Status.OK) return status;
  if (phase == Phase.P) {
    phase = Phase.Q;
    if (constructing) constructionPrime(q, p, 1);
    else if (given) testGiven(q, p);
    else searchPrime(q, p, limitQ);
  } else {
    phase = Phase.DERIVE;
  }
  return Status.CONTINUE;
}

/** A.1.6: the phase is P until one of the primes stands, whichever it is. */
function auxiliaryStep(): u32 {
  const status = auxiliaryUnit();
  if (status != Status.OK) {
    if (phase == Phase.P && auxiliarySearching() && pairDone() != 0) phase = Phase.Q;
    return status;
  }
  memory.copy(p, pairPrime(0), halfLimbs() << 2);
  memory.copy(q, pairPrime(1), halfLimbs() << 2);
  phase = Phase.DERIVE;
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
  const outcome = derivePart(unit, deterministic);
  if (outcome == Derived.MORE) return Status.CONTINUE;
  if (outcome == Derived.START_OVER) return rejectPair();
  if (outcome == Derived.INVALID) return Status.KEY_INVALID;
  wipeSearch();
  phase = Phase.PAIRWISE;
  return Status.OK;
}

function wipeSearch(): void {
  auxiliaryWipe(); // first: the sieve wipes as much as primes are listed
  primesEnd();
  primalityWipe();
  searchWipe();
  constructionWipe();
  wipeDerived();
}

/** The key passed its pairwise consistency test: it may be taken. */
export function admitKey(): void {
  phase = Phase.READY;
}

/** Writes a part to `out`, big-endian in `len` bytes, which must be enough for any value of that part. */
export function rsaTake(part: u32, out: usize, len: u32): u32 {
  if (failed()) {
    dropKey();
    return Status.SELF_TEST_FAILED;
  }
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
  auxiliary = false;
  constructing = false;
  source = 0;
  bases = 0;
  strength = 0;
  rounds = 0;
  limitP = 0;
  limitQ = 0;
}

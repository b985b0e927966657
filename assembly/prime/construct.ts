/**
 * One prime of an RSA modulus with auxiliary primes, in steps: what A.1.2, A.1.4, A.1.5 and A.1.6 of FIPS 186-5 do for p
 * and then again for q.
 *
 * | method | p1, p2               | p                                   |
 * | A.1.2  | none                 | provable, B.10 from the seed        |
 * | A.1.4  | provable, B.6        | provable, B.10 from the seed        |
 * | A.1.5  | provable, B.6        | probably prime, B.9 from a random X |
 * | A.1.6  | probably prime       | probably prime, B.9 from a random X |
 *
 * The order of the steps and what each consumes were compared with NIST's ACVP server (usnistgov/ACVP-Server, folder
 * RSA/PrimeGenerators) and, for A.1.6, with OpenSSL (crypto/bn/bn_rsa_fips186_5.c). `auxiliary.ts` makes the keys of A.1.6 for
 * use, both primes at once; here p is found before q, from lengths that the caller chooses. Seed and X are drawn from a
 * generator, or given by the caller for known-answer work. Rejected candidates and their number are visible.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { drbgGenerate } from "../drbg/hmac-drbg";
import { fromBytes, limbsFor, MAX_HALF } from "../nat/limbs";
import { mul } from "../nat/mul";
import { charge } from "../nat/work";
import { isFarApart, isInRange } from "./criteria";
import { factorBegin, factorUnit, probableWipe, upwardsBegin, upwardsUnit } from "./probable";
import { candidate, countsReset, progressionBegin, progressionFrom, progressionWipe, ROOM } from "./progression";
import { base, provableBegin, provableUnit, provableWipe } from "./provable";
import { seedAt, seedLength, seedWipe } from "./seed";
import { baseLength, shaweTaylorBegin, shaweTaylorUnit, shaweTaylorWipe } from "./shawe-taylor";

/** Bytes for an auxiliary prime. Table A.1 leaves at most 2029 - 201 = 1828 bits to the longer one. */
export const AUX_SIZE: u32 = 256;
/** p1, p2, q1, q2; before that, the odd numbers at which their search begins, if given. */
export const auxiliaries = memory.data(4 * 256, 16);
/** X of p and X of q, which may be given. */
export const starts = memory.data(2 * 512, 16);
/** The lengths of the auxiliary primes in bits; 1 for A.1.2, which has none. */
export const auxiliaryBits = memory.data<u32>([0, 0, 0, 0]);
/** What p and q must be modulo 8: 1, 3, 5, 7, or 0 for any. */
export const residues = memory.data<u32>([0, 0]);

const drawn = memory.data(512, 16);
const factor = memory.data(544, 16);

const SEED: u32 = 0;
const FIRST: u32 = 1;
const SECOND: u32 = 2;
const BASE: u32 = 3;
const START: u32 = 4;
const SEARCH: u32 = 5;

/** What all primes of a key have in common. Public. */
let half: u32 = 0;
let method: u32 = 0;
let generator: usize = 0;
let strength: u32 = 0;
let rounds: u32 = 0;
let auxiliaryRounds: u32 = 0;
let exponent: usize = 0;
let exponentLimbs: u32 = 0;
/** The seed, or X and its like, are given; else they are drawn. */
let given: bool = false;

let prime: usize = 0;
let other: usize = 0;
/** 0 for p, 1 for q. */
let which: u32 = 0;
let stage: u32 = 0;
/** The present stage has begun. */
let begun: bool = false;
/**
 * Fixes what p and q have in common: the method (2, 4, 5 or 6 for A.1.2 to A.1.6), half the length of the modulus; the
 * generator and the strength asked of it, or no generator if all is given; Miller-Rabin rounds for p, q and for the
 * auxiliary primes; and e. The lengths, the residues, the seed's length and what is given stand in place.
 */
export function constructionBegin(
  process: u32,
  bits: u32,
  drbg: usize,
  strengthBits: u32,
  primeRounds: u32,
  roundsOfAuxiliaries: u32,
  e: usize,
  eLimbs: u32,
): void {
  method = process;
  half = bits;
  generator = drbg;
  given = drbg == 0;
  strength = strengthBits;
  rounds = primeRounds;
  auxiliaryRounds = roundsOfAuxiliaries;
  exponent = e;
  exponentLimbs = eLimbs;
  countsReset();
}

/** Begins p (index 0) or q (index 1) at `at`, far from the prime at `apartFrom` unless that is 0. */
export function constructionPrime(at: usize, apartFrom: usize, index: u32): void {
  prime = at;
  other = apartFrom;
  which = index;
  goTo(index == 0 && usesSeed() && !given ? SEED : FIRST);
}

function goTo(next: u32): void {
  stage = next;
  begun = false;
}

/** A seed is drawn once, for p; q goes on from what p leaves of it. */
function usesSeed(): bool {
  return method != 6;
}

function isProvable(): bool {
  return method <= 4;
}

/** One small unit: CONTINUE, OK when the prime stands, SEARCH_LIMIT, or what a generator said. */
export function constructionUnit(): u32 {
  if (stage == SEED) return drawSeed();
  if (stage == FIRST || stage == SECOND) return auxiliaryOf(which * 2 + stage - FIRST);
  if (stage == BASE) return baseUnit();
  return stage == START ? drawStart() : searchUnit();
}

function draw(to: usize, len: u32): u32 {
  charge(len * 100);
  return drbgGenerate(generator, to, len, strength, 0, 0, 0);
}

function drawSeed(): u32 {
  const status = draw(seedAt(), seedLength());
  if (status != Status.OK) return status;
  goTo(FIRST);
  return Status.CONTINUE;
}

function auxiliaryAt(index: u32): usize {
  return auxiliaries + index * AUX_SIZE;
}

function bitsAt(index: u32): u32 {
  return load<u32>(auxiliaryBits + (index << 2));
}

/** One unit of p1, p2, q1 or q2. */
function auxiliaryOf(index: u32): u32 {
  const bits = bitsAt(index);
  const at = auxiliaryAt(index);
  if (bits > 1) {
    const status = usesSeed() ? shaweTaylor(bits) : probableAuxiliary(at, bits);
    if (status != Status.OK) return status;
    if (usesSeed()) memory.copy(at, candidate, limbsFor(bits) << 2);
  } else {
    store<u32>(at, 1); // B.10, steps 2 and 4
  }
  goTo(stage == FIRST ? SECOND : isProvable() ? BASE : START);
  return Status.CONTINUE;
}

/** One unit of B.6 for a prime of `bits` bits. */
function shaweTaylor(bits: u32): u32 {
  if (!begun) shaweTaylorBegin(bits);
  begun = true;
  return shaweTaylorUnit();
}

/** A.1.6, steps 4.1-4.2 and 5.1-5.2: a random odd number of that length, and the first prime that is not below it. */
function probableAuxiliary(at: usize, bits: u32): u32 {
  if (begun) return upwardsUnit();
  if (!given) {
    const len = (bits + 7) >>> 3;
    const status = draw(drawn, len);
    if (status != Status.OK) return status;
    const top: u32 = 1 << ((bits - 1) & 7);
    store<u8>(drawn, <u8>((<u32>load<u8>(drawn) & (top - 1)) | top));
    fromBytes(at, limbsFor(bits), drawn, len);
    store<u32>(at, load<u32>(at) | 1);
  }
  upwardsBegin(at, bits, auxiliaryRounds);
  begun = true;
  return Status.CONTINUE;
}

/** B.10, steps 6-15: p0, and the first candidate. */
function baseUnit(): u32 {
  const bits = baseLength(half);
  const status = shaweTaylor(bits);
  if (status != Status.OK) return status;
  const limbs = limbsFor(bits);
  wipe(base, 272);
  memory.copy(base, candidate, limbs << 2);
  const first = which * 2;
  const firstLimbs = limbsFor(bitsAt(first));
  const secondBits = bitsAt(first + 1);
  mul(factor, base, limbs, auxiliaryAt(first), firstLimbs);
  const bn = secondBits > 1 ? limbsFor(secondBits) : 0;
  if (!provableBegin(half, bits, factor, limbs + firstLimbs, auxiliaryAt(first + 1), bn, exponent, exponentLimbs)) {
    return Status.SEARCH_LIMIT; // step 13
  }
  goTo(SEARCH);
  return Status.CONTINUE;
}

/**
 * B.9, steps 1-5: X, which is in the range of p and far from the X of p if it is that of q, and the first Y. The distance
 * is asked at the end of A.1.5 and A.1.6, where it costs all of q; to ask it here takes the same X and costs less.
 */
function drawStart(): u32 {
  const at = starts + (which << 9);
  const limbs = limbsFor(half);
  const len = half >>> 3;
  if (!given) {
    const status = draw(drawn, len);
    if (status != Status.OK) return status;
    store<u8>(drawn, load<u8>(drawn) | 0x80);
    fromBytes(at, limbs, drawn, len);
  }
  const good = isInRange(at, half) && (which == 0 || isFarApart(starts, at, half));
  if (!good) return given ? Status.SEARCH_LIMIT : Status.CONTINUE;
  const r1 = auxiliaryAt(which * 2);
  const r2 = r1 + AUX_SIZE;
  const coprime = progressionBegin(half, r1, limbsFor(bitsAt(which * 2)), r2, limbsFor(bitsAt(which * 2 + 1)));
  if (!coprime) return Status.SEARCH_LIMIT; // step 1
  wipe(factor, ROOM);
  memory.copy(factor, at, limbs << 2);
  progressionFrom(factor);
  factorBegin(half, rounds, load<u32>(residues + (which << 2)), exponent, exponentLimbs);
  goTo(SEARCH);
  return Status.CONTINUE;
}

function searchUnit(): u32 {
  const status = isProvable() ? provableUnit() : factorUnit();
  if (status == Status.KEY_INVALID && !given) {
    goTo(START); // B.9, step 6: another X
    return Status.CONTINUE;
  }
  if (status != Status.OK) return status;
  memory.copy(prime, candidate, limbsFor(half) << 2);
  // |p - q| <= 2^(half - 100): q is made anew, with what is left of the seed.
  if (other == 0 || isFarApart(prime, other, half)) return Status.OK;
  if (given && !isProvable()) return Status.SEARCH_LIMIT;
  goTo(FIRST);
  return Status.CONTINUE;
}

/** Forgets the search and wipes its scratch, the seed and X; the primes belong to the caller. */
export function constructionWipe(): void {
  wipe(starts, 1024);
  wipe(drawn, MAX_HALF << 2);
  wipe(factor, ROOM);
  wipe(residues, 8);
  wipe(auxiliaryBits, 16);
  seedWipe();
  progressionWipe();
  provableWipe();
  shaweTaylorWipe();
  probableWipe();
  half = 0;
  method = 0;
  generator = 0;
  strength = 0;
  rounds = 0;
  auxiliaryRounds = 0;
  exponent = 0;
  exponentLimbs = 0;
  given = false;
  prime = 0;
  other = 0;
  which = 0;
  goTo(SEED);
}

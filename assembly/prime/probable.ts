/**
 * Probable primes that are not random from end to end, in steps: the first prime from a number upwards (FIPS 186-5,
 * A.1.6, steps 4.2 and 5.2), and the first in the progression of two auxiliary primes (B.9).
 *
 * Steps and limits were compared with OpenSSL (crypto/bn/bn_rsa_fips186_5.c) and with NIST's ACVP server
 * (usnistgov/ACVP-Server, RSA/PrimeGenerators/PrimeGeneratorHelper.cs). Rejected candidates and their number are
 * visible; nothing else depends on a value.
 */
import { Status } from "../abi";
import { addSmall } from "../nat/add";
import { limbsFor } from "../nat/limbs";
import { fitsIn, isCoprimeToE } from "./criteria";
import { primalityBegin, primalityStep, primalityVerdict, Verdict } from "./miller-rabin";
import { candidate, candidateFits, noteMet, noteTested, progressionByFours, progressionNext } from "./progression";
import { hasSmallFactor } from "./small-primes";

/** Where the number stands that is tried: the one from which the search goes up by 2, or the progression's. */
let at: usize = 0;
let bits: u32 = 0;
let rounds: u32 = 0;
let residue: u32 = 0;
/** The progression goes by fours. */
let aligned: bool = false;
let exponent: usize = 0;
let exponentLimbs: u32 = 0;

let testing: bool = false;
let counter: u32 = 0;

/** Forgets the search. */
export function probableWipe(): void {
  begin(0, 0, 0);
  residue = 0;
  exponent = 0;
  exponentLimbs = 0;
}

function begin(where: usize, size: u32, iterations: u32): void {
  at = where;
  bits = size;
  rounds = iterations;
  testing = false;
  aligned = false;
  counter = 0;
}

/** Begins at the odd number at `from`, of exactly `size` bits, which becomes the prime. */
export function upwardsBegin(from: usize, size: u32, iterations: u32): void {
  begin(from, size, iterations);
}

/** One small unit: CONTINUE, OK, SEARCH_LIMIT if there is no prime of that length, or what a generator said. */
export function upwardsUnit(): u32 {
  const limbs = limbsFor(bits);
  if (testing) {
    const status = testUnit();
    if (status != Status.COMPOSITE) return status;
  } else {
    // Unless the number began with a thousand ones, this does not happen.
    if (!fitsIn(bits, at, limbs)) return Status.SEARCH_LIMIT;
    if (!hasSmallFactor(at, limbs)) return test();
  }
  addSmall(at, 2, limbs);
  return Status.CONTINUE;
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
  if (testing) {
    const status = testUnit();
    return status != Status.COMPOSITE ? status : reject();
  }
  if (!candidateFits()) return Status.KEY_INVALID;
  if (residue != 0 && !aligned) { // what 186-5 added to step 4: at most three of these do not count
    if ((load<u32>(candidate) & 7) != residue) {
      progressionNext();
      return Status.CONTINUE;
    }
    progressionByFours();
    aligned = true;
  }
  noteMet();
  if (!isCoprimeToE(candidate, bits, exponent, exponentLimbs)) return reject(); // step 7
  if (hasSmallFactor(candidate, limbsFor(bits))) return reject();
  noteTested();
  return test();
}

/** B.9, steps 8-10: at most 20 (nlen / 2) candidates, where FIPS 186-4, C.9 had 5. */
function reject(): u32 {
  counter++;
  if (counter >= 20 * bits) return Status.SEARCH_LIMIT;
  progressionNext();
  return Status.CONTINUE;
}

function test(): u32 {
  primalityBegin(at, bits, rounds);
  testing = true;
  return Status.CONTINUE;
}

/** CONTINUE, OK, COMPOSITE, or what the generator of the bases said. */
function testUnit(): u32 {
  const status = primalityStep();
  if (status != Status.OK) return status;
  if (primalityVerdict() == Verdict.UNDECIDED) return Status.CONTINUE;
  testing = false;
  return primalityVerdict() == Verdict.PROBABLY_PRIME ? Status.OK : Status.COMPOSITE;
}

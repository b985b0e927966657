/**
 * What the methods with auxiliary primes and from a seed (FIPS 186-5, A.1.2, A.1.4, A.1.5, A.1.6) are begun with: a
 * block of 32-bit words, since there are too many for arguments.
 *
 * The lengths of auxiliary primes are held to Table A.1. At least 141, 171, 201 bits, and together below 1007, 1518, 2030
 * for p and q that are probably prime: read in OpenSSL (crypto/bn/bn_rsa_fips186_5.c) and openHiTLS (rsa_keygen.c).
 * Together below 494, 750, 1005 for p and q that are provable: these were found in one public implementation only, which
 * lets the bound itself in; not compared with the standard's own text, and the narrower reading is taken.
 */
import { Status } from "../abi";
import { isHash } from "../hash/hash";
import { bitLengthVarTime, fromBytes } from "../nat/limbs";
import { AUX_SIZE, auxiliaries, constructionBegin, auxiliaryBits, residues, starts } from "../prime/construct";
import { isTest, LUCAS } from "../prime/miller-rabin";
import { MAX_SEED, seedAt, seedBegin } from "../prime/seed";
import { constructOn, dropKey, rsaPhase } from "./rsa";
import { shapeKey } from "./rsa-intake";
import { e, eLimbs, halfBits, halfLimbs } from "./rsa-parts";
import { Phase } from "./rsa-phase";

export namespace Word {
  /** 2, 4, 5 or 6: the last number of the clause. */
  export const METHOD: u32 = 0;
  /** The generator of seed and X; 0 if they are given. Then those of the bases, and the strength asked of both. */
  export const CANDIDATES: u32 = 1;
  export const BASES: u32 = 2;
  export const STRENGTH: u32 = 3;
  export const NLEN: u32 = 4;
  /** Miller-Rabin rounds for p and q, with LUCAS if that test follows (p and q must not be proved then); and for auxiliary primes. */
  export const ROUNDS: u32 = 5;
  export const AUX_ROUNDS: u32 = 6;
  /** e, big-endian. */
  export const E: u32 = 7;
  export const E_LEN: u32 = 8;
  /** The hash, 0 for A.1.6, and the seed; of one that is drawn, the length only. */
  export const HASH: u32 = 9;
  export const SEED: u32 = 10;
  export const SEED_LEN: u32 = 11;
  /** Lengths in bits of p1, p2, q1, q2; 1 for all of A.1.2. */
  export const BITS: u32 = 12;
  /** p mod 8 and q mod 8, or 0. */
  export const MOD_8: u32 = 16;
  /** Xp1, Xp2, Xq1, Xq2, each in the least number of bytes for its length; then Xp, Xq, in half the modulus. */
  export const X_AUX: u32 = 18;
  export const X: u32 = 22;
}

/** A word of the block. */
export function word(block: usize, index: u32): u32 {
  return load<u32>(block + (index << 2));
}

/** Begins a key by a method of `construct.ts`. */
export function constructKey(block: usize): u32 {
  if (rsaPhase() != Phase.IDLE) return Status.BAD_ARGUMENT;
  let status = shapeKey(word(block, Word.NLEN), word(block, Word.E), word(block, Word.E_LEN));
  if (status != Status.OK) return status;
  status = constructBegin(block);
  if (status != Status.OK) {
    dropKey();
    return status;
  }
  const given = word(block, Word.CANDIDATES) == 0;
  constructOn(given, word(block, Word.BASES), word(block, Word.STRENGTH), word(block, Word.ROUNDS));
  return Status.OK;
}

/** Takes the block in, for the e and the shape that stand already. What it leaves on failure is wiped by the caller. */
function constructBegin(block: usize): u32 {
  const method = word(block, Word.METHOD);
  const seedLen = word(block, Word.SEED_LEN);
  const hash = word(block, Word.HASH);
  if (method < 2 || method > 6 || method == 3) return Status.BAD_ARGUMENT;
  const rounds = word(block, Word.ROUNDS);
  if (!isTest(rounds) || !isTest(word(block, Word.AUX_ROUNDS))) return Status.BAD_ARGUMENT;
  if (method <= 4 && (rounds & LUCAS) != 0) return Status.BAD_ARGUMENT;
  if (method == 6 ? (hash | seedLen) != 0 : !isHash(hash) || seedLen > MAX_SEED) return Status.BAD_ARGUMENT;
  // Twice the strength of the modulus (A.1.2.1 and its like): 112 bits, 128 from 3072 bits on, and if it is drawn 192 from 7680
  // bits on. ACVP gives seeds of 256 bits for all that are larger.
  const isDrawn = word(block, Word.CANDIDATES) != 0;
  const least: u32 = halfBits() < 1536 ? 28 : isDrawn && halfBits() >= 3840 ? 48 : 32;
  if (method != 6 && seedLen < least) return Status.BAD_ARGUMENT;
  for (let i: u32 = 0; i < 2; i++) {
    if (!areLengths(method, word(block, Word.BITS + 2 * i), word(block, Word.BITS + 2 * i + 1))) {
      return Status.BAD_ARGUMENT;
    }
    const residue = word(block, Word.MOD_8 + i);
    if (residue != 0 && (residue > 7 || (residue & 1) == 0 || method <= 4)) return Status.BAD_ARGUMENT;
  }
  memory.copy(auxiliaryBits, block + (Word.BITS << 2), 16);
  memory.copy(residues, block + (Word.MOD_8 << 2), 8);
  seedBegin(hash, seedLen);
  const status = word(block, Word.CANDIDATES) == 0 ? takeGiven(block, method) : Status.OK;
  constructionBegin(
    method,
    halfBits(),
    word(block, Word.CANDIDATES),
    word(block, Word.STRENGTH),
    word(block, Word.ROUNDS),
    word(block, Word.AUX_ROUNDS),
    e,
    eLimbs(),
  );
  return status;
}

/** FIPS 186-5, Table A.1: the least length, and what both lengths together stay below. A.1.2 has no auxiliary primes. */
function areLengths(method: u32, first: u32, second: u32): bool {
  if (method == 2) return first == 1 && second == 1;
  const half = halfBits();
  const least: u32 = half < 1536 ? 141 : half < 2048 ? 171 : 201;
  if (first < least || second < least || (first | second) >= AUX_SIZE << 3) return false;
  const bound: u32 = half < 1536 ? 1007 : half < 2048 ? 1518 : 2030;
  const provable: u32 = half < 1536 ? 494 : half < 2048 ? 750 : 1005;
  return first + second < (method == 4 ? provable : bound);
}

/** Numbers that are given instead of drawn, for known-answer work: that they are odd or in range is told. */
function takeGiven(block: usize, method: u32): u32 {
  memory.copy(seedAt(), word(block, Word.SEED), word(block, Word.SEED_LEN));
  if (method <= 4) return Status.OK;
  for (let i: u32 = 0; i < 2; i++) {
    fromBytes(starts + (i << 9), halfLimbs(), word(block, Word.X + i), halfBits() >>> 3);
  }
  if (method == 5) return Status.OK;
  for (let i: u32 = 0; i < 4; i++) {
    const at = auxiliaries + i * AUX_SIZE;
    const bits = word(block, Word.BITS + i);
    fromBytes(at, AUX_SIZE >>> 2, word(block, Word.X_AUX + i), (bits + 7) >>> 3);
    // A.1.6, steps 4.1 and 5.1: odd, and of that length.
    if ((load<u32>(at) & 1) == 0 || bitLengthVarTime(at, AUX_SIZE >>> 2) != bits) return Status.BAD_ARGUMENT;
  }
  return Status.OK;
}

/**
 * The (general) Lucas probabilistic primality test, FIPS 186-5, B.3.3, in steps, on integers. The steps were compared with
 * PyCryptodome (Math/Primality.py, lucas_test, which quotes FIPS 186-4, C.3.3), not with the standard's own text.
 *
 * The standard goes through U_k and V_k for P = 1 and Q = (1 - D) / 4, and asks whether U_(C+1) = 0 modulo C. Here that is
 * asked of a shorter sequence. With P' = 1/Q - 2, U_2m(1, Q) = Q^(m-1) U_m(P', 1), so for m = (C + 1) / 2 the one is 0 where
 * the other is; and the discriminant P'^2 - 4 = D / Q^2 has an inverse, so that U_m(P', 1) can be read off the V alone. If Q
 * has no inverse, a prime r divides C and Q; modulo r every U_k is 1 (C = r does not come here: D = 1 modulo r would have the
 * symbol 1), so C is COMPOSITE for the standard as well.
 *
 * For a number that passes, nothing depends on its value but that more than BATCH symbols were looked at, which holds for
 * one number in 2^53. For one that fails, what it failed is visible.
 */
import { equal, isZero, mask } from "../base/ct";
import { wipe } from "../base/memory";
import { addIf, addSmall, shiftRight, subIf, subSmall, swapIf } from "../nat/add";
import { invertModOdd } from "../nat/divsteps";
import { MAX_LIMBS } from "../nat/limbs";
import { chainBegin, chainMeetsZero, chainStep, chainWipe } from "../nat/lucas-chain";
import { isSquare } from "../nat/square-root";
import { charge } from "../nat/work";
import { inverseOf } from "./small-primes";

/** All of the first so many D are looked at: up to 259 in size, with 53 primes among them. */
const BATCH: u32 = 128;

/** P', and C - |Q| on the way to it; then the index m. */
const parameter = memory.data(256 * 4, 16);
const scratch = memory.data(256 * 4, 16);

let limbs: u32 = 0;
/** The D that was chosen is 5 + 2 i or its negative, with i secret. */
let chosen: u32 = 0;

/** Begins the test of C, at w, odd and at least 3, of exactly `bits` bits (public). Returns 0 if C is COMPOSITE already. */
export function lucasBegin(w: usize, count: u32, bits: u32): u32 {
  limbs = count;
  if (isSquare(w, limbs)) return 0; //    step 1
  if (!chooseD(w)) return 0; //           step 2
  if (!deriveParameter(w)) return 0;
  memory.copy(scratch, w, limbs << 2); // steps 3-4: m = (C + 1) / 2
  shiftRight(scratch, 1, limbs);
  addSmall(scratch, 1, limbs);
  chainBegin(w, limbs, bits, parameter, scratch);
  return 1;
}

/** One unit of steps 5-6. Returns 1 when the sequence is complete. */
export function lucasStep(): u32 {
  return chainStep();
}

/** Step 7: 1 if C is probably prime. Once, after the last step. */
export function lucasPasses(): u32 {
  return chainMeetsZero(limbs);
}

/**
 * Step 2: the first D of 5, -7, 9, -11, ... with the symbol (D/C) = -1. Returns 0 if a symbol is 0 before.
 *
 * Every D is 1 modulo 4, so (D/C) is (C mod |D| / |D|): the law of reciprocity has no sign for those.
 */
function chooseD(w: usize): u32 {
  let found: u32 = 0;
  let zero: u32 = 0;
  chosen = 0;
  for (let first: u32 = 0; (found | zero) == 0; first += BATCH) {
    for (let i = first; i < first + BATCH; i++) {
      const signs = symbolOf(w, 5 + 2 * i);
      const open = (found | zero) ^ 1;
      const minus = open & (signs >>> 1);
      chosen |= mask(minus) & i;
      found |= minus;
      zero |= open & isZero(signs);
    }
  }
  return found;
}

/**
 * The symbol (w/d) for an odd d, as bit 0 if it is 1 and bit 1 if it is -1. All residues are gone through.
 *
 * w is reduced from the low limb up, as in small-primes.ts; what comes out, up to d, is w / 2^(32 (limbs + 1)), and a square
 * does not change a symbol.
 */
function symbolOf(w: usize, d: u32): u32 {
  const k = 0 - inverseOf(d);
  let r: u64 = 0;
  for (let i: u32 = 0; i <= limbs; i++) {
    if (i < limbs) r += <u64>load<u32>(w + (i << 2));
    r = (r + <u64>(<u32>r * k) * <u64>d) >>> 32;
  }
  let signs: u32 = 0;
  for (let x: u32 = 1; x < d; x++) signs |= mask(equal(x, <u32>r)) & jacobiVarTime(x, d);
  charge(4 * limbs + 40 * d);
  return signs;
}

/** FIPS 186-5, B.5: the symbol (a/n) of public numbers, n odd, as symbolOf has it. Not constant-time. */
function jacobiVarTime(a: u32, n: u32): u32 {
  let minus: u32 = 0;
  while (a != 0) {
    while ((a & 1) == 0) {
      a >>= 1;
      minus ^= (n ^ (n >>> 1)) >>> 1; // bit 0: n is 3 or 5 modulo 8
    }
    minus ^= (a & n) >>> 1; // bit 0: both are 3 modulo 4
    const rest = n % a;
    n = a;
    a = rest;
  }
  return n == 1 ? 1 << (minus & 1) : 0;
}

/** P' = 1/Q - 2 modulo C, where Q = (1 - D) / 4 is negative for the positive D. Returns 0 if Q has no inverse. */
function deriveParameter(w: usize): u32 {
  const positive = (chosen & 1) ^ 1;
  const size = (chosen >>> 1) + 1 + (chosen & 1);
  memory.fill(parameter, 0, limbs << 2);
  store<u32>(parameter, size);
  memory.copy(scratch, w, limbs << 2);
  subIf(1, scratch, parameter, limbs);
  swapIf(positive, parameter, scratch, limbs);
  const exists = invertModOdd(parameter, parameter, w, limbs);
  addIf(subSmall(parameter, 2, limbs), parameter, w, limbs);
  return exists;
}

/** Ends the test and wipes what it knows of the number. */
export function lucasWipe(): void {
  chainWipe();
  wipe(parameter, MAX_LIMBS << 2);
  wipe(scratch, MAX_LIMBS << 2);
  limbs = 0;
  chosen = 0;
}

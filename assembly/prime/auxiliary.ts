/**
 * The search for both primes of an RSA modulus with auxiliary probable primes: FIPS 186-5, A.1.6 with B.9, in steps.
 *
 * p - 1 has the prime divisor p1 and p + 1 the prime divisor p2, and so for q. The lengths, rounds and limits below were
 * compared with two implementations that quote the standard, OpenSSL (`bn_rsa_fips186_4.c`) and openHiTLS (`rsa_keygen.c`,
 * Tables A.1 and B.1, B.9 step 9), not with the standard's own text. p and q are sought at the same time, which changes the
 * order of draws but not what they decide.
 *
 * Nothing depends on the value of a candidate but that it is rejected, and why. How many were is visible.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { drbgGenerate } from "../drbg/hmac-drbg";
import { addIf, double, reduceOnce, subIf } from "../nat/add";
import { divide } from "../nat/divide";
import { invertModOdd } from "../nat/divsteps";
import { fromBytes, limbsFor, MAX_HALF } from "../nat/limbs";
import { mul } from "../nat/mul";
import { charge } from "../nat/work";
import { fitsIn, isFarApart, isInRange } from "./criteria";
import { OVERFLOW, pairBegin, pairPrime, pairReset, pairSet, pairUnit, pairWipe } from "./pair";
import { sieveBegin, sieveWipe } from "./sieve";

/** What the units do, in this order, for p and then for q where it says so. */
const DRAW_STARTS: u32 = 0; // Xp1 and Xp2, for p and then q
const FIND_AUXILIARY: u32 = 1; // p1 and p2
const DRAW_X: u32 = 2; // Xp, Xq
const FIND_PRIMES: u32 = 3;

/** 2 r1 r2, and the number that is 1 modulo 2 r1 and -1 modulo r2, for p and q. */
const strides = memory.data(2 * 64, 16);
const residues = memory.data(2 * 64, 16);
/** Xp and Xq. */
const randoms = memory.data(2 * 512, 16);
const start = memory.data(512, 16);
const drawn = memory.data(512, 16);
const first = memory.data(64, 16);
const second = memory.data(64, 16);
const offset = memory.data(64, 16);
const two = memory.data<u32>([2, 0, 0, 0]);

let half: u32 = 0;
let generator: usize = 0;
let strength: u32 = 0;
let rounds: u32 = 0;
let exponent: usize = 0;
let exponentLimbs: u32 = 0;
let auxiliaryBits: u32 = 0;
let auxiliaryRounds: u32 = 0;

let stage: u32 = 0;
let side: u32 = 0;
/** Bit k: X of side k is drawn. */
let drawnX: u32 = 0;

/** Begins: primes of `bits` bits, a multiple of 8 from 1024 to 4096; the other parameters as in `search.ts`. */
export function auxiliaryBegin(
  bits: u32,
  drbg: usize,
  strengthBits: u32,
  millerRabinRounds: u32,
  e: usize,
  eLimbs: u32,
): void {
  half = bits;
  generator = drbg;
  strength = strengthBits;
  rounds = millerRabinRounds;
  exponent = e;
  exponentLimbs = eLimbs;
  // Table A.1 asks for more than 140, 170 and 200 bits. Whole bytes are drawn.
  auxiliaryBits = bits >= 2048 ? 208 : bits >= 1536 ? 176 : 144;
  auxiliaryRounds = roundsOfAuxiliaries(bits);
  // Measured: near the minimum, which is flat.
  sieveBegin(bits >= 2048 ? 1 << 19 : bits >= 1536 ? 1 << 18 : 1 << 17);
  pairReset();
  auxiliaryStartOver();
}

/**
 * Rounds for auxiliary primes. Table B.1 ends with p and q of 2048 bits; above, they follow from the formula of Appendix C.1
 * for numbers of 201 bits and a bound of 2^-176, 2^-192 and 2^-200, the strengths of 6144, 7680 and 8192 bits.
 */
function roundsOfAuxiliaries(bits: u32): u32 {
  if (bits > 3840) return 72;
  if (bits > 3072) return 68;
  if (bits > 2048) return 60;
  return bits == 2048 ? 44 : bits >= 1536 ? 41 : 38;
}

/** Begins again, with other auxiliary primes. */
export function auxiliaryStartOver(): void {
  stage = DRAW_STARTS;
  side = 0;
  drawnX = 0;
  beginAuxiliary();
}

/** A.1.6, steps 4.1 and 5.1: the auxiliary primes are the first from a random odd number on. */
function beginAuxiliary(): void {
  pairBegin(auxiliaryBits, auxiliaryRounds, 1 << 15, 1, false, 0, 0);
  drawnX = 0;
}

/** Whether p and q themselves are looked for by now. */
export function auxiliarySearching(): bool {
  return stage == FIND_PRIMES;
}

/** One small unit: CONTINUE, OK when p and q stand, SEARCH_LIMIT, or what a generator said. */
export function auxiliaryUnit(): u32 {
  if (stage == DRAW_STARTS) return drawStart();
  if (stage == DRAW_X) return drawX();
  const status = pairUnit();
  if (status >= OVERFLOW) {
    // B.9, step 6: Y left its length, and another X is drawn. An auxiliary prime, which has none, starts elsewhere.
    drawnX &= ~(1 << (status - OVERFLOW));
    stage = stage == FIND_PRIMES ? DRAW_X : DRAW_STARTS;
    return Status.CONTINUE;
  }
  if (status != Status.OK) return status;
  if (stage == FIND_PRIMES) {
    // A.1.6, step 6. It fails for one pair in 2^99; then everything is made anew, not q alone.
    if (isFarApart(pairPrime(0), pairPrime(1), half)) return Status.OK;
    auxiliaryStartOver();
    return Status.CONTINUE;
  }
  if (!combine()) {
    auxiliaryStartOver();
    return Status.CONTINUE;
  }
  return nextSide();
}

function nextSide(): u32 {
  if (side == 0) {
    side = 1;
    stage = DRAW_STARTS;
    beginAuxiliary();
  } else {
    stage = DRAW_X;
    drawnX = 0;
    const most = 20 * half; // B.9, step 9
    pairBegin(half, rounds, most, limbsFor(auxiliaryBits) << 1, true, exponent, exponentLimbs);
  }
  return Status.CONTINUE;
}

/** Steps 4.1, 5.1: Xp1 or Xp2, a random odd number of the auxiliary length. */
function drawStart(): u32 {
  const k: u32 = drawnX & 1;
  const len = auxiliaryBits >>> 3;
  const status = drbgGenerate(generator, drawn, len, strength, 0, 0, 0);
  charge(len * 100);
  if (status != Status.OK) return status;
  store<u8>(drawn, load<u8>(drawn) | 0x80);
  store<u8>(drawn + len - 1, load<u8>(drawn + len - 1) | 1);
  fromBytes(start, limbsFor(auxiliaryBits), drawn, len);
  pairSet(k, start, two);
  drawnX |= 1 << k;
  if (drawnX == 3) stage = FIND_AUXILIARY;
  return Status.CONTINUE;
}

/**
 * B.9, steps 1-2, for auxiliary primes r1 and r2: 2 r1 r2, and R with R = 1 modulo 2 r1 and R = -1 modulo r2. Here
 * R = 1 + 2 r1 t with t = -r1^-1 modulo r2: one inverse, modulo an odd number, and R is positive. Returns false if r1 has no
 * inverse, as when both are the same.
 */
function combine(): bool {
  const n = limbsFor(auxiliaryBits);
  const r1 = pairPrime(0);
  const r2 = pairPrime(1);
  const stride = strides + (side << 6);
  const residue = residues + (side << 6);
  memory.copy(first, r1, n << 2);
  reduceOnce(first, r2, 0, n); // both have their top bit, so r1 < 2 r2
  const exists = invertModOdd(first, first, r2, n);
  memory.copy(second, r2, n << 2);
  subIf(1, second, first, n);
  mul(residue, r1, n, second, n);
  double(residue, 1, 2 * n);
  mul(stride, r1, n, r2, n);
  double(stride, 0, 2 * n);
  return exists == 1;
}

/** B.9, steps 3-4: X in the range of the primes, and Y = X + ((R - X) mod 2 r1 r2), where the progression begins. */
function drawX(): u32 {
  const k: u32 = drawnX & 1;
  const len = half >>> 3;
  const n = limbsFor(half);
  const m = limbsFor(auxiliaryBits) << 1;
  const x = randoms + (k << 9);
  const status = drbgGenerate(generator, drawn, len, strength, 0, 0, 0);
  charge(len * 100);
  if (status != Status.OK) return status;
  store<u8>(drawn, load<u8>(drawn) | 0x80); // strings without it are out of range
  fromBytes(x, n, drawn, len);
  if (!isInRange(x, half)) return Status.CONTINUE;
  // A.1.6, step 6: |Xp - Xq| as well must be large.
  if ((drawnX | (1 << k)) == 3 && !isFarApart(randoms, randoms + 512, half)) return Status.CONTINUE;
  const stride = strides + (k << 6);
  divide(0, offset, x, n, stride, m);
  memory.copy(first, residues + (k << 6), m << 2);
  addIf(subIf(1, first, offset, m), first, stride, m);
  memory.fill(start, 0, n << 2);
  memory.copy(start, first, m << 2);
  const carry = addIf(1, start, x, n);
  if ((carry ^ 1) & fitsIn(half, start, n)) {
    pairSet(k, start, stride);
    drawnX |= 1 << k;
  }
  if (drawnX == 3) stage = FIND_PRIMES;
  return Status.CONTINUE;
}

/** Forgets the search and wipes its scratch, with the primes. */
export function auxiliaryWipe(): void {
  pairWipe();
  sieveWipe();
  wipe(strides, 128);
  wipe(residues, 128);
  wipe(randoms, MAX_HALF << 3);
  wipe(start, MAX_HALF << 2);
  wipe(drawn, MAX_HALF << 2);
  wipe(first, 64);
  wipe(second, 64);
  wipe(offset, 64);
  half = 0;
  generator = 0;
  strength = 0;
  rounds = 0;
  exponent = 0;
  exponentLimbs = 0;
  auxiliaryBits = 0;
  auxiliaryRounds = 0;
  stage = DRAW_STARTS;
  side = 0;
  drawnX = 0;
}

/**
 * The Miller-Rabin probabilistic primality test, FIPS 186-5, B.3.1, with random bases, in steps; where it is asked for, the
 * Lucas test of B.3.3 follows.
 *
 * For a candidate w that passes, neither branch nor index depends on its value, but on how often 2 divides w - 1 once that
 * is 32 times or more, in two lanes 8 times (`beginLanes`). For one that fails, the round in which it does is visible, and it
 * is thrown away.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { drbgGenerate } from "../drbg/hmac-drbg";
import { equalsSmall, isZeroNat, less, shiftRight, subSmall } from "../nat/add";
import { Kernel, kernel } from "../lanes/choice";
import { setExponent } from "../lanes/exponents";
import { lanesFit, lanesShape, lanesWipe, setForms, setLane } from "../lanes/lanes";
import { powerBegin, powerStep, powerWidth, powerWipe, setBase } from "../lanes/power";
import { expBegin, expModulus, expSign, expSquare, expStep, expWipe } from "../nat/exp";
import { fromBytes, limbsFor } from "../nat/limbs";
import { charge } from "../nat/work";
import { harmlessBases } from "./harmless";
import { lucasBegin, lucasPasses, lucasStep, lucasWipe } from "./lucas";

/** Added to a number of rounds: the Lucas test follows them. */
export const LUCAS: u32 = 1 << 16;

/** Whether that is a test: one round at least. */
export function isTest(iterations: u32): bool {
  return (iterations & (LUCAS - 1)) != 0 && iterations < LUCAS << 1;
}

export namespace Verdict {
  export const UNDECIDED: u32 = 0;
  export const COMPOSITE: u32 = 1;
  export const PROBABLY_PRIME: u32 = 2;
}

const minusOne = memory.data(256 * 4, 16);
const odd = memory.data(256 * 4, 16);
const base = memory.data(256 * 4, 16);
/** Strings for bases, as many as are left of the last request to the generator, and the first of them. */
const drawn = memory.data(256 * 4, 16);
const DRAWN: u32 = 256 * 4;
let stock: u32 = 0;
let next: usize = 0;

let limbs: u32 = 0;
let bits: u32 = 0;
let rounds: u32 = 0;
let passed: u32 = 0;
let raising: bool = false;
/** The Lucas test is asked for; and it is under way, after all rounds. */
let lucasAsked: bool = false;
let inLucas: bool = false;
let verdict: u32 = 0;
/** The number a with w - 1 = 2^a m, m odd. Secret below `maxTwos`, a multiple of 32, in two lanes of 8, which is public. */
let twos: u32 = 0;
let maxTwos: u32 = 0;

/** In a kernel of two lanes: two bases at a time, or four; and how many of them are drawn. */
let inLanes: bool = false;
let lanesFilled: u32 = 0;

/** The generator of the bases, and the strength that is asked of it. */
let bases: usize = 0;
let strength: u32 = 0;

export function basesFrom(drbg: usize, strengthBits: u32): void {
  bases = drbg;
  strength = strengthBits;
}

/** Rounds that the present candidate has passed. */
export function roundsPassed(): u32 {
  return passed;
}

/** What has been found out about the present candidate. */
export function primalityVerdict(): u32 {
  return verdict;
}

/** Begins the test of w: odd, above 2^32, of exactly `wlen` bits (public), with `iterations` bases, and LUCAS if asked. */
export function primalityBegin(w: usize, wlen: u32, iterations: u32): void {
  bits = wlen;
  limbs = limbsFor(wlen);
  rounds = iterations & (LUCAS - 1);
  lucasAsked = (iterations & LUCAS) != 0;
  inLucas = false;
  passed = 0;
  stock = 0;
  raising = false;
  lanesFilled = 0;
  verdict = Verdict.UNDECIDED;
  memory.copy(minusOne, w, limbs << 2);
  subSmall(minusOne, 1, limbs);
  twos = oddPart(odd, minusOne, limbs);
  maxTwos = (twos & ~31) + 32;
  inLanes = kernel() != Kernel.INTEGERS && lanesFit(bits);
  if (inLanes) beginLanes(w);
  else expModulus(w, limbs, bits);
}

/**
 * Steps 1-2: m, at r, and a with w - 1 = 2^a m. Whole zero limbs are dropped in the open: that a is 32 or more is told,
 * which holds for one candidate in 2^31. What is left of a is below 32, and is counted and shifted out under masks.
 */
export function oddPart(r: usize, wMinusOne: usize, n: u32): u32 {
  let zeros: u32 = 0;
  while (load<u32>(wMinusOne + (zeros << 2)) == 0) zeros++;
  const low = load<u32>(wMinusOne + (zeros << 2));
  const twosHere = <u32>popcnt((low & (0 - low)) - 1);
  memory.fill(r, 0, n << 2);
  memory.copy(r, wMinusOne + (zeros << 2), (n - zeros) << 2);
  shiftRight(r, twosHere, n);
  return (zeros << 5) + twosHere;
}

/**
 * The number goes into both lanes. Fewer squarings are made for nothing than above, since each costs a comparison for every base here:
 * that a is 8 or more is told, which holds for one candidate in 128.
 */
function beginLanes(w: usize): void {
  maxTwos = (twos | 7) + 1;
  lanesShape(bits, kernel());
  for (let lane: u32 = 0; lane < 2; lane++) {
    setLane(lane, w);
    setExponent(lane, odd, limbs);
  }
  setForms();
}

/**
 * One small unit of the test: a base, a part of its power, or the squarings after it; a part of the Lucas test. Returns OK,
 * or what the generator said if it did not serve; the unit is then made again by the next call. `primalityVerdict` tells whether it is over.
 */
export function primalityStep(): u32 {
  if (inLucas) {
    if (lucasStep()) verdict = lucasPasses() ? Verdict.PROBABLY_PRIME : Verdict.COMPOSITE;
    return Status.OK;
  }
  if (!raising) return drawBase();
  if (inLanes) {
    if (powerStep()) judgeLanes();
    return Status.OK;
  }
  if (!expStep()) return Status.OK;
  raising = false;
  if (!isWitness()) {
    passed++; //                   step 4.7: the next iteration
    if (passed == rounds) pass();
  } else {
    verdict = Verdict.COMPOSITE; // step 4.6
  }
  return Status.OK;
}

/** Step 5, but that the Lucas test may follow. It needs w again, which is odd. */
function pass(): void {
  if (!lucasAsked) {
    verdict = Verdict.PROBABLY_PRIME;
    return;
  }
  store<u32>(minusOne, load<u32>(minusOne) | 1);
  inLucas = lucasBegin(minusOne, limbs, bits) != 0;
  if (!inLucas) verdict = Verdict.COMPOSITE;
}

/** Steps 4.1-4.3: a string of wlen bits is b if 1 < b < w - 1, else another is drawn; then z = b^m mod w is begun. */
function drawBase(): u32 {
  const len = (bits + 7) >>> 3;
  if (stock == 0) {
    const status = drawStrings(len);
    if (status != Status.OK) return status;
  }
  stock--;
  const string = next;
  next += len;
  if (!baseFrom(base, string, bits, minusOne)) return Status.OK; // a base that is not used may be known
  if (inLanes) {
    takeBase();
    return Status.OK;
  }
  expBegin(base, odd, limbs, bits - 1);
  raising = true;
  return Status.OK;
}

/** r = the number in a string of wlen bits, and whether it is a base: 1 < b < w - 1. The string is changed. */
export function baseFrom(r: usize, string: usize, wlen: u32, wMinusOne: usize): bool {
  const n = limbsFor(wlen);
  store<u8>(string, <u8>(<u32>load<u8>(string) & (0xff >>> ((0 - wlen) & 7))));
  fromBytes(r, n, string, (wlen + 7) >>> 3);
  return ((isZeroNat(r, n) | equalsSmall(r, 1, n)) ^ 1) & less(r, wMinusOne, n) ? true : false;
}

/** `count` strings of `len` bytes, for bases, or what the generator said. */
export function drawBases(to: usize, len: u32, count: u32): u32 {
  charge(count * len * 100);
  return drbgGenerate(bases, to, count * len, strength, 0, 0, 0);
}

/**
 * Draws strings of `len` bytes: at first for the bases that are raised at a time, as a composite needs no more; then
 * for all rounds that are left, since one request to the generator costs less than many.
 */
function drawStrings(len: u32): u32 {
  const first: u32 = inLanes ? powerWidth(bits) : 1;
  const left = rounds - passed - lanesFilled;
  const room = DRAWN / len;
  const most = passed + lanesFilled == 0 && first < room ? first : room;
  stock = left < most ? left : most;
  next = drawn;
  const status = drawBases(drawn, len, stock);
  if (status != Status.OK) stock = 0;
  return status;
}

/** A base goes into its place; of an odd number of bases the last into two, so that none is empty. */
function takeBase(): void {
  setBase(lanesFilled, base);
  lanesFilled++;
  const left = rounds - passed;
  const wanted = min(left, powerWidth(bits));
  if (lanesFilled < wanted) return;
  if ((wanted & 1) != 0) setBase(wanted, base);
  powerBegin(bits - 1, (wanted + 1) >>> 1);
  raising = true;
}

function judgeLanes(): void {
  raising = false;
  if (harmlessBases(lanesFilled, twos, twos, maxTwos) != ((1 << lanesFilled) - 1)) {
    verdict = Verdict.COMPOSITE;
    return;
  }
  passed += lanesFilled;
  lanesFilled = 0;
  if (passed == rounds) pass();
}

/**
 * Steps 4.4-4.6, after z = b^m: whether b proves w composite. Squares until z can no longer become -1.
 *
 * Of a, which tells the low bits of w, nothing is told if w passes: all the squarings that a could ask for are made,
 * and those from the a-th on do not count. A composite stops at its own a.
 */
function isWitness(): bool {
  let harmless = expSign();
  harmless = (harmless | (harmless >>> 1)) & 1; // step 4.4: z = 1 or z = w - 1
  for (let j: u32 = 1; j < maxTwos; j++) {
    const counts = (j - twos) >>> 31; // 1 while j < a
    if ((counts | harmless) == 0) return true;
    expSquare(); // step 4.5.1
    harmless |= (expSign() >>> 1) & counts; // steps 4.5.2-4.5.3: z = w - 1; once z is 1 it stays 1
  }
  return harmless == 0;
}

/** Ends the test and wipes what it knows of the candidate. */
export function primalityWipe(): void {
  wipe(minusOne, 256 * 4);
  wipe(odd, 256 * 4);
  wipe(base, 256 * 4);
  wipe(drawn, 256 * 4);
  expWipe();
  lucasWipe();
  powerWipe();
  lanesWipe();
  inLanes = false;
  lanesFilled = 0;
  limbs = 0;
  bits = 0;
  rounds = 0;
  passed = 0;
  stock = 0;
  next = 0;
  raising = false;
  lucasAsked = false;
  inLucas = false;
  verdict = Verdict.UNDECIDED;
  twos = 0;
  maxTwos = 0;
  bases = 0;
  strength = 0;
}

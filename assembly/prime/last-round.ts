/**
 * One round of the Miller-Rabin test (FIPS 186-5, B.3.1, step 4) of two numbers at once, one a lane: the last of an odd
 * number of rounds, which would leave one lane without work for each of them.
 *
 * Nothing depends on a number that passes but that its a is 8 or more, as in `miller-rabin.ts`.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { kernel } from "../lanes/choice";
import { setExponent } from "../lanes/exponents";
import { lanesShape, lanesWipe, setForms, setLane } from "../lanes/lanes";
import { powerBegin, powerStep, powerWipe, setBase } from "../lanes/power";
import { subSmall } from "../nat/add";
import { limbsFor } from "../nat/limbs";
import { harmlessBases } from "./harmless";
import { baseFrom, drawBases, oddPart } from "./miller-rabin";

const SLOT: u32 = 512;
const minusOnes = memory.data(2 * 512, 16);
const odd = memory.data(512, 16);
const base = memory.data(512, 16);
const drawn = memory.data(512, 16);

let bits: u32 = 0;
/** The a of each number. Secret below maxTwos. */
let twos0: u32 = 0;
let twos1: u32 = 0;
let maxTwos: u32 = 0;
/** How many lanes have their base; and whether the powers are on their way. */
let filled: u32 = 0;
let raising: bool = false;

/** Begins with v and w, odd, of exactly `size` bits (public), at most 4096, in the lanes of the kernel in use. */
export function lastRoundBegin(v: usize, w: usize, size: u32): void {
  bits = size;
  filled = 0;
  raising = false;
  lanesShape(bits, kernel());
  twos0 = take(0, v);
  twos1 = take(1, w);
  maxTwos = ((twos0 | twos1) | 7) + 1;
  setForms();
}

/** Puts a number into its lane, and returns its a. */
function take(lane: u32, number: usize): u32 {
  const n = limbsFor(bits);
  const minusOne = minusOnes + lane * SLOT;
  memory.copy(minusOne, number, n << 2);
  subSmall(minusOne, 1, n);
  setLane(lane, number);
  const twos = oddPart(odd, minusOne, n);
  setExponent(lane, odd, n);
  return twos;
}

/** One small unit: CONTINUE, OK when the round is over, or what the generator said; the unit is then made again. */
export function lastRoundStep(): u32 {
  if (raising) return powerStep() ? Status.OK : Status.CONTINUE;
  const status = drawBases(drawn, (bits + 7) >>> 3, 1);
  if (status != Status.OK) return status;
  if (!baseFrom(base, drawn, bits, minusOnes + filled * SLOT)) return Status.CONTINUE;
  setBase(filled, base);
  filled++;
  if (filled < 2) return Status.CONTINUE;
  powerBegin(bits - 1, 1);
  raising = true;
  return Status.CONTINUE;
}

/** Bit k: number k may be prime. After `lastRoundStep` said that it is over. */
export function lastRoundPassed(): u32 {
  return harmlessBases(2, twos0, twos1, maxTwos);
}

export function lastRoundWipe(): void {
  wipe(minusOnes, 2 * SLOT);
  wipe(odd, SLOT);
  wipe(base, SLOT);
  wipe(drawn, SLOT);
  powerWipe();
  lanesWipe();
  bits = 0;
  twos0 = 0;
  twos1 = 0;
  maxTwos = 0;
  filled = 0;
  raising = false;
}

/**
 * The base-2 Fermat test, in steps, ahead of a test that costs more: it needs one square a bit and no product, rejects
 * almost every composite number, and no prime. A kernel of two lanes tests two numbers at once, integers one.
 *
 * Nothing depends on a number that passes.
 */
import { Kernel, kernel } from "../lanes/choice";
import { lanesFit, lanesShape, lanesWipe, setLane } from "../lanes/lanes";
import { powerOfTwoBegin, powerOfTwoIsOne, powerOfTwoStep, powerOfTwoWipe } from "../lanes/power-of-two";
import { expModulus, expSign, expWipe, fermatBegin, fermatStep } from "../nat/exp";
import { limbsFor } from "../nat/limbs";

let inLanes: bool = false;
let passed: u32 = 0;

/** How many numbers of so many bits are tested at once: 2 or 1. */
export function filterWidth(bits: u32): u32 {
  return kernel() != Kernel.INTEGERS && lanesFit(bits) ? 2 : 1;
}

/** Begins the test of odd numbers of exactly `bits` bits (public): v and w, or v alone where the width is 1. */
export function filterBegin(v: usize, w: usize, bits: u32): void {
  passed = 0;
  inLanes = filterWidth(bits) == 2;
  if (inLanes) {
    lanesShape(bits, kernel());
    setLane(0, v);
    setLane(1, w);
    powerOfTwoBegin();
    return;
  }
  expModulus(v, limbsFor(bits), bits);
  fermatBegin(v, limbsFor(bits), bits);
}

/** One small unit. Returns whether the test is over. */
export function filterStep(): bool {
  if (inLanes) {
    if (!powerOfTwoStep()) return false;
    passed = powerOfTwoIsOne(0) | (powerOfTwoIsOne(1) << 1);
    return true;
  }
  if (!fermatStep()) return false;
  passed = expSign() & 1;
  return true;
}

/** Bit 0: 2^(v - 1) is 1 modulo v; bit 1: the same of w. */
export function filterPassed(): u32 {
  return passed;
}

export function filterWipe(): void {
  powerOfTwoWipe();
  lanesWipe();
  expWipe();
  inLanes = false;
  passed = 0;
}

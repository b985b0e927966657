/**
 * The base-2 Fermat test of one odd number, in steps, ahead of a test that costs more: it needs one square a bit and
 * no product, rejects almost every composite number, and no prime. In the floating-point kernel the number is in both lanes.
 *
 * Nothing depends on a number that passes.
 */
import { kernel } from "../fma/choice";
import { lanesFit, lanesShape, lanesWipe, setLane } from "../fma/lanes";
import { powerOfTwoBegin, powerOfTwoIsOne, powerOfTwoStep, powerOfTwoWipe } from "../fma/power-of-two";
import { expModulus, expSign, expWipe, fermatBegin, fermatStep } from "../nat/exp";
import { limbsFor } from "../nat/limbs";

let inLanes: bool = false;
let passed: bool = false;

/** Begins the test of w, of exactly `bits` bits, which are public. */
export function filterBegin(w: usize, bits: u32): void {
  passed = false;
  inLanes = false;
  if (ASC_FEATURE_RELAXED_SIMD) {
    inLanes = kernel() == 1 && lanesFit(bits);
    if (inLanes) {
      lanesShape(bits);
      setLane(0, w);
      setLane(1, w);
      powerOfTwoBegin();
      return;
    }
  }
  expModulus(w, limbsFor(bits), bits);
  fermatBegin(w, limbsFor(bits), bits);
}

/** One small unit. Returns whether the test is over. */
export function filterStep(): bool {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (inLanes) {
      if (!powerOfTwoStep()) return false;
      passed = powerOfTwoIsOne(0) != 0;
      return true;
    }
  }
  if (!fermatStep()) return false;
  passed = (expSign() & 1) == 1;
  return true;
}

/** Whether 2^(w - 1) is 1 modulo w. */
export function filterPassed(): bool {
  return passed;
}

export function filterWipe(): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    powerOfTwoWipe();
    lanesWipe();
  }
  expWipe();
  inLanes = false;
  passed = false;
}

/**
 * Whether a kernel of two lanes computes here what it must: the known exponentiations, at both lengths, in the engine
 * that this instance runs in. Multiplying, squaring, reducing, doubling and the full form take part; what compares numbers
 * in the lanes does not, and has the pairwise test behind it, which integers compute.
 */
import { equalBytes } from "../base/ct";
import { Kernel, kernel, lanesUntried, refuseLanes, trustLanes } from "../lanes/choice";
import { setExponent } from "../lanes/exponents";
import { lanesShape, lanesWipe, setForms, setLane } from "../lanes/lanes";
import { powerBegin, powerResult, powerStep, powerWipe, setBase } from "../lanes/power";
import { limbsFor } from "../nat/limbs";
import { base, exponent, EXPONENT_BITS, fillKnown, modulus, result, wipeKnown } from "./known-power";
import { expected } from "./rsa-answers";

/** Keys since the kernel was chosen. */
let keys: u32 = 0;

/**
 * Before the first use: the first kernel that knows the answers is taken, the fused one where the engine may have it. Needs
 * the integer path to have passed its own test.
 */
export function chooseKernel(): void {
  if (!lanesUntried()) return;
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (knowsAnswers(Kernel.FUSED, 0)) {
      trustLanes(Kernel.FUSED);
      return;
    }
  }
  if (knowsAnswers(Kernel.EXACT, 0)) trustLanes(Kernel.EXACT);
  else refuseLanes();
}

/**
 * To be asked when the primes of a key stand. After the first key, the second, the fourth, the eighth and so on the same
 * again, with the lanes exchanged: an engine compiles what is used often anew, and nobody is told when. Returns false if the
 * kernel was refused just now; what it has found must then be tested by integers.
 */
export function confirmKernel(): bool {
  keys++;
  if (kernel() == Kernel.INTEGERS || (keys & (keys - 1)) != 0) return true;
  if (knowsAnswers(kernel(), 1)) return true;
  refuseLanes();
  return false;
}

/** 1024 bits in `lane`, 2048 bits in the other one. */
function knowsAnswers(by: u32, lane: u32): bool {
  const good = isKnown(by, 1024, lane, expected) & isKnown(by, 2048, lane ^ 1, expected + 128);
  powerWipe();
  lanesWipe();
  wipeKnown();
  return good == 1;
}

/** 1 if the power in the lane is the expected one, while the other lane works on other numbers. */
function isKnown(by: u32, bits: u32, lane: u32, answer: usize): u32 {
  fillKnown(bits);
  lanesShape(bits, by);
  setLane(lane, modulus);
  setBase(lane, base);
  setExponent(lane, exponent, EXPONENT_BITS >>> 5);
  store<u32>(modulus, ~load<u32>(modulus) | 1);
  store<u32>(base, ~load<u32>(base));
  store<u32>(exponent, ~load<u32>(exponent));
  setLane(lane ^ 1, modulus);
  setBase(lane ^ 1, base);
  setExponent(lane ^ 1, exponent, EXPONENT_BITS >>> 5);
  setForms();
  powerBegin(EXPONENT_BITS, 1);
  while (!powerStep()) continue;
  powerResult(result, lane);
  return equalBytes(result, answer, limbsFor(bits) << 2);
}

/**
 * The core with its inner floors open, for what cannot be timed from outside: compiled by `bench/core.ts` as the product's
 * is, never part of it. This file is AssemblyScript. It adds scratch for operands, and for the leak harness two functions
 * that leak on purpose.
 */
import { equal, mask } from "../assembly/base/ct";
import { powerStep } from "../assembly/lanes/power";
import { powerOfTwoStep } from "../assembly/lanes/power-of-two";
import { expStep } from "../assembly/nat/exp";
import { lucasBegin, lucasPasses, lucasStep } from "../assembly/prime/lucas";

export * from "../assembly/index";
export { setExponent } from "../assembly/lanes/exponents";
export { lanesShape, setForms, setLane } from "../assembly/lanes/lanes";
export { powerBegin, powerResult, setBase } from "../assembly/lanes/power";
export { powerOfTwoBegin } from "../assembly/lanes/power-of-two";
export { expBegin, expModulus, expResult, expStep, expWipe } from "../assembly/nat/exp";
export { fromBytes } from "../assembly/nat/limbs";
export { lastRoundBegin, lastRoundPassed, lastRoundStep, lastRoundWipe } from "../assembly/prime/last-round";
export {
  basesFrom,
  primalityBegin,
  primalityStep,
  primalityVerdict,
  primalityWipe,
} from "../assembly/prime/miller-rabin";
export { hasSmallFactor, primesBegin, primesEnd } from "../assembly/prime/small-primes";

const operands = memory.data(8192, 16);

/** Eight slots of 1024 bytes. */
export function operandsPtr(): usize {
  return operands;
}

/** The exponentiation that was begun, to its end. */
export function expAll(): void {
  while (!expStep()) {}
}

/** The whole Lucas test: 1 if the number passes. */
export function lucasAll(w: usize, limbs: u32, bits: u32): u32 {
  if (lucasBegin(w, limbs, bits) == 0) return 0;
  while (!lucasStep()) {}
  return lucasPasses();
}

/** The powers in both lanes, to their end. */
export function powerAll(): void {
  while (!powerStep()) {}
}

/** The powers of two in both lanes, to their end. */
export function powerOfTwoAll(): void {
  while (!powerOfTwoStep()) {}
}

/**
 * A comparison that stops at the first difference, `times` over: what is compared decides how long it takes. It leaks on
 * purpose, as a control of the leak harness.
 */
export function compareEarlyExit(a: usize, b: usize, len: u32, times: u32): u32 {
  let same: u32 = 0;
  for (let i: u32 = 0; i < times; i++) {
    let at: u32 = 0;
    while (at < len && load<u8>(a + at) == load<u8>(b + at)) at++;
    same += at == len ? 1 : 0;
  }
  return same;
}

/** The same question answered without looking where the difference is: a control that must not be caught. */
export function compareAll(a: usize, b: usize, len: u32, times: u32): u32 {
  let same: u32 = 0;
  for (let i: u32 = 0; i < times; i++) {
    let difference: u32 = 0;
    for (let at: u32 = 0; at < len; at++) difference |= <u32>load<u8>(a + at) ^ <u32>load<u8>(b + at);
    same += mask(equal(difference, 0)) & 1;
  }
  return same;
}

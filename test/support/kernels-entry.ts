/**
 * The kernels of two lanes and the integer path beside them, opened for the tests alone and compiled by them: never part of
 * the built module. This file is AssemblyScript; it exports, and adds only what passes vectors and memory for operands.
 */
import { lanesSquare } from "../../assembly/lanes/lanes";

export { digitBits, laneDigits } from "../../assembly/lanes/arithmetic";
export { exponentAt, setExponent } from "../../assembly/lanes/exponents";
export {
  canonical,
  fromForm,
  lanesMul,
  lanesOne,
  lanesShape,
  lanesWipe,
  sameValue,
  setForms,
  setLane,
  signOfForm,
  takeLane,
  toForms,
} from "../../assembly/lanes/lanes";
export {
  powerBegin,
  powerResult,
  powerSign,
  powerSquare,
  powerStep,
  powerWidth,
  powerWipe,
  setBase,
} from "../../assembly/lanes/power";
export { powerOfTwoBegin, powerOfTwoIsOne, powerOfTwoStep, powerOfTwoWipe } from "../../assembly/lanes/power-of-two";
export { expBegin, expModulus, expResult, expSign, expSquare, expStep, expWipe } from "../../assembly/nat/exp";

const operands = memory.data(1 << 16, 16);
const masks = memory.data(16, 16);

export function operandsPtr(): usize {
  return operands;
}

/** A square with its doubling masks, one bit a lane. */
export function square(r: usize, a: usize, twice0: u32, twice1: u32): void {
  store<i64>(masks, 0 - <i64>twice0);
  store<i64>(masks, 0 - <i64>twice1, 8);
  lanesSquare(r, a, masks);
  v128.store(masks, i64x2.splat(0));
}

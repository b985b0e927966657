/**
 * The inner floors of the core, opened for the tests alone and compiled by them: never part of the built module. This file
 * is AssemblyScript; it exports, and adds only memory for the operands.
 */

export { isLargeD, isValidE, unmetCriteria, wipeDerived } from "../../assembly/key/rsa-derive";
export { partAt, setShape, wipeParts } from "../../assembly/key/rsa-parts";
export {
  addIf,
  distance,
  double,
  equalsSmall,
  isZeroNat,
  less,
  reduceOnce,
  shiftLeft,
  shiftRight,
  subIf,
  subSmall,
  swapIf,
} from "../../assembly/nat/add";
export { divide, remainder } from "../../assembly/nat/divide";
export { invertModOdd } from "../../assembly/nat/divsteps";
export {
  expBegin,
  expModulus,
  expResult,
  expSign,
  expSquare,
  expStep,
  expWipe,
  fermatBegin,
  fermatStep,
} from "../../assembly/nat/exp";
export { gcd } from "../../assembly/nat/gcd";
export { invertModAny } from "../../assembly/nat/invert";
export { bitLengthVarTime, fromBytes, toBytes } from "../../assembly/nat/limbs";
export { mul } from "../../assembly/nat/mul";
export { isSquare } from "../../assembly/nat/square-root";
export { fitsIn, isCoprimeToE, isFarApart, isInRange } from "../../assembly/prime/criteria";
export { lucasBegin, lucasPasses, lucasStep, lucasWipe } from "../../assembly/prime/lucas";
export { hasSmallFactor, isPrimeVarTime, primesBegin, primesEnd } from "../../assembly/prime/small-primes";

const operands = memory.data(1 << 16, 16);

export function operandsPtr(): usize {
  return operands;
}

/** The arithmetic of the core, opened for the tests alone: never part of the built module. */
export {
  addIf,
  distance,
  double,
  halveIf,
  less,
  reduceOnce,
  shiftLeft,
  shiftRight,
  subIf,
  subSmall,
} from "../../assembly/nat/add";
export { divide } from "../../assembly/nat/divide";
export { expBegin, expModulus, expResult, expSign, expSquare, expStep, expWipe } from "../../assembly/nat/exp";
export { gcd } from "../../assembly/nat/gcd";
export { invertModAny, invertOdd } from "../../assembly/nat/invert";
export { bitLengthVarTime, fromBytes, toBytes } from "../../assembly/nat/limbs";
export { mul } from "../../assembly/nat/mul";
export { workDone, workReset } from "../../assembly/nat/work";

const scratch = memory.data(65536, 16);

export function scratchPtr(): usize {
  return scratch;
}

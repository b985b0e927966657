/**
 * The sieve and the search in two progressions, opened for the tests alone and compiled by them: never part of the built
 * module. This file is AssemblyScript; it exports, and adds only memory for operands.
 */
export { sieveBegin, sieveEnd, sieveIndex, sievePasses, sieveSet, sieveWipe } from "../../assembly/prime/sieve";

const operands = memory.data(1 << 16, 16);

export function operandsPtr(): usize {
  return operands;
}

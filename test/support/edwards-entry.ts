/**
 * The fields of the Edwards curves, opened for the tests alone and compiled by them: never part of the built module. This
 * file is AssemblyScript; it exports, and adds only memory for the operands.
 */

export { fromBytes as decode, toBytes as encode } from "../../assembly/edwards/encode";
export { carry, mul, setFused, sqr } from "../../assembly/edwards/field";
export { invert } from "../../assembly/edwards/power";
export { setField } from "../../assembly/edwards/shape";

const operands = memory.data(1 << 16, 16);

export function operandsPtr(): usize {
  return operands;
}

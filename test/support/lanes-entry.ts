/**
 * Hashing in lanes and the scalar functions beside it, opened for the tests alone and compiled by them: never part of the
 * built module. This file is AssemblyScript.
 */
export { putLane32, putLane64, takeLane32, takeLane64 } from "../../assembly/hash/lanes";
export { sha256 } from "../../assembly/hash/sha256";
export { sha256Lanes } from "../../assembly/hash/sha256-lanes";
export { sha512 } from "../../assembly/hash/sha512";
export { sha512Lanes } from "../../assembly/hash/sha512-lanes";

const operands = memory.data(1 << 16, 16);

export function operandsPtr(): usize {
  return operands;
}

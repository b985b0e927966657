import { keccak } from "./keccak";
const one = memory.data(208, 16);
export function keccakLanes(to: usize, from: usize): void {
  for (let lane: usize = 0; lane < 16; lane += 8) {
    for (let i: usize = 0; i < 25; i++) store<u64>(one + 8 * i, load<u64>(from + 16 * i + lane));
    keccak(one, one, 0, 0);
    for (let i: usize = 0; i < 25; i++) store<u64>(to + 16 * i + lane, load<u64>(one + 8 * i));
  }
}

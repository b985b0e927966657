/** SHAKE128 or SHAKE256 of one seed with two indices at once (FIPS 202, 6.2), block after block. */
import { wipe } from "../base/memory";
import { keccakPair } from "./keccak-pair";
import { lanes, outputA, outputB } from "./work";

/** Rates in bytes. */
export const SHAKE128: u32 = 168;
export const SHAKE256: u32 = 136;

let rate: u32 = 0;

/** seed || index, then the suffix 1111 and pad10*1 (FIPS 202, 5.1): the one block of a message that is shorter than the rate. */
function block(at: usize, seed: usize, seedLen: u32, index: u32, indexLen: u32): void {
  wipe(at, rate);
  memory.copy(at, seed, seedLen);
  store<u32>(at + seedLen, index | (0x1f << (indexLen << 3)));
  store<u8>(at + rate - 1, 0x80);
}

/** Starts SHAKE(seed || a) and SHAKE(seed || b), the indices little-endian in `indexLen` bytes, at most 2. */
export function xofStart(newRate: u32, seed: usize, seedLen: u32, a: u32, b: u32, indexLen: u32): void {
  rate = newRate;
  block(outputA, seed, seedLen, a, indexLen);
  block(outputB, seed, seedLen, b, indexLen);
  wipe(lanes, 400);
  for (let i: usize = 0; i < <usize>rate; i += 8) {
    store<u64>(lanes + 2 * i, load<u64>(outputA + i));
    store<u64>(lanes + 2 * i, load<u64>(outputB + i), 8);
  }
}

/** The next block of each, at `place` of its output. */
export function xofNext(place: u32): void {
  keccakPair(lanes);
  for (let i: usize = 0; i < <usize>rate; i += 8) {
    store<u64>(outputA + place + i, load<u64>(lanes + 2 * i));
    store<u64>(outputB + place + i, load<u64>(lanes + 2 * i, 8));
  }
}

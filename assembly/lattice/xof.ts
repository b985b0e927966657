/** SHAKE128 or SHAKE256 of one seed with two indices at once (FIPS 202, 6.2), block after block. */
import { keccakPair } from "../hash/keccak-pair";
import { lanes, outputA, outputB, spare } from "./work";

/** Rates in bytes. */
export const SHAKE128: u32 = 168;
export const SHAKE256: u32 = 136;

let rate: u32 = 0;

/**
 * Starts SHAKE(seed || a) and SHAKE(seed || b): seeds of 32 or 64 bytes, the indices little-endian in `indexLen` bytes, at
 * most 2. Behind them stand the suffix 1111 and pad10*1 (FIPS 202, 5.1), as the message is shorter than the rate.
 */
export function xofStart(newRate: u32, seed: usize, seedLen: u32, a: u32, b: u32, indexLen: u32): void {
  rate = newRate;
  const suffix: u64 = <u64>0x1f << (indexLen << 3);
  const words = lanes + 2 * seedLen;
  for (let at = lanes; at < words; at += 16, seed += 8) v128.store(at, v128.load64_splat(seed));
  for (let at = words; at < lanes + 400; at += 16) v128.store(at, i64x2.splat(0));
  store<u64>(words, a | suffix);
  store<u64>(words, b | suffix, 8);
  v128.store(lanes + 2 * rate - 16, i64x2.splat(1 << 63));
}

/** The next block of each, at `place` of its output. */
export function xofNext(place: u32): void {
  keccakPair(lanes, spare);
  const end = lanes + 2 * rate;
  for (let at = lanes, to = outputA + place; at < end; at += 16, to += 8) {
    const both = v128.load(at);
    v128.store64_lane(to, both, 0);
    v128.store64_lane(to + (outputB - outputA), both, 1);
  }
}

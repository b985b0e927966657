/**
 * F and PRF (FIPS 205, 11) in lanes: four with SHA-256, two with SHAKE256. Each is one block after PK.seed, so one compression
 * of the lanes, and a chain stays in them from its secret value to its end.
 *
 * The lanes are neighbours: their addresses are that of the first one, with the number of the lane added to the key pair or
 * to the index. That number is a multiple of the lanes, so nothing is carried.
 */
import { wipe } from "../base/memory";
import { keccakPair } from "../hash/keccak-pair";
import { SHA256_LANES, SHA256_LANES_BLOCK, sha256Lanes } from "../hash/sha256-lanes";
import { adrs, compressed } from "./address";
import { lanes, n, shake } from "./parameters";
import { countCalls, pkSeed, seeded, skSeed } from "./tweak";

/** Which part of the address counts the lanes: the words of `compressed` and the pairs of words of `adrs` that hold its end. */
export namespace Lane {
  export const KEY_PAIR: u32 = 3;
  export const INDEX: u32 = 5;
}

/** The n bytes of each lane in native words: eight vectors for SHA-256, of which the first n / 4 count; n / 8 for SHAKE256. */
const values = memory.data(128, 16);
const block = memory.data(256, 16);
/** The chaining value after the block of PK.seed, in every lane. */
const chain = memory.data(128, 16);
/** Two lanes of Keccak, and the other place of their rounds. */
const sponge = memory.data(400, 16);
const spare = memory.data(400, 16);

const PAD: u32 = 0x8000;

/** After PK.seed is known, before the first call. */
export function lanesBegin(): void {
  if (shake) return;
  for (let i: usize = 0; i < 8; i++) v128.store(chain + 16 * i, v128.load32_splat(seeded + 4 * i));
  wipe(block, SHA256_LANES_BLOCK);
  v128.store(block, i32x4.splat((64 + 22 + n) << 3), 240); // the length in bits, below 2^16
}

/** Puts SK.seed into every lane: what PRF takes where F takes a value. */
export function lanesSecret(): void {
  if (shake) {
    for (let i: usize = 0; i < n; i += 8) v128.store(values + 2 * i, v128.load64_splat(skSeed() + i));
  } else {
    for (let i: usize = 0; i < n; i += 4) v128.store(values + 4 * i, i32x4.splat(bswap(load<u32>(skSeed() + i))));
  }
}

/** Each lane = F of it, or PRF if it is SK.seed. `counted` is one of `Lane`. */
export function lanesHash(counted: u32): void {
  countCalls(lanes);
  if (shake) shakeLanes(counted);
  else sha2Lanes(counted);
}

/** ADRS^c has 22 bytes, so a value begins and ends in the middle of a word, and the padding with it. */
function sha2Lanes(counted: u32): void {
  for (let i: usize = 0; i < 5; i++) v128.store(block + 16 * i, i32x4.splat(bswap(load<u32>(compressed + 4 * i))));
  let before = i32x4.splat(bswap(load<u32>(compressed, 20)));
  const number = v128.shl<u32>(i32x4(0, 1, 2, 3), 16);
  if (counted == Lane.INDEX) before = v128.or(before, number);
  else v128.store(block, v128.or(v128.load(block, 48), number), 48);
  let at = block + 80;
  for (let from = values, end = values + 4 * n; from < end; from += 16, at += 16) {
    const value = v128.load(from);
    v128.store(at, v128.or(before, i32x4.shr_u(value, 16)));
    before = i32x4.shl(value, 16);
  }
  v128.store(at, v128.or(before, i32x4.splat(PAD)));
  sha256Lanes(values, chain, block);
}

/** SHAKE256(PK.seed || ADRS || value): below the rate of 136 bytes. */
function shakeLanes(counted: u32): void {
  let at = sponge;
  for (let i: usize = 0; i < n; i += 8, at += 16) v128.store(at, v128.load64_splat(pkSeed() + i));
  const counter = at + (counted == Lane.INDEX ? 48 : 32);
  for (let i: usize = 0; i < 32; i += 8, at += 16) v128.store(at, v128.load64_splat(adrs + i));
  v128.store(counter, v128.or(v128.load(counter), i64x2(0, 1 << 56))); // the last byte of a big-endian word
  for (let i: usize = 0; i < n; i += 8, at += 16) v128.store(at, v128.load(values + 2 * i));
  v128.store(at, i64x2.splat(0x1f));
  for (at += 16; at < sponge + 400; at += 16) v128.store(at, i64x2.splat(0));
  v128.store(sponge, i64x2.splat(1 << 63), 256);
  keccakPair(sponge, spare);
  for (let i: usize = 0; i < n; i += 8) v128.store(values + 2 * i, v128.load(sponge + 2 * i));
}

/** Writes the n bytes of a lane. Which lane is public. */
export function lanesTake(out: usize, lane: u32): void {
  if (shake) {
    for (let i: usize = 0; i < n; i += 8) store<u64>(out + i, load<u64>(values + 2 * i + (lane << 3)));
  } else {
    for (let i: usize = 0; i < n; i += 4) store<u32>(out + i, bswap(load<u32>(values + 4 * i + (lane << 2))));
  }
}

export function lanesWipe(): void {
  wipe(values, SHA256_LANES);
  wipe(block, SHA256_LANES_BLOCK);
  wipe(chain, SHA256_LANES);
  wipe(sponge, 400);
  wipe(spare, 400);
}

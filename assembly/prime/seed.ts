/**
 * The seed of FIPS 186-5, B.6 and B.10, and the numbers drawn from it: the hashes of the seed, of the seed plus 1, and
 * so on. The seed is a number that is hashed on as many bytes as the first seed had.
 *
 * What the seed holds is secret; its length and how often it was hashed are not.
 */
import { wipe } from "../base/memory";
import { absorb, finish, HASH_STATE, hashLength, start } from "../hash/hash";
import { fromBytes } from "../nat/limbs";
import { charge } from "../nat/work";

/** Room for twice the highest security strength, which is 256 bits. */
export const MAX_SEED: u32 = 64;

const seed = memory.data(64, 16);
const digest = memory.data(64, 16);
const state = memory.data(368, 16); // HASH_STATE

let len: u32 = 0;
let hash: u32 = 0;

/** Fixes the hash and the length. The seed itself is written to `seedAt` by the caller. */
export function seedBegin(hashId: u32, seedLen: u32): void {
  hash = hashId;
  len = seedLen;
}

export function seedAt(): usize {
  return seed;
}

export function seedLength(): u32 {
  return len;
}

/** seed = seed + count. Every byte is met, whether the carry reaches it or not. */
function advance(count: u32): void {
  let carry = count;
  for (let i = len; i > 0; i--) {
    carry += load<u8>(seed + i - 1);
    store<u8>(seed + i - 1, <u8>carry);
    carry >>>= 8;
  }
}

/** digest = Hash(seed), then seed = seed + 1. */
function next(): void {
  start(state, hash);
  absorb(state, seed, len);
  finish(state, digest);
  advance(1);
  charge(2000);
}

/** B.6, steps 5 and 9: the last 32 bits of Hash(seed) xor Hash(seed + 1); the seed goes up by 2. */
export function drawWord(): u32 {
  const last = digest + hashLength(hash) - 4;
  next();
  const word = load<u32>(last);
  next();
  return bswap(word ^ load<u32>(last));
}

/** How many hashes give `bits` bits: the iterations of the standard, plus 1. */
function hashesFor(bits: u32): u32 {
  const outlen = hashLength(hash) << 3;
  return (bits + outlen - 1) / outlen;
}

/** Limbs of what `drawNumber` gives for `bits`. Every hash has whole limbs. */
export function drawnLimbs(bits: u32): u32 {
  return hashesFor(bits) * (hashLength(hash) >>> 2);
}

/** r = the sum of Hash(seed + i) 2^(i outlen) over as many i as `bits` bits take; the seed goes up by their number. */
export function drawNumber(r: usize, bits: u32): void {
  const size = hashLength(hash);
  for (let i = hashesFor(bits); i > 0; i--) {
    next();
    fromBytes(r, size >>> 2, digest, size);
    r += size;
  }
}

/** Leaves out what drawNumber would have drawn. */
export function skipNumber(bits: u32): void {
  advance(hashesFor(bits));
}

export function seedWipe(): void {
  wipe(seed, MAX_SEED);
  wipe(digest, 64);
  wipe(state, HASH_STATE);
  len = 0;
  hash = 0;
}

/**
 * The functions of FIPS 205, 11, one call at a time: F, H, T_l and PRF, and for messages PRF_msg and H_msg.
 *
 * With SHA-2 the first block is PK.seed and zeros in each of the first four, so its chaining value is kept: it is public.
 */
import { store32be } from "../base/bytes";
import { wipe } from "../base/memory";
import { absorb, CHAIN_SIZE, chainOf, finish, Hash, HASH_STATE, hashBlockLength, resume, start } from "../hash/hash";
import { SHAKE_STATE, shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import { finishMac, HMAC_KEY, setKey } from "../mac/hmac";
import { adrs, compressed } from "./address";
import { digestLen, long, n, shake } from "./parameters";

/** SK.seed, SK.prf, PK.seed, PK.root: the private key as 9.1, Figure 15 lays it out; its second half is the public key. */
export const key = memory.data(128, 16);
export const KEY_SIZE: u32 = 128;

/** Chaining values after the block of PK.seed: of SHA-256, and of SHA-512 for the long sets. */
export const seeded = memory.data(208, 16);
const seededLong = memory.data(208, 16);

const state = memory.data(368, 16);
const pads = memory.data(416, 16);
const digest = memory.data(64, 16);
const digest2 = memory.data(64, 16);
const zeros = memory.data(128, 16);

/** Calls of F, H, T_l and PRF so far, those in lanes included. Public. */
let calls: u32 = 0;

export function hashCalls(): u32 {
  return calls;
}

export function countCalls(count: u32): void {
  calls += count;
}

export function skSeed(): usize {
  return key;
}

export function pkSeed(): usize {
  return key + 2 * n;
}

export function pkRoot(): usize {
  return key + 3 * n;
}

function seedBlock(hash: u32, to: usize): void {
  start(state, hash);
  absorb(state, pkSeed(), n);
  absorb(state, zeros, hashBlockLength(hash) - n);
  memory.copy(to, chainOf(state), CHAIN_SIZE);
}

/** After PK.seed is known, before the first call. */
export function tweakBegin(): void {
  if (shake) return;
  seedBlock(Hash.SHA_256, seeded);
  if (long) seedBlock(Hash.SHA_512, seededLong);
}

/**
 * out = F, H, T_l or PRF of PK.seed, ADRS and the message, n bytes: they differ in the length of the message alone, which is
 * n for F and PRF. `out` may be in the message. Leaks the lengths and the address.
 */
export function tweak(out: usize, message: usize, len: u32): void {
  calls++;
  if (shake) {
    shakeStart(state, 256);
    shakeTakeIn(state, pkSeed(), n);
    shakeTakeIn(state, adrs, 32);
    shakeTakeIn(state, message, len);
    shakeGiveOut(state, out, n);
    return;
  }
  if (long && len > n) resume(state, Hash.SHA_512, seededLong);
  else resume(state, Hash.SHA_256, seeded);
  absorb(state, compressed, 22);
  absorb(state, message, len);
  finish(state, digest);
  memory.copy(out, digest, n);
}

/** PRF_msg(SK.prf, opt_rand, M) (11.1 and 11.2), with opt_rand = PK.seed: the deterministic variant of 9.2. */
export function randomizer(out: usize, message: usize, len: u32): void {
  if (shake) {
    shakeStart(state, 256);
    shakeTakeIn(state, key + n, 2 * n); // SK.prf, and PK.seed beside it
    shakeTakeIn(state, message, len);
    shakeGiveOut(state, out, n);
    return;
  }
  const hash = long ? Hash.SHA_512 : Hash.SHA_256;
  setKey(pads, hash, key + n, n);
  resume(state, hash, pads);
  absorb(state, pkSeed(), n);
  absorb(state, message, len);
  finishMac(state, pads, digest);
  memory.copy(out, digest, n);
}

/** H_msg(R, PK.seed, PK.root, M), m bytes. */
export function messageDigest(out: usize, r: usize, message: usize, len: u32): void {
  if (shake) {
    shakeStart(state, 256);
    shakeTakeIn(state, r, n);
    shakeTakeIn(state, pkSeed(), 2 * n);
    shakeTakeIn(state, message, len);
    shakeGiveOut(state, out, digestLen);
    return;
  }
  const hash = long ? Hash.SHA_512 : Hash.SHA_256;
  const size: u32 = long ? 64 : 32;
  start(state, hash);
  absorb(state, r, n);
  absorb(state, pkSeed(), 2 * n);
  absorb(state, message, len);
  finish(state, digest);
  // MGF1 (RFC 8017, B.2.1) of R, PK.seed and that digest.
  for (let done: u32 = 0; done < digestLen; done += size) {
    start(state, hash);
    absorb(state, r, n);
    absorb(state, pkSeed(), n);
    absorb(state, digest, size);
    store32be(digest2, done / size);
    absorb(state, digest2, 4);
    finish(state, digest2);
    memory.copy(out + done, digest2, min(size, digestLen - done));
  }
}

export function tweakWipe(): void {
  wipe(key, KEY_SIZE);
  wipe(seeded, CHAIN_SIZE);
  wipe(seededLong, CHAIN_SIZE);
  wipe(state, max(HASH_STATE, SHAKE_STATE));
  wipe(pads, HMAC_KEY);
  wipe(digest, 64);
  wipe(digest2, 64);
  calls = 0;
}

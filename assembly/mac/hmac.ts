/**
 * HMAC (FIPS 198-1) over each hash.
 *
 * A key is kept as two chaining values: that of the inner hash after K0 ^ ipad and that of the outer hash after
 * K0 ^ opad, the precomputation that Section 6 allows. They are as secret as the key. One MAC of a short message then
 * costs two compressions.
 */
import { Status } from "../abi";
import { failed } from "../base/health";
import { wipe } from "../base/memory";
import {
  absorb,
  BLOCK_SIZE,
  CHAIN_SIZE,
  chainOf,
  compress,
  finish,
  HASH_STATE,
  hashBlockLength,
  hashLength,
  isHash,
  resume,
  start,
  toWords,
} from "../hash/hash";

/** Both chaining values of a key, inner first. */
export const HMAC_KEY: u32 = 2 * CHAIN_SIZE;
/** A running MAC and its key. */
export const HMAC_STATE: u32 = HASH_STATE + HMAC_KEY;

const k0 = memory.data(144, 16);
const scratch = memory.data(368, 16);

function xorBlock(byte: u8): void {
  const pad = i8x16.splat(byte);
  for (let i: usize = 0; i < <usize>BLOCK_SIZE; i += 16) v128.store(k0 + i, v128.xor(v128.load(k0 + i), pad));
}

/** FIPS 198-1, Section 4, steps 1-4 and 7: forms K0, then absorbs K0 ^ ipad and K0 ^ opad. Leaks keyLen only. */
export function setKey(pads: usize, hash: u32, key: usize, keyLen: u32): void {
  if (keyLen > hashBlockLength(hash)) {
    start(scratch, hash);
    absorb(scratch, key, keyLen);
    finish(scratch, k0);
  } else {
    memory.copy(k0, key, keyLen);
  }
  toWords(hash, k0, k0, BLOCK_SIZE);
  start(scratch, hash);
  xorBlock(0x36);
  compress(hash, pads, chainOf(scratch), k0);
  xorBlock(0x36 ^ 0x5c); // undo ipad, apply opad
  compress(hash, pads + CHAIN_SIZE, chainOf(scratch), k0);
  wipe(k0, BLOCK_SIZE);
  wipe(scratch, HASH_STATE);
}

/** Steps 6 to 9: `out` holds the inner digest for a while. Wipes the hash state, not the key. */
export function finishMac(state: usize, pads: usize, out: usize): void {
  const hash = load<u32>(state);
  finish(state, out);
  resume(state, hash, pads + CHAIN_SIZE);
  absorb(state, out, hashLength(hash));
  finish(state, out);
}

export function hmacStateSize(): u32 {
  return HMAC_STATE;
}

export function hmacInit(state: usize, hash: u32, key: usize, keyLen: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isHash(hash)) return Status.BAD_ARGUMENT;
  setKey(state + HASH_STATE, hash, key, keyLen);
  resume(state, hash, state + HASH_STATE);
  return Status.OK;
}

export function hmacUpdate(state: usize, data: usize, len: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isHash(load<u32>(state))) return Status.BAD_ARGUMENT;
  absorb(state, data, len);
  return Status.OK;
}

/** Writes the MAC, then stands ready for the next text under the same key; the caller wipes the state at the end. */
export function hmacFinal(state: usize, out: usize): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  const hash = load<u32>(state);
  if (!isHash(hash)) return Status.BAD_ARGUMENT;
  finishMac(state, state + HASH_STATE, out);
  resume(state, hash, state + HASH_STATE);
  return Status.OK;
}

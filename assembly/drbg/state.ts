/**
 * The working state of HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2.1) and its update (10.1.2.2).
 *
 * A state is `drbgStateSize()` bytes wherever the caller likes. Of Key it holds the two chaining values that HMAC needs,
 * computed once each time Key changes, and V stands in a block that is already padded: HMAC(Key, V) is then exactly two
 * compressions, because the outer block has the same length and so the same padding as the inner one.
 */
import { wipe } from "../base/memory";
import { absorb, BLOCK_SIZE, HASH_STATE, hashLength, resume, toWords } from "../hash/hash";
import { macDigest, wipeDigests } from "../mac/digest";
import { finishMac, HMAC_KEY, setKey } from "../mac/hmac";

/** What `drbgPend` holds at most. */
export const MAX_PENDING: u32 = 64;

export const PHASE: usize = 0;
export const HASH: usize = 4;
export const STRENGTH: usize = 8;
/** 1 if instantiated with the prediction resistance flag. */
export const RESISTANT: usize = 12;
export const COUNTER: usize = 16;
export const INTERVAL: usize = 24;
/** 1 from a reseed until the next generate. */
export const FRESH: usize = 32;
export const PENDING_LEN: usize = 36;
export const PENDING: usize = 48;
export const PADS: usize = PENDING + MAX_PENDING;
export const V: usize = PADS + HMAC_KEY;
export const DRBG_STATE: u32 = 48 + MAX_PENDING + HMAC_KEY + BLOCK_SIZE;

/** The phases of a state: zeros are no state at all. Any other value is an error too. */
export const READY: u32 = 0x90a1;
export const ERROR: u32 = 0xdead;

const mac = memory.data(368, 16);
/** Scratch for one digest. */
export const bytes = memory.data(64, 16);

/** V = HMAC(Key, V): two compressions. */
export function stepV(state: usize, hash: u32): void {
  macDigest(hash, state + V, state + PADS);
}

/** Steps 1-2, or 4-5, of HMAC_DRBG_Update: Key = HMAC(Key, V || round || d1 || d2 || d3), V = HMAC(Key, V). */
function updateRound(state: usize, round: u8, d1: usize, len1: u32, d2: usize, len2: u32, d3: usize, len3: u32): void {
  const hash = load<u32>(state + HASH);
  const outLen = hashLength(hash);
  resume(mac, hash, state + PADS);
  toWords(hash, bytes, state + V, 64);
  absorb(mac, bytes, outLen);
  store<u8>(bytes, round);
  absorb(mac, bytes, 1);
  absorb(mac, d1, len1);
  absorb(mac, d2, len2);
  absorb(mac, d3, len3);
  finishMac(mac, state + PADS, bytes);
  setKey(state + PADS, hash, bytes, outLen);
  stepV(state, hash);
}

/**
 * HMAC_DRBG_Update, SP 800-90A Rev. 1, 10.1.2.2, with provided_data in up to three parts. An empty string counts as Null.
 */
export function update(state: usize, d1: usize, len1: u32, d2: usize, len2: u32, d3: usize, len3: u32): void {
  updateRound(state, 0x00, d1, len1, d2, len2, d3, len3); // steps 1-2
  if ((len1 | len2 | len3) == 0) return; //                  step 3: whether there was input is public
  updateRound(state, 0x01, d1, len1, d2, len2, d3, len3); // steps 4-5
}

export function wipeScratch(): void {
  wipe(mac, HASH_STATE);
  wipe(bytes, 64);
  wipeDigests();
}

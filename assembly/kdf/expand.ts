/**
 * Key derivation by one loop: K(i) = PRF(counter, iterator, fixed data in some order), the output being K(1) || K(2) || ...
 *
 * - SP 800-108 Rev. 1, 4.1 to 4.3: counter, feedback and double-pipeline mode, the PRF being HMAC;
 * - RFC 5869, 2.3 (HKDF-Expand): feedback mode without IV, a counter of 8 bits after the fixed data;
 * - SP 800-56C Rev. 2, 4.1 (one step): counter mode, 32 bits before Z || FixedInfo, the PRF being a hash or HMAC with a salt.
 *
 * What keys the PRF lies in a state of `kdfStateSize()` bytes wherever the caller likes, who wipes it; what is between
 * the secret and the output never leaves. Lengths, modes and places are public, and all else takes the same steps.
 */
import { Status } from "../abi";
import { store64be } from "../base/bytes";
import { failed } from "../base/health";
import { wipe } from "../base/memory";
import { absorb, finish, HASH_STATE, hashLength, isHash, resume, start } from "../hash/hash";
import { finishMac, HMAC_KEY, setKey } from "../mac/hmac";
import { MAX_LENGTH } from "./limits";

const HASH: usize = 0;
/** 1 if the PRF is HMAC, 0 if it is the bare hash. */
const KEYED: usize = 4;
const PADS: usize = 16;
export const KDF_STATE: u32 = 16 + HMAC_KEY;

export namespace Mode {
  export const COUNTER: u32 = 0;
  export const FEEDBACK: u32 = 1;
  export const DOUBLE_PIPELINE: u32 = 2;
}

/** The place of a counter that comes before the iterator; any other place is a bit of the fixed data. */
export const BEFORE_ITERATOR: u32 = 0xffffffff;

const mac = memory.data(368, 16);
/** K(i). */
const block = memory.data(64, 16);
/** A(i) of the double pipeline. */
const pipe = memory.data(64, 16);
const counter = memory.data(8, 8);

export function kdfStateSize(): u32 {
  return KDF_STATE;
}

function wipeScratch(): void {
  wipe(mac, HASH_STATE);
  wipe(block, 64);
  wipe(pipe, 64);
  wipe(counter, 8);
}

/** Keys the PRF: HMAC with `key`, which may be empty, or the hash, which has none. */
export function kdfInit(state: usize, hash: u32, keyed: u32, key: usize, keyLen: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isHash(hash) || keyed > 1) return Status.BAD_ARGUMENT;
  if (keyLen > MAX_LENGTH) return Status.TOO_LONG;
  store<u32>(state + HASH, hash);
  store<u32>(state + KEYED, keyed);
  if (keyed) setKey(state + PADS, hash, key, keyLen);
  return Status.OK;
}

/** Randomness extraction (SP 800-56C Rev. 2, 5.1; RFC 5869, 2.2): keys the PRF with HMAC(salt, secret), which stays here. */
export function kdfExtract(state: usize, hash: u32, salt: usize, saltLen: u32, secret: usize, secretLen: u32): u32 {
  const status = kdfInit(state, hash, 1, salt, saltLen);
  if (status != Status.OK) return status;
  if (secretLen > MAX_LENGTH) return Status.TOO_LONG;
  resume(mac, hash, state + PADS);
  absorb(mac, secret, secretLen);
  finishMac(mac, state + PADS, block);
  setKey(state + PADS, hash, block, hashLength(hash));
  wipeScratch();
  return Status.OK;
}

function begin(state: usize): void {
  const hash = load<u32>(state + HASH);
  if (load<u32>(state + KEYED)) resume(mac, hash, state + PADS);
  else start(mac, hash);
}

function end(state: usize, out: usize): void {
  if (load<u32>(state + KEYED)) finishMac(mac, state + PADS, out);
  else finish(mac, out);
}

/**
 * Takes in fixed data with the counter after its first `place` bits. If that is inside a byte, the two parts of the byte
 * stand around the counter.
 */
function absorbFixed(i: u32, bits: u32, place: u32, fixed: usize, fixedLen: u32): void {
  const whole = place >>> 3;
  const split = place & 7;
  absorb(mac, fixed, whole);
  let joint = <u64>i;
  if (split) {
    const byte = <u64>load<u8>(fixed + whole);
    joint = ((byte >>> (8 - split)) << (bits + 8 - split)) | (joint << (8 - split)) | (byte & (0xff >>> split));
    bits += 8;
  }
  store64be(counter, joint << (64 - bits)); // no bits at all: nothing is taken in
  absorb(mac, counter, bits >>> 3);
  const rest = whole + (split ? 1 : 0);
  absorb(mac, fixed + rest, fixedLen - rest);
}

/** Whether the parameters are those of some mode: a counter of 8, 16, 24 or 32 bits, or none where there is an iterator. */
function known(mode: u32, bits: u32, place: u32, fixedLen: u32): bool {
  if (mode > Mode.DOUBLE_PIPELINE || bits > 32 || bits & 7) return false;
  if (bits == 0) return mode != Mode.COUNTER && place == 0;
  return place == BEFORE_ITERATOR ? mode != Mode.COUNTER : place <= fixedLen << 3;
}

/**
 * Writes `outBits` bits, the unused low bits of the last byte being 0. The IV is for feedback mode and may be empty.
 * BAD_ARGUMENT if the counter has too few bits for so many blocks (SP 800-108 Rev. 1, 4.1, step 2; RFC 5869, 2.3).
 *
 * Nothing is written to `out` unless the status is OK.
 */
export function kdfExpand(
  state: usize,
  out: usize,
  outBits: u32,
  mode: u32,
  counterBits: u32,
  place: u32,
  fixed: usize,
  fixedLen: u32,
  iv: usize,
  ivLen: u32,
): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  const hash = load<u32>(state + HASH);
  if (max(fixedLen, ivLen) > MAX_LENGTH || outBits > MAX_LENGTH << 3) return Status.TOO_LONG;
  if (!isHash(hash) || outBits == 0 || !known(mode, counterBits, place, fixedLen)) return Status.BAD_ARGUMENT;
  const h = hashLength(hash);
  let left = (outBits + 7) >>> 3;
  if (counterBits != 0 && <u64>((left + h - 1) / h) >>> counterBits) return Status.BAD_ARGUMENT;
  for (let i: u32 = 1; left > 0; i++) {
    if (mode == Mode.DOUBLE_PIPELINE) { // A(i) = PRF(A(i-1)), A(0) being the fixed data
      begin(state);
      if (i == 1) absorb(mac, fixed, fixedLen);
      else absorb(mac, pipe, h);
      end(state, pipe);
    }
    begin(state);
    if (place == BEFORE_ITERATOR) absorbFixed(i, counterBits, 0, 0, 0);
    if (mode == Mode.DOUBLE_PIPELINE) absorb(mac, pipe, h);
    else if (mode == Mode.FEEDBACK) { // K(0) is the IV
      if (i == 1) absorb(mac, iv, ivLen);
      else absorb(mac, block, h);
    }
    if (place == BEFORE_ITERATOR) absorb(mac, fixed, fixedLen);
    else absorbFixed(i, counterBits, place, fixed, fixedLen);
    end(state, block);
    const part = min(left, h);
    memory.copy(out, block, part);
    out += part;
    left -= part;
  }
  const unused = <u8>(0 - outBits) & 7;
  store<u8>(out - 1, load<u8>(out - 1) >>> unused << unused);
  wipeScratch();
  return Status.OK;
}

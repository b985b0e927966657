/**
 * HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2) over each hash, with the checks of its envelope (Section 9).
 *
 * Lengths, counters and flags are public. Scratch is wiped before every exported function returns.
 */
import { Status } from "../abi";
import { failed } from "../base/health";
import { wipe } from "../base/memory";
import { BLOCK_SIZE, hashLength, isHash, toWords } from "../hash/hash";
import { padDigest } from "../mac/digest";
import { setKey } from "../mac/hmac";
import {
  COUNTER,
  DRBG_STATE,
  ERROR,
  FRESH,
  HASH,
  INTERVAL,
  MAX_PENDING,
  PADS,
  PENDING,
  PENDING_LEN,
  PHASE,
  READY,
  RESISTANT,
  STRENGTH,
  V,
  bytes,
  stepV,
  update,
  wipeScratch,
} from "./state";

/** Table 2: at most 2^19 bits a request. The same 64 KiB is our own limit on every input, far below its 2^35 bits. */
const MAX_LENGTH: u32 = 1 << 16;
/** Table 2: at most 2^48 requests between reseeds. */
const MAX_RESEED_INTERVAL: u64 = 1 << 48;
export function drbgStateSize(): u32 {
  return DRBG_STATE;
}

/** SP 800-57 Part 1 Rev. 5, Table 3, column for random bit generation, capped at the 256 bits that 90A can offer. */
export function drbgMaxStrength(hash: u32): u32 {
  if (!isHash(hash)) return 0;
  return hashLength(hash) == 28 ? 192 : 256;
}

/** SP 800-90A Rev. 1, 9.1, step 4: the lowest of 112, 128, 192, 256 that is not below what was asked. */
function roundStrength(bits: u32): u32 {
  if (bits <= 112) return 112;
  if (bits <= 128) return 128;
  return bits <= 192 ? 192 : 256;
}

/**
 * OK if the state can serve. What it says of itself is checked each time: a header that no function here can have
 * written is a catastrophic error, and leaves the state in the error phase until it is uninstantiated (11.3).
 */
function examine(state: usize): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  const phase = load<u32>(state + PHASE);
  if (phase == 0) return Status.NOT_INSTANTIATED;
  const hash = load<u32>(state + HASH);
  const strength = load<u32>(state + STRENGTH);
  if (
    phase == READY &&
    isHash(hash) &&
    roundStrength(strength) == strength &&
    strength <= drbgMaxStrength(hash) &&
    (load<u32>(state + RESISTANT) | load<u32>(state + FRESH)) <= 1 &&
    load<u64>(state + COUNTER) > 0 &&
    load<u64>(state + INTERVAL) - 1 < MAX_RESEED_INTERVAL &&
    load<u32>(state + PENDING_LEN) <= MAX_PENDING
  ) {
    return Status.OK;
  }
  wipe(state, DRBG_STATE);
  store<u32>(state + PHASE, ERROR);
  return Status.DRBG_ERROR;
}

/**
 * Instantiate, 9.1 and 10.1.2.3. An interval of 0 means the longest one. The nonce may be empty if the entropy input is
 * long enough to stand for both (8.6.7).
 */
export function drbgInstantiate(
  state: usize,
  hash: u32,
  strengthBits: u32,
  predictionResistance: u32,
  reseedInterval: u64,
  entropy: usize,
  entropyLen: u32,
  nonce: usize,
  nonceLen: u32,
  personalization: usize,
  personalizationLen: u32,
): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isHash(hash) || predictionResistance > 1) return Status.BAD_ARGUMENT;
  if (strengthBits > drbgMaxStrength(hash)) return Status.STRENGTH; // 9.1, step 1
  if (max(max(entropyLen, nonceLen), personalizationLen) > MAX_LENGTH) return Status.TOO_LONG; // step 3
  const strength = roundStrength(strengthBits);
  if (entropyLen << 3 < strength) return Status.BAD_ARGUMENT; // step 6
  if ((entropyLen + nonceLen) << 4 < 3 * strength) return Status.BAD_ARGUMENT; // 8.6.7: half as much again
  wipe(state, DRBG_STATE);
  store<u32>(state + HASH, hash);
  store<u32>(state + STRENGTH, strength);
  store<u32>(state + RESISTANT, predictionResistance);
  store<u64>(state + INTERVAL, min(reseedInterval - 1, MAX_RESEED_INTERVAL - 1) + 1);
  // 10.1.2.3, steps 2-3: Key = 0x00 00...00, V = 0x01 01...01.
  setKey(state + PADS, hash, bytes, hashLength(hash));
  memory.fill(state + V, 1, BLOCK_SIZE);
  padDigest(hash, state + V);
  update(state, entropy, entropyLen, nonce, nonceLen, personalization, personalizationLen); // steps 1 and 4
  store<u64>(state + COUNTER, 1); // step 5
  store<u32>(state + PHASE, READY);
  wipeScratch();
  return Status.OK;
}

/** Reseed, 9.2 and 10.1.2.4. The interval stays as it was. */
export function drbgReseed(state: usize, entropy: usize, entropyLen: u32, additional: usize, additionalLen: u32): u32 {
  const status = examine(state);
  if (status != Status.OK) return status;
  if (max(entropyLen, additionalLen) > MAX_LENGTH) return Status.TOO_LONG;
  if (entropyLen << 3 < load<u32>(state + STRENGTH)) return Status.BAD_ARGUMENT;
  update(state, entropy, entropyLen, additional, additionalLen, 0, 0);
  store<u64>(state + COUNTER, 1);
  store<u32>(state + FRESH, 1);
  wipeScratch();
  return Status.OK;
}

/** Writes the leftmost `len` bytes of V. */
function emit(hash: u32, out: usize, v: usize, len: u32): void {
  if (len & 15) {
    toWords(hash, bytes, v, 64);
    memory.copy(out, bytes, len);
  } else {
    toWords(hash, out, v, len);
  }
}

/**
 * Generate, 9.3.1 and 10.1.2.5. Where the standard would reseed by itself (9.3.1, step 7) this returns RESEED_REQUIRED:
 * entropy comes from the host, which reseeds with it and the additional input, then calls again with none (step 7.4).
 *
 * Nothing is written to `out` unless the status is OK.
 */
export function drbgGenerate(
  state: usize,
  out: usize,
  outLen: u32,
  strengthBits: u32,
  predictionResistance: u32,
  additional: usize,
  additionalLen: u32,
): u32 {
  const status = examine(state);
  if (status != Status.OK) return status;
  if (max(outLen, additionalLen) > MAX_LENGTH) return Status.TOO_LONG; // 9.3.1, steps 2 and 4
  if (strengthBits > load<u32>(state + STRENGTH)) return Status.STRENGTH; // step 3
  if (predictionResistance > load<u32>(state + RESISTANT)) return Status.BAD_ARGUMENT; // step 5
  const counter = load<u64>(state + COUNTER);
  if (counter > load<u64>(state + INTERVAL)) return Status.RESEED_REQUIRED; // 10.1.2.5, step 1
  if (predictionResistance > load<u32>(state + FRESH)) return Status.RESEED_REQUIRED; // 9.3.1, step 7

  const hash = load<u32>(state + HASH);
  const v = state + V;
  const pending = state + PENDING;
  const pendingLen = load<u32>(state + PENDING_LEN);
  if (additionalLen + pendingLen > 0) {
    update(state, additional, additionalLen, pending, pendingLen, 0, 0); // 10.1.2.5, step 2
  }
  const step = hashLength(hash);
  while (outLen > 0) {
    stepV(state, hash); // step 4.1
    const part = min(outLen, step);
    emit(hash, out, v, part); // steps 4.2 and 5
    out += part;
    outLen -= part;
  }
  update(state, additional, additionalLen, pending, pendingLen, 0, 0); // step 6
  store<u64>(state + COUNTER, counter + 1); // step 7
  store<u32>(state + FRESH, 0);
  wipe(pending, MAX_PENDING);
  store<u32>(state + PENDING_LEN, 0);
  wipeScratch();
  return Status.OK;
}

/**
 * Keeps up to 64 bytes that the next generate takes as additional input, after its own; then they are wiped. They replace
 * bytes that no generate has taken yet. So the host can mix in fresh bytes before a call that happens inside the core.
 */
export function drbgPend(state: usize, data: usize, len: u32): u32 {
  const status = examine(state);
  if (status != Status.OK) return status;
  if (len > MAX_PENDING) return Status.TOO_LONG;
  wipe(state + PENDING, MAX_PENDING);
  memory.copy(state + PENDING, data, len);
  store<u32>(state + PENDING_LEN, len);
  return Status.OK;
}

/** Uninstantiate, 9.4: the state becomes zeros, in the error phase and after a failed self-test as well. */
export function drbgUninstantiate(state: usize): u32 {
  const phase = load<u32>(state + PHASE);
  wipe(state, DRBG_STATE);
  return phase == 0 ? Status.NOT_INSTANTIATED : Status.OK;
}

/** Requests since the last (re)seed, plus one; 0 if there is no live state. */
export function drbgReseedCounter(state: usize): u64 {
  return load<u32>(state + PHASE) == READY ? load<u64>(state + COUNTER) : 0;
}

/** Requests that one seed may serve; 0 if there is no live state. */
export function drbgReseedInterval(state: usize): u64 {
  return load<u32>(state + PHASE) == READY ? load<u64>(state + INTERVAL) : 0;
}

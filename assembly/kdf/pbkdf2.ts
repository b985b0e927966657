/**
 * PBKDF2 (RFC 8018, 5.2; SP 800-132, 5.3) with HMAC over each hash, in steps.
 *
 * A state is `pbkdf2StateSize()` bytes wherever the caller likes. The password is kept as the two chaining values that HMAC
 * needs, and the salt as the hash state that has taken it in: neither itself is needed again, whatever its length. U stands
 * in native words in a padded block, so a round is two compressions and an XOR. Blocks of the output are worked out in
 * groups of `pbkdf2Group` bytes; `pbkdf2Take` hands one out and begins the next.
 *
 * A group is one block, or four of SHA-224 or SHA-256 in lanes: four lanes cost about 3.2 blocks (V8 on a CPU with AVX2;
 * WebAssembly has no rotation of vectors), so fewer than four go one by one. So do blocks of SHA-512, two lanes of which
 * cost about 2.5 blocks.
 *
 * Lengths and counts are public, and all else takes the same steps.
 */
import { Status } from "../abi";
import { store32be } from "../base/bytes";
import { failed } from "../base/health";
import { wipe } from "../base/memory";
import {
  absorb,
  BLOCK_SIZE,
  CHAIN_SIZE,
  Hash,
  HASH_STATE,
  hashLength,
  isHash,
  isSha256,
  resume,
  toWords,
} from "../hash/hash";
import { putLane32, takeLane32 } from "../hash/lanes";
import { SHA256_LANES, SHA256_LANES_BLOCK, sha256Lanes } from "../hash/sha256-lanes";
import { macDigest, padDigest, wipeDigests } from "../mac/digest";
import { finishMac, HMAC_KEY, setKey } from "../mac/hmac";
import { MAX_LENGTH } from "./limits";

const HASH: usize = 0;
/** The iteration count c. */
const COUNT: usize = 4;
/** Iterations that the present group lacks. */
const LEFT: usize = 8;
/** The number of the first block of the present group, and that of the last block. */
const INDEX: usize = 12;
const LAST: usize = 16;
/** Blocks in the present group; 0 when all are handed out. */
const LANES: usize = 20;
const PADS: usize = 32;
const SALTED: usize = PADS + HMAC_KEY;
/** U_j in its padded block, and the XOR of U_1 to U_j: of one block, or of four in lanes. */
const U: usize = SALTED + HASH_STATE;
const T: usize = U + SHA256_LANES_BLOCK;
/** The pads once more, the same in each lane. */
const LANE_PADS: usize = T + SHA256_LANES;
export const PBKDF2_STATE: u32 = 32 + HMAC_KEY + HASH_STATE + SHA256_LANES_BLOCK + 3 * SHA256_LANES;

const mac = memory.data(368, 16);
const bytes = memory.data(64, 16);
const block = memory.data(144, 16);

export function pbkdf2StateSize(): u32 {
  return PBKDF2_STATE;
}

function wipeScratch(): void {
  wipe(mac, HASH_STATE);
  wipe(bytes, 64);
  wipe(block, BLOCK_SIZE);
  wipeDigests();
}

/** u = U_1 = PRF(P, S || INT(i)) of block i, INT(i) being four bytes, in its padded block. */
function firstU(state: usize, u: usize, i: u32): void {
  const hash = load<u32>(state + HASH);
  memory.copy(mac, state + SALTED, HASH_STATE);
  store32be(bytes, i);
  absorb(mac, bytes, 4);
  finishMac(mac, state + PADS, bytes);
  toWords(hash, u, bytes, 64);
  padDigest(hash, u);
}

function beginGroup(state: usize): void {
  const index = load<u32>(state + INDEX);
  const left = load<u32>(state + LAST) + 1 - index;
  const lanes: u32 = left >= 4 && isSha256(load<u32>(state + HASH)) ? 4 : min(left, 1);
  store<u32>(state + LANES, lanes);
  store<u32>(state + LEFT, load<u32>(state + COUNT) - 1);
  if (lanes == 1) {
    firstU(state, state + U, index);
  } else if (lanes == 4) {
    for (let lane: u32 = 0; lane < 4; lane++) {
      firstU(state, block, index + lane);
      putLane32(state + U, lane, block, 16);
    }
  }
  memory.copy(state + T, state + U, SHA256_LANES);
}

/** t ^= u, `len` bytes. */
function addU(t: usize, u: usize, len: usize): void {
  for (const end = t + len; t < end; t += 16, u += 16) v128.store(t, v128.xor(v128.load(t), v128.load(u)));
}

function rounds1(state: usize, hash: u32, count: u32): void {
  const u = state + U;
  const len: usize = isSha256(hash) ? 32 : 64;
  for (; count > 0; count--) {
    macDigest(hash, u, state + PADS);
    addU(state + T, u, len);
  }
}

/** The same in four lanes. */
function rounds4(state: usize, hash: u32, count: u32): void {
  const u = state + U;
  for (; count > 0; count--) {
    for (let pads = state + LANE_PADS, end = pads + 2 * SHA256_LANES; pads < end; pads += SHA256_LANES) {
      sha256Lanes(u, pads, u);
      if (hash == Hash.SHA_224) v128.store(u, i32x4.splat(1 << 31), 7 * 16); // the cut-off word is the first of the padding
    }
    addU(state + T, u, SHA256_LANES);
  }
}

/** Begins a derivation of `outLen` bytes by `iterations` iterations. The caller ends it with `pbkdf2End`, always. */
export function pbkdf2Begin(
  state: usize,
  hash: u32,
  password: usize,
  passwordLen: u32,
  salt: usize,
  saltLen: u32,
  iterations: u32,
  outLen: u32,
): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (max(max(passwordLen, saltLen), outLen) > MAX_LENGTH) return Status.TOO_LONG;
  if (!isHash(hash) || iterations == 0 || outLen == 0) return Status.BAD_ARGUMENT;
  store<u32>(state + HASH, hash);
  store<u32>(state + COUNT, iterations);
  store<u32>(state + INDEX, 1);
  store<u32>(state + LAST, (outLen - 1) / hashLength(hash) + 1);
  setKey(state + PADS, hash, password, passwordLen);
  for (let lane: u32 = 0; lane < 4; lane++) { // the first 8 words of two chaining values
    putLane32(state + LANE_PADS, lane, state + PADS, 8);
    putLane32(state + LANE_PADS + SHA256_LANES, lane, state + PADS + CHAIN_SIZE, 8);
  }
  resume(state + SALTED, hash, state + PADS);
  absorb(state + SALTED, salt, saltLen);
  beginGroup(state);
  wipeScratch();
  return Status.OK;
}

/** OK if a group is in the making. */
function examine(state: usize): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  return isHash(load<u32>(state + HASH)) && load<u32>(state + LANES) > 0 ? Status.OK : Status.BAD_ARGUMENT;
}

/** Goes on with the present group for `rounds` iterations; OK when it stands, CONTINUE before. */
export function pbkdf2Step(state: usize, rounds: u32): u32 {
  const status = examine(state);
  if (status != Status.OK) return status;
  const hash = load<u32>(state + HASH);
  const left = load<u32>(state + LEFT);
  const now = min(left, rounds);
  if (load<u32>(state + LANES) == 4) rounds4(state, hash, now);
  else rounds1(state, hash, now);
  store<u32>(state + LEFT, left - now);
  wipeScratch();
  return now == left ? Status.OK : Status.CONTINUE;
}

/** Bytes of the group in the making, the last one whole; 0 when all are handed out. */
export function pbkdf2Group(state: usize): u32 {
  return load<u32>(state + LANES) * hashLength(load<u32>(state + HASH));
}

/** Iterations done so far, over all blocks. */
export function pbkdf2Done(state: usize): f64 {
  const c = <f64>load<u32>(state + COUNT);
  return (<f64>load<u32>(state + INDEX) - 1) * c + <f64>load<u32>(state + LANES) * (c - <f64>load<u32>(state + LEFT));
}

/** Writes the group that stands, and begins the next one if there is one. */
export function pbkdf2Take(state: usize, out: usize): u32 {
  const status = examine(state);
  if (status != Status.OK) return status;
  if (load<u32>(state + LEFT) > 0) return Status.BAD_ARGUMENT;
  const hash = load<u32>(state + HASH);
  const lanes = load<u32>(state + LANES);
  for (let lane: u32 = 0; lane < lanes; lane++) {
    if (lanes == 4) takeLane32(block, state + T, lane, 8);
    toWords(hash, bytes, lanes == 4 ? block : state + T, 64);
    memory.copy(out, bytes, hashLength(hash));
    out += hashLength(hash);
  }
  store<u32>(state + INDEX, load<u32>(state + INDEX) + lanes);
  beginGroup(state);
  wipeScratch();
  return Status.OK;
}

/** The state becomes zeros, wherever the work stands. */
export function pbkdf2End(state: usize): void {
  wipe(state, PBKDF2_STATE);
}

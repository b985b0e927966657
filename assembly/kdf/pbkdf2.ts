/**
 * PBKDF2 (RFC 8018, 5.2; SP 800-132, 5.3) with HMAC over each hash, in steps.
 *
 * A state is `pbkdf2StateSize()` bytes wherever the caller likes. The password is kept as the two chaining values that HMAC
 * needs, and the salt as the hash state that has taken it in: neither itself is needed again, whatever its length. U stands
 * in native words in a padded block, so a round is two compressions and an XOR. Blocks of the output are worked out in
 * groups of `pbkdf2Group` bytes; `pbkdf2Take` hands one out and begins the next.
 *
 * Lengths and counts are public, and all else takes the same steps.
 */
import { Status } from "../abi";
import { store32be } from "../base/bytes";
import { failed } from "../base/health";
import { wipe } from "../base/memory";
import { absorb, BLOCK_SIZE, HASH_STATE, hashLength, isHash, resume, toWords } from "../hash/hash";
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
/** U_j in its block, and the XOR of U_1 to U_j. */
const U: usize = SALTED + HASH_STATE;
const T: usize = U + BLOCK_SIZE;
export const PBKDF2_STATE: u32 = 32 + HMAC_KEY + HASH_STATE + BLOCK_SIZE + 64;

const mac = memory.data(368, 16);
const bytes = memory.data(64, 16);

export function pbkdf2StateSize(): u32 {
  return PBKDF2_STATE;
}

function wipeScratch(): void {
  wipe(mac, HASH_STATE);
  wipe(bytes, 64);
  wipeDigests();
}

/** U_1 = PRF(P, S || INT(i)) for each block of the group, INT(i) being four bytes. */
function beginGroup(state: usize): void {
  const hash = load<u32>(state + HASH);
  const index = load<u32>(state + INDEX);
  if (index > load<u32>(state + LAST)) {
    store<u32>(state + LANES, 0);
    wipe(state + U, BLOCK_SIZE + 64);
    return;
  }
  memory.copy(mac, state + SALTED, HASH_STATE);
  store32be(bytes, index);
  absorb(mac, bytes, 4);
  finishMac(mac, state + PADS, bytes);
  toWords(hash, state + U, bytes, 64);
  padDigest(hash, state + U);
  memory.copy(state + T, state + U, 64);
  store<u32>(state + LANES, 1);
  store<u32>(state + LEFT, load<u32>(state + COUNT) - 1);
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
  const u = state + U;
  const t = state + T;
  const now = min(left, rounds);
  for (let j: u32 = 0; j < now; j++) {
    macDigest(hash, u, state + PADS);
    for (let i: usize = 0; i < 64; i += 16) v128.store(t + i, v128.xor(v128.load(t + i), v128.load(u + i)));
  }
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
  toWords(hash, bytes, state + T, 64);
  memory.copy(out, bytes, hashLength(hash));
  store<u32>(state + INDEX, load<u32>(state + INDEX) + load<u32>(state + LANES));
  beginGroup(state);
  wipeScratch();
  return Status.OK;
}

/** The state becomes zeros, wherever the work stands. */
export function pbkdf2End(state: usize): void {
  wipe(state, PBKDF2_STATE);
}

/**
 * Known-answer tests of the hashes, of HMAC and of HMAC_DRBG (SP 800-90A Rev. 1, 11.3), each run in this instance before
 * the first use of what it tests, and never again.
 *
 * All inputs are runs of the ascending bytes 00 01 02 ...; the lengths below make each test cross a block. HMAC stands
 * on the hash and HMAC_DRBG on HMAC, so a test runs the ones under it first. The tests call the floors below directly:
 * only the first use from outside passes here.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { drbgGenerate, drbgInstantiate as instantiate, drbgMaxStrength, drbgReseed } from "../drbg/hmac-drbg";
import { Hash, hashFinal, hashInit as init, hashLength, hashUpdate, isHash } from "../hash/hash";
import { hashMany } from "../hash/sha256-many";
import { hmacFinal, hmacInit as initMac, hmacUpdate } from "../mac/hmac";
import { expected } from "./known-answers";

const HASH_TEST: u32 = 0;
const HMAC_TEST: u32 = 1;
const DRBG_TEST: u32 = 2;

/** Messages that are hashed by one call at most: as many as keys are made together. */
const MAX_MESSAGES: u32 = 16;

/** Bytes compared: the first 16 of what each test computes. */
const ANSWER: u32 = 16;

const INPUT_SIZE: u32 = 256;
const STATE_SIZE: u32 = 1024;
const OUTPUT_SIZE: u32 = 64 + 16;
/** Where the digests of several messages stand, behind any state of a hash. */
const MANY: usize = 512;
const input = memory.data(256, 16);
const state = memory.data(1024, 16);
const output = memory.data(80, 16);

/** Bit 3 (hash - 1) + kind is set when that test has passed. */
let passed: u32 = 0;

/** Which tests this instance has passed: bit 3 (hash - 1) + kind, kind 0 for the hash, 1 for HMAC, 2 for HMAC_DRBG. */
export function selfTestsPassed(): u32 {
  return passed;
}

/**
 * A message of 200 bytes in two parts, then the digest of that digest, so that each byte of the first counts. Of SHA-256 the
 * digests of messages at once follow it: four of 60 bytes, so that the padding has a block of its own, and two of 120, which
 * leave two lanes to spare.
 */
function runHash(hash: u32): u32 {
  let status = init(state, hash) | hashUpdate(state, input, 77) | hashUpdate(state, input + 77, 123);
  status |= hashFinal(state, output);
  status |= init(state, hash) | hashUpdate(state, output, hashLength(hash));
  if (hash == Hash.SHA_256) {
    hashMany(state + MANY, input, 60, 4);
    hashMany(state + MANY + 128, input, 120, 2);
    status |= hashUpdate(state, state + MANY, 192);
  }
  return status | hashFinal(state, output);
}

/** A key of 48 bytes, a text of 200, then the MAC of that MAC. */
function runHmac(hash: u32): u32 {
  const status = initMac(state, hash, input, 48) | hmacUpdate(state, input, 200) | hmacFinal(state, output);
  return status | hmacUpdate(state, output, hashLength(hash)) | hmacFinal(state, output);
}

/** Instantiate, reseed, generate, and generate with the first output as additional input. Each input is a run of its own. */
function runDrbg(hash: u32): u32 {
  const strength = drbgMaxStrength(hash);
  return (
    instantiate(state, hash, strength, 0, 0, input, 32, input + 32, 16, input + 48, 16) |
    drbgReseed(state, input + 64, 32, input + 96, 16) |
    drbgGenerate(state, output, 64, strength, 0, input + 112, 16) |
    drbgGenerate(state, output + 64, ANSWER, strength, 0, output, 64)
  );
}

function test(hash: u32, kind: u32): void {
  const place = 3 * (hash - 1) + kind;
  if ((passed >>> place) & 1 || failed()) return;
  for (let i: u32 = 0; i < INPUT_SIZE; i++) store<u8>(input + i, <u8>i);
  let status: u32;
  let answer = output;
  if (kind == HASH_TEST) {
    status = runHash(hash);
  } else if (kind == HMAC_TEST) {
    status = runHmac(hash);
  } else {
    status = runDrbg(hash);
    answer += 64;
  }
  if (status == Status.OK && equalBytes(answer, expected + place * ANSWER, ANSWER)) passed |= 1 << place;
  else fail();
  wipe(input, INPUT_SIZE);
  wipe(state, STATE_SIZE);
  wipe(output, OUTPUT_SIZE);
}

/** Runs what is yet to run, up to `kind`. */
function ready(hash: u32, kind: u32): u32 {
  if (!isHash(hash)) return failed() ? Status.SELF_TEST_FAILED : Status.BAD_ARGUMENT;
  for (let k: u32 = 0; k <= kind; k++) test(hash, k);
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

/** Where the expected values stand, for the test that makes each of these tests fail. */
export function knownAnswersPtr(): usize {
  return expected;
}

/** Tests a hash that is about to be used below this floor. */
export function hashReady(hash: u32): u32 {
  return ready(hash, HASH_TEST);
}

/** The same of HMAC. */
export function hmacReady(hash: u32): u32 {
  return ready(hash, HMAC_TEST);
}

export function hashInit(at: usize, hash: u32): u32 {
  const status = ready(hash, HASH_TEST);
  return status != Status.OK ? status : init(at, hash);
}

/** The digests of 1 to 16 messages of `len` bytes, which follow one another. */
export function sha256Many(out: usize, from: usize, len: u32, count: u32): u32 {
  if (count - 1 >= MAX_MESSAGES) return Status.BAD_ARGUMENT;
  const status = ready(Hash.SHA_256, HASH_TEST);
  if (status == Status.OK) hashMany(out, from, len, count);
  return status;
}

export function hmacInit(at: usize, hash: u32, key: usize, keyLen: u32): u32 {
  const status = ready(hash, HMAC_TEST);
  return status != Status.OK ? status : initMac(at, hash, key, keyLen);
}

export function drbgInstantiate(
  at: usize,
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
  const status = ready(hash, DRBG_TEST);
  if (status != Status.OK) return status;
  return instantiate(
    at,
    hash,
    strengthBits,
    predictionResistance,
    reseedInterval,
    entropy,
    entropyLen,
    nonce,
    nonceLen,
    personalization,
    personalizationLen,
  );
}

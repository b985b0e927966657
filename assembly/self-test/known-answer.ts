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
import { DRBG_STATE, drbgGenerate, drbgInstantiate as instantiate, drbgMaxStrength, drbgReseed } from "../drbg/hmac-drbg";
import { hashFinal, hashInit as init, hashLength, hashUpdate, isHash } from "../hash/hash";
import { hmacFinal, hmacInit as initMac, hmacUpdate } from "../mac/hmac";
import { expected } from "./known-answers";

const HASH_TEST: u32 = 0;
const HMAC_TEST: u32 = 1;
const DRBG_TEST: u32 = 2;

const INPUT_SIZE: u32 = 256;
const input = memory.data(256, 16);
const state = memory.data(1024, 16);
const output = memory.data(64, 16);

/** Bit 3 (hash - 1) + kind is set when that test has passed. */
let passed: u32 = 0;

/** Which tests this instance has passed: bit 3 (hash - 1) + kind, kind 0 for the hash, 1 for HMAC, 2 for HMAC_DRBG. */
export function selfTestsPassed(): u32 {
  return passed;
}

/** Message of 200 bytes, in two parts. */
function runHash(hash: u32): u32 {
  return init(state, hash) | hashUpdate(state, input, 77) | hashUpdate(state, input + 77, 123) | hashFinal(state, output);
}

/** Key of 48 bytes, text of 200. */
function runHmac(hash: u32): u32 {
  return initMac(state, hash, input, 48) | hmacUpdate(state, input, 200) | hmacFinal(state, output);
}

/** Instantiate, reseed, generate, generate; the second output counts. Each input is a run of its own. */
function runDrbg(hash: u32): u32 {
  const outLen = hashLength(hash);
  const strength = drbgMaxStrength(hash);
  return (
    instantiate(state, hash, strength, 0, 0, input, 32, input + 32, 16, input + 48, 16) |
    drbgReseed(state, input + 64, 32, input + 96, 16) |
    drbgGenerate(state, output, outLen, strength, 0, input + 112, 16) |
    drbgGenerate(state, output, outLen, strength, 0, 0, 0)
  );
}

/** The answers stand one after the other: for each hash in order three of its output length. */
function answerOf(hash: u32, kind: u32): usize {
  let at: usize = expected;
  for (let h: u32 = 1; h < hash; h++) at += 3 * hashLength(h);
  return at + kind * hashLength(hash);
}

function test(hash: u32, kind: u32): void {
  const bit: u32 = 1 << (3 * (hash - 1) + kind);
  if (passed & bit || failed()) return;
  for (let i: u32 = 0; i < INPUT_SIZE; i++) store<u8>(input + i, <u8>i);
  let status: u32;
  if (kind == HASH_TEST) status = runHash(hash);
  else if (kind == HMAC_TEST) status = runHmac(hash);
  else status = runDrbg(hash);
  if (status == Status.OK && equalBytes(output, answerOf(hash, kind), hashLength(hash))) passed |= bit;
  else fail();
  wipe(input, INPUT_SIZE);
  wipe(state, 1024);
  wipe(output, 64);
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

export function hashInit(at: usize, hash: u32): u32 {
  const status = ready(hash, HASH_TEST);
  return status != Status.OK ? status : init(at, hash);
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

/**
 * Known-answer tests of key derivation, each run in this instance before the first use of what it tests, after those of
 * HMAC on which it stands: one of the expansion in each of its modes, and one of PBKDF2, alone and in lanes.
 *
 * As in `known-answer.ts` the inputs are runs of ascending bytes. Each derivation is keyed with all that the one before
 * gave, so that the 16 bytes that are compared depend on every byte.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { Hash } from "../hash/hash";
import {
  BEFORE_ITERATOR,
  kdfExpand,
  kdfExtract as extract,
  kdfInit as init,
  Mode,
} from "../kdf/expand";
import { pbkdf2Begin as begin, pbkdf2End, pbkdf2Group, pbkdf2Step, pbkdf2Take } from "../kdf/pbkdf2";
import { hashReady, hmacReady } from "./known-answer";

const EXPANSION_TEST: u32 = 1;
const PBKDF2_TEST: u32 = 2;

const INPUT_SIZE: u32 = 128;
const STATE_SIZE: u32 = 1536;
const OUTPUT_SIZE: u32 = 256;
const input = memory.data(128, 16);
const state = memory.data(1536, 16);
const output = memory.data(256, 16);

/** Computed with OpenSSL through Node's crypto by `test/support/kdf-answers.ts`; `test/self-test` compares. */
const expected = memory.data<u8>([
  // expansion
  0x41, 0xd0, 0x68, 0xd2, 0x30, 0x21, 0x0a, 0xf3, 0x79, 0x99, 0x52, 0x0d, 0xe0, 0x8c, 0x10, 0x05,
  // PBKDF2
  0x06, 0xb3, 0x78, 0xd9, 0x3a, 0xcc, 0x41, 0x7b, 0x21, 0x83, 0xfe, 0x10, 0x0e, 0x29, 0xec, 0x5a,
]);

let passed: u32 = 0;

/** Which tests this instance has passed: 1 for the expansion, 2 for PBKDF2. */
export function kdfSelfTestsPassed(): u32 {
  return passed;
}

/** Where the expected values stand, for the test that makes each of these tests fail. */
export function kdfAnswersPtr(): usize {
  return expected;
}

/** HKDF; counter mode, the counter inside a byte; double pipeline, the counter first; one step. */
function runExpansion(): u32 {
  const fixed = input + 64;
  let status = extract(state, Hash.SHA_256, input, 32, input + 32, 32);
  status |= kdfExpand(state, output, 640, Mode.FEEDBACK, 8, 128, fixed, 16, 0, 0);
  status |= init(state, Hash.SHA_256, 1, output, 80);
  status |= kdfExpand(state, output, 301, Mode.COUNTER, 16, 61, fixed, 16, 0, 0);
  status |= init(state, Hash.SHA_256, 1, output, 38);
  status |= kdfExpand(state, output, 640, Mode.DOUBLE_PIPELINE, 24, BEFORE_ITERATOR, fixed, 16, 0, 0);
  status |= init(state, Hash.SHA_256, 0, 0, 0);
  return status | kdfExpand(state, output, 512, Mode.COUNTER, 32, 0, output, 80, 0, 0);
}

function derive(hash: u32, passwordLen: u32, outLen: u32): u32 {
  let status = begin(state, hash, output, passwordLen, input, 16, 3, outLen);
  let out = output;
  for (let size = pbkdf2Group(state); status == Status.OK && size > 0; size = pbkdf2Group(state)) {
    status = pbkdf2Step(state, 2);
    if (status == Status.CONTINUE) status = pbkdf2Step(state, 2);
    status |= pbkdf2Take(state, out);
    out += size;
  }
  pbkdf2End(state);
  return status;
}

/** Five blocks by SHA-256, four of them in lanes, and three by SHA-512. */
function runPbkdf2(): u32 {
  memory.copy(output, input + 16, 16);
  return derive(Hash.SHA_256, 16, 160) | derive(Hash.SHA_512, 160, 192) | derive(Hash.SHA_256, 192, 32);
}

function test(kind: u32): void {
  if (passed & kind || failed()) return;
  if (hmacReady(Hash.SHA_256) != Status.OK || hmacReady(Hash.SHA_512) != Status.OK) return;
  for (let i: u32 = 0; i < INPUT_SIZE; i++) store<u8>(input + i, <u8>i);
  const status = kind == EXPANSION_TEST ? runExpansion() : runPbkdf2();
  const answer = kind == EXPANSION_TEST ? expected : expected + 16;
  if (status == Status.OK && equalBytes(output, answer, 16)) passed |= kind;
  else fail();
  wipe(input, INPUT_SIZE);
  wipe(state, STATE_SIZE);
  wipe(output, OUTPUT_SIZE);
}

/** Runs what is yet to run before `kind` may be served over `hash`. */
function ready(hash: u32, keyed: u32, kind: u32): u32 {
  const status = keyed ? hmacReady(hash) : hashReady(hash);
  if (status != Status.OK) return status;
  test(kind);
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

export function kdfInit(at: usize, hash: u32, keyed: u32, key: usize, keyLen: u32): u32 {
  const status = ready(hash, keyed, EXPANSION_TEST);
  return status != Status.OK ? status : init(at, hash, keyed, key, keyLen);
}

export function kdfExtract(at: usize, hash: u32, salt: usize, saltLen: u32, secret: usize, secretLen: u32): u32 {
  const status = ready(hash, 1, EXPANSION_TEST);
  return status != Status.OK ? status : extract(at, hash, salt, saltLen, secret, secretLen);
}

export function pbkdf2Begin(
  at: usize,
  hash: u32,
  password: usize,
  passwordLen: u32,
  salt: usize,
  saltLen: u32,
  iterations: u32,
  outLen: u32,
): u32 {
  const status = ready(hash, 1, PBKDF2_TEST);
  return status != Status.OK ? status : begin(at, hash, password, passwordLen, salt, saltLen, iterations, outLen);
}

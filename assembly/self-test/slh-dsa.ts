/**
 * Known-answer tests of SLH-DSA key generation, in this instance before the first use: a key of the seed 00 01 02 ... for each
 * way that the hash functions are used: SHA-256 alone, SHA-256 and SHA-512, SHAKE256. The smallest tree of each is taken.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { Hash } from "../hash/hash";
import { keyUnit, randomKey, seededKey, slhKeyEnd, SlhPhase, slhPhase } from "../key/slh-dsa";
import { SETS } from "../slh/parameters";
import { pkRoot } from "../slh/tweak";
import { hashReady } from "./known-answer";
import { shakeReady } from "./shake";

const ANSWER: u32 = 16;
const seed = memory.data(96, 16);

/**
 * The first 16 bytes of PK.root of SLH-DSA-SHA2-128f, SLH-DSA-SHA2-192f and SLH-DSA-SHAKE-128f.
 *
 * Computed with an independent implementation; `test/self-test` computes them again and compares.
 */
const expected = memory.data<u8>([
  0x3b, 0x56, 0xe8, 0x16, 0x84, 0x7f, 0x00, 0x03, 0x86, 0xae, 0xec, 0x2e, 0x2b, 0xb9, 0xe1, 0xb5,
  0x92, 0x36, 0xcc, 0xeb, 0xbb, 0x3a, 0x90, 0xac, 0x24, 0x52, 0xdd, 0x89, 0xde, 0x49, 0xda, 0xb1,
  0xa9, 0x0e, 0x47, 0x15, 0xb9, 0xa9, 0x25, 0xc3, 0x32, 0x80, 0x17, 0x67, 0xfd, 0x78, 0x63, 0x71,
]);

/** Bit 0: SHA-256 alone, bit 1: with SHA-512, bit 2: SHAKE256. */
let passed: u32 = 0;

/** Which of the three this instance has tested and found right, by bits in the order of `expected`. */
export function slhSelfTestPassed(): u32 {
  return passed;
}

/** Where the expected values stand, for the test that makes these tests fail. */
export function slhAnswersPtr(): usize {
  return expected;
}

/** Which of the tests stands for a set. */
function testOf(set: u32): u32 {
  if (set >= 6) return 2;
  return set < 2 ? 0 : 1;
}

function isKnown(test: u32): bool {
  for (let i: u32 = 0; i < 96; i++) store<u8>(seed + i, <u8>i);
  seededKey(test == 2 ? 7 : 2 * test + 1, seed);
  while (slhPhase() == SlhPhase.TREE) keyUnit();
  const right = equalBytes(pkRoot(), expected + test * ANSWER, ANSWER) == 1;
  slhKeyEnd();
  wipe(seed, 96);
  return right;
}

function ready(set: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (set >= SETS || slhPhase() != SlhPhase.IDLE) return Status.BAD_ARGUMENT;
  const test = testOf(set);
  if ((passed >>> test) & 1) return Status.OK;
  let status = test == 2 ? shakeReady(256) : hashReady(Hash.SHA_256);
  if (test == 1) status |= hashReady(Hash.SHA_512);
  if (status != Status.OK) return status;
  if (isKnown(test)) passed |= 1 << test;
  else fail();
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

/** Begins a key pair from a generator. `set` is 0 to 11 in the order of FIPS 205, Table 2, those with SHA-2 first. */
export function slhKeyBegin(set: u32, generator: usize): u32 {
  const status = ready(set);
  return status != Status.OK ? status : randomKey(set, generator);
}

/** Begins a key pair of a seed: SK.seed, SK.prf and PK.seed. */
export function slhKeyFromSeed(set: u32, seedAt: usize): u32 {
  const status = ready(set);
  return status != Status.OK ? status : seededKey(set, seedAt);
}

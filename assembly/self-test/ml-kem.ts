/**
 * The entry points of ML-KEM: a known-answer test of each parameter set before its first use in this instance, and the
 * wiping of all that an operation leaves. The pairwise test is in `ml-kem-pairwise.ts`.
 *
 * A test makes the keys of a fixed seed, encapsulates, and decapsulates the ciphertext and a wrong one; what is compared
 * is the hash of all that.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { Hash } from "../hash/hash";
import { shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import {
  checkDk,
  checkEk,
  ciphertextLength,
  decapsulate,
  dkLength,
  ekLength,
  encapsulate,
  isSet,
  keysFromSeed,
} from "../key/ml-kem";
import { kemMatrixWipe } from "../lattice/kem-matrix";
import { privateKey, result, sponge, wipeWork } from "../lattice/work";
import { hashReady } from "./known-answer";
import { shakeReady } from "./shake";

const ANSWER: u32 = 16;
const input = memory.data(96, 16);
const secrets = memory.data(96, 16);
const answer = memory.data(16, 16);

/**
 * The first 16 bytes of SHAKE256(dk || c || K || K || K') for the seed 00 01 ... 3f and m = 40 41 ... 5f, of ML-KEM-512,
 * -768 and -1024, K' being what decapsulation gives when the last bit of the first byte of c is another.
 *
 * Computed with @noble/post-quantum; `test/self-test` computes them again and compares.
 */
const expected = memory.data<u8>([
  0x34, 0x47, 0x89, 0x14, 0xee, 0x59, 0xc8, 0xbb, 0xd1, 0x21, 0x89, 0xd3, 0x1f, 0x4c, 0x97, 0x98,
  0xdc, 0xe6, 0xd9, 0x39, 0x0e, 0xca, 0x3e, 0xad, 0x95, 0x5f, 0x9d, 0xbf, 0x7c, 0xf5, 0xa9, 0x47,
  0xcc, 0x92, 0x45, 0x8b, 0x53, 0xbd, 0x1f, 0xdc, 0x62, 0x97, 0x42, 0x89, 0xda, 0x40, 0x0a, 0xea,
]);

/** Bit k - 2. */
let passed: u32 = 0;

/** Which parameter sets this instance has tested and found right: bit 0 ML-KEM-512, bit 1 -768, bit 2 -1024. */
export function mlKemSelfTestPassed(): u32 {
  return passed;
}

/** Where the expected values stand, for the test that makes these tests fail. */
export function mlKemAnswersPtr(): usize {
  return expected;
}

/** The known answer of a set, to `answer`. */
function run(k: u32): u32 {
  for (let i: u32 = 0; i < 96; i++) store<u8>(input + i, <u8>i);
  keysFromSeed(k, input, result, privateKey);
  let status = encapsulate(k, privateKey + 384 * k, input + 64, result, secrets);
  status |= decapsulate(k, privateKey, result, secrets + 32);
  store<u8>(result, load<u8>(result) ^ 1);
  status |= decapsulate(k, privateKey, result, secrets + 64);
  store<u8>(result, load<u8>(result) ^ 1);
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, privateKey, dkLength(k));
  shakeTakeIn(sponge, result, ciphertextLength(k));
  shakeTakeIn(sponge, secrets, 96);
  shakeGiveOut(sponge, answer, ANSWER);
  return status;
}

/** What an operation leaves. */
export function wipeOperation(): void {
  wipeWork();
  kemMatrixWipe();
}

function wipeAll(): void {
  wipeOperation();
  wipe(input, 96);
  wipe(secrets, 96);
  wipe(answer, ANSWER);
}

/** Tests a set that is about to be used, and before it the hashes that it stands on. */
export function mlKemReady(k: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isSet(k)) return Status.BAD_ARGUMENT;
  if ((passed >>> (k - 2)) & 1) return Status.OK;
  const status = hashReady(Hash.SHA3_256) | hashReady(Hash.SHA3_512) | shakeReady(128) | shakeReady(256);
  if (status != Status.OK) return Status.SELF_TEST_FAILED;
  if (run(k) == Status.OK && equalBytes(answer, expected + (k - 2) * ANSWER, ANSWER)) passed |= 1 << (k - 2);
  else fail();
  wipeAll();
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

/** ek of the seed d || z of 64 bytes, and dk as well unless it is 0. */
export function mlKemKeys(k: u32, seed: usize, ek: usize, dk: usize): u32 {
  const status = mlKemReady(k);
  if (status != Status.OK) return status;
  keysFromSeed(k, seed, ek, dk);
  wipeOperation();
  return Status.OK;
}

/** FIPS 203, 7.2: OK, or KEY_INVALID. */
export function mlKemCheckEk(k: u32, ek: usize): u32 {
  const status = mlKemReady(k);
  return status != Status.OK ? status : checkEk(k, ek);
}

/** FIPS 203, 7.3: OK, or KEY_INVALID. */
export function mlKemCheckDk(k: u32, dk: usize): u32 {
  let status = mlKemReady(k);
  if (status != Status.OK) return status;
  status = checkDk(k, dk);
  wipeOperation();
  return status;
}

/** A ciphertext to c and a shared secret of 32 bytes, of 32 random bytes m; KEY_INVALID if ek fails its check. */
export function mlKemEncapsulate(k: u32, ek: usize, m: usize, c: usize, secret: usize): u32 {
  let status = mlKemReady(k);
  if (status != Status.OK) return status;
  status = encapsulate(k, ek, m, c, secret);
  wipeOperation();
  return status;
}

/** The shared secret of 32 bytes; KEY_INVALID if dk fails its check. */
export function mlKemDecapsulate(k: u32, dk: usize, c: usize, secret: usize): u32 {
  let status = mlKemReady(k);
  if (status != Status.OK) return status;
  status = decapsulate(k, dk, c, secret);
  wipeOperation();
  return status;
}

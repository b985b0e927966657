/**
 * The entry points of ML-DSA: a known-answer test of each parameter set before its first use in this instance, the
 * pairwise test of a new pair, and the wiping of all that an operation leaves.
 *
 * A test makes the keys of a fixed seed and signs a fixed message; what is compared is the hash of the private key and the
 * signature, and the signature must verify, while a changed one must not.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import { keysFromSeed, publicOfExpanded } from "../key/ml-dsa";
import { isSet, signatureLength, skLength, useSet } from "../key/ml-dsa-set";
import { sign, verify } from "../key/ml-dsa-sign";
import { privateKey, result, sponge, wipeWork } from "../lattice/work";
import { shakeReady } from "./shake";

const ANSWER: u32 = 16;
/** xi, a message of 32 bytes, rnd. */
const INPUT: u32 = 96;
const input = memory.data(96, 16);
const answer = memory.data(16, 16);
/** The longest public key, FIPS 204, Table 2. */
const PUBLIC: u32 = 2592;
const publicKey = memory.data(2592, 16);

/**
 * The first 16 bytes of SHAKE256(sk || signature) for the seed 00 01 ... 1f, the message 20 21 ... 3f and rnd = 0, of
 * ML-DSA-44, -65 and -87.
 *
 * Computed with @noble/post-quantum; `test/self-test` computes them again and compares.
 */
const expected = memory.data<u8>([
  0x07, 0xe3, 0x71, 0x54, 0x2c, 0xcd, 0x3d, 0x89, 0x76, 0x0e, 0x36, 0x0b, 0x1d, 0xaa, 0x27, 0xbb,
  0xdc, 0x48, 0xc0, 0xb6, 0x24, 0xc9, 0x56, 0x0a, 0x09, 0xe1, 0x78, 0x12, 0xdd, 0x3f, 0xb0, 0x47,
  0xa0, 0x93, 0xaf, 0x15, 0xc9, 0xcc, 0xe8, 0xf4, 0xfd, 0xbc, 0xba, 0x21, 0x89, 0xf9, 0xd6, 0xa1,
]);

/** Bit k / 2 - 2. */
let passed: u32 = 0;

/** Which parameter sets this instance has tested and found right: bit 0 ML-DSA-44, bit 1 -65, bit 2 -87. */
export function mlDsaSelfTestPassed(): u32 {
  return passed;
}

/** Where the expected values stand, for the test that makes these tests fail. */
export function mlDsaAnswersPtr(): usize {
  return expected;
}

/** The known answer of a set, to `answer`. */
function run(k: u32): u32 {
  for (let i: u32 = 0; i < 64; i++) store<u8>(input + i, <u8>i);
  keysFromSeed(k, input, publicKey, privateKey);
  let status = sign(k, privateKey, input + 32, 32, input + 64, result);
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, privateKey, skLength(k));
  shakeTakeIn(sponge, result, signatureLength(k));
  shakeGiveOut(sponge, answer, ANSWER);
  status |= verify(k, publicKey, input + 32, 32, result);
  store<u8>(result, load<u8>(result) ^ 1);
  if (verify(k, publicKey, input + 32, 32, result) == Status.KEY_INVALID) return status;
  return Status.KEY_INVALID;
}

function wipeAll(): void {
  wipeWork();
  wipe(input, INPUT);
  wipe(answer, ANSWER);
  wipe(publicKey, PUBLIC);
}

/** Takes a set into use, tests it if it is about to be used for the first time, and before it SHAKE. */
function ready(k: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isSet(k)) return Status.BAD_ARGUMENT;
  useSet(k);
  const place = (k >>> 1) - 2;
  if ((passed >>> place) & 1) return Status.OK;
  if ((shakeReady(128) | shakeReady(256)) != Status.OK) return Status.SELF_TEST_FAILED;
  if (run(k) == Status.OK && equalBytes(answer, expected + place * ANSWER, ANSWER)) passed |= 1 << place;
  else fail();
  wipeAll();
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

/** pk of the seed xi of 32 bytes, and the expanded private key as well unless `sk` is 0. */
export function mlDsaKeys(k: u32, xi: usize, pk: usize, sk: usize): u32 {
  const status = ready(k);
  if (status != Status.OK) return status;
  keysFromSeed(k, xi, pk, sk);
  wipeWork();
  return Status.OK;
}

/** pk of an expanded private key; KEY_INVALID if its parts do not belong together. */
export function mlDsaPublicOfExpanded(k: u32, sk: usize, pk: usize): u32 {
  let status = ready(k);
  if (status != Status.OK) return status;
  status = publicOfExpanded(k, sk, pk, privateKey);
  wipeWork();
  return status;
}

/**
 * Whether a signature by the expanded seed, deterministic, verifies with pk. If not, PAIRWISE_FAILED, and the instance is
 * closed.
 */
export function mlDsaPairwise(k: u32, xi: usize, pk: usize): u32 {
  const status = ready(k);
  if (status != Status.OK) return status;
  for (let i: u32 = 0; i < 32; i++) store<u8>(input + i, <u8>(i * 0x9d + 0x5b));
  keysFromSeed(k, xi, publicKey, privateKey);
  const refused = sign(k, privateKey, input, 32, input + 64, result) | verify(k, pk, input, 32, result);
  wipeAll();
  if (refused == Status.OK) return Status.OK;
  fail();
  return Status.PAIRWISE_FAILED;
}

/** Signs with the expanded private key; rnd is 32 bytes, zeros for the deterministic variant. */
export function mlDsaSign(k: u32, sk: usize, message: usize, len: u32, rnd: usize, signature: usize): u32 {
  let status = ready(k);
  if (status != Status.OK) return status;
  status = sign(k, sk, message, len, rnd, signature);
  wipeWork();
  return status;
}

/** OK, or KEY_INVALID if the signature is not of this key and message. */
export function mlDsaVerify(k: u32, pk: usize, message: usize, len: u32, signature: usize): u32 {
  let status = ready(k);
  if (status != Status.OK) return status;
  status = verify(k, pk, message, len, signature);
  wipeWork();
  return status;
}

/**
 * The entry points of X-Wing: a known-answer test before its first use in this instance, the pairwise test of a new pair,
 * and the wiping of all that an operation leaves. What it stands on is tested by what makes its keys: SHAKE256, SHA3-256,
 * ML-KEM-768 and X25519.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";

import { Okp, okpWipe } from "../key/okp";
import { decapsulate, encapsulate, keys, wipeRoom, XWING_CIPHERTEXT, XWING_PUBLIC } from "../key/x-wing";
import { kemMatrixWipe } from "../lattice/kem-matrix";
import { wipeWork } from "../lattice/work";
import { mlKemReady } from "./ml-kem";
import { okpReady } from "./okp";

const input = memory.data(96, 16);
const secrets = memory.data(64, 16);
const pk = memory.data(1216, 16);
const ciphertext = memory.data(1120, 16);

/**
 * The shared secret of the seed 00 01 ... 1f, encapsulated with 20 21 ... 5f.
 *
 * Computed with @noble/post-quantum; `test/self-test` computes it again and compares.
 */
const expected = memory.data<u8>([
  0x9e, 0xf8, 0xc4, 0x37, 0x3f, 0x75, 0x1b, 0x48, 0x20, 0x22, 0xf8, 0x8f, 0x3e, 0x8c, 0xce, 0xeb,
  0x48, 0x15, 0xa3, 0xc1, 0xaf, 0xbc, 0x78, 0x43, 0x24, 0xac, 0x9e, 0xeb, 0x50, 0x93, 0x20, 0x23,
]);

let passed: bool = false;

/** Whether this instance has tested X-Wing and found it right. */
export function xWingSelfTestPassed(): u32 {
  return passed ? 1 : 0;
}

/** Where the expected value stands, for the test that makes this test fail. */
export function xWingAnswersPtr(): usize {
  return expected;
}

function wipeAll(): void {
  wipeWork();
  kemMatrixWipe();
  okpWipe();
  wipeRoom();
  wipe(input, 96);
  wipe(secrets, 64);
  wipe(pk, XWING_PUBLIC);
  wipe(ciphertext, XWING_CIPHERTEXT);
}

function ready(): u32 {
  const status = mlKemReady(3) | okpReady(Okp.X25519);
  if (status != Status.OK) return Status.SELF_TEST_FAILED;
  if (passed) return Status.OK;
  for (let i: u32 = 0; i < 96; i++) store<u8>(input + i, <u8>i);
  keys(input, pk, 0);
  const refused = encapsulate(pk, input + 32, ciphertext, secrets) | decapsulate(input, ciphertext, secrets + 32);
  passed = refused == Status.OK && (equalBytes(secrets, expected, 32) & equalBytes(secrets + 32, expected, 32)) == 1;
  if (!passed) fail();
  wipeAll();
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

/** The public key of a seed. */
export function xWingPublicKey(seed: usize, publicHalf: usize): u32 {
  const status = ready();
  if (status != Status.OK) return status;
  keys(seed, publicHalf, 0);
  wipeAll();
  return Status.OK;
}

/**
 * Whether what is encapsulated to the public key is what the seed decapsulates. If not, PAIRWISE_FAILED, and the instance
 * is closed. The randomness is fixed: the secret is used for nothing.
 */
export function xWingPairwise(seed: usize, publicHalf: usize): u32 {
  const status = ready();
  if (status != Status.OK) return status;
  for (let i: u32 = 0; i < 64; i++) store<u8>(input + i, <u8>(i * 0x9d + 0x5b));
  const refused = encapsulate(publicHalf, input, ciphertext, secrets) | decapsulate(seed, ciphertext, secrets + 32);
  const passes = refused == Status.OK && equalBytes(secrets, secrets + 32, 32) == 1;
  wipeAll();
  if (passes) return Status.OK;
  fail();
  return Status.PAIRWISE_FAILED;
}

/** A ciphertext of 1120 bytes and a shared secret of 32, of 64 random bytes; KEY_INVALID if the public key fails its check. */
export function xWingEncapsulate(publicHalf: usize, eseed: usize, ct: usize, secret: usize): u32 {
  let status = ready();
  if (status != Status.OK) return status;
  status = encapsulate(publicHalf, eseed, ct, secret);
  wipeAll();
  return status;
}

/** The shared secret of 32 bytes. */
export function xWingDecapsulate(seed: usize, ct: usize, secret: usize): u32 {
  let status = ready();
  if (status != Status.OK) return status;
  status = decapsulate(seed, ct, secret);
  wipeAll();
  return status;
}

/**
 * The self-tests of Ed25519, X25519, Ed448 and X448 in this instance, each before the first use of what it tests: whether
 * fused multiplication is exact here, a known public key, and for each new pair its pairwise consistency test.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { toBytes } from "../edwards/encode";
import { isFused, mul, setFused, sqr } from "../edwards/field";
import { setField } from "../edwards/shape";
import { Hash } from "../hash/hash";
import { eddsaWipe, sign, verifyVarTime } from "../key/eddsa";
import {
  MAX_KEY,
  Okp,
  agree,
  drawKey,
  isOkp,
  isPublicKeyVarTime,
  isSmallOrderVarTime,
  okpKeyLength,
  okpWipe,
  publicKey,
  setKind,
  signs,
} from "../key/okp";
import { hashReady } from "./known-answer";
import { shakeReady } from "./shake";

const ANSWER: u32 = 16;
const room = memory.data(704, 16);
const key = room; //               128 bytes
const computed = room + 128; //    128
const again = room + 256; //       64
/** The u-coordinate of a base point; and the message that is signed, 32 zeros. */
const baseU = room + 320; //       64
const elements = room + 384; //    320

/**
 * The first 16 bytes of the public keys of the private key 00 01 02 ..., in the order of `Okp`.
 *
 * Computed with OpenSSL through Node's crypto; `test/self-test` computes them again and compares.
 */
const expected = memory.data<u8>([
  0x03, 0xa1, 0x07, 0xbf, 0xf3, 0xce, 0x10, 0xbe, 0x1d, 0x70, 0xdd, 0x18, 0xe7, 0x4b, 0xc0, 0x99,
  0x8f, 0x40, 0xc5, 0xad, 0xb6, 0x8f, 0x25, 0x62, 0x4a, 0xe5, 0xb2, 0x14, 0xea, 0x76, 0x7a, 0x6e,
  0x18, 0xd0, 0xa7, 0x0e, 0x42, 0xa7, 0x42, 0xdf, 0xb5, 0x61, 0x27, 0x98, 0x93, 0x38, 0x50, 0x61,
  0x3c, 0x6f, 0xd1, 0xd0, 0x29, 0x60, 0xe0, 0xd9, 0xe9, 0x33, 0x08, 0xfc, 0x65, 0x73, 0x61, 0x41,
]);

/** Bit kind - 1. */
let passed: u32 = 0;
let fusedKnown: bool = false;

/** Which kinds this instance has tested and found right: bit 0 Ed25519, 1 X25519, 2 Ed448, 3 X448. */
export function okpSelfTestPassed(): u32 {
  return passed;
}

/** Where the expected values stand, for the test that makes these tests fail. */
export function okpAnswersPtr(): usize {
  return expected;
}

/** 1: products are fused multiplications of floating-point numbers; 0: of integers. */
export function okpKernel(): u32 {
  return isFused() ? 1 : 0;
}

/**
 * Whether fused products are those of integers, in both fields and lanes: of digits up to what a product takes
 * (`edwards/shape.ts`), at random and all ones.
 */
function fusedIsExact(): bool {
  let good: u32 = 1;
  for (let long: u32 = 0; long < 2; long++) {
    setField(long == 1);
    for (let round: u32 = 0; round < 8; round++) {
      setFused(true);
      multiplyKnown(computed, round, long == 1 ? 47 : 51);
      setFused(false);
      multiplyKnown(key, round, long == 1 ? 47 : 51);
      good &= equalBytes(computed, key, 128);
    }
  }
  return good == 1;
}

/** to = a^3 b, 64 bytes a lane, for two elements with digits of up to `bits` bits. */
function multiplyKnown(to: usize, round: u32, bits: u64): void {
  const b = elements + 160;
  let x: u64 = 0x9e3779b97f4a7c15 * (2 * <u64>round + 1);
  for (let at: usize = 0; at < 320; at += 8) {
    x = (x ^ (x >>> 29)) * 0xbf58476d1ce4e5b9;
    const size = round & 1 ? ((<u64>1) << bits) - 1 : x >>> (64 - bits);
    store<f64>(elements + at, x & 2 ? -<f64>size : <f64>size);
  }
  mul(b, elements, b);
  sqr(elements, elements);
  mul(elements, elements, b);
  wipe(to, 128);
  toBytes(to, elements, 0);
  toBytes(to + 64, elements, 1);
}

/** A known public key; of X25519 and X448 the ladder must come to it as well. Of the others the pairwise test is run. */
function known(kind: u32): bool {
  const answer = expected + (kind - 1) * ANSWER;
  for (let i: u32 = 0; i < MAX_KEY; i++) store<u8>(key + i, <u8>i);
  publicKey(kind, key, computed);
  return equalBytes(computed, answer, ANSWER) == 1 && isPair(kind, key, computed);
}

/**
 * Whether the halves belong together, found by another way than they were made: a signature that is checked without the
 * table, or the ladder.
 */
export function isPair(kind: u32, privateHalf: usize, publicHalf: usize): bool {
  setKind(kind);
  if (signs(kind)) {
    sign(kind, 1, privateHalf, publicHalf, baseU, 32);
    return verifyVarTime(publicHalf, baseU, 32) == 1;
  }
  wipe(baseU, 64);
  store<u8>(baseU, kind == Okp.X448 ? 5 : 9); // RFC 7748, 4.1 and 4.2
  agree(kind, privateHalf, baseU, again);
  return equalBytes(again, publicHalf, okpKeyLength(kind)) == 1;
}

/** Wipes what the test of a pair and everything below it leave behind. */
export function okpClean(): void {
  wipe(room, 704);
  eddsaWipe();
  okpWipe();
}

/** Runs what is yet to run before the kind may be used. */
export function okpReady(kind: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isOkp(kind)) return Status.BAD_ARGUMENT;
  if ((passed >>> (kind - 1)) & 1) return Status.OK;
  if (signs(kind)) {
    const status = kind == Okp.ED448 ? shakeReady(256) : hashReady(Hash.SHA_512);
    if (status != Status.OK) return status;
  }
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (!fusedKnown) setFused(fusedIsExact());
    fusedKnown = true;
  }
  if (known(kind)) passed |= 1 << (kind - 1);
  else fail();
  okpClean();
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

/**
 * Makes a key pair: draws the private key of `okpKeyLength` bytes at `privateHalf` from the generator. It is not to be used
 * before it passed `okpPairwise`.
 */
export function okpGenerate(kind: u32, generator: usize, strengthBits: u32, privateHalf: usize, publicHalf: usize): u32 {
  let status = okpReady(kind);
  if (status == Status.OK) status = drawKey(kind, generator, strengthBits, privateHalf, publicHalf);
  okpWipe();
  return status;
}

/** Computes the public key of a private one. */
export function okpPublicKey(kind: u32, privateHalf: usize, publicHalf: usize): u32 {
  const status = okpReady(kind);
  if (status != Status.OK) return status;
  publicKey(kind, privateHalf, publicHalf);
  okpWipe();
  return Status.OK;
}

/** OK if the string of `len` bytes is a public key, else KEY_INVALID: RFC 7748, 5 takes any of the right length. */
export function okpCheckPublicKey(kind: u32, at: usize, len: u32): u32 {
  const status = okpReady(kind);
  if (status != Status.OK) return status;
  const good = isPublicKeyVarTime(kind, at, len);
  okpClean();
  return good ? Status.OK : Status.KEY_INVALID;
}

/** KEY_INVALID if the order of the public key divides the cofactor (or it is none), else OK. */
export function okpCheckOrder(kind: u32, at: usize): u32 {
  const status = okpReady(kind);
  if (status != Status.OK) return status;
  const bad = isPublicKeyVarTime(kind, at, okpKeyLength(kind)) == 0 || isSmallOrderVarTime(kind, at) == 1;
  okpClean();
  return bad ? Status.KEY_INVALID : Status.OK;
}

/**
 * X25519 and X448 (RFC 7748, 5). KEY_INVALID if the shared secret is zero, which RFC 7748, 6 lets both sides refuse; `to`
 * is then zeros.
 */
export function okpAgree(kind: u32, privateHalf: usize, publicHalf: usize, to: usize): u32 {
  let status = okpReady(kind);
  if (status != Status.OK) return status;
  if (signs(kind)) return Status.BAD_ARGUMENT;
  agree(kind, privateHalf, publicHalf, to);
  const length = okpKeyLength(kind);
  wipe(again, 64);
  if (equalBytes(to, again, length)) status = Status.KEY_INVALID;
  okpClean();
  return status;
}

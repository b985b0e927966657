/**
 * The self-tests of the curves. Known answer: before a curve is first used in an instance, the pair that A.2.1 makes of
 * known bits must be the known one, must be recomputed alike and must be valid. Pairwise: each new pair is recomputed.
 *
 * The pairwise test recomputes rather than signs: which use a pair will have is not known here, a recomputation is what SP
 * 800-56A Rev. 3, 5.6.2.1.4 names, and any pair that passes it also signs, since Q = d G is all that verifying assumes. It
 * has a table of its own, windows of another width and another way with even scalars (`ec/windows.ts`): a fault in a table, in a
 * digit or in a number that only one of them takes is seen. That what both share is right is what the known answer is for, of
 * an odd scalar and of the even one that belongs to it.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { curveBits, curveLen, curveNumber, isCurve, Number } from "../ec/curves";
import { generatePair, isPair, Method, pairsFromBits, pointFromScalar, validatePoint } from "../key/ec";
import { expected } from "./ec-answers";

/** Bytes that are known of each coordinate. */
const ANSWER: u32 = 16;

const input = memory.data(80, 16);
const output = memory.data(208, 16); // 66 + 133 bytes

/** Bit `curve` is set when its test has passed. */
let passed: u32 = 0;

/** Which curves this instance has tested: bit 1 for P-224, 2 for P-256, 3 for P-384, 4 for P-521, 5 for secp256k1. */
export function ecSelfTestsPassed(): u32 {
  return passed;
}

/** Where the expected values stand, for the test that makes these tests fail. */
export function ecAnswersPtr(): usize {
  return expected;
}

function known(curve: u32): u32 {
  const len = curveLen(curve);
  const d = output;
  const point = output + len;
  for (let i: u32 = 0; i < 80; i++) store<u8>(input + i, <u8>(255 - 3 * i));
  const status =
    pairsFromBits(curve, Method.EXTRA_BITS, input, (curveBits(curve) + 71) >>> 3, 1, d, point) |
    validatePoint(curve, point, 2 * len + 1, 1);
  const answer = expected + (curve - 1) * 2 * ANSWER;
  const same = equalBytes(point + 1, answer, ANSWER) & equalBytes(point + 1 + len, answer + ANSWER, ANSWER);
  return status == Status.OK ? same & isPair(curve, d, point) & knownOpposite(curve, d, point, answer) : 0;
}

/** The known scalar is odd. n - d is even, and its point has the same x. */
function knownOpposite(curve: u32, d: usize, point: usize, answer: usize): u32 {
  const len = curveLen(curve);
  const order = curveNumber(curve, Number.N);
  let borrow = 0;
  for (let i = <i32>len - 1; i >= 0; i--) {
    const difference = <i32>load<u8>(order + i) - <i32>load<u8>(d + i) - borrow;
    store<u8>(input + i, <u8>difference);
    borrow = (difference >> 8) & 1;
  }
  const isEven = (load<u8>(input + len - 1) & 1) == 0;
  const same = isEven && pointFromScalar(curve, input, point) == Status.OK && equalBytes(point + 1, answer, ANSWER);
  return same ? isPair(curve, input, point) : 0;
}

function ready(curve: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isCurve(curve)) return Status.BAD_ARGUMENT;
  if (((passed >>> curve) & 1) == 0) {
    if (known(curve)) passed |= 1 << curve;
    else fail();
    wipe(input, 80);
    wipe(output, 208);
  }
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

export function ecGenerate(curve: u32, method: u32, generator: usize, strengthBits: u32, d: usize, point: usize): u32 {
  const status = ready(curve);
  return status != Status.OK ? status : generatePair(curve, method, generator, strengthBits, d, point);
}

export function ecFromBits(curve: u32, method: u32, bits: usize, len: u32, count: u32, d: usize, points: usize): u32 {
  const status = ready(curve);
  return status != Status.OK ? status : pairsFromBits(curve, method, bits, len, count, d, points);
}

export function ecFromScalar(curve: u32, d: usize, point: usize): u32 {
  const status = ready(curve);
  return status != Status.OK ? status : pointFromScalar(curve, d, point);
}

export function ecValidate(curve: u32, point: usize, len: u32, full: u32): u32 {
  const status = ready(curve);
  return status != Status.OK ? status : validatePoint(curve, point, len, full);
}

/** The pairwise test of a new pair. One that fails closes the instance for good. */
export function ecPairwise(curve: u32, d: usize, point: usize): u32 {
  const status = ready(curve);
  if (status != Status.OK) return status;
  if (isPair(curve, d, point)) return Status.OK;
  fail();
  return Status.PAIRWISE_FAILED;
}

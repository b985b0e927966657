/** Known-answer tests of SHAKE128 and SHAKE256, each in this instance before the first use of what it tests. */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { SHAKE_STATE, shakeAbsorb, shakeInit as init, shakeSqueeze } from "../hash/shake";

const ANSWER: u32 = 16;
const INPUT: u32 = 200;
/** More than a block of each, and cut where no block ends. */
const OUTPUT: u32 = 240;
const input = memory.data(200, 16);
const state = memory.data(224, 16);
const output = memory.data(240, 16);

/**
 * The bytes 224 to 239 of the output for the message 00 01 02 ... of 200 bytes, of SHAKE128 and of SHAKE256.
 *
 * Computed with OpenSSL through Node's crypto; `test/self-test` computes them again and compares.
 */
const expected = memory.data<u8>([
  0x0b, 0x9f, 0xbd, 0xc2, 0x0e, 0xcf, 0x6c, 0xbf, 0xf7, 0xff, 0x8e, 0x22, 0x74, 0x4c, 0x70, 0xb2,
  0x8f, 0xd1, 0xc1, 0x01, 0x66, 0x0d, 0xe8, 0x56, 0x53, 0x34, 0x0f, 0x3d, 0x1d, 0xac, 0x2a, 0x22,
]);

/** Bit 0: SHAKE128, bit 1: SHAKE256. */
let passed: u32 = 0;

/** Which of the two this instance has tested and found right: bit 0 SHAKE128, bit 1 SHAKE256. */
export function shakeSelfTestPassed(): u32 {
  return passed;
}

/** Where the expected values stand, for the test that makes these tests fail. */
export function shakeAnswersPtr(): usize {
  return expected;
}

/** Tests a function that is about to be used, if it was not; `strengthBits` is 128 or 256. */
export function shakeReady(strengthBits: u32): u32 {
  const place = strengthBits >>> 8;
  if (!failed() && ((passed >>> place) & 1) == 0) {
    for (let i: u32 = 0; i < INPUT; i++) store<u8>(input + i, <u8>i);
    const status =
      init(state, strengthBits) |
      shakeAbsorb(state, input, 77) |
      shakeAbsorb(state, input + 77, INPUT - 77) |
      shakeSqueeze(state, output, 101) |
      shakeSqueeze(state, output + 101, OUTPUT - 101);
    if (status == Status.OK && equalBytes(output + OUTPUT - ANSWER, expected + place * ANSWER, ANSWER)) passed |= 1 << place;
    else fail();
    wipe(input, INPUT);
    wipe(state, SHAKE_STATE);
    wipe(output, OUTPUT);
  }
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

export function shakeInit(at: usize, strengthBits: u32): u32 {
  if (!failed() && strengthBits != 128 && strengthBits != 256) return Status.BAD_ARGUMENT;
  const status = shakeReady(strengthBits);
  return status != Status.OK ? status : init(at, strengthBits);
}

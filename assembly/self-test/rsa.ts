/**
 * Known-answer test of the modular exponentiation, at two lengths, in this instance before the first use of what stands
 * on it: FIPS 140-3 asks for one of RSA before the first use; here it is the arithmetic that all of RSA rests on.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { decidePrime } from "../key/primality";
import { givenKey, searchKey } from "../key/rsa";
import { checkKey } from "../key/rsa-check";
import { constructKey, Word, word } from "../key/rsa-construct";
import { expBegin, expModulus, expResult, expStep, expWipe } from "../nat/exp";
import { limbsFor } from "../nat/limbs";
import { hashReady } from "./known-answer";
import { base, exponent, EXPONENT_BITS, fillKnown, modulus, result, wipeKnown } from "./known-power";
import { chooseKernel } from "./lanes";
import { expected } from "./rsa-answers";

let passed: bool = false;

/** 1 if the exponentiation was tested in this instance and passed. */
export function rsaSelfTestPassed(): u32 {
  return passed ? 1 : 0;
}

/** Where the expected values stand, for the test that makes this test fail. */
export function rsaAnswersPtr(): usize {
  return expected;
}

/** 1 if the known power modulo a number of `bits` bits is what it should be. */
function known(bits: u32, answer: usize): u32 {
  fillKnown(bits);
  expModulus(modulus, limbsFor(bits), bits);
  expBegin(base, exponent, EXPONENT_BITS >>> 5, EXPONENT_BITS);
  while (!expStep()) continue;
  expResult(result);
  return equalBytes(result, answer, bits >>> 3);
}

function ready(): u32 {
  if (!passed && !failed()) {
    if (known(1024, expected) & known(2048, expected + 128)) passed = true;
    else fail();
    expWipe();
    wipeKnown();
    if (passed) chooseKernel();
  }
  return failed() ? Status.SELF_TEST_FAILED : Status.OK;
}

export function rsaSearchBegin(
  candidates: usize,
  bases: usize,
  strengthBits: u32,
  nlen: u32,
  topMask: u32,
  lowMask: u32,
  failuresP: u32,
  failuresQ: u32,
  rounds: u32,
  e: usize,
  eLen: u32,
  variant: u32,
): u32 {
  const status = ready();
  if (status != Status.OK) return status;
  return searchKey(
    candidates,
    bases,
    strengthBits,
    nlen,
    topMask,
    lowMask,
    failuresP,
    failuresQ,
    rounds,
    e,
    eLen,
    variant,
  );
}

export function rsaFromPrimes(
  bases: usize,
  strengthBits: u32,
  nlen: u32,
  rounds: u32,
  e: usize,
  eLen: u32,
  p: usize,
  pLen: u32,
  q: usize,
  qLen: u32,
): u32 {
  const status = ready();
  return status != Status.OK ? status : givenKey(bases, strengthBits, nlen, rounds, e, eLen, p, pLen, q, qLen);
}

/** Begins the check of a whole key: rsaFromPrimes, but that the rest of the key is given as well, at `rest`. */
export function rsaCheckBegin(
  bases: usize,
  strengthBits: u32,
  nlen: u32,
  rounds: u32,
  e: usize,
  eLen: u32,
  p: usize,
  q: usize,
  rest: usize,
): u32 {
  const len = nlen >>> 4;
  const status = rsaFromPrimes(bases, strengthBits, nlen, rounds, e, eLen, p, len, q, len);
  return status != Status.OK ? status : checkKey(rest);
}

/** The hash of the seed is tested as well before its first use. */
export function rsaConstructBegin(block: usize): u32 {
  let status = ready();
  const hash = word(block, Word.HASH);
  if (status == Status.OK && hash != 0) status = hashReady(hash);
  return status != Status.OK ? status : constructKey(block);
}

export function isProbablePrime(w: usize, len: u32, rounds: u32, bases: usize, strengthBits: u32): u32 {
  const status = ready();
  return status != Status.OK ? status : decidePrime(w, len, rounds, bases, strengthBits);
}

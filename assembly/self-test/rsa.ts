/**
 * Known-answer test of the modular exponentiation, at two lengths, in this instance before the first use of what stands
 * on it: FIPS 140-3 asks for one of RSA before the first use; here it is the arithmetic that all of RSA rests on.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { decidePrime } from "../key/primality";
import { checkKey, constructKey, givenKey, searchKey } from "../key/rsa";
import { expBegin, expModulus, expResult, expStep, expWipe } from "../nat/exp";
import { limbsFor } from "../nat/limbs";
import { Word, word } from "../key/rsa-construct";
import { hashReady } from "./known-answer";
import { expected } from "./rsa-answers";

const modulus = memory.data(256, 16);
const base = memory.data(256, 16);
const exponent = memory.data(16, 16);
const result = memory.data(256, 16);

let passed: bool = false;

/** 1 if the exponentiation was tested in this instance and passed. */
export function rsaSelfTestPassed(): u32 {
  return passed ? 1 : 0;
}

/** Where the expected values stand, for the test that makes this test fail. */
export function rsaAnswersPtr(): usize {
  return expected;
}

/** A run of bytes that looks like nothing in particular. */
function fillRun(at: usize, len: u32, step: u32, first: u32): void {
  for (let i: u32 = 0; i < len; i++) store<u8>(at + i, <u8>(i * step + first));
}

/** 1 if the power of runs of bytes, modulo one of `bits` bits, is what it should be. An exponent of 128 bits. */
function known(bits: u32, answer: usize): u32 {
  const len = bits >>> 3;
  fillRun(modulus, len, 0x35, 0x9b);
  store<u8>(modulus, load<u8>(modulus) | 1);
  store<u8>(modulus + len - 1, load<u8>(modulus + len - 1) | 0x80);
  memory.fill(base, 0, len);
  fillRun(base, len - 1, 0x2f, 0x47);
  fillRun(exponent, 16, 0x6d, 0xe3);
  expModulus(modulus, limbsFor(bits), bits);
  expBegin(base, exponent, 4, 128);
  while (!expStep()) continue;
  expResult(result);
  return equalBytes(result, answer, len);
}

function ready(): u32 {
  if (!passed && !failed()) {
    if (known(1024, expected) & known(2048, expected + 128)) passed = true;
    else fail();
    expWipe();
    wipe(modulus, 256);
    wipe(base, 256);
    wipe(exponent, 16);
    wipe(result, 256);
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

/** What enters the making of an RSA key from outside: its shape, e, and primes that are given. */
import { Status } from "../abi";
import { bitLengthVarTime, fromBytes, limbsFor, MAX_BITS, MAX_E } from "../nat/limbs";
import { isValidE } from "./rsa-derive";
import { d, dp, dq, e, eLimbs, halfBits, halfLimbs, n, qi, setShape, wipeParts } from "./rsa-parts";

/** Below this no approved key is made (A.1.3, step 1). */
const MIN_BITS: u32 = 2048;

/** r = a prime in at most half the bits of the modulus. How many leading zero bytes it has is told. */
export function takeIn(r: usize, from: usize, len: u32): bool {
  while (len > 0 && load<u8>(from) == 0) {
    from++;
    len--;
  }
  if (len > halfBits() >>> 3) return false;
  fromBytes(r, halfLimbs(), from, len);
  return true;
}

/** Steps 1 and 2 of A.1.3: nlen and e. Takes e over if the status is OK. */
export function shapeKey(nlen: u32, exponent: usize, exponentLen: u32): u32 {
  if (nlen < MIN_BITS || nlen > MAX_BITS || (nlen & 15) != 0) return Status.BAD_ARGUMENT;
  if (exponentLen == 0 || exponentLen > MAX_E << 2) return Status.BAD_ARGUMENT;
  fromBytes(e, MAX_E, exponent, exponentLen);
  setShape(nlen, limbsFor(bitLengthVarTime(e, MAX_E)));
  if (eLimbs() > 0 && isValidE() == 1) return Status.OK;
  wipeParts();
  return Status.KEY_INVALID;
}

/** The parts that follow from the primes, one behind the other: n and d as long as the modulus, dp, dq and qi half. */
export function takeRest(from: usize): void {
  const limbs = halfLimbs();
  const len = halfBits() >>> 3;
  fromBytes(n, limbs << 1, from, len << 1);
  fromBytes(d, limbs << 1, from + (len << 1), len << 1);
  fromBytes(dp, limbs, from + 4 * len, len);
  fromBytes(dq, limbs, from + 5 * len, len);
  fromBytes(qi, limbs, from + 6 * len, len);
}

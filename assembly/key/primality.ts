/** Whether a number is prime, for numbers of any size from outside: FIPS 186-5, B.3.1 and B.3.3, behind trial division. */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { bitLengthVarTime, fromBytes, limbsFor, MAX_BITS, MAX_LIMBS } from "../nat/limbs";
import {
  basesFrom,
  isTest,
  primalityBegin,
  primalityStep,
  primalityVerdict,
  primalityWipe,
  Verdict,
} from "../prime/miller-rabin";
import { hasSmallFactor, isPrimeVarTime, primesBegin, primesEnd } from "../prime/small-primes";
import { rsaPhase } from "./rsa";
import { Phase } from "./rsa-phase";

const number = memory.data(1024, 16);

/**
 * OK if the big-endian number of `len` bytes at `w` is probably prime, COMPOSITE if it is not prime (0 and 1 are not),
 * or what the generator of the bases said. `rounds` may have LUCAS in it. Its length is public, and so is a number below
 * 2^32. Not while a key is made.
 */
export function decidePrime(w: usize, len: u32, rounds: u32, bases: usize, strengthBits: u32): u32 {
  if (rsaPhase() != Phase.IDLE || len > MAX_BITS >>> 3 || !isTest(rounds)) return Status.BAD_ARGUMENT;
  fromBytes(number, MAX_LIMBS, w, len);
  primesBegin();
  basesFrom(bases, strengthBits);
  const status = decide(rounds);
  primalityWipe();
  primesEnd();
  wipe(number, MAX_LIMBS << 2);
  return status;
}

function decide(rounds: u32): u32 {
  const bits = bitLengthVarTime(number, MAX_LIMBS);
  if (bits <= 32) return isPrimeVarTime(load<u32>(number)) ? Status.OK : Status.COMPOSITE;
  if ((load<u32>(number) & 1) == 0) return Status.COMPOSITE;
  if (hasSmallFactor(number, limbsFor(bits))) return Status.COMPOSITE;
  primalityBegin(number, bits, rounds);
  while (primalityVerdict() == Verdict.UNDECIDED) {
    const status = primalityStep();
    if (status != Status.OK) return status;
  }
  return primalityVerdict() == Verdict.PROBABLY_PRIME ? Status.OK : Status.COMPOSITE;
}

/**
 * Trial division: the cheap end of a primality test (FIPS 186-5, B.7 and B.8, where a sieve first lists small primes).
 *
 * The table holds the odd primes below 2^16. It is public, is built when a search begins and cleared when it ends, and
 * every candidate meets its entries in the same order. A prime l is worth its time while that is below 1 / l of a test of
 * primality. The one grows with the limbs and the other with their cube, so candidates of n limbs meet the primes up to about
 * 16 n^2: up to 2^14 at 1024 bits (measured: keys of det-keygen take 8 % longer with all of the table, 6 % with those up to
 * 2^13), and all of them at 2048.
 */
import { equal } from "../base/ct";
import { charge } from "../nat/work";
import { inverses, listPrimes, primes, primesWipe } from "./sieve-primes";

/** There are 6541 odd primes below 2^16. The list is that of the sieve, which never runs meanwhile. */
const COUNT: u32 = 6541;
/** A byte for each odd number below 2^16, while they are listed. */
const composite = memory.data(32768, 16);

/** Products of neighbours, of as many primes as stay below 2^32: 3222, and two products of 1, so that fours come out even. */
const GROUPS: u32 = 3224;
/** Of each m, -1 / m modulo 2^32, and the number of the first prime behind it. */
const GROUP: u32 = 12;
const groups = memory.data(3224 * 12, 16);

/** Builds the table; nothing here works without it. */
export function primesBegin(): void {
  listPrimes(1 << 16, composite);
  let next: u32 = 0;
  for (let at = groups; at < groups + GROUPS * GROUP; at += GROUP) {
    let product: u64 = 1;
    for (; next < COUNT; next++) {
      const larger = product * <u64>primeAt(next);
      if (larger >> 32 != 0) break;
      product = larger;
    }
    store<u32>(at, <u32>product);
    store<u32>(at, 0 - inverseOf(<u32>product), 4);
    store<u32>(at, next, 8);
  }
}

/** Clears it. */
export function primesEnd(): void {
  primesWipe();
  memory.fill(groups, 0, GROUPS * GROUP);
}

function primeAt(i: u32): u32 {
  return load<u32>(primes + (i << 2));
}

/** x^-1 mod 2^32 for odd x, by Newton's iteration: x is its own inverse modulo 8, and each step doubles the bits. */
export function inverseOf(x: u32): u32 {
  let y = x * (2 - x * x);
  y *= 2 - x * y;
  y *= 2 - x * y;
  return y * (2 - x * y);
}

/** 1 if prime number i divides r: the quotient modulo 2^32, multiplied back, is r without overflow just then. */
function divides(i: u32, r: u32): u32 {
  const quotient = r * load<u32>(inverses + (i << 2));
  return (<u64>quotient * <u64>primeAt(i)) >>> 32 == 0 ? 1 : 0;
}

/** Whether one of the primes numbered `from` up to `to` divides r. All are tried. */
function anyDivides(from: u32, to: u32, r: u32): u32 {
  let found: u32 = 0;
  for (let i = from; i < to; i++) found |= divides(i, r);
  return found;
}

/**
 * 1 if a prime of the table, up to the bound for n limbs, divides the candidate w of so many, which must itself be 2^32
 * or more.
 *
 * Primes are taken together while their product m fits a limb, and w is reduced modulo four such products at a time, whose
 * chains of multiplications wait for nothing of each other, from the low limb up: r = (r + limb + q m) / 2^32 with q chosen
 * to make the division exact. That yields w / 2^(32 n) modulo m, which is as good for telling whether a factor of m divides
 * w, and needs no division, whose time may depend on the number divided. The early return is taken for candidates that are
 * rejected.
 */
export function hasSmallFactor(w: usize, n: u32): u32 {
  const end = w + (n << 2);
  const bound = n * n * 16;
  let first: u32 = 0;
  for (let at = groups; at < groups + GROUPS * GROUP; at += 4 * GROUP) {
    if (primeAt(first) > bound) break;
    const m1 = <u64>load<u32>(at), k1 = load<u32>(at, 4);
    const m2 = <u64>load<u32>(at, GROUP), k2 = load<u32>(at, GROUP + 4);
    const m3 = <u64>load<u32>(at, 2 * GROUP), k3 = load<u32>(at, 2 * GROUP + 4);
    const m4 = <u64>load<u32>(at, 3 * GROUP), k4 = load<u32>(at, 3 * GROUP + 4);
    let r1: u64 = 0, r2: u64 = 0, r3: u64 = 0, r4: u64 = 0;
    for (let from = w; from < end; from += 4) {
      const limb = <u64>load<u32>(from);
      r1 += limb;
      r2 += limb;
      r3 += limb;
      r4 += limb;
      // At most 2 (2^32 - 1) + (2^32 - 1)^2 = 2^64 - 1.
      r1 = (r1 + <u64>(<u32>r1 * k1) * m1) >>> 32;
      r2 = (r2 + <u64>(<u32>r2 * k2) * m2) >>> 32;
      r3 = (r3 + <u64>(<u32>r3 * k3) * m3) >>> 32;
      r4 = (r4 + <u64>(<u32>r4 * k4) * m4) >>> 32;
    }
    charge(8 * n + 64);
    const to1 = load<u32>(at, 8), to2 = load<u32>(at, GROUP + 8), to3 = load<u32>(at, 2 * GROUP + 8);
    const to4 = load<u32>(at, 3 * GROUP + 8);
    const divided = anyDivides(first, to1, <u32>r1) | anyDivides(to1, to2, <u32>r2);
    if (divided | anyDivides(to2, to3, <u32>r3) | anyDivides(to3, to4, <u32>r4)) return 1;
    first = to4;
  }
  return 0;
}

/** 1 if the odd number x, which is secret, is prime: no prime of the table but x itself divides it. All are tried. */
export function isSmallPrime(x: u32): u32 {
  let found: u32 = 0;
  for (let i: u32 = 0; i < COUNT; i++) {
    const prime = primeAt(i);
    found |= divides(i, x) & (equal(prime, x) ^ 1);
  }
  charge(COUNT * 8);
  return found ^ 1;
}

/** Whether the number x below 2^32, which is public, is prime. Not constant-time. */
export function isPrimeVarTime(x: u32): bool {
  if (x < 2) return false;
  if ((x & 1) == 0) return x == 2;
  for (let i: u32 = 0; i < COUNT; i++) {
    const prime = primeAt(i);
    if (prime * prime > x) return true; // no prime of the table overflows: the last is 65521
    if (x % prime == 0) return x == prime;
  }
  return true;
}

/**
 * Trial division: the cheap end of a primality test (FIPS 186-5, B.7 and B.8, where a sieve first lists small primes).
 *
 * The table holds the odd primes below 2^16. It is public, is built when a search begins and cleared when it ends, and
 * every candidate meets its entries in the same order. A prime l is worth its time while that is below 1 / l of a
 * Miller-Rabin round: measured, a search with all of the table costs 1 % less than with half of it at 1024 bits, and 4
 * % less at 2048.
 */
import { equal } from "../base/ct";
import { charge } from "../nat/work";

/** There are 6541 odd primes below 2^16. */
const COUNT: u32 = 6541;
const primes = memory.data(6541 * 2 + 6, 16);
/** One bit for each odd number below 2^16, while the table is built: set if the number is composite. */
const composite = memory.data(4096, 16);

/** Sieve of Eratosthenes over the odd numbers. */
export function primesBegin(): void {
  let found: u32 = 0;
  for (let i: u32 = 1; i < 1 << 15; i++) {
    if ((<u32>load<u8>(composite + (i >>> 3)) >>> (i & 7)) & 1) continue;
    const prime = 2 * i + 1;
    store<u16>(primes + (found << 1), <u16>prime);
    found++;
    for (let j = 2 * i * (i + 1); j < 1 << 15 && i < 128; j += prime) {
      const at = composite + (j >>> 3);
      store<u8>(at, <u8>(<u32>load<u8>(at) | (1 << (j & 7))));
    }
  }
  memory.fill(composite, 0, 4096);
}

export function primesEnd(): void {
  memory.fill(primes, 0, COUNT << 1);
}

/** x^-1 mod 2^32 for odd x, by Newton's iteration: x is its own inverse modulo 8, and each step doubles the bits. */
export function inverseOf(x: u32): u32 {
  let y = x * (2 - x * x);
  y *= 2 - x * y;
  y *= 2 - x * y;
  return y * (2 - x * y);
}

/** 1 if the prime divides r: the quotient modulo 2^32, multiplied back, is r without overflow just then. */
function divides(prime: u32, r: u32): u32 {
  const quotient = r * inverseOf(prime);
  return (<u64>quotient * <u64>prime) >>> 32 == 0 ? 1 : 0;
}

/** Whether one of the primes numbered `from` up to `to` divides r. All are tried. */
function anyDivides(from: u32, to: u32, r: u32): u32 {
  let found: u32 = 0;
  for (let i = from; i < to; i++) found |= divides(load<u16>(primes + (i << 1)), r);
  return found;
}

/**
 * 1 if a prime of the table divides the candidate w of n limbs, which must itself be 2^32 or more.
 *
 * Primes are taken together while their product m fits a limb, and w is reduced modulo two such products at a time,
 * from the low limb up: r = (r + limb + q m) / 2^32 with q chosen to make the division exact. That yields
 * w / 2^(32 n) modulo m, which is as good for telling whether a factor of m divides w, and needs no division, whose
 * time may depend on the number divided. The early return is taken for candidates that are rejected.
 */
export function hasSmallFactor(w: usize, n: u32): u32 {
  const end = w + (n << 2);
  let next: u32 = 0;
  while (next < COUNT) {
    const first = next;
    const m1 = productFrom(first);
    const second = first + taken;
    const m2 = productFrom(second);
    next = second + taken;
    const k1 = 0 - inverseOf(<u32>m1);
    const k2 = 0 - inverseOf(<u32>m2);
    let r1: u64 = 0;
    let r2: u64 = 0;
    for (let at = w; at < end; at += 4) {
      const limb = <u64>load<u32>(at);
      r1 += limb;
      r2 += limb;
      // At most 2 (2^32 - 1) + (2^32 - 1)^2 = 2^64 - 1.
      r1 = (r1 + <u64>(<u32>r1 * k1) * m1) >>> 32;
      r2 = (r2 + <u64>(<u32>r2 * k2) * m2) >>> 32;
    }
    charge(8 * n + 64);
    if (anyDivides(first, second, <u32>r1) | anyDivides(second, next, <u32>r2)) return 1;
  }
  return 0;
}

/** How many primes the last product took. */
let taken: u32 = 0;

/** The product of as many primes, from number `first` on, as stay below 2^32; 1 behind the end of the table. */
function productFrom(first: u32): u64 {
  let product: u64 = 1;
  let i = first;
  for (; i < COUNT; i++) {
    const larger = product * <u64>load<u16>(primes + (i << 1));
    if (larger >> 32 != 0) break;
    product = larger;
  }
  taken = i - first;
  return product;
}

/** 1 if the odd number x, which is secret, is prime: no prime of the table but x itself divides it. All are tried. */
export function isSmallPrime(x: u32): u32 {
  let found: u32 = 0;
  for (let i: u32 = 0; i < COUNT; i++) {
    const prime = <u32>load<u16>(primes + (i << 1));
    found |= divides(prime, x) & (equal(prime, x) ^ 1);
  }
  charge(COUNT * 8);
  return found ^ 1;
}

/** Whether the number x below 2^32, which is public, is prime. Not constant-time. */
export function isPrimeVarTime(x: u32): bool {
  if (x < 2) return false;
  if ((x & 1) == 0) return x == 2;
  for (let i: u32 = 0; i < COUNT; i++) {
    const prime = <u32>load<u16>(primes + (i << 1));
    if (prime * prime > x) return true; // no prime of the table overflows: the last is 65521
    if (x % prime == 0) return x == prime;
  }
  return true;
}

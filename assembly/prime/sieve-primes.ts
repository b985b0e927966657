/** The primes of the sieve: the odd ones below a bound, from 3 on, and what is precomputed of each. All of it is public. */
import { wipe } from "../base/memory";
import { charge } from "../nat/work";

/** There are 43389 odd primes below 2^19; rounded up to whole batches of eight. */
export const MAX_COUNT: u32 = 43392;
export const primes = memory.data(43392 * 4, 16);
/** p^-1 modulo 2^32. */
export const inverses = memory.data(43392 * 4, 16);

let count: u32 = 0;

/** How many are listed: whole batches of eight, the last of them filled up with 3. */
export function primeCount(): u32 {
  return count;
}

/**
 * Lists the odd primes below `limit`, a multiple of 32 between 4096 and 2^19, by the sieve of Eratosthenes. It needs a byte
 * for each odd number at `composite`, which are zero before and after.
 */
export function listPrimes(limit: u32, composite: usize): void {
  const size = limit >>> 1;
  store<u8>(composite, 1); // 1 is no prime
  // From 1024 on, squares are beyond every limit.
  for (let i: u32 = 1; i < 512; i++) {
    if (load<u8>(composite + i) != 0) continue;
    const prime = 2 * i + 1;
    for (let j: u32 = 2 * i * (i + 1); j < size; j += prime) store<u8>(composite + j, 1);
  }
  let to = primes;
  for (let i: u32 = 0; i < size; i += 16) {
    let left = i8x16.bitmask(i8x16.eq(v128.load(composite + i), i8x16.splat(0)));
    while (left != 0) {
      store<u32>(to, 2 * (i + ctz(left)) + 1);
      to += 4;
      left &= left - 1;
    }
  }
  memory.fill(composite, 0, size);
  while (((to - primes) & 31) != 0) {
    store<u32>(to, 3);
    to += 4;
  }
  count = <u32>(to - primes) >>> 2;
  for (let at: usize = 0; at < count << 2; at += 16) v128.store(inverses + at, inverse(v128.load(primes + at)));
  charge(limit);
}

/** x^-1 modulo 2^32 for four odd x, by Newton's iteration: x is its own inverse modulo 8, and each step doubles the bits. */
function inverse(x: v128): v128 {
  const two = i32x4.splat(2);
  let y = i32x4.mul(x, i32x4.sub(two, i32x4.mul(x, x)));
  y = i32x4.mul(y, i32x4.sub(two, i32x4.mul(x, y)));
  y = i32x4.mul(y, i32x4.sub(two, i32x4.mul(x, y)));
  return i32x4.mul(y, i32x4.sub(two, i32x4.mul(x, y)));
}

export function primesWipe(): void {
  wipe(primes, count << 2);
  wipe(inverses, count << 2);
  count = 0;
}

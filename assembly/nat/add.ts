/**
 * Sums, differences, comparisons, choices and shifts of integers of n limbs.
 *
 * A choice is 1 or 0, and is secret: what it decides against is computed all the same. Everything here leaks n only.
 */
import { isZero, mask } from "../base/ct";

/** r = r + (a if choice is 1, else 0); returns the carry. */
export function addIf(choice: u32, r: usize, a: usize, n: u32): u32 {
  const keep = mask(choice);
  let carry: u64 = 0;
  for (let i: usize = 0; i < n << 2; i += 4) {
    carry += <u64>load<u32>(r + i) + <u64>(load<u32>(a + i) & keep);
    store<u32>(r + i, <u32>carry);
    carry >>>= 32;
  }
  return <u32>carry;
}

/** r = r - (a if choice is 1, else 0); returns the borrow. */
export function subIf(choice: u32, r: usize, a: usize, n: u32): u32 {
  const keep = mask(choice);
  let borrow: u64 = 0;
  for (let i: usize = 0; i < n << 2; i += 4) {
    const d = <u64>load<u32>(r + i) - <u64>(load<u32>(a + i) & keep) - borrow;
    store<u32>(r + i, <u32>d);
    borrow = d >>> 63;
  }
  return <u32>borrow;
}

/** r = r - x for a small x; returns the borrow. */
export function subSmall(r: usize, x: u32, n: u32): u32 {
  let borrow = <u64>x;
  for (let i: usize = 0; i < n << 2; i += 4) {
    const d = <u64>load<u32>(r + i) - borrow;
    store<u32>(r + i, <u32>d);
    borrow = d >>> 63;
  }
  return <u32>borrow;
}

/** r = r + x for a small x; returns the carry. */
export function addSmall(r: usize, x: u32, n: u32): u32 {
  let carry = <u64>x;
  for (let i: usize = 0; i < n << 2; i += 4) {
    carry += <u64>load<u32>(r + i);
    store<u32>(r + i, <u32>carry);
    carry >>>= 32;
  }
  return <u32>carry;
}

/** 1 if a < b, else 0. */
export function less(a: usize, b: usize, n: u32): u32 {
  let borrow: u64 = 0;
  for (let i: usize = 0; i < n << 2; i += 4) {
    borrow = (<u64>load<u32>(a + i) - <u64>load<u32>(b + i) - borrow) >>> 63;
  }
  return <u32>borrow;
}

/** 1 if the n limbs at a are all zero, else 0. */
export function isZeroNat(a: usize, n: u32): u32 {
  let all: u32 = 0;
  for (let i: usize = 0; i < n << 2; i += 4) all |= load<u32>(a + i);
  return isZero(all);
}

/** 1 if a is the number x, else 0. */
export function equalsSmall(a: usize, x: u32, n: u32): u32 {
  let all = load<u32>(a) ^ x;
  for (let i: usize = 4; i < n << 2; i += 4) all |= load<u32>(a + i);
  return isZero(all);
}

/**
 * r = r - m if r >= m or carry is 1, else r unchanged; returns 1 if m was subtracted.
 *
 * Whether the subtraction is kept is secret, so it is always done: first for its borrow alone, then with m or zero.
 */
export function reduceOnce(r: usize, m: usize, carry: u32, n: u32): u32 {
  const keep = carry | (less(r, m, n) ^ 1);
  subIf(keep, r, m, n);
  return keep;
}

/** r = |a - b|. */
export function distance(r: usize, a: usize, b: usize, n: u32): void {
  memory.copy(r, a, n << 2);
  negateIf(subIf(1, r, b, n), r, n);
}

/** r = 2^(32n) - r if choice is 1, else r unchanged. */
function negateIf(choice: u32, r: usize, n: u32): void {
  const flip = mask(choice);
  let carry = <u64>choice;
  for (let i: usize = 0; i < n << 2; i += 4) {
    carry += <u64>(load<u32>(r + i) ^ flip);
    store<u32>(r + i, <u32>carry);
    carry >>>= 32;
  }
}

/** Exchanges a and b if choice is 1. */
export function swapIf(choice: u32, a: usize, b: usize, n: u32): void {
  const keep = mask(choice);
  for (let i: usize = 0; i < n << 2; i += 4) {
    const x = load<u32>(a + i);
    const y = load<u32>(b + i);
    const d = (x ^ y) & keep;
    store<u32>(a + i, x ^ d);
    store<u32>(b + i, y ^ d);
  }
}

/** r = 2r + low; returns the bit that left at the top. */
export function double(r: usize, low: u32, n: u32): u32 {
  let carry = low;
  for (let i: usize = 0; i < n << 2; i += 4) {
    const x = load<u32>(r + i);
    store<u32>(r + i, (x << 1) | carry);
    carry = x >>> 31;
  }
  return carry;
}

/**
 * r = r * 2^count for a secret count below 32n. One pass for each bit that a count can have, whether it is set or not.
 */
export function shiftLeft(r: usize, count: u32, n: u32): void {
  for (let bit: u32 = 0; <u32>1 << bit < n << 5; bit++) {
    const keep = mask((count >>> bit) & 1);
    const words: u32 = bit < 5 ? 0 : 1 << (bit - 5);
    const bits: u32 = bit < 5 ? 1 << bit : 0;
    for (let i = n; i > 0; i--) {
      const at = r + ((i - 1) << 2);
      const high = i > words ? load<u32>(at - (words << 2)) : 0;
      // Only when bits > 0 (then words is 0) does a part of the limb below come along.
      const low = bits > 0 && i > 1 ? load<u32>(at - 4) >>> (32 - bits) : 0;
      const x = load<u32>(at);
      store<u32>(at, x ^ ((((high << bits) | low) ^ x) & keep));
    }
  }
}

/** r = floor(r / 2^count) for a secret count below 32: five passes, one for each bit of the count. */
export function shiftRight(r: usize, count: u32, n: u32): void {
  for (let bit: u32 = 0; bit < 5; bit++) {
    const keep = mask((count >>> bit) & 1);
    const bits: u32 = 1 << bit;
    for (let i: u32 = 0; i < n; i++) {
      const at = r + (i << 2);
      const above = i + 1 < n ? load<u32>(at + 4) << (32 - bits) : 0;
      const x = load<u32>(at);
      store<u32>(at, x ^ (((x >>> bits) | above) ^ x) & keep);
    }
  }
}

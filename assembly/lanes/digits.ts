/**
 * Numbers in two's complement to and from the signed digits of one lane. Leaks lengths only: the places of digits are
 * public, and signs and carries go through arithmetic.
 */
import { digitBits, laneDigits } from "./arithmetic";

/** r = the digits in `lane` of the number at `from`, modulo 2^(w n) for n digits of w bits; w n + 64 bits of it are read. */
export function spread(r: usize, lane: u32, from: usize): void {
  const w = digitBits();
  const n = laneDigits();
  const mask = (<u64>1 << w) - 1;
  const half = <i64>1 << (w - 1);
  let carry: i64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const bit = i * w;
    const sum = <i64>((load<u64>(from + (bit >>> 3)) >>> (bit & 7)) & mask) + carry;
    carry = (sum + half) >> w;
    store<f64>(r + (i << 4) + (lane << 3), <f64>(sum - (carry << w)));
  }
}

/**
 * to = the number with the digits in `lane` at a, each below 2^52, in two's complement, in w n / 8 + 16 bytes or a few more.
 * The sign is set up to bit w n + 120.
 */
export function gather(to: usize, a: usize, lane: u32): void {
  const w = digitBits();
  const n = laneDigits();
  for (let i: usize = 0; i < ((n * w) >>> 3) + 16; i += 8) store<u64>(to + i, 0);
  const mask = (<u64>1 << w) - 1;
  let carry: i64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const bit = i * w;
    const at = to + (bit >>> 3);
    carry += <i64>load<f64>(a + (i << 4) + (lane << 3));
    store<u64>(at, load<u64>(at) | ((<u64>carry & mask) << (bit & 7)));
    carry >>= w;
  }
  const end = n * w;
  const at = to + (end >>> 3);
  store<u64>(at, load<u64>(at) | (<u64>carry << (end & 7)));
  store<i64>(at, carry >> 63, 8);
}

/** The n limbs at a are negated if `sign` is all ones, and stay if it is 0. */
export function negateIf(sign: u32, a: usize, n: u32): void {
  let carry = <u64>(sign & 1);
  for (let i: usize = 0; i < n << 2; i += 4) {
    carry += <u64>(load<u32>(a + i) ^ sign);
    store<u32>(a + i, <u32>carry);
    carry >>>= 32;
  }
}

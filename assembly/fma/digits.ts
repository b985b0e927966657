/**
 * Numbers in two's complement to and from the signed digits of one lane. Leaks lengths only: the places of digits are
 * public, and signs and carries go through arithmetic.
 */
import { DIGIT, DIGIT_BITS, HALF } from "./constants";

/** r = the n digits in `lane` of the number modulo 2^(50 n) at `from`, of which 50 n + 64 bits are read. */
export function spread(r: usize, lane: u32, n: u32, from: usize): void {
  let carry: i64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const bit = i * DIGIT_BITS;
    const sum = <i64>((load<u64>(from + (bit >>> 3)) >>> (bit & 7)) & DIGIT) + carry;
    carry = (sum + <i64>HALF) >> DIGIT_BITS;
    store<f64>(r + (i << 4) + (lane << 3), <f64>(sum - (carry << DIGIT_BITS)));
  }
}

/**
 * to = the number with the n digits in `lane` at a, each below 2^52, in two's complement and in `size` bytes: at least
 * 50 n / 8 + 8. The sign is set up to bit 50 n + 56.
 */
export function gather(to: usize, size: u32, a: usize, lane: u32, n: u32): void {
  memory.fill(to, 0, size);
  let carry: i64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const bit = i * DIGIT_BITS;
    const at = to + (bit >>> 3);
    carry += <i64>load<f64>(a + (i << 4) + (lane << 3));
    store<u64>(at, load<u64>(at) | ((<u64>carry & DIGIT) << (bit & 7)));
    carry >>= DIGIT_BITS;
  }
  const end = n * DIGIT_BITS;
  const at = to + (end >>> 3);
  store<u64>(at, load<u64>(at) | (<u64>carry << (end & 7)));
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

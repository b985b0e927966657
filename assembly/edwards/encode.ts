/**
 * Elements to and from the little-endian strings of RFC 7748, 5 and RFC 8032, 5.1.2 and 5.2.2. Leaks the field only:
 * carries and the last subtraction go through arithmetic.
 */
import { equalBytes } from "../base/ct";
import { encodeRoom } from "./scratch";
import { digitBits, elementSize, fieldBytes, isLong } from "./shape";

const digits = encodeRoom; //          80 bytes
const encoded = encodeRoom + 80; //    64

/** Digits of one lane. */
function count(): u32 {
  return isLong() ? 10 : 5;
}

/** Bits of the last digit that are below the top of p: 51 of 255, 43 of 448. */
function lastBits(): u32 {
  return isLong() ? 43 : 51;
}

/**
 * The lane of r = the number in 255 or 448 bits at `from`, which need not be below p, in reduced digits: what the last of 255
 * bits has above its half comes in again at the first, 19 times.
 */
export function fromBytes(r: usize, lane: u32, from: usize): void {
  const n = count(), w = digitBits();
  let carry: i64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const bit = i * w;
    const bits = i == n - 1 ? lastBits() : w;
    const digit = (load<u64>(from + (bit >>> 3)) >>> (bit & 7)) & (((<u64>1) << bits) - 1);
    const sum = <i64>digit + carry;
    carry = i == n - 1 && isLong() ? 0 : (sum + (<i64>1 << (w - 1))) >> w;
    store<f64>(r + (i << 4) + (lane << 3), <f64>(sum - (carry << w)));
  }
  const first = r + (lane << 3);
  store<f64>(first, load<f64>(first) + 19.0 * <f64>carry);
}

/** r = (low | high), two small numbers. */
export function setSmall(r: usize, low: i32, high: i32): void {
  memory.fill(r, 0, elementSize());
  store<f64>(r, <f64>low);
  store<f64>(r, <f64>high, 8);
}

/** Carries from digit to digit, and returns what is above the last one, with its sign. */
function carryThrough(): i64 {
  const n = count(), w = digitBits();
  let carry: i64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const bits = i == n - 1 ? lastBits() : w;
    const sum = load<i64>(digits + (i << 3)) + carry;
    carry = sum >> bits;
    store<i64>(digits + (i << 3), sum - (carry << bits));
  }
  return carry;
}

/** Adds `times` 2^255 or 2^448 modulo p: 19, or 2^224 + 1, of which 2^224 is bit 44 of digit 4. */
function addTop(times: i64): void {
  if (isLong()) {
    store<i64>(digits, load<i64>(digits) + times);
    store<i64>(digits + 32, load<i64>(digits + 32) + (times << 44));
  } else {
    store<i64>(digits, load<i64>(digits) + 19 * times);
  }
}

/** to = the number below p that the lane of a stands for, in 32 or 56 bytes. */
export function toBytes(to: usize, a: usize, lane: u32): void {
  const n = count(), w = digitBits();
  for (let i: u32 = 0; i < n; i++) store<i64>(digits + (i << 3), <i64>load<f64>(a + (i << 4) + (lane << 3)));
  // Twice makes 0 <= x < 2^255 or 2^448. The third time adds 2^255 or 2^448 - p, and the fourth time takes it away again
  // unless there is a carry, which is then dropped: that is x - p, if x is not below p.
  for (let i: i32 = 0; i < 4; i++) addTop(carryThrough() + (i == 2 ? 1 : i == 3 ? -1 : 0));
  carryThrough();
  memory.fill(to, 0, fieldBytes());
  let held: u64 = 0;
  let bits: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const digit = load<u64>(digits + (i << 3));
    held |= digit << bits;
    bits += i == n - 1 ? lastBits() + 7 : w; // with the last, what is left of a byte goes too
    // At most 7 bits are held when a digit comes, so 58 fit.
    for (; bits >= 8; bits -= 8) {
      store<u8>(to++, <u8>held);
      held >>>= 8;
    }
  }
}

/** 1 if the lane of a is zero modulo p, else 0. */
export function isZeroElement(a: usize, lane: u32): u32 {
  toBytes(encoded, a, lane);
  let all: u64 = 0;
  for (let at: usize = 0, end = <usize>fieldBytes(); at < end; at += 8) all |= load<u64>(encoded + at);
  return <u32>(((all | (0 - all)) >>> 63) ^ 1);
}

/** The lowest bit of the lane of a modulo p: what RFC 8032 calls the sign of a coordinate. */
export function lowestBit(a: usize, lane: u32): u32 {
  toBytes(encoded, a, lane);
  return load<u8>(encoded) & 1;
}

/** 1 if the string of an element is below p, so that encoding what was decoded gives it again. */
export function isCanonical(element: usize, lane: u32, from: usize): u32 {
  toBytes(encoded, element, lane);
  return equalBytes(encoded, from, fieldBytes());
}

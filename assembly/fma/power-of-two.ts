/**
 * 2^-(n-1) modulo the moduli n of both lanes, in steps: the base-2 Fermat test, which costs one square a bit and no product.
 *
 * Multiplication by 2 is the doubling of the reduction. If y = 2^s, a step gives y^2 2^b / R = 2^(2s - 50 digits + b). From
 * s = 50 digits - v, the K bits of b, highest first, lead to s = 50 digits - 2^K v + b. With 2^K v - b = n - 1 + 50 digits
 * that is -(n-1): no form, no conversion, and a power that is 1 just when 2^(n-1) is. v is what the top of that number,
 * rounded up, leaves to begin with: 33 <= v <= 65 for K = bits - 6.
 */
import { wipe } from "../base/memory";
import { bitMasks, exponentAt } from "./exponents";
import { DIGIT_BITS } from "./constants";
import { laneBits, laneDigits, laneLimbs, laneModulus, lanesSquare, MAX_VECTOR, sameValue } from "./lanes";

const TOP_BITS: u32 = 6;
/** Squares in one unit of work. */
const UNIT: u32 = 64;

const power = memory.data(84 * 16, 16);
const unit = memory.data(84 * 16, 16);

let left: u32 = 0;

/** Begins with the moduli that are set. */
export function powerOfTwoBegin(): void {
  left = laneBits() - TOP_BITS;
  memory.fill(power, 0, laneDigits() << 4);
  memory.fill(unit, 0, laneDigits() << 4);
  v128.store(unit, f64x2.splat(1));
  start(0);
  start(1);
}

/**
 * b and the start value of one lane. With t = n - 2 + 50 digits, whose complement is -(t + 1): b = the low K bits of ~t,
 * and v = floor(t / 2^K) + 1.
 */
function start(lane: u32): void {
  const exponent = exponentAt(lane);
  const modulus = laneModulus(lane);
  const size = laneLimbs() << 2;
  let sum = <u64>(laneDigits() * DIGIT_BITS - 2);
  for (let at: usize = 0; at < size; at += 4) {
    sum += <u64>load<u32>(modulus + at);
    store<u32>(exponent + at, ~<u32>sum);
    sum >>>= 32;
  }
  store<u64>(exponent + size, ~sum);
  const at = exponent + ((left >>> 5) << 2);
  const v = <i64>((~load<u64>(at) >>> (left & 31)) & 0x7f) + 1;
  // 2^(50 digits - v): in the top digit if v <= 50, or else in the one below it. Both are written.
  const lower = (50 - v) >> 63;
  const place = power + ((laneDigits() - 1) << 4) + (lane << 3);
  store<u64>(place, powerBits(50 - v) & ~lower);
  store<u64>(place - 16, powerBits(100 - v) & lower);
}

/** The bit pattern of the double 2^e. */
function powerBits(e: i64): i64 {
  return (1023 + e) << 52;
}

/** One unit of work; returns 1 when the powers are complete. */
export function powerOfTwoStep(): u32 {
  const stop = left > UNIT ? left - UNIT : 0;
  while (left > stop) {
    left--;
    lanesSquare(power, power, bitMasks(left));
  }
  return left == 0 ? 1 : 0;
}

/** 1 if 2^(n-1) is 1 modulo the modulus n of the lane. */
export function powerOfTwoIsOne(lane: u32): u32 {
  return sameValue(lane, power, unit);
}

export function powerOfTwoWipe(): void {
  wipe(power, MAX_VECTOR);
  wipe(unit, MAX_VECTOR);
  left = 0;
}

/**
 * 2^-(n-1) modulo the moduli n of both lanes, in steps: the base-2 Fermat test, which costs one square a bit and no product.
 *
 * Multiplication by 2 is the doubling of the reduction. If y = 2^s, a step gives y^2 2^b / R = 2^(2s - r + b), where R = 2^r. From
 * s = r - v, the K bits of b, highest first, lead to s = r - 2^K v + b. With 2^K v - b = n - 1 + r
 * that is -(n-1): no form, no conversion, and a power that is 1 just when 2^(n-1) is. v is what the top of that number,
 * rounded up, leaves to begin with: 33 <= v <= 65 for K = bits - 6.
 */
import { wipe } from "../base/memory";
import { bitMasks, exponentAt } from "./exponents";
import { digitBits, laneDigits } from "./arithmetic";
import { laneBits, laneLimbs, laneModulus, lanesSquare, MAX_VECTOR, sameValue } from "./lanes";

const TOP_BITS: u32 = 6;
/** Squares in one unit of work. */
const UNIT: u32 = 64;

const power = memory.data(188 * 16, 16);
const unit = memory.data(188 * 16, 16);

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
 * b and the start value of one lane. With t = n - 2 + r, whose complement is -(t + 1): b = the low K bits of ~t,
 * and v = floor(t / 2^K) + 1.
 */
function start(lane: u32): void {
  const exponent = exponentAt(lane);
  const modulus = laneModulus(lane);
  const size = laneLimbs() << 2;
  let sum = <u64>(laneDigits() * digitBits() - 2);
  for (let at: usize = 0; at < size; at += 4) {
    sum += <u64>load<u32>(modulus + at);
    store<u32>(exponent + at, ~<u32>sum);
    sum >>>= 32;
  }
  store<u64>(exponent + size, ~sum);
  const at = exponent + ((left >>> 5) << 2);
  const v = <i64>((~load<u64>(at) >>> (left & 31)) & 0x7f) + 1;
  // 2^(r - v): in one of as many digits as 65 bits take from the top. All of them are written.
  const w = <i64>digitBits();
  let place = power + ((laneDigits() - 1) << 4) + (lane << 3);
  for (let e = w - v, tries = (64 + w) / w; tries > 0; tries--, e += w, place -= 16) {
    store<u64>(place, powerBits(e) & ~(e >> 63) & ((e - w) >> 63));
  }
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

/**
 * Arithmetic modulo two odd numbers of the same length at once, one in each lane, in Montgomery's form with scaled moduli.
 *
 * With R = 2^(w digits), for digits of w bits, and k = -n^-1 mod 2^w, taken signed, the modulus in use is N = n k, which is
 * -1 modulo 2^w. k is odd, so |k| < 2^(w-1), and w digits >= bits + w + 2, so |N| <= R/8 (1 - 2^(1-w)).
 *
 * Bounds. A value x is any number congruent to what it stands for, with |x| <= R/4. The reduction adds M N with
 * |M| <= R/2 (1 + 2^(1-w)): its digits are at most 2^(w-1). So a product of two values, reduced and doubled, stays a value:
 * 2 (R^2/16 + R/2 (1 + 2^(1-w)) |N|) / R < R/4. Without doubling, and after a few steps in any case, it is below 2 |N|.
 * A value needs no more than its n digits, and the top one is at most 2^(w-2).
 *
 * The moduli and all scratch live here until `lanesWipe`. Everything leaks the length of the moduli only.
 */
import { isZero } from "../base/ct";
import { wipe } from "../base/memory";
import { addIf, double, reduceOnce } from "../nat/add";
import { divide } from "../nat/divide";
import { limbsFor } from "../nat/limbs";
import { mul } from "../nat/mul";
import { charge } from "../nat/work";
import { arithmeticWipe, digitBits, laneDigits, MAX_DIGITS, multiplyModulo, shapeDigits, squareModulo } from "./arithmetic";
import { gather, negateIf, spread } from "./digits";

/** A vector takes 16 bytes a digit. */
export const MAX_VECTOR: u32 = MAX_DIGITS * 16;

const modulusPlusOne = memory.data(188 * 16, 16);
/** R mod n, the form of 1; and a number congruent to R^2, the form of R. */
const one = memory.data(188 * 16, 16);
const square = memory.data(188 * 16, 16);
const difference = memory.data(188 * 16, 16);

/** Limbs of the moduli, 128 for each lane; and n^-1 mod 2^64 of each. */
const moduli = memory.data(2 * 512, 16);
const inverses = memory.data(16, 16);
/** Numbers in two's complement: up to 4200 bits and 120 more, or the product of a modulus and 64 bits. */
const WIDE: u32 = 576;
const wide = memory.data(576, 16);
const multiple = memory.data(576, 16);
const factor = memory.data(16, 16);

/** Masks of doubling, where it does not depend on a secret. */
export const never = memory.data<u64>([0, 0]);
const always = memory.data<u64>([0xffffffffffffffff, 0xffffffffffffffff]);

let bits: u32 = 0;
let limbs: u32 = 0;

/** Whether moduli of so many bits are served here. */
export function lanesFit(modulusBits: u32): bool {
  return modulusBits >= 64 && modulusBits <= 4096;
}

/** Fixes the length of both moduli, at least 64 and at most 4096 bits, and the kernel that works on them. Public. */
export function lanesShape(modulusBits: u32, kernel: u32): void {
  bits = modulusBits;
  limbs = limbsFor(bits);
  shapeDigits(bits, kernel);
}

export function laneBits(): u32 {
  return bits;
}

export function laneLimbs(): u32 {
  return limbs;
}

/** The limbs of the modulus in a lane. */
export function laneModulus(lane: u32): usize {
  return moduli + (lane << 9);
}

/** Sets the modulus of one lane: odd, with exactly the bits of the shape. Both must be set before anything else. */
export function setLane(lane: u32, n: usize): void {
  memory.copy(laneModulus(lane), n, limbs << 2);
  const inverse = inverse64(load<u64>(n));
  store<u64>(inverses + (lane << 3), inverse);
  const k = <i64>((0 - inverse) << (64 - digitBits())) >> (64 - digitBits());
  multiply(lane, k);
  const count = wideLimbs() + 2; // spread reads 64 bits more
  for (let i: u32 = 0, carry: u64 = 1; i < count; i++) {
    carry += <u64>load<u32>(multiple + (i << 2));
    store<u32>(multiple + (i << 2), <u32>carry);
    carry >>>= 32;
  }
  spread(modulusPlusOne, lane, multiple);
  charge(limbs * 8);
}

/** x^-1 mod 2^64 for odd x, by Newton's iteration: x is its own inverse modulo 8, and each step doubles the bits. */
function inverse64(x: u64): u64 {
  let y = x;
  for (let i = 0; i < 5; i++) y *= 2 - x * y;
  return y;
}

/** multiple = j times the modulus of the lane, in two's complement. */
function multiply(lane: u32, j: i64): void {
  const sign = j >> 63;
  store<u64>(factor, (j ^ sign) - sign);
  mul(multiple, laneModulus(lane), limbs, factor, 2);
  const count = wideLimbs() + 2;
  for (let i = limbs + 2; i < count; i++) store<u32>(multiple + (i << 2), 0);
  negateIf(<u32>sign, multiple, count);
}

/**
 * Prepares products of forms: the form of 1, by doubling 2^(bits - 1) up to R, and that of R, from the form of 2 by squares
 * and doublings over an exponent that is public. What has only powers of two does without.
 */
export function setForms(): void {
  for (let lane: u32 = 0; lane < 2; lane++) {
    const modulus = laneModulus(lane);
    memory.fill(wide, 0, WIDE);
    store<u32>(wide + (((bits - 1) >>> 5) << 2), 1 << ((bits - 1) & 31));
    const doublings = laneDigits() * digitBits() + 1 - bits;
    for (let i: u32 = 0; i < doublings; i++) doubleOnce(modulus);
    spread(one, lane, wide);
    doubleOnce(modulus);
    spread(square, lane, wide);
    charge(doublings * limbs * 4);
  }
  const exponent = laneDigits() * digitBits();
  for (let bit = 30 - <i32>clz(exponent); bit >= 0; bit--) {
    lanesSquare(square, square, ((exponent >>> bit) & 1) != 0 ? always : never);
  }
}

/** wide = 2 wide mod n. */
function doubleOnce(modulus: usize): void {
  reduceOnce(wide, modulus, double(wide, 0, limbs), limbs);
}

/** r = a^2 / R, doubled in the lanes where the mask at `twice` is all ones; r may be a. */
export function lanesSquare(r: usize, a: usize, twice: usize): void {
  squareModulo(r, a, modulusPlusOne, twice);
}

/** r = a b / R; r may be a or b. */
export function lanesMul(r: usize, a: usize, b: usize): void {
  multiplyModulo(r, a, b, modulusPlusOne, never);
}

/** r = the form of 1 in both lanes. */
export function lanesOne(r: usize): void {
  memory.copy(r, one, laneDigits() << 4);
}

/** r = in one lane, the form of the number a in limbs, below the modulus; the other lane is left. After both: `toForms`. */
export function takeLane(r: usize, lane: u32, a: usize): void {
  memory.fill(wide, 0, WIDE);
  memory.copy(wide, a, limbs << 2);
  spread(r, lane, wide);
}

/** r = the forms of the numbers in r. */
export function toForms(r: usize): void {
  lanesMul(r, r, square);
}

/** r = the number whose form a has in the lane, below its modulus, in limbs. Slow: once for a result. */
export function fromForm(r: usize, lane: u32, a: usize): void {
  for (let i: u32 = 0; i < laneDigits(); i++) v128.store(difference + (i << 4), f64x2.splat(0));
  v128.store(difference, f64x2.splat(1));
  lanesMul(difference, a, difference);
  canonical(r, lane, difference);
}

/** r = the number that the value a stands for in the lane, below the modulus, in limbs. Slow, as it divides. */
export function canonical(r: usize, lane: u32, a: usize): void {
  const modulus = laneModulus(lane);
  gather(wide, a, lane);
  const count = wideLimbs();
  const sign: u32 = 0 - (load<u32>(wide + ((count - 1) << 2)) >>> 31);
  negateIf(sign, wide, count);
  divide(0, r, wide, count, modulus, limbs);
  // The rest of a negative number is n less that of its magnitude, or 0.
  negateIf(sign, r, limbs);
  addIf(sign & 1, r, modulus, limbs);
  reduceOnce(r, modulus, 0, limbs);
}

/** Limbs that hold any value, or a modulus times 64 bits, with its sign. */
function wideLimbs(): u32 {
  const forValue = (laneDigits() * digitBits() + 31) >>> 5;
  return forValue > limbs + 2 ? forValue : limbs + 2;
}

/** 1 if the values a and b stand for the same number in the lane. */
export function sameValue(lane: u32, a: usize, b: usize): u32 {
  for (let at: usize = 0; at < laneDigits() << 4; at += 16) {
    v128.store(difference + at, v128.sub<f64>(v128.load(a + at), v128.load(b + at)));
  }
  return isMultiple(lane, difference);
}

/** Bit 0: the form a is that of 1 in the lane; bit 1: it is that of -1. All digits are compared. */
export function signOfForm(lane: u32, a: usize): u32 {
  return sameValue(lane, a, one) | (isMinusOne(lane, a) << 1);
}

/** 1 if the form a is that of -1 in the lane. */
export function isMinusOne(lane: u32, a: usize): u32 {
  for (let at: usize = 0; at < laneDigits() << 4; at += 16) {
    v128.store(difference + at, v128.add<f64>(v128.load(a + at), v128.load(one + at)));
  }
  return isMultiple(lane, difference);
}

/**
 * 1 if the modulus divides the number a in the lane, which must be below 2^63 times the modulus. The quotient, if there is
 * one, follows from the low 64 bits; all of its product with the modulus is compared.
 */
function isMultiple(lane: u32, a: usize): u32 {
  gather(wide, a, lane);
  multiply(lane, <i64>(load<u64>(wide) * load<u64>(inverses + (lane << 3))));
  let unlike: u32 = 0;
  const end = wideLimbs() << 2;
  for (let at: usize = 0; at < end; at += 4) unlike |= load<u32>(wide + at) ^ load<u32>(multiple + at);
  charge(limbs * 8);
  return isZero(unlike);
}

/** Wipes all that the lanes hold. */
export function lanesWipe(): void {
  wipe(modulusPlusOne, MAX_VECTOR);
  arithmeticWipe();
  wipe(one, MAX_VECTOR);
  wipe(square, MAX_VECTOR);
  wipe(difference, MAX_VECTOR);
  wipe(moduli, 1024);
  wipe(inverses, 16);
  wipe(wide, WIDE);
  wipe(multiple, WIDE);
  wipe(factor, 16);
  bits = 0;
  limbs = 0;
}

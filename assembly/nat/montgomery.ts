/**
 * Arithmetic modulo one odd number at a time, in Montgomery's form.
 *
 * With R = 2^(27 digits) >= 4n, the form of a is a R mod n; products of values below 2n are again below 2n, so nothing
 * is subtracted between products. The modulus and the accumulator live here until `wipeModulus`. Everything leaks the
 * number of digits only, which follows from the public length of the modulus.
 */
import { equalBytes, mask } from "../base/ct";
import { wipe } from "../base/memory";
import { addIf, double, reduceOnce } from "./add";
import { addProduct, addSquare, DIGIT, DIGIT_BITS, reduceColumns } from "./columns";
import { charge } from "./work";

/** Digits of the longest modulus: 27 * 304 >= 8192 + 2. */
export const MAX_DIGITS: u32 = 304;

const modulus = memory.data(304 * 4, 16);
const modulusLimbs = memory.data(256 * 4, 16);
const columns = memory.data(304 * 16 + 32, 16);
/** R mod n, the form of 1, in digits and in limbs; and R^2 mod n, the form of R. */
const one = memory.data(304 * 4, 16);
const oneLimbs = memory.data(256 * 4, 16);
const square = memory.data(304 * 4, 16);
const scratch = memory.data(304 * 4, 16);

let digits: u32 = 0;
let limbs: u32 = 0;
/** -n^-1 mod 2^27. */
let inverse: u64 = 0;

/** The number of digits of a value modulo the present modulus. */
export function digitCount(): u32 {
  return digits;
}

/** Sets the modulus: n is odd, at least 3, and has exactly `bits` bits (public) in `count` limbs. */
export function setModulus(n: usize, count: u32, bits: u32): void {
  limbs = count;
  digits = (bits + 2 + DIGIT_BITS - 1) / DIGIT_BITS;
  if (digits < 4) digits = 4; // the columns take four rows at a time
  memory.copy(modulusLimbs, n, count << 2);
  toDigits(modulus, n);
  inverse = negativeInverse(load<u32>(n));
  setOne(bits);
  setSquare();
}

export function wipeModulus(): void {
  wipe(modulus, 304 * 4);
  wipe(modulusLimbs, 256 * 4);
  wipe(columns, 304 * 16 + 32);
  wipe(one, 304 * 4);
  wipe(oneLimbs, 256 * 4);
  wipe(square, 304 * 4);
  wipe(scratch, 304 * 4);
  digits = 0;
  limbs = 0;
  inverse = 0;
}

/** -x^-1 mod 2^27 for odd x, by Newton's iteration: x is its own inverse modulo 8, and each step doubles the bits. */
function negativeInverse(x: u32): u64 {
  let y = x;
  for (let i = 0; i < 4; i++) y *= 2 - x * y;
  return <u64>(0 - y) & DIGIT;
}

/** one = R mod n: 2^(bits - 1) is below n already, and is doubled until it is R. */
function setOne(bits: u32): void {
  memory.fill(oneLimbs, 0, limbs << 2);
  store<u32>(oneLimbs + (((bits - 1) >>> 5) << 2), 1 << ((bits - 1) & 31));
  for (let i = bits - 1; i < digits * DIGIT_BITS; i++) {
    reduceOnce(oneLimbs, modulusLimbs, double(oneLimbs, 0, limbs), limbs);
    charge(limbs * 4);
  }
  toDigits(one, oneLimbs);
}

/** square = the form of R = 2^(27 digits): square-and-multiply by the form of 2, over an exponent that is public. */
function setSquare(): void {
  const two = scratch;
  const twoLimbs = square;
  memory.copy(twoLimbs, oneLimbs, limbs << 2);
  reduceOnce(twoLimbs, modulusLimbs, double(twoLimbs, 0, limbs), limbs);
  toDigits(two, twoLimbs);
  memory.copy(square, two, digits << 2);
  const exponent = digits * DIGIT_BITS;
  for (let bit = 30 - <i32>clz(exponent); bit >= 0; bit--) {
    montgomerySquare(square, square);
    if (((exponent >>> bit) & 1) == 1) montgomeryMul(square, square, two);
  }
  wipe(scratch, digits << 2);
}

/** r = a b / R modulo n; r may be a or b. */
export function montgomeryMul(r: usize, a: usize, b: usize): void {
  memory.fill(columns, 0, (digits << 4) + 32);
  addProduct(columns, a, b, digits);
  reduceColumns(r, columns, modulus, inverse, digits);
  charge(2 * digits * digits);
}

/** r = a^2 / R modulo n; r may be a. */
export function montgomerySquare(r: usize, a: usize): void {
  memory.fill(columns, 0, (digits << 4) + 32);
  addSquare(columns, a, digits);
  reduceColumns(r, columns, modulus, inverse, digits);
  charge((3 * digits * digits) >>> 1);
}

/** r = 2r modulo n if choice is 1, else r: below 2n again, since n is taken away before where r is not below it. */
export function montgomeryDoubleIf(choice: u32, r: usize): void {
  const end = digits << 2;
  let borrow: u32 = 0;
  for (let at: usize = 0; at < end; at += 4) borrow = (load<u32>(r + at) - load<u32>(modulus + at) - borrow) >>> 31;
  const twice = <i32>mask(choice);
  const less = mask(choice & (borrow ^ 1));
  let carry: i32 = 0;
  for (let at: usize = 0; at < end; at += 4) {
    const x = <i32>(load<u32>(r + at) - (load<u32>(modulus + at) & less));
    carry += x + (x & twice);
    store<u32>(r + at, <u32>carry & <u32>DIGIT);
    carry >>= DIGIT_BITS;
  }
  charge(digits * 2);
}

/** r = r - a modulo n: below 2n again, since 2n is added where the difference is negative. */
export function montgomerySub(r: usize, a: usize): void {
  const end = digits << 2;
  let borrow: u32 = 0;
  for (let at: usize = 0; at < end; at += 4) borrow = (load<u32>(r + at) - load<u32>(a + at) - borrow) >>> 31;
  const lift = mask(borrow);
  let carry: i32 = 0;
  for (let at: usize = 0; at < end; at += 4) {
    carry += <i32>(load<u32>(r + at) - load<u32>(a + at) + ((load<u32>(modulus + at) << 1) & lift));
    store<u32>(r + at, <u32>carry & <u32>DIGIT);
    carry >>= DIGIT_BITS;
  }
  charge(digits * 2);
}

/** r = the form of 1. */
export function montgomeryOne(r: usize): void {
  memory.copy(r, one, digits << 2);
}

/** r = the form of a, where a is below n, in limbs. */
export function toMontgomery(r: usize, a: usize): void {
  toDigits(r, a);
  montgomeryMul(r, r, square);
}

/** r = the number whose form is a, in limbs, below n. */
export function fromMontgomery(r: usize, a: usize): void {
  memory.fill(columns, 0, (digits << 4) + 32);
  for (let i: u32 = 0; i < digits; i++) store<u64>(columns + (i << 3), <u64>load<u32>(a + (i << 2)));
  reduceColumns(scratch, columns, modulus, inverse, digits);
  toLimbs(r, scratch);
  wipe(scratch, digits << 2);
  charge(digits * digits);
}

/** Bit 0: a is the form of 1; bit 1: a is the form of -1. All digits are compared. */
export function signOf(a: usize): u32 {
  toLimbs(scratch, a);
  const plus = equalBytes(scratch, oneLimbs, limbs << 2);
  // a = -1 just when a + 1 = n.
  const carry = addIf(1, scratch, oneLimbs, limbs);
  const minus = equalBytes(scratch, modulusLimbs, limbs << 2) & (carry ^ 1);
  wipe(scratch, limbs << 2);
  return plus | (minus << 1);
}

/** The digits of the limbs at a. */
function toDigits(r: usize, a: usize): void {
  let buffer: u64 = 0;
  let held: u32 = 0;
  let next: u32 = 0;
  for (let i: u32 = 0; i < digits; i++) {
    if (held < DIGIT_BITS) {
      if (next < limbs) buffer |= <u64>load<u32>(a + (next << 2)) << held;
      next++;
      held += 32;
    }
    store<u32>(r + (i << 2), <u32>(buffer & DIGIT));
    buffer >>>= DIGIT_BITS;
    held -= DIGIT_BITS;
  }
}

/** r = the limbs of the digits at a, a value below 2n, reduced to below n. */
function toLimbs(r: usize, a: usize): void {
  memory.fill(r, 0, limbs << 2);
  let buffer: u64 = 0;
  let held: u32 = 0;
  let next: u32 = 0;
  for (let i: u32 = 0; i < digits; i++) {
    buffer |= <u64>load<u32>(a + (i << 2)) << held;
    held += DIGIT_BITS;
    if (held < 32) continue;
    if (next < limbs) store<u32>(r + (next << 2), <u32>buffer);
    next++;
    buffer >>>= 32;
    held -= 32;
  }
  if (next < limbs) store<u32>(r + (next << 2), <u32>buffer);
  // A value below 2n may have one bit above the limbs.
  const top = limbs << 5;
  const word = top / DIGIT_BITS;
  const carry = word < digits ? (load<u32>(a + (word << 2)) >>> (top % DIGIT_BITS)) & 1 : 0;
  reduceOnce(r, modulusLimbs, carry, limbs);
}

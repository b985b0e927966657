/**
 * The shape of a field element, and the constants of its arithmetic.
 *
 * An element is a vector of digits to the base 2^w, least significant first, each an integer held as a double, in two
 * lanes: two elements that go the same way. Digit k stands at 16k. Everything is exact: no sum here leaves 53 bits, so it
 * does not matter whether a multiply-add rounds once or twice, and both builds compute the same.
 *
 * After a reduction or a carry a digit is in [-2^(w-1), 2^(w-1)), but for the highest, which takes what is left.
 *
 * Sums become integers by adding 1.5 * 2^52: of the bits of a double in [2^52, 2^53) the low 52 are an integer. What the
 * exponent adds to a carry, bits(1.5 * 2^52) >>> w, is taken off the constant that the next column adds.
 */

/** Bytes from one vector to the next: 24 digits. */
export const VECTOR: u32 = 384;

/** Bits of 1.5 * 2^52. */
const BASE: u64 = 0x4338000000000000;

/** Eight constants for both lanes. */
const constants = memory.data(128, 16);

function put(index: u32, bits: u64): void {
  v128.store(constants + (index << 4), i64x2.splat(bits));
}

/** Sets the constants for digits of w bits; `inverse` is -p^-1 mod 2^w. */
export function setConstants(w: u32, inverse: u64): void {
  const base = reinterpret<f64>(BASE);
  const next = base - <f64>(BASE >>> w);
  const half = <f64>(<u64>1 << (w - 1));
  put(0, BASE);
  put(1, reinterpret<u64>(next));
  put(2, reinterpret<u64>(base + half));
  put(3, reinterpret<u64>(next + half));
  put(4, (<u64>1 << w) - 1);
  put(5, reinterpret<u64>(4503599627370496.0));
  put(6, reinterpret<u64>(4503599627370496.0 + half));
  put(7, inverse);
}

/** 1.5 * 2^52, which a lowest column adds. */
export function first(): v128 {
  return v128.load(constants);
}

/** What the other columns add. */
export function next(): v128 {
  return v128.load(constants, 16);
}

/** The same two and half a digit, so that the digit cut off is signed. */
export function firstSigned(): v128 {
  return v128.load(constants, 32);
}

export function nextSigned(): v128 {
  return v128.load(constants, 48);
}

export function digitMask(): v128 {
  return v128.load(constants, 64);
}

/** 2^52: or-ed to an integer below it, the bits of a double. */
export function exponent(): v128 {
  return v128.load(constants, 80);
}

/** 2^52 and half a digit. */
export function centre(): v128 {
  return v128.load(constants, 96);
}

export function negativeInverse(): v128 {
  return v128.load(constants, 112);
}

/** sum + a b, exact. */
// @ts-ignore: decorator
@inline export function madd(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<f64>(a, b, sum);
  return f64x2.add(f64x2.mul(a, b), sum);
}

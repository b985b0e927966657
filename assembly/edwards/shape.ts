/**
 * The two fields, in one form: p = 2^255 - 19 in 5 digits of 51 bits, and p = 2^448 - 2^224 - 1 in 10 digits of 45 bits.
 *
 * An element is a vector of 16 bytes a digit: two lanes of f64, so two elements of the field. Digits are signed whole
 * numbers. Products of digits are taken apart exactly by fused multiplications (`columns.ts`); `assembly/fma` does the
 * same for RSA, with digits and columns of other lengths.
 *
 * A digit is *reduced* if it is at most 2^(w-1) + 2^13 in magnitude, w being its bits. Products need |a b| < 2^(w+51)
 * for any digits a of one factor and b of the other. With w = 51 a reduced factor may meet a sum of up to three reduced
 * ones; two sums of two may not meet, so one of them goes through `carry`. With w = 45 there are six bits more, and
 * nothing is carried outside products.
 */

/** Bytes of an element of the longer field. */
export const MAX_ELEMENT: u32 = 160;
/** Keeps a column positive, so that shifts may be unsigned; a multiple of 2^51. */
const LIFT: u64 = 1 << 61;

let long: bool = false;
let size: u32 = 80;
let width: u32 = 51;

/** 1.5 * 2^(52+w), the same and 1.5 * 2^52, digit mask, lift of the first column, of each other, 2^52 + half a digit, ... */
const constants = memory.data(64, 16);
/** What each of ten columns starts from, so that the bit patterns of the first two cancel. Constants are for both lanes. */
const biases = memory.data(80, 16);
/** In the short field, of column k and of 19 times column k + 5, with the lift of the column: what `fused.ts` starts from. */
const starts = memory.data(40, 16);

/** Whether the field is that of 448 bits. */
export function isLong(): bool {
  return long;
}

/** Bytes of an element, two lanes. */
export function elementSize(): u32 {
  return size;
}

/** Bits of a digit. */
export function digitBits(): u32 {
  return width;
}

/** Bytes of an encoded element. */
export function fieldBytes(): u32 {
  return long ? 56 : 32;
}

/** Chooses the field for all that follows. */
export function setField(isLongField: bool): void {
  long = isLongField;
  size = long ? 160 : 80;
  width = long ? 45 : 51;
  const half: u64 = <u64>1 << (width - 1);
  const exponent: u64 = 0x4330000000000000; // of 2^52
  const high = (<u64>(1023 + 52 + width) << 52) | (<u64>1 << 51);
  const low = exponent | (<u64>1 << 51);
  store<u64>(constants, high, 0);
  store<u64>(constants, high + (<u64>3 << (51 - width)), 8); // units of 2^w there
  store<u64>(constants, ((<u64>1) << width) - 1, 16);
  store<u64>(constants, LIFT + half, 24);
  store<u64>(constants, LIFT + half - (LIFT >> width), 32); // the carry of a lifted column is lifted
  store<u64>(constants, exponent, 40);
  store<u64>(constants, exponent + half, 48);
  store<u64>(constants, exponent + (LIFT >> width), 56);
  for (let k: u32 = 0; k < 10; k++) {
    const here: u64 = k < 5 ? k + 1 : 9 - k; // products of digits i + j = k
    const below: u64 = k == 0 ? 0 : k < 6 ? k : 10 - k; // and those with i + j = k - 1
    store<u64>(biases + (k << 3), 0 - (here * low + below * high));
  }
  for (let at: usize = 0; at < 40; at += 8) {
    const lift = load<u64>(constants + (at == 0 ? 24 : 32));
    store<u64>(starts + at, load<u64>(biases + at) + 19 * load<u64>(biases + at, 40) + lift);
  }
}

/** Of column k, at 8 k. */
// @ts-ignore: decorator
@inline
export function bias(at: usize): v128 {
  return v128.load64_splat(biases + at);
}

/** Of column k, at 8 k. */
// @ts-ignore: decorator
@inline
export function start(at: usize): v128 {
  return v128.load64_splat(starts + at);
}

export function highConstant(): v128 {
  return v128.load64_splat(constants);
}

export function bothConstants(): v128 {
  return v128.load64_splat(constants, 8);
}

export function digitMask(): v128 {
  return v128.load64_splat(constants, 16);
}

export function firstLift(): v128 {
  return v128.load64_splat(constants, 24);
}

export function nextLift(): v128 {
  return v128.load64_splat(constants, 32);
}

export function exponent52(): v128 {
  return v128.load64_splat(constants, 40);
}

export function centre(): v128 {
  return v128.load64_splat(constants, 48);
}

export function liftedCarry(): v128 {
  return v128.load64_splat(constants, 56);
}

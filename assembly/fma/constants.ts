/**
 * The constants of the kernel of fused operations, in memory.
 *
 * Loops load them once into locals. A splatted constant would be made anew at every use inside a loop (V8), which costs
 * a third of the time; and a compiler cannot fold what it must load.
 */

/** Bits of a digit. */
export const DIGIT_BITS: u32 = 50;
export const DIGIT: u64 = (1 << 50) - 1;

/** The bit patterns of 1.5 * 2^102 and 1.5 * 2^52: what each chain of products leaves behind in an accumulator. */
export const HIGH_BITS: u64 = 0x4658000000000000;
export const LOW_BITS: u64 = 0x4338000000000000;

/** Keeps a column below the reduction positive, so that shifts may be unsigned; a multiple of 2^50, as a carry is. */
export const LIFT: u64 = 1 << 61;
/** What LIFT adds to a carry. */
export const LIFT_CARRY: u64 = 1 << 11;
/** Half of a digit: added before a digit is cut off, taken away after, it makes digits signed. */
export const HALF: u64 = 1 << 49;

/** Doubles by their bit patterns, each for both lanes. */
const both = memory.data<u64>([
  0x4658000000000000, 0x4658000000000000, // 1.5 * 2^102
  0x4658000000000006, 0x4658000000000006, // 1.5 * 2^102 + 1.5 * 2^52
  0x4332000000000000, 0x4332000000000000, // 2^52 + 2^49
  0x4330000000000000, 0x4330000000000000, // 2^52, whose low 52 bits are zero
]);
const masks = memory.data<u64>([0x3ffffffffffff, 0x3ffffffffffff]);
const lifts = memory.data<u64>([
  0x2001fffffffff800, 0x2001fffffffff800, // HALF + LIFT - LIFT_CARRY
  0x800, 0x800, //                           LIFT_CARRY
]);

export function big(): v128 {
  return v128.load(both);
}

export function bigAndLow(): v128 {
  return v128.load(both, 16);
}

export function centre(): v128 {
  return v128.load(both, 32);
}

export function exponent52(): v128 {
  return v128.load(both, 48);
}

export function digitMask(): v128 {
  return v128.load(masks);
}

export function outputLift(): v128 {
  return v128.load(lifts);
}

export function carryLift(): v128 {
  return v128.load(lifts, 16);
}

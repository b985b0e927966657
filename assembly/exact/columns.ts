/**
 * The inner loops of the kernel for engines without fused operations: sums of products by columns, two numbers in two lanes.
 *
 * A number is `n` digits of w bits, least significant first, each a whole number held as a double: |digit| <= 2^(w - 1).
 * A column is the plain sum of its products, and no double on the way is rounded, so that the order does not matter and an
 * engine that fuses a multiplication with an addition computes the same.
 *
 * Bounds. Column j of a product or a square takes at most n products of 2^(2w - 2), a doubled one counted for two; the
 * reduction adds at most n - 1 and a carry, which is at most 2^53 / 2^w. So |column| < 2n 2^(2w - 2), and twice that where
 * the result is doubled: no more than 2^53 if n <= 2^(53 - 2w). `digitBits` keeps to that.
 *
 * All of it leaks n only: there is neither branch nor address that depends on a digit, and no operand is subnormal.
 */

/** The bits of a digit for moduli of so many bits: 23 as long as there are 128 digits at most, then 22. */
export function digitBits(modulusBits: u32): u32 {
  return modulusBits <= 128 * 23 - 25 ? 23 : 22;
}

// Inlined throughout: the loops must keep the digits in registers. Columns of one to four products:

// @ts-ignore: decorator
@inline export function sum2(x0: v128, b0: v128, x1: v128, b1: v128): v128 {
  return f64x2.add(f64x2.mul(x0, b0), f64x2.mul(x1, b1));
}

// @ts-ignore: decorator
@inline export function sum3(x0: v128, b0: v128, x1: v128, b1: v128, x2: v128, b2: v128): v128 {
  return f64x2.add(sum2(x0, b0, x1, b1), f64x2.mul(x2, b2));
}

// @ts-ignore: decorator
@inline export function sum4(
  x0: v128, b0: v128, x1: v128, b1: v128, x2: v128, b2: v128, x3: v128, b3: v128,
): v128 {
  return f64x2.add(sum2(x0, b0, x1, b1), sum2(x2, b2, x3, b3));
}

/** Adds to the column at c. */
// @ts-ignore: decorator
@inline export function put(c: usize, sum: v128): void {
  v128.store(c, f64x2.add(v128.load(c), sum));
}

/**
 * The columns that four rows have in full, for the digits from b up to `end`, then the three columns at the end of the rows.
 * The number of digits is a multiple of four, or of two if `even` says so. b1, b2 and b3 are the digits before b.
 */
// @ts-ignore: decorator
@inline export function band4(
  even: bool, c: usize, b: usize, end: usize,
  x0: v128, x1: v128, x2: v128, x3: v128, b1: v128, b2: v128, b3: v128,
): void {
  while (b + 64 <= end) {
    const d0 = v128.load(b);
    put(c, sum4(x0, d0, x1, b1, x2, b2, x3, b3));
    b3 = v128.load(b, 16);
    put(c + 16, sum4(x0, b3, x1, d0, x2, b1, x3, b2));
    b2 = v128.load(b, 32);
    put(c + 32, sum4(x0, b2, x1, b3, x2, d0, x3, b1));
    b1 = v128.load(b, 48);
    put(c + 48, sum4(x0, b1, x1, b2, x2, b3, x3, d0));
    b += 64;
    c += 64;
  }
  if (even && b < end) {
    const d0 = v128.load(b);
    const d1 = v128.load(b, 16);
    put(c, sum4(x0, d0, x1, b1, x2, b2, x3, b3));
    put(c + 16, sum4(x0, d1, x1, d0, x2, b1, x3, b2));
    b3 = b1;
    b2 = d0;
    b1 = d1;
    c += 32;
  }
  put(c, sum3(x1, b1, x2, b2, x3, b3));
  put(c + 16, sum2(x2, b1, x3, b2));
  put(c + 32, f64x2.mul(x3, b1));
}

/** The same for two rows. */
// @ts-ignore: decorator
@inline export function band2(c: usize, b: usize, end: usize, x0: v128, x1: v128, b1: v128): void {
  while (b < end) {
    const d0 = v128.load(b);
    put(c, sum2(x0, d0, x1, b1));
    b1 = v128.load(b, 16);
    put(c + 16, sum2(x0, b1, x1, d0));
    b += 32;
    c += 32;
  }
  put(c, f64x2.mul(x1, b1));
}

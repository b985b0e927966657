/**
 * The inner loops of the kernel of fused operations: sums of products by columns, two numbers in two lanes.
 *
 * A number is `n` digits of 50 bits, least significant first, each a whole number held as a double: |digit| <= 2^49, and
 * below 2^49 in all but a start value that has one digit only (see `lanes/power-of-two.ts`). A vector holds the digit of both
 * lanes. A column is a pair of 64-bit integers.
 *
 * Column by column, up to four products x b become an exact high and low part by fused multiplication and addition:
 *
 *     h0 = C + x0 b0       l0 = (C + c - h0) + x0 b0      C = 1.5 * 2^102, c = 1.5 * 2^52
 *     h1 = h0 + x1 b1      l1 = (h0 - h1) + x1 b1         ... and so on
 *
 * Bounds. At most one factor of a product is a doubled digit, so |x b| <= 2^99, and -x b <= 2^99 - 2^50 since only equal
 * signs can meet at 2^49 twice. Four steps from C stay in [2^102, 2^103] (the ends C -+ 4 * 2^99 are doubles, and rounding is
 * monotone), where doubles are the multiples of 2^50. So h is such a multiple, and its bit pattern, read as an integer,
 * is that of C plus the sum of what was added in units of 2^50: the next column. The differences of h are multiples of
 * 2^50 below 2^100 and exact; what rounding left out, |l| <= 2^49, is a whole number and exact; the sum of the four is
 * within 2^51 of c, in [2^52, 2^53], where the bit pattern of a double is that of c plus the sum. Nothing is lost.
 *
 * Per chain a column is left with the bit patterns of C and c, which the tables of `bias.ts` take away: accumulators wrap
 * modulo 2^64 in between, and that is harmless. A column takes at most n products from a product or square (a doubled one
 * for two) and n from the reduction, each below 2^49 + 2^49, so |column| <= n 2^51: below 2^58 for n up to 128, which is
 * more than primes of 4096 bits ask for (84).
 *
 * All of it leaks n only: there is neither branch nor address that depends on a digit, and no operand is subnormal.
 */
import { START } from "./room";

// Inlined throughout: the loops must keep the digits in registers.

// @ts-ignore: decorator
@inline function high(x: v128, b: v128, from: v128): v128 {
  return v128.relaxed_madd<f64>(x, b, from);
}

// @ts-ignore: decorator
@inline function low(x: v128, b: v128, before: v128, after: v128): v128 {
  return v128.relaxed_madd<f64>(x, b, v128.sub<f64>(before, after));
}

/** What a column holds so far; a fresh one is of a square and has not been written yet. A constant, as in all that follows. */
// @ts-ignore: decorator
@inline function begun(fresh: bool, c: usize): v128 {
  if (fresh) return v128.load(c, START);
  return v128.load(c);
}

/** Adds what comes from the column below, and the low part, to the column at c. */
// @ts-ignore: decorator
@inline function put(fresh: bool, c: usize, below: v128, l: v128): void {
  v128.store(c, v128.add<i64>(v128.add<i64>(begun(fresh, c), below), l));
}

/** Adds only what comes from the column below. */
// @ts-ignore: decorator
@inline export function putCarry(fresh: bool, c: usize, below: v128): void {
  v128.store(c, v128.add<i64>(begun(fresh, c), below));
}

/** The low part of one product that stands alone, with its c; its high part is `high1`. */
// @ts-ignore: decorator
@inline export function low1(x: v128, b: v128, h: v128, bigLow: v128): v128 {
  return low(x, b, bigLow, h);
}

// @ts-ignore: decorator
@inline export function high1(x: v128, b: v128, bigC: v128): v128 {
  return high(x, b, bigC);
}

// Columns of one to four products. Each adds its low part and `below` in place, and returns its high part.

// @ts-ignore: decorator
@inline export function column1(fresh: bool, c: usize, below: v128, bigC: v128, bigLow: v128, x0: v128, b0: v128): v128 {
  const h0 = high(x0, b0, bigC);
  put(fresh, c, below, low(x0, b0, bigLow, h0));
  return h0;
}

// @ts-ignore: decorator
@inline export function column2(
  fresh: bool, c: usize, below: v128, bigC: v128, bigLow: v128,
  x0: v128, b0: v128, x1: v128, b1: v128,
): v128 {
  const h0 = high(x0, b0, bigC);
  const h1 = high(x1, b1, h0);
  put(fresh, c, below, v128.add<f64>(low(x0, b0, bigLow, h0), low(x1, b1, h0, h1)));
  return h1;
}

// @ts-ignore: decorator
@inline export function column3(
  fresh: bool, c: usize, below: v128, bigC: v128, bigLow: v128,
  x0: v128, b0: v128, x1: v128, b1: v128, x2: v128, b2: v128,
): v128 {
  const h0 = high(x0, b0, bigC);
  const h1 = high(x1, b1, h0);
  const h2 = high(x2, b2, h1);
  const l = v128.add<f64>(low(x0, b0, bigLow, h0), low(x1, b1, h0, h1));
  put(fresh, c, below, v128.add<f64>(l, low(x2, b2, h1, h2)));
  return h2;
}

// @ts-ignore: decorator
@inline export function column4(
  c: usize, below: v128, bigC: v128, bigLow: v128,
  x0: v128, b0: v128, x1: v128, b1: v128, x2: v128, b2: v128, x3: v128, b3: v128,
): v128 {
  const h0 = high(x0, b0, bigC);
  const h1 = high(x1, b1, h0);
  const h2 = high(x2, b2, h1);
  const h3 = high(x3, b3, h2);
  const l = v128.add<f64>(low(x0, b0, bigLow, h0), low(x1, b1, h0, h1));
  put(false, c, below, v128.add<f64>(l, v128.add<f64>(low(x2, b2, h1, h2), low(x3, b3, h2, h3))));
  return h3;
}

/**
 * The columns that four rows have in full, for the digits from b up to `end`, then the three columns at the end of the rows.
 * The number of digits is a multiple of four, or of two if `even` says so. b1, b2 and b3 are the digits before b, `below` is
 * what comes from the column before c. `tail`: the columns at the end are fresh.
 */
// @ts-ignore: decorator
@inline export function band4(
  tail: bool, even: bool, c: usize, b: usize, end: usize, below: v128, bigC: v128, bigLow: v128,
  x0: v128, x1: v128, x2: v128, x3: v128, b1: v128, b2: v128, b3: v128,
): void {
  while (b + 64 <= end) {
    const d0 = v128.load(b);
    below = column4(c, below, bigC, bigLow, x0, d0, x1, b1, x2, b2, x3, b3);
    b3 = v128.load(b, 16);
    below = column4(c + 16, below, bigC, bigLow, x0, b3, x1, d0, x2, b1, x3, b2);
    b2 = v128.load(b, 32);
    below = column4(c + 32, below, bigC, bigLow, x0, b2, x1, b3, x2, d0, x3, b1);
    b1 = v128.load(b, 48);
    below = column4(c + 48, below, bigC, bigLow, x0, b1, x1, b2, x2, b3, x3, d0);
    b += 64;
    c += 64;
  }
  if (even && b < end) {
    const d0 = v128.load(b);
    const d1 = v128.load(b, 16);
    below = column4(c, below, bigC, bigLow, x0, d0, x1, b1, x2, b2, x3, b3);
    below = column4(c + 16, below, bigC, bigLow, x0, d1, x1, d0, x2, b1, x3, b2);
    b3 = b1;
    b2 = d0;
    b1 = d1;
    c += 32;
  }
  below = column3(tail, c, below, bigC, bigLow, x1, b1, x2, b2, x3, b3);
  below = column2(tail, c + 16, below, bigC, bigLow, x2, b1, x3, b2);
  below = column1(tail, c + 32, below, bigC, bigLow, x3, b1);
  putCarry(tail, c + 48, below);
}

/** The same for two rows. */
// @ts-ignore: decorator
@inline export function band2(
  fresh: bool, tail: bool, c: usize, b: usize, end: usize, below: v128, bigC: v128, bigLow: v128,
  x0: v128, x1: v128, b1: v128,
): void {
  while (b < end) {
    const d0 = v128.load(b);
    below = column2(fresh, c, below, bigC, bigLow, x0, d0, x1, b1);
    b1 = v128.load(b, 16);
    below = column2(fresh, c + 16, below, bigC, bigLow, x0, b1, x1, d0);
    b += 32;
    c += 32;
  }
  below = column1(tail, c, below, bigC, bigLow, x1, b1);
  putCarry(tail, c + 16, below);
}

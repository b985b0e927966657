/**
 * The columns of `columns.ts` by integer multiplications, one lane after the other: for instances where multiplication is
 * not fused, and what a fused one is held against before it is trusted.
 *
 * A digit a is cut in a' 2^26 + a'' with 0 <= a'' < 2^26 and |a'| < 2^27 (digits are below 2^53); five products of such
 * halves, twice, stay below 2^58.
 */
import { digitBits } from "./shape";

/** to = the columns of the product of the 5 digits at a and at b. */
export function exactProduct(to: usize, a: usize, b: usize): void {
  memory.fill(to, 0, 160);
  exactLane(to, a, b);
  exactLane(to + 8, a + 8, b + 8);
}

function exactLane(to: usize, a: usize, b: usize): void {
  const w = <i64>digitBits();
  for (let k: i32 = 0; k < 9; k++) {
    let top: i64 = 0, middle: i64 = 0, bottom: i64 = 0;
    for (let i: i32 = k < 5 ? 0 : k - 4, end: i32 = k < 5 ? k : 4; i <= end; i++) {
      const x = <i64>load<f64>(a + (i << 4)), y = <i64>load<f64>(b + ((k - i) << 4));
      const x1 = x >> 26, x0 = x & 0x3ffffff, y1 = y >> 26, y0 = y & 0x3ffffff;
      top += x1 * y1;
      middle += x1 * y0 + x0 * y1;
      bottom += x0 * y0;
    }
    // top 2^52 + middle 2^26 + bottom, with what is above 2^w in the next column.
    const part = w - 26;
    const here = to + (k << 4);
    store<i64>(here, load<i64>(here) + bottom + ((middle & ((1 << part) - 1)) << 26));
    store<i64>(here, (middle >> part) + (top << (52 - w)), 16);
  }
}

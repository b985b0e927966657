/** Products and squares of two numbers in two lanes, as columns; `columns.ts` has the digits, the bounds and the leaks. */
import { band2, band4, put, sum2, sum3, sum4 } from "./columns";

/** c = c + a b: n digits each, n even and at least 4; 2n columns. */
export function addProduct(c: usize, a: usize, b: usize, n: u32): void {
  const end = b + (n << 4);
  const b0 = v128.load(b);
  const b1 = v128.load(b, 16);
  let left = n;
  for (; left >= 4; left -= 4) {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const x2 = v128.load(a, 32);
    const x3 = v128.load(a, 48);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    put(c, f64x2.mul(x0, b0));
    put(c + 16, sum2(x0, b1, x1, b0));
    put(c + 32, sum3(x0, b2, x1, b1, x2, b0));
    put(c + 48, sum4(x0, b3, x1, b2, x2, b1, x3, b0));
    band4(true, c + 64, b + 64, end, x0, x1, x2, x3, b3, b2, b1);
    a += 64;
    c += 64;
  }
  if (left != 0) {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    put(c, f64x2.mul(x0, b0));
    put(c + 16, sum2(x0, b1, x1, b0));
    band2(c + 32, b + 32, end, x0, x1, b1);
  }
}

/**
 * c = c + a^2. A product off the diagonal is taken once, with a doubled digit x = 2a. If n is not a multiple of 4, two
 * rows come first, so that all that follow come in fours.
 */
export function addSquare(c: usize, a: usize, n: u32): void {
  const end = a + (n << 4);
  if ((n & 2) != 0) {
    squareTwo(c, a, end);
    a += 32;
    c += 64;
  }
  while (a < end) {
    const a0 = v128.load(a);
    const a1 = v128.load(a, 16);
    const a2 = v128.load(a, 32);
    const a3 = v128.load(a, 48);
    const x0 = f64x2.add(a0, a0);
    const x1 = f64x2.add(a1, a1);
    const x2 = f64x2.add(a2, a2);
    put(c, f64x2.mul(a0, a0));
    put(c + 16, f64x2.mul(x0, a1));
    put(c + 32, sum2(x0, a2, a1, a1));
    put(c + 48, sum2(x0, a3, x1, a2));
    if (a + 64 == end) {
      put(c + 64, sum2(x1, a3, a2, a2));
      put(c + 80, f64x2.mul(x2, a3));
      put(c + 96, f64x2.mul(a3, a3));
      return;
    }
    const b4 = v128.load(a, 64);
    const b5 = v128.load(a, 80);
    const b6 = v128.load(a, 96);
    const b7 = v128.load(a, 112);
    put(c + 64, sum3(x1, a3, a2, a2, x0, b4));
    put(c + 80, sum3(x2, a3, x0, b5, x1, b4));
    put(c + 96, sum4(a3, a3, x0, b6, x1, b5, x2, b4));
    const x3 = f64x2.add(a3, a3);
    put(c + 112, sum4(x0, b7, x1, b6, x2, b5, x3, b4));
    band4(false, c + 128, a + 128, end, x0, x1, x2, x3, b7, b6, b5);
    a += 64;
    c += 128;
  }
}

/** The first two rows of a square of 4k + 2 digits. */
function squareTwo(c: usize, a: usize, end: usize): void {
  const a0 = v128.load(a);
  const a1 = v128.load(a, 16);
  const b2 = v128.load(a, 32);
  const b3 = v128.load(a, 48);
  const x0 = f64x2.add(a0, a0);
  const x1 = f64x2.add(a1, a1);
  put(c, f64x2.mul(a0, a0));
  put(c + 16, f64x2.mul(x0, a1));
  put(c + 32, sum2(a1, a1, x0, b2));
  put(c + 48, sum2(x0, b3, x1, b2));
  band2(c + 64, a + 64, end, x0, x1, b3);
}

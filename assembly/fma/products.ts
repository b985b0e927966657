/** Products and squares of two numbers in two lanes, as columns; `columns.ts` has the digits, the bounds and the leaks. */
import { band2, band4, column1, column2, column3, column4, putCarry } from "./columns";
import { big, bigAndLow } from "./constants";
import { START } from "./room";

/** c = c + a b: n digits each, n even and at least 4; 2n columns. */
export function addProduct(c: usize, a: usize, b: usize, n: u32): void {
  const C = big();
  const D = bigAndLow();
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
    let h = high0(false, c, C, D, x0, b0);
    h = column2(false, c + 16, h, C, D, x0, b1, x1, b0);
    h = column3(false, c + 32, h, C, D, x0, b2, x1, b1, x2, b0);
    h = column4(c + 48, h, C, D, x0, b3, x1, b2, x2, b1, x3, b0);
    band4(false, true, c + 64, b + 64, end, h, C, D, x0, x1, x2, x3, b3, b2, b1);
    a += 64;
    c += 64;
  }
  if (left != 0) {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    let h = high0(false, c, C, D, x0, b0);
    h = column2(false, c + 16, h, C, D, x0, b1, x1, b0);
    band2(false, false, c + 32, b + 32, end, h, C, D, x0, x1, b1);
  }
}

/** The lowest column of some rows: nothing comes from below. */
// @ts-ignore: decorator
@inline function high0(fresh: bool, c: usize, C: v128, D: v128, x: v128, b: v128): v128 {
  const h = v128.relaxed_madd<f64>(x, b, C);
  putCarry(fresh, c, v128.relaxed_madd<f64>(x, b, v128.sub<f64>(D, h)));
  return h;
}

/**
 * c = a^2, of columns that need not be set before. A product off the diagonal is taken once, with a doubled digit x = 2a. If n
 * is not a multiple of 4, two rows come first, so that all that follow come in fours. These two meet fresh columns alone, and
 * four rows meet four at their end.
 */
export function setSquare(c: usize, a: usize, n: u32): void {
  const end = a + (n << 4);
  if ((n & 2) != 0) {
    squareTwo(c, a, end);
    a += 32;
    c += 64;
  } else {
    for (const until = c + (n << 4); c < until; c += 32) {
      v128.store(c, v128.load(c, START));
      v128.store(c, v128.load(c + 16, START), 16);
    }
    c -= n << 4;
  }
  for (; a < end; a += 64, c += 128) squareFour(c, a, end);
}

/** Four rows of a square, and the diagonal. */
function squareFour(c: usize, a: usize, end: usize): void {
  const C = big();
  const D = bigAndLow();
  const a0 = v128.load(a);
  const a1 = v128.load(a, 16);
  const a2 = v128.load(a, 32);
  const a3 = v128.load(a, 48);
  const x0 = v128.add<f64>(a0, a0);
  const x1 = v128.add<f64>(a1, a1);
  const x2 = v128.add<f64>(a2, a2);
  let h = high0(false, c, C, D, a0, a0);
  h = column1(false, c + 16, h, C, D, x0, a1);
  h = column2(false, c + 32, h, C, D, x0, a2, a1, a1);
  h = column2(false, c + 48, h, C, D, x0, a3, x1, a2);
  if (a + 64 == end) {
    h = column2(true, c + 64, h, C, D, x1, a3, a2, a2);
    h = column1(true, c + 80, h, C, D, x2, a3);
    h = column1(true, c + 96, h, C, D, a3, a3);
    putCarry(true, c + 112, h);
    return;
  }
  const b4 = v128.load(a, 64);
  const b5 = v128.load(a, 80);
  const b6 = v128.load(a, 96);
  const b7 = v128.load(a, 112);
  h = column3(false, c + 64, h, C, D, x1, a3, a2, a2, x0, b4);
  h = column3(false, c + 80, h, C, D, x2, a3, x0, b5, x1, b4);
  h = column4(c + 96, h, C, D, a3, a3, x0, b6, x1, b5, x2, b4);
  const x3 = v128.add<f64>(a3, a3);
  h = column4(c + 112, h, C, D, x0, b7, x1, b6, x2, b5, x3, b4);
  band4(true, false, c + 128, a + 128, end, h, C, D, x0, x1, x2, x3, b7, b6, b5);
}

/** The first two rows of a square of 4k + 2 digits. */
function squareTwo(c: usize, a: usize, end: usize): void {
  const C = big();
  const D = bigAndLow();
  const a0 = v128.load(a);
  const a1 = v128.load(a, 16);
  const b2 = v128.load(a, 32);
  const b3 = v128.load(a, 48);
  const x0 = v128.add<f64>(a0, a0);
  const x1 = v128.add<f64>(a1, a1);
  let h = high0(true, c, C, D, a0, a0);
  h = column1(true, c + 16, h, C, D, x0, a1);
  h = column2(true, c + 32, h, C, D, a1, a1, x0, b2);
  h = column2(true, c + 48, h, C, D, x0, b3, x1, b2);
  band2(true, true, c + 64, a + 64, end, h, C, D, x0, x1, b3);
}

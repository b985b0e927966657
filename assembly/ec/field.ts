/**
 * Arithmetic modulo the p of one curve at a time, in Montgomery's form with R = 2^(w n): n digits of w bits each.
 *
 *            n   w   R / p
 * P-224     10  24   2^16
 * P-256     11  24   2^8    (field-256.ts: brings sums below about p before they are multiplied)
 * P-384     18  23   2^30
 * P-521     24  23   2^31
 * secp256k1 11  24   2^8    (a = 0: no sum here exceeds 6p)
 *
 * Two products may be summed before a reduction, one of them of digits twice as large: a column is then below 3 n products
 * of 2^(2w - 2), and must be below the 2^51 that becoming an integer allows. It is: 3 * 10 * 2^46 for w = 24, since where n is
 * 11 the highest digits are below 2^20 and at most ten products of a column are without one; 3 * 24 * 2^44 for w = 23. What
 * a reduction adds is below 2^42. A reduction of columns of the value v leaves one in (v / R, v / R + p); point.ts and
 * extended.ts bound v.
 *
 * Everything leaks the curve only. The columns are zero between operations.
 */
import { centre, digitMask, exponent, first, firstSigned, madd, negativeInverse, next, nextSigned } from "./constants";
import { carry256, product256 } from "./field-256";
import { columns } from "./columns";

/** Digits of p that are not zero, the lowest first: 16 bytes each, a double twice; and their places in bytes. */
const terms = memory.data(96, 16);
const places = memory.data(24, 4);
let termCount: u32 = 0;

let digits: u32 = 0;
let width: u32 = 0;
let special: bool = false;

export function digitCount(): u32 {
  return digits;
}

export function digitWidth(): u32 {
  return width;
}

/** Begins a field; its terms follow. `is256`: the field of P-256. */
export function setShape(n: u32, w: u32, is256: bool): void {
  digits = n;
  width = w;
  special = is256;
  termCount = 0;
}

/** The digit number `place` of p. */
export function setTerm(place: u32, value: f64): void {
  if (value == 0) return;
  v128.store(terms + (termCount << 4), f64x2.splat(value));
  store<u32>(places + (termCount << 2), place << 4);
  termCount++;
}

const zeros = memory.data(176, 16);

/** r = a b / R modulo p; r may be a or b. */
export function product(r: usize, a: usize, b: usize): void {
  if (special) {
    product256(r, a, b, zeros);
    return;
  }
  multiplyRows(a, b);
  reduceRows(r);
}

/** r = a b / R + c modulo p; r may be any of them. */
export function productPlus(r: usize, a: usize, b: usize, c: usize): void {
  if (special) {
    product256(r, a, b, c);
    return;
  }
  multiplyRows(a, b);
  const high = columns + (digits << 4);
  for (let i: usize = 0; i < digits << 4; i += 16) {
    v128.store(high + i, f64x2.add(v128.load(high + i), v128.load(c + i)));
  }
  reduceRows(r);
}

/** r = (a b + c d) / R modulo p, reduced together or, for P-256, apart: then below 2p and a little. r may be c or d. */
export function sumOfProducts(r: usize, a: usize, b: usize, c: usize, d: usize): void {
  if (special) {
    product256(r, c, d, zeros);
    product256(r, a, b, r);
    return;
  }
  multiplyRows(c, d);
  multiplyRows(a, b);
  reduceRows(r);
}

/** Brings the digits of r, sums of up to 16, into their range; modulo p where there is little room above it. */
export function carry(r: usize): void {
  if (special) carry256(r);
  else cut(r, r, firstSigned(), i64x2.splat(0));
}

function multiplyRows(a: usize, b: usize): void {
  const endA = a + (digits << 4);
  const endB = b + (digits << 4);
  let c = columns;
  for (; a + 48 < endA; a += 64) {
    const x0 = v128.load(a);
    const x1 = v128.load(a, 16);
    const x2 = v128.load(a, 32);
    const x3 = v128.load(a, 48);
    let s0 = v128.load(c);
    let s1 = v128.load(c, 16);
    let s2 = v128.load(c, 32);
    let at = c;
    for (let y = b; y < endB; y += 16) {
      const d = v128.load(y);
      v128.store(at, madd(x0, d, s0));
      s0 = madd(x1, d, s1);
      s1 = madd(x2, d, s2);
      s2 = madd(x3, d, v128.load(at, 48));
      at += 16;
    }
    v128.store(at, s0);
    v128.store(at, s1, 16);
    v128.store(at, s2, 32);
    c += 64;
  }
  for (; a < endA; a += 16) {
    const x = v128.load(a);
    let at = c;
    for (let y = b; y < endB; y += 16) {
      v128.store(at, madd(x, v128.load(y), v128.load(at)));
      at += 16;
    }
    c += 16;
  }
}

/** Montgomery's reduction, digit by digit; p has at most five digits that are not zero. */
function reduceRows(r: usize): void {
  const mask = digitMask();
  const inverse = negativeInverse();
  const one = exponent();
  const low = v128.load(terms);
  const w = width;
  let above = i64x2.splat(0);
  let base = first();
  const end = columns + (digits << 4);
  for (let c = columns; c < end; c += 16) {
    const sum = v128.load(c);
    const x = i64x2.add(f64x2.add(sum, base), above);
    const q = f64x2.sub(v128.or(v128.and(i64x2.mul(x, inverse), mask), one), one);
    // With q p added the low w bits are zero.
    above = i64x2.shr_u(i64x2.add(f64x2.add(madd(q, low, sum), base), above), w);
    base = next();
    for (let t: u32 = 1; t < termCount; t++) {
      const at = c + load<u32>(places + (t << 2));
      v128.store(at, madd(q, v128.load(terms + (t << 4)), v128.load(at)));
    }
    v128.store(c, i64x2.splat(0));
  }
  cut(r, end, nextSigned(), above);
  for (let i: usize = 0; i < digits << 4; i += 16) v128.store(end + i, i64x2.splat(0)); // short: a call costs more
}

/** r = the n sums at `from`, cut into digits; `above` comes from below the first, which adds `base`. */
function cut(r: usize, from: usize, base: v128, above: v128): void {
  const mask = digitMask();
  const one = exponent();
  const middle = centre();
  const signed = nextSigned();
  const last = (digits - 1) << 4;
  const w = width;
  for (let i: usize = 0; i < last; i += 16) {
    const x = i64x2.add(f64x2.add(v128.load(from + i), base), above);
    above = i64x2.shr_u(x, w);
    v128.store(r + i, f64x2.sub(v128.or(v128.and(x, mask), one), middle));
    base = signed;
  }
  v128.store(r + last, f64x2.sub(i64x2.add(f64x2.add(v128.load(from + last), next()), above), first()));
}

/**
 * The inner loops of the products modulo an odd number, on digits of 27 bits.
 *
 * With 27-bit digits a product has 54 bits, so a 64-bit accumulator takes 1024 of them before it overflows: columns are
 * summed without a carry, and four rows share each load of the accumulator. At 8192 bits a column has 2 * 304 products.
 *
 * A digit vector is `n` >= 4 words of 32 bits, least significant first. Everything here leaks n only.
 */

export const DIGIT_BITS: u32 = 27;
export const DIGIT: u64 = (1 << 27) - 1;

/**
 * c[j] += x0 b[j] + x1 b[j-1] + x2 b[j-2] + x3 b[j-3] for j below count + 3, where b[count] and above count as zero:
 * four rows at once, without the left end, which the caller adds where it needs it.
 */
function band(c: usize, b: usize, count: u32, x0: u64, x1: u64, x2: u64, x3: u64): void {
  let b3 = <u64>load<u32>(b - 12);
  let b2 = <u64>load<u32>(b - 8);
  let b1 = <u64>load<u32>(b - 4);
  const end = b + (count << 2);
  const even = b + ((count & ~3) << 2);
  while (b < even) {
    const d0 = <u64>load<u32>(b);
    store<u64>(c, load<u64>(c) + x0 * d0 + x1 * b1 + x2 * b2 + x3 * b3);
    b3 = <u64>load<u32>(b, 4);
    store<u64>(c, load<u64>(c, 8) + x0 * b3 + x1 * d0 + x2 * b1 + x3 * b2, 8);
    b2 = <u64>load<u32>(b, 8);
    store<u64>(c, load<u64>(c, 16) + x0 * b2 + x1 * b3 + x2 * d0 + x3 * b1, 16);
    b1 = <u64>load<u32>(b, 12);
    store<u64>(c, load<u64>(c, 24) + x0 * b1 + x1 * b2 + x2 * b3 + x3 * d0, 24);
    // In order again: b1 is the last digit, then b2, b3.
    b += 16;
    c += 32;
  }
  while (b < end) {
    const d0 = <u64>load<u32>(b);
    store<u64>(c, load<u64>(c) + x0 * d0 + x1 * b1 + x2 * b2 + x3 * b3);
    b3 = b2;
    b2 = b1;
    b1 = d0;
    b += 4;
    c += 8;
  }
  store<u64>(c, load<u64>(c) + x1 * b1 + x2 * b2 + x3 * b3);
  store<u64>(c, load<u64>(c, 8) + x2 * b1 + x3 * b2, 8);
  store<u64>(c, load<u64>(c, 16) + x3 * b1, 16);
}

/** c[j] += x b[j] for j below count. */
function row(c: usize, b: usize, count: u32, x: u64): void {
  const end = b + (count << 2);
  while (b < end) {
    store<u64>(c, load<u64>(c) + x * <u64>load<u32>(b));
    b += 4;
    c += 8;
  }
}

/** c = c + a * b, 2n columns. */
export function addProduct(c: usize, a: usize, b: usize, n: u32): void {
  const b0 = <u64>load<u32>(b);
  const b1 = <u64>load<u32>(b, 4);
  const b2 = <u64>load<u32>(b, 8);
  let i: u32 = 0;
  for (; i + 4 <= n; i += 4) {
    const x0 = <u64>load<u32>(a);
    const x1 = <u64>load<u32>(a, 4);
    const x2 = <u64>load<u32>(a, 8);
    store<u64>(c, load<u64>(c) + x0 * b0);
    store<u64>(c, load<u64>(c, 8) + x0 * b1 + x1 * b0, 8);
    store<u64>(c, load<u64>(c, 16) + x0 * b2 + x1 * b1 + x2 * b0, 16);
    band(c + 24, b + 12, n - 3, x0, x1, x2, <u64>load<u32>(a, 12));
    a += 16;
    c += 32;
  }
  for (; i < n; i++) {
    row(c, b, n, <u64>load<u32>(a));
    a += 4;
    c += 8;
  }
}

/** c = c + a^2, 2n columns: the products off the diagonal are taken once, with a doubled digit. */
export function addSquare(c: usize, a: usize, n: u32): void {
  let left = n;
  for (; left >= 8; left -= 4) {
    const a0 = <u64>load<u32>(a);
    const a1 = <u64>load<u32>(a, 4);
    const a2 = <u64>load<u32>(a, 8);
    const a3 = <u64>load<u32>(a, 12);
    const x0 = a0 << 1;
    const x1 = a1 << 1;
    const x2 = a2 << 1;
    const x3 = a3 << 1;
    const b0 = <u64>load<u32>(a, 16);
    const b1 = <u64>load<u32>(a, 20);
    const b2 = <u64>load<u32>(a, 24);
    store<u64>(c, load<u64>(c) + a0 * a0);
    store<u64>(c, load<u64>(c, 8) + x0 * a1, 8);
    store<u64>(c, load<u64>(c, 16) + x0 * a2 + a1 * a1, 16);
    store<u64>(c, load<u64>(c, 24) + x0 * a3 + x1 * a2, 24);
    store<u64>(c, load<u64>(c, 32) + x1 * a3 + a2 * a2 + x0 * b0, 32);
    store<u64>(c, load<u64>(c, 40) + x2 * a3 + x0 * b1 + x1 * b0, 40);
    store<u64>(c, load<u64>(c, 48) + a3 * a3 + x0 * b2 + x1 * b1 + x2 * b0, 48);
    band(c + 56, a + 28, left - 7, x0, x1, x2, x3);
    a += 16;
    c += 64;
  }
  for (; left > 0; left--) {
    const a0 = <u64>load<u32>(a);
    store<u64>(c, load<u64>(c) + a0 * a0);
    row(c + 8, a + 4, left - 1, a0 << 1);
    a += 4;
    c += 16;
  }
}

/**
 * r = c / 2^(27 n) modulo m, n digits, from 2n columns: adds the multiple of m that makes the low n digits zero.
 * `inverse` is -m^-1 mod 2^27. If the value in the columns is below 4 m^2, and 2^(27 n) >= 4m, the result is below 2m.
 */
export function reduceColumns(r: usize, c: usize, m: usize, inverse: u64, n: u32): void {
  const m0 = <u64>load<u32>(m);
  const m1 = <u64>load<u32>(m, 4);
  const m2 = <u64>load<u32>(m, 8);
  const m3 = <u64>load<u32>(m, 12);
  let i: u32 = 0;
  for (; i + 4 <= n; i += 4) {
    let t = load<u64>(c);
    const q0 = (t * inverse) & DIGIT;
    t = load<u64>(c, 8) + ((t + q0 * m0) >>> DIGIT_BITS) + q0 * m1;
    const q1 = (t * inverse) & DIGIT;
    t = load<u64>(c, 16) + ((t + q1 * m0) >>> DIGIT_BITS) + q0 * m2 + q1 * m1;
    const q2 = (t * inverse) & DIGIT;
    t = load<u64>(c, 24) + ((t + q2 * m0) >>> DIGIT_BITS) + q0 * m3 + q1 * m2 + q2 * m1;
    const q3 = (t * inverse) & DIGIT;
    store<u64>(c, load<u64>(c, 32) + ((t + q3 * m0) >>> DIGIT_BITS), 32);
    band(c + 32, m + 16, n - 4, q0, q1, q2, q3);
    c += 32;
  }
  for (; i < n; i++) {
    const t = load<u64>(c);
    const q = (t * inverse) & DIGIT;
    store<u64>(c, load<u64>(c, 8) + ((t + q * m0) >>> DIGIT_BITS), 8);
    row(c + 8, m + 4, n - 1, q);
    c += 8;
  }
  let carry: u64 = 0;
  for (let j: u32 = 0; j < n; j++) {
    carry += load<u64>(c + (j << 3));
    store<u32>(r + (j << 2), <u32>(carry & DIGIT));
    carry >>>= DIGIT_BITS;
  }
}

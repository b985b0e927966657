/**
 * Modular inverses in a fixed number of division steps: D. J. Bernstein, B.-Y. Yang, "Fast constant-time gcd computation
 * and modular inversion", TCHES 2019(3). With delta = 1 at the start, (49 b + 57) / 17 steps bring g to 0 for any g below
 * an odd f of b >= 46 bits (Theorem 11.2). With delta = 1/2 at the start, 590 steps are enough for up to 256 bits (P.
 * Wuille, "Bounds on divsteps iterations in safegcd"; also libsecp256k1, doc/safegcd_implementation.md).
 *
 * Thirty steps at a time on the low words give a matrix, which is then applied to the whole numbers (Section 8). Numbers
 * are digits of 30 bits, the highest signed. Leaks the lengths only.
 */
import { wipe } from "../base/memory";

const DIGIT: i64 = (1 << 30) - 1;

const f = memory.data(80, 16);
const g = memory.data(80, 16);
const d = memory.data(80, 16);
const e = memory.data(80, 16);
const modulus = memory.data(80, 16);

let count: u32 = 0;
/** The matrix of the last thirty steps, times 2^30. */
let u: i32 = 0;
let v: i32 = 0;
let q: i32 = 0;
let r: i32 = 0;

/** to = the inverse of a modulo m, 0 if a is 0: m odd, of `bits` bits, a < m, all in `limbs` limbs. */
export function invert(to: usize, a: usize, m: usize, limbs: u32, bits: u32): void {
  count = bits / 30 + 1;
  split(f, m, limbs);
  split(modulus, m, limbs);
  split(g, a, limbs);
  wipe(d, 80);
  wipe(e, 80);
  store<i32>(e, 1);
  const low = load<i32>(modulus);
  let inverse = low; // modulo 2^3; each round doubles the bits
  for (let i = 0; i < 4; i++) inverse *= 2 - low * inverse;
  const whole: i64 = bits > 256 ? -1 : 0;
  const total = bits > 256 ? <i32>((49 * bits + 57) / 17) : 590;
  let zeta: i64 = -1; // the least integer above -delta, negative just when delta > 0
  for (let left = total; left > 0; left -= 30) {
    zeta = steps(zeta, whole);
    applyModulo(inverse);
    applyExactly();
  }
  // d = +-a^-1 in (-2m, m), with the sign of f.
  settle(0);
  settle(load<i32>(f + ((count - 1) << 2)) >> 31);
  join(to, limbs);
  wipe(f, 80);
  wipe(g, 80);
  wipe(d, 80);
  wipe(e, 80);
  wipe(modulus, 80);
  u = v = q = r = 0;
}

/**
 * Thirty steps on the low digits of f and g; returns zeta after them. A row (u, v) of the matrix is one number u +
 * 2^32 v on the way: both halves go through the same sums, and what they hold stays below 2^31. `whole` is all ones if delta is an integer.
 */
function steps(zeta: i64, whole: i64): i64 {
  let uv: i64 = 1;
  let qr: i64 = <i64>1 << 32;
  let x = <i64>load<i32>(f);
  let y = <i64>load<i32>(g);
  for (let i = 0; i < 30; i++) {
    // If delta > 0 and g is odd: (f, g) = (g, (g - f) / 2), delta = 1 - delta; else (f, (g + (g & 1) f) / 2), 1 + delta.
    let flip = zeta >> 63;
    const odd = -(y & 1);
    y += ((x ^ flip) - flip) & odd;
    qr += ((uv ^ flip) - flip) & odd;
    flip &= odd;
    zeta = (zeta ^ flip) - 1 - (flip & whole);
    x += y & flip;
    uv += qr & flip;
    y >>= 1;
    uv <<= 1;
  }
  u = <i32>uv;
  v = <i32>((uv - u) >> 32);
  q = <i32>qr;
  r = <i32>((qr - q) >> 32);
  return zeta;
}

/** (d, e) = matrix (d, e) / 2^30 modulo m: both stay in (-2m, m). */
function applyModulo(inverse: i32): void {
  const top = (count - 1) << 2;
  const negativeD = load<i32>(d + top) >> 31;
  const negativeE = load<i32>(e + top) >> 31;
  let md = (u & negativeD) + (v & negativeE);
  let me = (q & negativeD) + (r & negativeE);
  let x = <i64>u * load<i32>(d) + <i64>v * load<i32>(e);
  let y = <i64>q * load<i32>(d) + <i64>r * load<i32>(e);
  // Multiples of m that make the low digits zero.
  md -= (inverse * <i32>x + md) & <i32>DIGIT;
  me -= (inverse * <i32>y + me) & <i32>DIGIT;
  const low = <i64>load<i32>(modulus);
  x = (x + low * md) >> 30;
  y = (y + low * me) >> 30;
  for (let i: usize = 4; i <= top; i += 4) {
    const di = <i64>load<i32>(d + i);
    const ei = <i64>load<i32>(e + i);
    const mi = <i64>load<i32>(modulus + i);
    x += <i64>u * di + <i64>v * ei + mi * md;
    y += <i64>q * di + <i64>r * ei + mi * me;
    store<i32>(d + i - 4, <i32>(x & DIGIT));
    store<i32>(e + i - 4, <i32>(y & DIGIT));
    x >>= 30;
    y >>= 30;
  }
  store<i32>(d + top, <i32>x);
  store<i32>(e + top, <i32>y);
}

/** (f, g) = matrix (f, g) / 2^30, which has no remainder. */
function applyExactly(): void {
  const top = (count - 1) << 2;
  let x: i64 = 0;
  let y: i64 = 0;
  for (let i: usize = 0; i <= top; i += 4) {
    const fi = <i64>load<i32>(f + i);
    const gi = <i64>load<i32>(g + i);
    x += <i64>u * fi + <i64>v * gi;
    y += <i64>q * fi + <i64>r * gi;
    if (i != 0) {
      store<i32>(f + i - 4, <i32>(x & DIGIT));
      store<i32>(g + i - 4, <i32>(y & DIGIT));
    }
    x >>= 30;
    y >>= 30;
  }
  store<i32>(f + top, <i32>x);
  store<i32>(g + top, <i32>y);
}

/** Adds m to d if d is negative, then negates d if `flip` is all ones, then adds m if it is negative. */
function settle(flip: i32): void {
  addIfNegative();
  let carry: i32 = 0;
  const top = (count - 1) << 2;
  for (let i: usize = 0; i <= top; i += 4) {
    carry += (load<i32>(d + i) ^ flip) - flip;
    store<i32>(d + i, i == top ? carry : carry & <i32>DIGIT);
    carry >>= 30;
  }
  addIfNegative();
}

function addIfNegative(): void {
  const top = (count - 1) << 2;
  const keep = load<i32>(d + top) >> 31;
  let carry: i32 = 0;
  for (let i: usize = 0; i <= top; i += 4) {
    carry += load<i32>(d + i) + (load<i32>(modulus + i) & keep);
    store<i32>(d + i, i == top ? carry : carry & <i32>DIGIT);
    carry >>= 30;
  }
}

/** r = the limbs at a in digits of 30 bits. */
function split(to: usize, a: usize, limbs: u32): void {
  let buffer: u64 = 0;
  let held: u32 = 0;
  let taken: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    if (held < 30) {
      if (taken < limbs) buffer |= <u64>load<u32>(a + (taken << 2)) << held;
      taken++;
      held += 32;
    }
    store<u32>(to + (i << 2), <u32>(buffer & DIGIT));
    buffer >>>= 30;
    held -= 30;
  }
}

/** to = d, in limbs. */
function join(to: usize, limbs: u32): void {
  let buffer: u64 = 0;
  let held: u32 = 0;
  let put: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    buffer |= <u64>load<u32>(d + (i << 2)) << held;
    held += 30;
    if (held < 32) continue;
    if (put < limbs) store<u32>(to + (put << 2), <u32>buffer);
    put++;
    buffer >>>= 32;
    held -= 32;
  }
  if (put < limbs) store<u32>(to + (put << 2), <u32>buffer);
}

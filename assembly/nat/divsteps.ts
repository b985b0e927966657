/**
 * Bernstein and Yang's division steps ("Fast constant-time gcd computation and modular inversion", CHES 2019): greatest
 * common divisors and inverses in a number of rounds that depends on lengths only.
 *
 * Thirty steps at a time are worked out on the low bits of f and g alone, as a matrix (u v; q r) with entries up to 2^30 in
 * magnitude, and then applied to the whole numbers. Those are signed: limbs of 30 bits, least significant first, all but
 * the topmost from 0 to 2^30 - 1. f is odd throughout, and at the end g is 0 and f is the divisor or its negative.
 */
import { wipe } from "../base/memory";
import { charge } from "./work";

const LIMB: u32 = 30;
const MASK: u32 = 0x3fffffff;

/** Room for limbs of 30 bits for 8192 bits, a sign and a factor of 2. */
const f = memory.data(1104, 16);
const g = memory.data(1104, 16);
const d = memory.data(1104, 16);
const e = memory.data(1104, 16);
const m = memory.data(1104, 16);

/** Limbs in use. */
let count: u32 = 0;
/** -(delta + 1/2), where delta begins with 1/2. */
let zeta: i64 = 0;
let u: i32 = 0;
let v: i32 = 0;
let q: i32 = 0;
let r: i32 = 0;

/** to = the number of n limbs of 32 bits at `from`. */
function split(to: usize, from: usize, n: u32): void {
  let held: u64 = 0;
  let bits: u32 = 0;
  let at: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    if (bits < LIMB && at < n) {
      held |= <u64>load<u32>(from + (at << 2)) << bits;
      bits += 32;
      at++;
    }
    store<u32>(to + (i << 2), <u32>held & MASK);
    held >>>= LIMB;
    bits = bits < LIMB ? 0 : bits - LIMB;
  }
}

/** to = the number at `from`, from 0 up, in n limbs of 32 bits. */
function join(to: usize, from: usize, n: u32): void {
  let held: u64 = 0;
  let bits: u32 = 0;
  let at: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    while (bits < 32 && at < count) {
      held |= <u64>load<u32>(from + (at << 2)) << bits;
      bits += LIMB;
      at++;
    }
    store<u32>(to + (i << 2), <u32>held);
    held >>>= 32;
    bits -= 32;
  }
}

/**
 * The matrix of the next thirty steps. Section 8 of the paper has a step; the masks are all ones or zero. A row (u, v) is one
 * number u + 2^32 v on the way: both halves go through the same sums, and what they hold stays below 2^31.
 */
function thirtySteps(): void {
  let uv: i64 = 1;
  let qr: i64 = <i64>1 << 32;
  let x = <i64>load<i32>(f);
  let y = <i64>load<i32>(g);
  for (let i = 0; i < 30; i++) {
    const turned = zeta >> 63; // delta > 0
    const odd = 0 - (y & 1);
    // y + x or, where delta > 0, y - x: if y is odd.
    y += ((x ^ turned) - turned) & odd;
    qr += ((uv ^ turned) - turned) & odd;
    const swap = turned & odd;
    zeta = (zeta ^ swap) - 1;
    // x becomes the y from before, which is what y is now, plus x.
    x += y & swap;
    uv += qr & swap;
    y >>= 1;
    uv <<= 1;
  }
  u = <i32>uv;
  v = <i32>((uv - <i64>u) >> 32);
  q = <i32>qr;
  r = <i32>((qr - <i64>q) >> 32);
}

/** f, g = (u f + v g) / 2^30, (q f + r g) / 2^30: both are whole. A product is below 2^60, and so is each sum of two. */
function applyToPair(): void {
  let first = <i64>u * <i64>load<i32>(f) + <i64>v * <i64>load<i32>(g);
  let second = <i64>q * <i64>load<i32>(f) + <i64>r * <i64>load<i32>(g);
  const end = (count - 1) << 2;
  for (let at: usize = 0; at < end; at += 4) {
    const x = <i64>load<i32>(f + at, 4);
    const y = <i64>load<i32>(g + at, 4);
    first = (first >> LIMB) + <i64>u * x + <i64>v * y;
    second = (second >> LIMB) + <i64>q * x + <i64>r * y;
    store<u32>(f + at, <u32>first & MASK);
    store<u32>(g + at, <u32>second & MASK);
  }
  store<i32>(f + end, <i32>(first >> LIMB));
  store<i32>(g + end, <i32>(second >> LIMB));
}

/**
 * The same for d and e modulo m: multiples of m make the sums whole, and keep both above -2m and below m. `inverse` is
 * m^-1 modulo 2^30.
 */
function applyToCoefficients(inverse: u32): void {
  const end = (count - 1) << 2;
  const negativeD = load<i32>(d + end) >> 31;
  const negativeE = load<i32>(e + end) >> 31;
  let first = <i64>u * <i64>load<i32>(d) + <i64>v * <i64>load<i32>(e);
  let second = <i64>q * <i64>load<i32>(d) + <i64>r * <i64>load<i32>(e);
  let j = (u & negativeD) + (v & negativeE);
  let k = (q & negativeD) + (r & negativeE);
  j -= <i32>((inverse * <u32>first + <u32>j) & MASK);
  k -= <i32>((inverse * <u32>second + <u32>k) & MASK);
  const low = <i64>load<i32>(m);
  first += low * <i64>j;
  second += low * <i64>k;
  for (let at: usize = 0; at < end; at += 4) {
    const x = <i64>load<i32>(d + at, 4);
    const y = <i64>load<i32>(e + at, 4);
    const modulus = <i64>load<i32>(m + at, 4);
    first = (first >> LIMB) + <i64>u * x + <i64>v * y + modulus * <i64>j;
    second = (second >> LIMB) + <i64>q * x + <i64>r * y + modulus * <i64>k;
    store<u32>(d + at, <u32>first & MASK);
    store<u32>(e + at, <u32>second & MASK);
  }
  store<i32>(d + end, <i32>(first >> LIMB));
  store<i32>(e + end, <i32>(second >> LIMB));
}

/** x + (m if `add`), then the negative of that if `negate`; both are all ones or zero. */
function adjust(x: usize, add: i32, negate: i32): void {
  const last = count - 1;
  let carry: i32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const at = i << 2;
    const sum = load<i32>(x + at) + (load<i32>(m + at) & add);
    carry += (sum ^ negate) - negate;
    store<i32>(x + at, i == last ? carry : carry & <i32>MASK);
    carry >>= LIMB;
  }
}

function begin(n: u32): void {
  count = ((n << 5) + 2 + 29) / 30;
  zeta = -1;
}

/** Batches of thirty steps that are enough for numbers of n limbs: (49 bits + 80) / 17 steps, Theorem 11.2 for delta = 1; from 1/2 fewer. */
function batches(n: u32): u32 {
  return ((49 * (n << 5) + 80) / 17 + 29) / 30;
}

/**
 * The same for an inverse, where g < f: up to 256 bits 590 steps are enough from delta = 1/2 (P. Wuille, "Bounds on divsteps
 * iterations in safegcd"; also libsecp256k1, doc/safegcd_implementation.md).
 */
function batchesOfInverse(n: u32): u32 {
  return n <= 8 ? 20 : batches(n);
}

/**
 * r = gcd(a, b) for an odd b, n limbs each. Leaks n only; wipes its scratch.
 */
export function gcdWithOdd(result: usize, a: usize, b: usize, n: u32): void {
  begin(n);
  split(f, b, n);
  split(g, a, n);
  for (let i = batches(n); i > 0; i--) {
    thirtySteps();
    applyToPair();
  }
  memory.fill(m, 0, count << 2);
  adjust(f, 0, load<i32>(f + ((count - 1) << 2)) >> 31);
  join(result, f, n);
  end();
  charge(n * n * 14);
}

/** result = a^-1 mod b for odd b > 1 and a < b, n limbs each; returns 1, or 0 if there is none. Leaks n only; wipes its scratch. */
export function invertModOdd(result: usize, a: usize, b: usize, n: u32): u32 {
  begin(n);
  split(f, b, n);
  split(m, b, n);
  split(g, a, n);
  memory.fill(d, 0, count << 2);
  memory.fill(e, 0, count << 2);
  store<u32>(e, 1);
  const low = load<u32>(b);
  let inverse = low * (2 - low * low); // x is its own inverse modulo 8; each step doubles the bits
  inverse *= 2 - low * inverse;
  inverse *= 2 - low * inverse;
  inverse *= 2 - low * inverse;
  for (let i = batchesOfInverse(n); i > 0; i--) {
    thirtySteps();
    applyToCoefficients(inverse);
    applyToPair();
  }
  const top = (count - 1) << 2;
  const sign = load<i32>(f + top) >> 31;
  adjust(d, load<i32>(d + top) >> 31, sign); // d a = f modulo m, and f is 1 or -1
  adjust(d, load<i32>(d + top) >> 31, 0);
  join(result, d, n);
  let unlike = (load<i32>(f) ^ sign) - sign - 1;
  unlike &= <i32>MASK;
  for (let at: usize = 4; at <= top; at += 4) unlike |= load<i32>(f + at) ^ (at == top ? sign : sign & <i32>MASK);
  end();
  charge(n * n * 36);
  return <u32>(((unlike | (0 - unlike)) >>> 31) ^ 1);
}

function end(): void {
  const used = count << 2;
  wipe(f, used);
  wipe(g, used);
  wipe(d, used);
  wipe(e, used);
  wipe(m, used);
  count = 0;
  zeta = 0;
  u = 0;
  v = 0;
  q = 0;
  r = 0;
}

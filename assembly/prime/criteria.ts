/**
 * What FIPS 186-5, A.1.1, criterion 2 asks of the primes p and q for a modulus of nlen bits, in constant time. `half`
 * is nlen / 2 throughout, public, and at least 128; the primes are of limbsFor(half) limbs.
 */
import { isZero } from "../base/ct";
import { wipe } from "../base/memory";
import { distance, equalsSmall, isZeroNat, subSmall } from "../nat/add";
import { divide } from "../nat/divide";
import { gcd } from "../nat/gcd";
import { limbsFor, MAX_E, MAX_HALF, MAX_LIMBS } from "../nat/limbs";
import { mul } from "../nat/mul";
import { charge } from "../nat/work";

const product = memory.data(1024, 16);
const difference = memory.data(512, 16);
const rest = memory.data(32, 16);

/** 1 if a < 2^bits. */
export function fitsIn(bits: u32, a: usize, n: u32): u32 {
  const whole = bits >>> 5;
  if (whole >= n) return 1;
  const high = load<u32>(a + (whole << 2)) >>> (bits & 31);
  return isZero(high) & isZeroNat(a + ((whole + 1) << 2), n - whole - 1);
}

/**
 * 1 if sqrt(2) * 2^(half - 1) <= p <= 2^half - 1.
 *
 * The lower bound is exactly p^2 >= 2^(2 half - 1), and since p^2 < 2^(2 half) that is one bit of the square: no table
 * of digits of sqrt(2), and no rounding at any size. (The bound itself is never met: it is not a whole number.)
 */
export function isInRange(p: usize, half: u32): u32 {
  const n = limbsFor(half);
  const fits = fitsIn(half, p, n);
  mul(product, p, n, p, n);
  charge(2 * n * n);
  const top = 2 * half - 1;
  const large = (load<u32>(product + ((top >>> 5) << 2)) >>> (top & 31)) & 1;
  wipe(product, MAX_LIMBS << 2);
  return fits & large;
}

/** 1 if |p - q| > 2^(half - 100). */
export function isFarApart(p: usize, q: usize, half: u32): u32 {
  const n = limbsFor(half);
  distance(difference, p, q, n);
  // d > 2^k just when d - 1 >= 2^k; and p = q has no distance to take one from.
  const equal = isZeroNat(difference, n);
  subSmall(difference, 1, n);
  const far = fitsIn(half - 100, difference, n) ^ 1;
  wipe(difference, MAX_HALF << 2);
  return far & (equal ^ 1);
}

/** 1 if gcd(p - 1, e) = 1, for e > 1 of en limbs. e is public. */
export function isCoprimeToE(p: usize, half: u32, e: usize, en: u32): u32 {
  const n = limbsFor(half);
  memory.copy(difference, p, n << 2);
  subSmall(difference, 1, n);
  divide(0, rest, difference, n, e, en);
  gcd(rest, rest, e, en);
  const coprime = equalsSmall(rest, 1, en);
  wipe(difference, MAX_HALF << 2);
  wipe(rest, MAX_E << 2);
  return coprime;
}

/**
 * Quotient and remainder, a limb of the quotient at a time, without a branch or an index that depends on a value.
 *
 * A limb comes from doubles. D is made of the four limbs of d from its highest that is not zero, and f of the four limbs of
 * the running remainder R < 2^32 d from one place higher, so that 2^32 f / D is R / d but for what was cut off, 2^-64 at most,
 * and for eight roundings of at most 2^-53 of it each: together less than 2^-17. Less 1/2 and 2^-10 and rounded, it is Q or
 * Q - 1 for Q = floor(R / d), and one subtraction more decides. (That rounding is off by 2^-20 at most; what is negative before it
 * becomes 0, by a mask, since a maximum of doubles is made of branches in some engines.) One reciprocal of a secret D is
 * taken for each division: whether its time depends on D is the processor's matter (SECURITY.md says so).
 */
import { isZero, mask } from "../base/ct";
import { reduceOnce } from "./add";
import { charge } from "./work";

const LIMB: f64 = 4294967296.0; // 2^32
const HALF_AND_MORE: f64 = 0.5 + 1.0 / 1024.0;
/** Added to a number below 2^51, it rounds that to a whole number, which is then in the low bits. */
const WHOLE: f64 = 4503599627370496.0; // 2^52

/**
 * r = a mod d in dn limbs and, unless q is 0, q = floor(a / d) in an limbs; d is not zero. q may be a itself. Leaks the
 * lengths only.
 */
export function divide(q: usize, r: usize, a: usize, an: u32, d: usize, dn: u32): void {
  memory.fill(r, 0, dn << 2);
  goOn(q, r, a, an, d, dn);
}

/**
 * r = a mod d in dn limbs, where an >= dn and the top limb of d is known not to be zero: the top dn - 1 limbs of a are
 * below d, and need no work. Leaks the lengths only.
 */
export function remainder(r: usize, a: usize, an: u32, d: usize, dn: u32): void {
  const left = an - dn + 1;
  memory.copy(r, a + (left << 2), (dn - 1) << 2);
  store<u32>(r + ((dn - 1) << 2), 0);
  goOn(0, r, a, left, d, dn);
}

/** Takes the low `an` limbs of a into the remainder r, from above. */
function goOn(q: usize, r: usize, a: usize, an: u32, d: usize, dn: u32): void {
  const top = topLimb(d, dn);
  const inverse = LIMB / leading(d, dn, top, 0);
  for (let i = an; i > 0; i--) {
    const limb = load<u32>(a + ((i - 1) << 2));
    const estimate = reinterpret<i64>(leading(r, dn, top, limb) * inverse - HALF_AND_MORE);
    const digit = <u32>reinterpret<u64>(reinterpret<f64>(estimate & ~(estimate >> 63)) + WHOLE);
    const carry = subtractMultiple(r, limb, digit, d, dn);
    const more = reduceOnce(r, d, carry, dn);
    if (q != 0) store<u32>(q + ((i - 1) << 2), digit + more);
  }
  charge(an * (dn * 16 + 32));
}

/** Which limb of d is the highest that is not zero. Secret. */
function topLimb(d: usize, dn: u32): u32 {
  let top: u32 = 0;
  for (let i: u32 = 0; i < dn; i++) top += (i - top) & ~mask(isZero(load<u32>(d + (i << 2))));
  return top;
}

/** x[top] 2^96 + x[top - 1] 2^64 + x[top - 2] 2^32 + x[top - 3], where x[-1] is `below`, and 0 comes before. All of x is read. */
function leading(x: usize, n: u32, top: u32, below: u32): f64 {
  let x3: u32 = 0;
  let x2: u32 = 0;
  let x1: u32 = 0;
  let x0: u32 = 0;
  let before1 = below;
  let before2: u32 = 0;
  let before3: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const keep = mask(isZero(i ^ top));
    const limb = load<u32>(x + (i << 2));
    x3 |= limb & keep;
    x2 |= before1 & keep;
    x1 |= before2 & keep;
    x0 |= before3 & keep;
    before3 = before2;
    before2 = before1;
    before1 = limb;
  }
  return ((<f64>x3 * LIMB + <f64>x2) * LIMB + <f64>x1) * LIMB + <f64>x0;
}

/** r = 2^32 r + limb - digit d, which is below 2d: in dn limbs, and the bit above them is returned. */
function subtractMultiple(r: usize, limb: u32, digit: u32, d: usize, dn: u32): u32 {
  let from = limb;
  let product: u64 = 0;
  let borrow: u64 = 0;
  for (let i: usize = 0; i < dn << 2; i += 4) {
    product += <u64>digit * <u64>load<u32>(d + i);
    const difference = <u64>from - <u64><u32>product - borrow;
    from = load<u32>(r + i);
    store<u32>(r + i, <u32>difference);
    product >>>= 32;
    borrow = difference >>> 63;
  }
  return from - <u32>product - <u32>borrow;
}

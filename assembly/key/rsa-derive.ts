/**
 * From e, p and q to the whole key, and the criteria that a whole key must meet (FIPS 186-5, A.1.1), in constant time.
 */
import { wipe } from "../base/memory";
import { equalBytes } from "../base/ct";
import { equalsSmall, isZeroNat, less, reduceOnce, subSmall } from "../nat/add";
import { divide, remainder } from "../nat/divide";
import { gcd } from "../nat/gcd";
import { invertModOdd } from "../nat/divsteps";
import { invertModAny } from "../nat/invert";
import { MAX_E, MAX_HALF, MAX_LIMBS } from "../nat/limbs";
import { mul } from "../nat/mul";
import { isCoprimeToE, isFarApart, isInRange } from "../prime/criteria";
import { d, dp, dq, e, eLimbs, halfBits, halfLimbs, n, p, q, qi } from "./rsa-parts";

/** p - 1 and q - 1; their greatest common divisor, their least common multiple; and room for a product. */
const p1 = memory.data(512, 16);
const q1 = memory.data(512, 16);
const ratio = memory.data(512, 16);
const lambda = memory.data(1024, 16);
const product = memory.data(1024 + 32, 16);
const rest = memory.data(1024, 16);

export namespace Derived {
  export const MORE: u32 = 0;
  export const ALL: u32 = 1;
  /** The pair will not do, and a search begins again. */
  export const START_OVER: u32 = 2;
  export const INVALID: u32 = 3;
}

/** The last part of the derivation: the criteria. */
export const LAST_PART: u32 = 5;

/** Part 1 to 5 of the derivation. In det-keygen the primes were not tested for e before. */
export function derivePart(part: u32, deterministic: bool): u32 {
  if (part == 1) {
    // det-keygen, step 20: a ratio of 2^32 or more costs both primes. A.1.3 has no such rule.
    if (!deriveRatio() && deterministic) return Derived.START_OVER;
  } else if (part == 2) {
    // No inverse: det-keygen, step 23. In A.1.3 and A.1.6 the primes were tested for it.
    if (!deriveD()) return deterministic ? Derived.START_OVER : Derived.INVALID;
    if (!isLargeD()) return Derived.START_OVER; // A.1.1, criterion 3: in that rare case p, q and d are made anew
  } else if (part == 3) {
    deriveRest();
  } else if (part == 4) {
    if (!deriveQi()) return Derived.INVALID;
  } else {
    return unmetCriteria() == 0 ? Derived.ALL : Derived.INVALID;
  }
  return Derived.MORE;
}

/** p1, q1, and ratio = gcd(p - 1, q - 1). Returns 1 if the ratio is below 2^32. */
export function deriveRatio(): u32 {
  const limbs = halfLimbs();
  memory.copy(p1, p, limbs << 2);
  memory.copy(q1, q, limbs << 2);
  subSmall(p1, 1, limbs);
  subSmall(q1, 1, limbs);
  gcd(ratio, p1, q1, limbs);
  return isZeroNat(ratio + 4, limbs - 1);
}

/** lambda = lcm(p - 1, q - 1), after deriveRatio. */
function deriveLambda(): void {
  const limbs = halfLimbs();
  divide(product, rest, p1, limbs, ratio, limbs);
  mul(lambda, product, limbs, q1, limbs);
}

/** d = e^-1 mod lcm(p - 1, q - 1), after deriveRatio; returns 0 if there is none. Criterion 3(b) of A.1.1. */
export function deriveD(): u32 {
  deriveLambda();
  return invertModAny(d, e, eLimbs(), lambda, halfLimbs() << 1);
}

/** 1 if 2^(nlen / 2) < d. Criterion 3(a) of A.1.1, whose failure means to start over. */
export function isLargeD(): u32 {
  const limbs = halfLimbs() << 1;
  memory.fill(product, 0, limbs << 2);
  store<u32>(product + ((halfBits() >>> 5) << 2), 1 << (halfBits() & 31));
  return less(product, d, limbs);
}

/** n, and dp and dq as inverses of e, which takes less than to divide d. After deriveD, so that the inverses exist. */
export function deriveRest(): void {
  const limbs = halfLimbs();
  mul(n, p, limbs, q, limbs);
  invertModAny(dp, e, eLimbs(), p1, limbs);
  invertModAny(dq, e, eLimbs(), q1, limbs);
}

/** qi = q^-1 mod p; returns 0 if there is none. */
export function deriveQi(): u32 {
  const limbs = halfLimbs();
  memory.copy(rest, q, limbs << 2);
  reduceOnce(rest, p, 0, limbs); // both have their top bit, so q < 2p
  return invertModOdd(qi, rest, p, limbs);
}

/** The criteria, as bits. The first eight are those of FIPS 186-5, A.1.1; the rest is RFC 8017, 3.2. */
export namespace Unmet {
  export const E: u32 = 1 << 0;
  export const COPRIME_P: u32 = 1 << 1;
  export const COPRIME_Q: u32 = 1 << 2;
  export const RANGE_P: u32 = 1 << 3;
  export const RANGE_Q: u32 = 1 << 4;
  export const DISTANCE: u32 = 1 << 5;
  export const RANGE_D: u32 = 1 << 6;
  export const INVERSE_D: u32 = 1 << 7;
  export const MODULUS: u32 = 1 << 8;
  export const DP: u32 = 1 << 9;
  export const DQ: u32 = 1 << 10;
  export const QI: u32 = 1 << 11;
  export const P_PRIME: u32 = 1 << 12;
  export const Q_PRIME: u32 = 1 << 13;
}

/** Criteria that the last key did not meet. */
let lastUnmet: u32 = 0;

/** Which criteria the last key that was KEY_INVALID did not meet: bits of `Unmet`, 0 if a number did not fit. */
export function rsaUnmet(): u32 {
  return lastUnmet;
}

export function noteUnmet(bits: u32): void {
  lastUnmet = bits;
}

/** `bit` unless the criterion holds. */
function unless(holds: u32, bit: u32): u32 {
  return (holds - 1) & bit;
}

/**
 * The criteria of FIPS 186-5, A.1.1 that the key does not meet, but for the primality of p and q; and whether its other
 * parts are what RFC 8017, 3.2 says. All of it is computed anew from the parts; the pair is not trusted for having been
 * derived here. Which criterion fails is told.
 */
export function unmetCriteria(): u32 {
  const bits = halfBits();
  const limbs = halfLimbs();
  const both = limbs << 1;
  let unmet = unless(isValidE(), Unmet.E); //                             criterion 1
  unmet |= unless(isCoprimeToE(p, bits, e, eLimbs()), Unmet.COPRIME_P); // criterion 2(a)
  unmet |= unless(isCoprimeToE(q, bits, e, eLimbs()), Unmet.COPRIME_Q);
  unmet |= unless(isInRange(p, bits) & load<u32>(p) & 1, Unmet.RANGE_P); // criterion 2(b)
  unmet |= unless(isInRange(q, bits) & load<u32>(q) & 1, Unmet.RANGE_Q); // criterion 2(c)
  unmet |= unless(isFarApart(p, q, bits), Unmet.DISTANCE); //              criterion 2(d)
  deriveRatio();
  deriveLambda();
  unmet |= unless(isLargeD() & less(d, lambda, both), Unmet.RANGE_D); //   criterion 3(a)
  unmet |= unless(isModulus(), Unmet.MODULUS);
  // Criterion 3(b): d e = 1 modulo the least common multiple, just when it is so modulo p - 1 and q - 1.
  remainder(rest, d, both, p1, limbs);
  unmet |= unless(equalBytes(rest, dp, limbs << 2), Unmet.DP);
  let inverse = isOneModulo(rest, limbs, e, eLimbs(), p1, limbs);
  remainder(rest, d, both, q1, limbs);
  unmet |= unless(equalBytes(rest, dq, limbs << 2), Unmet.DQ);
  inverse &= isOneModulo(rest, limbs, e, eLimbs(), q1, limbs);
  unmet |= unless(inverse, Unmet.INVERSE_D); //                           criterion 3(b)
  unmet |= unless(less(qi, p, limbs) & isOneModulo(qi, limbs, q, limbs, p, limbs), Unmet.QI);
  wipeDerived();
  noteUnmet(unmet);
  return unmet;
}

/** 1 if e is odd and 2^16 < e; that it is below 2^256 is a matter of its length. Criterion 1 of A.1.1. */
export function isValidE(): u32 {
  const high = (load<u32>(e) >>> 16) | (isZeroNat(e + 4, eLimbs() - 1) ^ 1);
  return load<u32>(e) & (high != 0 ? 1 : 0) & 1;
}

/** 1 if n = p q and n has nlen bits. */
function isModulus(): u32 {
  const limbs = halfLimbs();
  mul(product, p, limbs, q, limbs);
  const top = 2 * halfBits() - 1;
  return equalBytes(product, n, limbs << 3) & (load<u32>(n + ((top >>> 5) << 2)) >>> (top & 31));
}

/** 1 if a b = 1 modulo m, whose top limb is not zero unless the primes were found out of range before. */
function isOneModulo(a: usize, an: u32, b: usize, bn: u32, m: usize, mn: u32): u32 {
  mul(product, a, an, b, bn);
  remainder(rest, product, an + bn, m, mn);
  return equalsSmall(rest, 1, mn);
}

/** Wipes what is not a part of the key. */
export function wipeDerived(): void {
  wipe(p1, MAX_HALF << 2);
  wipe(q1, MAX_HALF << 2);
  wipe(ratio, MAX_HALF << 2);
  wipe(lambda, MAX_LIMBS << 2);
  wipe(product, (MAX_LIMBS + MAX_E) << 2);
  wipe(rest, MAX_LIMBS << 2);
}

/**
 * Quotient and remainder, bit by bit: slow, short, and without a branch or an index that depends on a value. It serves
 * what is done once for a key, not the exponentiation.
 */
import { double, reduceOnce } from "./add";
import { charge } from "./work";

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
  for (let i = an; i > 0; i--) {
    const limb = load<u32>(a + ((i - 1) << 2));
    let quotient: u32 = 0;
    for (let bit: u32 = 0; bit < 32; bit++) {
      // r < d before, so 2r + 1 < 2d: one subtraction is enough, and due whenever a bit leaves at the top.
      const carry = double(r, (limb >>> (31 - bit)) & 1, dn);
      quotient = (quotient << 1) | reduceOnce(r, d, carry, dn);
    }
    if (q != 0) store<u32>(q + ((i - 1) << 2), quotient);
  }
  charge(an * dn * 160);
}

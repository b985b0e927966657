/** Inverses, and the power with a fixed exponent that square roots are made of. */
import { invertModOdd } from "../nat/divsteps";
import { fromBytes, toBytes } from "./encode";
import { copy, mul, sqr, sqrTimes } from "./field";
import { powerRoom } from "./scratch";
import { isLong } from "./shape";

const base = powerRoom; //              160 bytes
const ones = powerRoom + 160; //        160
const shifted = powerRoom + 320; //     160
/** Limbs of 32 bits, which are bytes as RFC 7748 has them. */
const limbs = powerRoom + 480; //       64

/** p in limbs. */
const shortPrime = memory.data<u32>([
  0xffffffed, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x7fffffff,
]);
const longPrime = memory.data<u32>([
  0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
  0xfffffffe, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
]);

/** Both lanes of r = 1 / (the lane of a), and 0 for 0. Constant-time. */
export function invert(r: usize, a: usize, lane: u32): void {
  toBytes(limbs, a, lane);
  if (isLong()) invertModOdd(limbs, limbs, longPrime, 14);
  else invertModOdd(limbs, limbs, shortPrime, 8);
  fromBytes(r, 0, limbs);
  fromBytes(r, 1, limbs);
}

/** ones = base^(2^k - 1), for k > 0, bit by bit of k from above: from 2^n - 1 to 2^(2n) - 1, and from there one up. */
function raiseToOnes(k: u32): void {
  copy(ones, base);
  let n: u32 = 1;
  for (let bit: u32 = (<u32>0x80000000 >>> clz(k)) >>> 1; bit > 0; bit >>>= 1) {
    sqrTimes(shifted, ones, n);
    mul(ones, shifted, ones);
    n <<= 1;
    if (k & bit) {
      sqr(ones, ones);
      mul(ones, ones, base);
      n++;
    }
  }
}

/** r = a^((p-5)/8), or a^((p-3)/4) in the long field: RFC 8032, 5.1.3 and 5.2.3, step 2. */
export function powerForRoot(r: usize, a: usize): void {
  copy(base, a);
  if (isLong()) {
    raiseToOnes(222);
    sqr(shifted, ones);
    mul(shifted, shifted, base);
    sqrTimes(shifted, shifted, 223);
    mul(r, shifted, ones); //            2^446 - 2^222 - 1
  } else {
    raiseToOnes(250);
    sqrTimes(ones, ones, 2);
    mul(r, ones, base); //               2^252 - 3
  }
}

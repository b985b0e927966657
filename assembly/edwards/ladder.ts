/**
 * The Montgomery ladder of RFC 7748, 5, in two lanes: (X2 | Z2) and (X3 | Z3). The second path beside `comb.ts`: no table,
 * no Edwards curve. Constant-time in scalar and point.
 */
import { fromBytes, isZeroElement, setSmall, toBytes } from "./encode";
import { carry, mul, sqr } from "./field";
import { differenceAndSum, highLane, lowSign, swapped } from "./point";
import { invert } from "./power";
import { ladderRoom } from "./scratch";
import { elementSize, isLong } from "./shape";

const p2 = ladderRoom;
const p3 = ladderRoom + 160;
const sums = ladderRoom + 320;
const product = ladderRoom + 480;
/** (a24 | X1) */
const factors = ladderRoom + 640;

/** r = (hi + lo | lo - hi) of a = (lo | hi), reduced. */
function sumAndDifference(r: usize, a: usize): void {
  const sign = swapped(lowSign());
  for (let at: usize = 0, end = <usize>elementSize(); at < end; at += 16) {
    v128.store(r + at, differenceAndSum(v128.load(a + at), sign));
  }
  carry(r);
}

/** Exchanges p2 and p3 if the choice is 1. */
function swapIf(choice: u32): void {
  const mask = i32x4.splat(0 - choice);
  for (let at: usize = 0, end = <usize>elementSize(); at < end; at += 16) {
    const a = v128.load(p2 + at), b = v128.load(p3 + at);
    const change = v128.and(v128.xor(a, b), mask);
    v128.store(p2 + at, v128.xor(a, change));
    v128.store(p3 + at, v128.xor(b, change));
  }
}

/** One step: p2 doubled, p3 their sum, which differ by the point X1. */
function step(): void {
  const end = <usize>elementSize();
  sumAndDifference(sums, p2); //           (A | B)
  sumAndDifference(p3, p3); //             (C | D)
  for (let at: usize = 0; at < end; at += 16) v128.store(p3 + at, swapped(v128.load(p3 + at)));
  mul(product, sums, p3); //               (DA | CB)
  sqr(sums, sums); //                      (AA | BB)
  sumAndDifference(product, product); //   (DA + CB | DA - CB)
  sqr(p3, product); //                     (X3 | Z3 / X1)
  for (let at: usize = 0; at < end; at += 16) {
    const aabb = v128.load(sums + at);
    const e = v128.sub<f64>(aabb, swapped(aabb));
    v128.store(product + at, v128.shuffle<u64>(e, v128.load(p3 + at), 0, 3));
  }
  carry(product); //                       (E | Z3 / X1)
  mul(p2, product, factors); //            (a24 E | Z3)
  for (let at: usize = 0; at < end; at += 16) {
    const aabb = v128.load(sums + at), e = v128.load(product + at), m = v128.load(p2 + at);
    v128.store(p3 + at, v128.shuffle<u64>(v128.load(p3 + at), m, 0, 3));
    v128.store(product + at, v128.shuffle<u64>(aabb, e, 0, 2)); //     (AA | E)
    const high = v128.and(swapped(m), highLane());
    v128.store(sums + at, v128.add<f64>(swapped(aabb), high)); //      (BB | AA + a24 E)
  }
  mul(p2, product, sums); //               (X2 | Z2)
}

/**
 * Leaves in p2 the multiple of the point with the u-coordinate at `point` by the `bits` low bits of the little-endian
 * scalar at k. Bit 255 of a point of curve25519 is not read (5).
 */
export function climb(k: usize, bits: u32, point: usize): void {
  setSmall(p2, 1, 0);
  setSmall(p3, 0, 1);
  fromBytes(p3, 0, point);
  setSmall(factors, isLong() ? 39081 : 121665, 0);
  fromBytes(factors, 1, point);
  let last: u32 = 0;
  for (let i = <i32>bits - 1; i >= 0; i--) {
    const bit = (<u32>load<u8>(k + (i >>> 3)) >>> (i & 7)) & 1;
    swapIf(last ^ bit);
    last = bit;
    step();
  }
  swapIf(last);
}

/** to = the u-coordinate that `climb` came to, 0 for the neutral element, in 32 or 56 bytes. */
export function climbed(to: usize): void {
  invert(product, p2, 1);
  mul(product, p2, product);
  toBytes(to, product, 0);
}

/** 1 if `climb` came to the neutral element, else 0. */
export function climbedToNeutral(): u32 {
  return isZeroElement(p2, 1);
}

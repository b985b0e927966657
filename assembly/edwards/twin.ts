/**
 * Two points at once, one in each lane, as four vectors X, Y, Z, T; and an addition of two affine points to them: 7
 * products for both with a = -1, and 8 with a = 1. The formulas are those of `point.ts`, with Z2 = 1.
 *
 * An affine point is three vectors: y - x, y + x, 2d xy with a = -1; x, y, d xy with a = 1. In a table it is the same in
 * one lane, eight points a place.
 */
import { carry, mul } from "./field";
import { twinRoom } from "./scratch";
import { MAX_ELEMENT, elementSize, isLong } from "./shape";

/** The two points, and the two that are added, in steps of an element's room. */
const X = twinRoom;
const Y = twinRoom + 160;
const Z = twinRoom + 320;
const T = twinRoom + 480;
const picked = twinRoom + 640; //     480 bytes
const E = twinRoom + 1120;
const F = twinRoom + 1280;
const G = twinRoom + 1440;
const H = twinRoom + 1600;

/** Both points become the neutral element. */
export function setTwins(): void {
  memory.fill(X, 0, 4 * MAX_ELEMENT);
  v128.store(Y, f64x2.splat(1));
  v128.store(Z, f64x2.splat(1));
}

/** p = the point in the lane, in the form of `point.ts`. */
export function takeTwin(p: usize, lane: u32): void {
  const size = <usize>elementSize();
  const from = lane << 3;
  for (let at: usize = 0; at < size; at += 16) {
    store<u64>(p + at, load<u64>(X + at + from));
    store<u64>(p + at, load<u64>(Y + at + from), 8);
    store<u64>(p + size + at, load<u64>(T + at + from));
    store<u64>(p + size + at, load<u64>(Z + at + from), 8);
  }
}

/** All ones in the lanes whose magnitude is j. */
// @ts-ignore: decorator
@inline
function maskOf(magnitudes: v128, j: u64): v128 {
  return v128.eq<i64>(magnitudes, i64x2.splat(j));
}

/**
 * picked = in each lane, the multiple of the place's point by the digit, from -8 to 8. All of the place is read, and one
 * entry kept by masks.
 */
export function pickTwins(place: usize, low: i32, high: i32): void {
  const digits = i64x2.replace_lane(i64x2.splat(low), 1, high);
  const zero = i64x2.splat(0);
  const negative = v128.gt<i64>(zero, digits);
  const magnitudes = v128.sub<i64>(v128.xor(digits, negative), negative);
  const m1 = maskOf(magnitudes, 1), m2 = maskOf(magnitudes, 2), m3 = maskOf(magnitudes, 3), m4 = maskOf(magnitudes, 4);
  const m5 = maskOf(magnitudes, 5), m6 = maskOf(magnitudes, 6), m7 = maskOf(magnitudes, 7), m8 = maskOf(magnitudes, 8);
  const half = <usize>elementSize() >>> 1;
  const step = half * 3;
  for (let at: usize = 0; at < step; at += 8) {
    let from = place + at;
    let v = v128.and(v128.load64_splat(from), m1);
    from += step;
    v = v128.or(v, v128.and(v128.load64_splat(from), m2));
    from += step;
    v = v128.or(v, v128.and(v128.load64_splat(from), m3));
    from += step;
    v = v128.or(v, v128.and(v128.load64_splat(from), m4));
    from += step;
    v = v128.or(v, v128.and(v128.load64_splat(from), m5));
    from += step;
    v = v128.or(v, v128.and(v128.load64_splat(from), m6));
    from += step;
    v = v128.or(v, v128.and(v128.load64_splat(from), m7));
    from += step;
    v = v128.or(v, v128.and(v128.load64_splat(from), m8));
    v128.store(picked + (at << 1), v);
  }
  // The neutral element: 1, 1, 0 with a = -1; 0, 1, 0 with a = 1.
  const one = v128.and(v128.eq<i64>(magnitudes, zero), f64x2.splat(1));
  const size = half << 1;
  if (!isLong()) v128.store(picked, v128.or(v128.load(picked), one));
  v128.store(picked + size, v128.or(v128.load(picked + size), one));
  negate(negative);
}

/** The picked points are negated in the lanes of the mask. With a = -1 y - x and y + x change places. */
function negate(mask: v128): void {
  const size = <usize>elementSize();
  const sign = v128.and(mask, i64x2.splat(1 << 63));
  for (let at: usize = 0; at < size; at += 16) {
    const a = v128.load(picked + at), b = v128.load(picked + size + at), c = picked + 2 * size + at;
    v128.store(c, v128.xor(v128.load(c), sign));
    if (isLong()) {
      v128.store(picked + at, v128.xor(a, sign));
    } else {
      const change = v128.and(v128.xor(a, b), mask);
      v128.store(picked + at, v128.xor(a, change));
      v128.store(picked + size + at, v128.xor(b, change));
    }
  }
}

/** Adds the picked points to the two. */
export function addTwins(): void {
  if (isLong()) prepareLong();
  else prepareShort();
  carry(E);
  carry(G);
  mul(X, E, F);
  mul(Y, G, H);
  mul(T, E, H);
  mul(Z, F, G);
}

/** A = (Y1 - X1)(y2 - x2), B = (Y1 + X1)(y2 + x2), C = T1 2d x2 y2, D = 2 Z1. */
function prepareShort(): void {
  for (let at: usize = 0; at < 80; at += 16) {
    const x = v128.load(X + at), y = v128.load(Y + at);
    v128.store(E + at, v128.sub<f64>(y, x));
    v128.store(H + at, v128.add<f64>(y, x));
  }
  mul(E, E, picked); //              A
  mul(H, H, picked + 80); //         B
  mul(G, T, picked + 160); //        C
  for (let at: usize = 0; at < 80; at += 16) {
    const a = v128.load(E + at), b = v128.load(H + at), c = v128.load(G + at), z = v128.load(Z + at);
    const d = v128.add<f64>(z, z);
    v128.store(E + at, v128.sub<f64>(b, a));
    v128.store(F + at, v128.sub<f64>(d, c));
    v128.store(G + at, v128.add<f64>(d, c));
    v128.store(H + at, v128.add<f64>(b, a));
  }
}

/** A = X1 x2, B = Y1 y2, C = T1 d x2 y2, D = Z1, E = (X1 + Y1)(x2 + y2) - A - B. */
function prepareLong(): void {
  for (let at: usize = 0; at < 160; at += 16) {
    v128.store(E + at, v128.add<f64>(v128.load(X + at), v128.load(Y + at)));
    v128.store(F + at, v128.add<f64>(v128.load(picked + at), v128.load(picked + at, 160)));
  }
  mul(E, E, F);
  mul(F, X, picked); //              A
  mul(H, Y, picked + 160); //        B
  mul(G, T, picked + 320); //        C
  for (let at: usize = 0; at < 160; at += 16) {
    const a = v128.load(F + at), b = v128.load(H + at), c = v128.load(G + at), d = v128.load(Z + at);
    v128.store(E + at, v128.sub<f64>(v128.load(E + at), v128.add<f64>(a, b)));
    v128.store(F + at, v128.sub<f64>(d, c));
    v128.store(G + at, v128.add<f64>(d, c));
    v128.store(H + at, v128.sub<f64>(b, a));
  }
}

/**
 * Points of edwards25519 and edwards448 in extended coordinates (X : Y : Z : T), x = X/Z, y = Y/Z, T = XY/Z, as two
 * vectors with a lane for each: (X | Y), then (T | Z).
 *
 * The formulas are those of Hisil, Wong, Carter, Dawson, "Twisted Edwards curves revisited", 3.1, for a = -1 with d no
 * square, and for a = 1 with d no square: complete, so there are no special cases. Laid out for two lanes, they end alike:
 * with E, F, G, H the sum is (EF | GH), (EH | FG).
 */
import { carry, mul, sqr } from "./field";
import { pointRoom } from "./scratch";
import { elementSize, isLong } from "./shape";

const left = pointRoom; //            160 bytes
const right = pointRoom + 160; //     160
const third = pointRoom + 320; //     160

const signs = memory.data<u64>([1 << 63, 0, 0, -1]);

/** The sign bit of the low lane: what changes its sign. */
export function lowSign(): v128 {
  return v128.load(signs);
}

/** All bits of the high lane. */
export function highLane(): v128 {
  return v128.load(signs, 16);
}

// @ts-ignore: decorator
@inline
export function swapped(v: v128): v128 {
  return v128.shuffle<u64>(v, v, 1, 0);
}

/** Both lanes of r = the high lane of a. */
export function spreadHigh(r: usize, a: usize): void {
  for (let at: usize = 0, end = <usize>elementSize(); at < end; at += 16) {
    v128.store(r + at, v128.load64_splat(a + at, 8));
  }
}

/** (hi - lo | hi + lo) of v = (lo | hi). */
// @ts-ignore: decorator
@inline
export function differenceAndSum(v: v128, sign: v128): v128 {
  return v128.add<f64>(swapped(v), v128.xor(v, sign));
}

/** Where (T | Z) of a point stands. */
// @ts-ignore: decorator
@inline
function second(point: usize): usize {
  return point + elementSize();
}

/** p = (EF | GH), (EH | FG), of (E | G) in `left` and (H | F) in `right`. */
function finish(p: usize): void {
  const size = <usize>elementSize();
  carry(left);
  mul(second(p), left, right);
  for (let at: usize = 0; at < size; at += 16) v128.store(right + at, swapped(v128.load(right + at)));
  mul(p, left, right);
}

/**
 * p = p + q, where q is what `prepare` made of a point. With a = -1 four products in two lanes each; with a = 1 five, in
 * one of which a lane goes unused.
 */
export function add(p: usize, q: usize): void {
  if (isLong()) addLong(p, q);
  else addShort(p, q);
  finish(p);
}

/** A = (Y1 - X1)(Y2 - X2), C = T1 2d T2, B = (Y1 + X1)(Y2 + X2), D = Z1 2 Z2; E = B - A, G = D + C, H = B + A, F = D - C. */
function addShort(p: usize, q: usize): void {
  const sign = lowSign(), other = swapped(sign);
  for (let at: usize = 0; at < 80; at += 16) {
    const v = differenceAndSum(v128.load(p + at), sign);
    const tz = v128.load(p + at, 80);
    v128.store(left + at, v128.shuffle<u64>(v, tz, 0, 2));
    v128.store(right + at, v128.shuffle<u64>(v, tz, 1, 3));
  }
  mul(left, left, q); //             (A | C)
  mul(right, right, q + 80); //      (B | D)
  for (let at: usize = 0; at < 80; at += 16) {
    const ac = v128.load(left + at), bd = v128.load(right + at);
    v128.store(left + at, v128.add<f64>(bd, v128.xor(ac, sign)));
    v128.store(right + at, v128.add<f64>(bd, v128.xor(ac, other)));
  }
}

/** A = X1 X2, B = Y1 Y2, C = T1 d T2, D = Z1 Z2, S = (X1 + Y1)(X2 + Y2); E = S - A - B, G = D + C, H = B - A, F = D - C. */
function addLong(p: usize, q: usize): void {
  const sign = lowSign();
  for (let at: usize = 0; at < 160; at += 16) {
    const v = v128.load(p + at), w = v128.load(q + at);
    v128.store(left + at, v128.add<f64>(v, swapped(v)));
    v128.store(right + at, v128.add<f64>(w, swapped(w)));
  }
  mul(third, left, right); //        (S | S)
  mul(left, p, q); //                (A | B)
  mul(right, p + 160, q + 160); //   (C | D)
  for (let at: usize = 0; at < 160; at += 16) {
    const h = differenceAndSum(v128.load(left + at), sign); //    (H | A + B)
    const fg = differenceAndSum(v128.load(right + at), sign); //  (F | G)
    const e = v128.sub<f64>(v128.load(third + at), swapped(h)); // (E | ...)
    v128.store(left + at, v128.shuffle<u64>(e, fg, 0, 3));
    v128.store(right + at, v128.shuffle<u64>(h, fg, 0, 2));
  }
}

/** p = 2 p: A = X^2, B = Y^2, C = 2 Z^2, E = 2 X Y, G = a A + B, F = G - C, H = a A - B. */
export function double(p: usize): void {
  const size = <usize>elementSize();
  const sign = lowSign(), high = highLane();
  for (let at: usize = 0; at < size; at += 16) {
    const xy = v128.load(p + at), tz = v128.load(second(p) + at);
    const yz = v128.shuffle<u64>(xy, tz, 1, 3);
    v128.store(left + at, v128.shuffle<u64>(xy, tz, 0, 3));
    v128.store(right + at, v128.add<f64>(yz, yz));
  }
  mul(left, left, right); //         (E | C)
  sqr(right, p); //                  (A | B)
  const long = isLong();
  for (let at: usize = 0; at < size; at += 16) {
    const ec = v128.load(left + at);
    let hg = differenceAndSum(v128.load(right + at), sign); //    a = 1: (-H | G)
    if (!long) hg = swapped(hg); //                               a = -1 likewise
    v128.store(left + at, v128.shuffle<u64>(ec, hg, 0, 3));
    v128.store(right + at, v128.sub<f64>(v128.xor(hg, sign), v128.and(ec, high)));
  }
  finish(p);
}

/**
 * q = p, made ready to be added: (Y - X | 2d T), (Y + X | 2 Z) with a = -1; (X | Y), (d T | Z) with a = 1. `factors` is
 * the vector (2d | 2) or (d | 1).
 */
export function prepare(q: usize, p: usize, factors: usize): void {
  if (isLong()) {
    memory.copy(q, p, 160);
    mul(q + 160, p + 160, factors);
    return;
  }
  const sign = lowSign();
  mul(right, p + 80, factors);
  for (let at: usize = 0; at < 80; at += 16) v128.store(left + at, differenceAndSum(v128.load(p + at), sign));
  carry(left);
  for (let at: usize = 0; at < 80; at += 16) {
    const v = v128.load(left + at), tz = v128.load(right + at);
    v128.store(q + at, v128.shuffle<u64>(v, tz, 0, 2));
    v128.store(q + at, v128.shuffle<u64>(v, tz, 1, 3), 80);
  }
}

/** r = -q, of a point made ready. With a = -1 its Y - X and Y + X change places. */
export function negate(r: usize, q: usize): void {
  const sign = lowSign(), high = highLane();
  if (isLong()) {
    for (let at: usize = 0; at < 320; at += 16) v128.store(r + at, v128.xor(v128.load(q + at), sign));
    return;
  }
  for (let at: usize = 0; at < 80; at += 16) {
    const v = v128.load(q + at), w = v128.load(q + at, 80);
    v128.store(r + at, v128.xor(v128.bitselect(v, w, high), swapped(sign)));
    v128.store(r + at, v128.bitselect(w, v, high), 80);
  }
}

/** p = the neutral element (0 : 1 : 1 : 0). */
export function setNeutral(p: usize): void {
  memory.fill(p, 0, elementSize() << 1);
  store<f64>(p, 1, 8);
  store<f64>(second(p), 1, 8);
}

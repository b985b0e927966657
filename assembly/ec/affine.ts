/** From homogeneous coordinates to x and y. Leaks the curve only; a point at infinity becomes (0, 0). */
import { wipe } from "../base/memory";
import { isZeroNat } from "../nat/add";
import { invertModOdd } from "../nat/divsteps";
import { VECTOR } from "./constants";
import { fromLimbs, toLimbs } from "./convert";
import { enter, limbCount, montgomerySquare, prime } from "./curve";
import { digitCount, product } from "./field";
import { POINT } from "./point";

const number = memory.data(80, 16);
const unit = memory.data(384, 16);
const vector = memory.data(384, 16);
const inverse = memory.data(384, 16);

/** r = one lane of a vector in Montgomery's form, as a number below p, in limbs. */
export function leave(r: usize, a: usize, lane: u32): void {
  v128.store(unit, f64x2.splat(1));
  product(vector, a, unit);
  v128.store(unit, i64x2.splat(0));
  toLimbs(r, vector, lane, prime, limbCount());
  wipe(vector, VECTOR);
}

/** r = 1 / a for one lane of a vector in Montgomery's form; not in that form itself. The other lane stays. */
function invertLane(r: usize, a: usize, lane: u32): void {
  const limbs = limbCount();
  leave(number, a, lane);
  invertModOdd(number, number, prime, limbs); // of 0 it is 0
  fromLimbs(r, lane, number, limbs);
  wipe(number, 80);
}

/** x and y, in limbs, of lane 0 of a point. */
export function toAffine(x: usize, y: usize, p: usize): void {
  invertLane(inverse, p + 2 * VECTOR, 0);
  // X R times 1 / Z, divided by R: no longer in Montgomery's form.
  product(vector, p, inverse);
  toLimbs(x, vector, 0, prime, limbCount());
  product(vector, p + VECTOR, inverse);
  toLimbs(y, vector, 0, prime, limbCount());
  wipe(vector, VECTOR);
  wipe(inverse, VECTOR);
}

/** 1 if lane 0 of the point p is (x, y), both below the prime and in limbs; 0 if it is infinite. */
export function isAffine(p: usize, x: usize, y: usize): u32 {
  leave(number, p + 2 * VECTOR, 0);
  const finite = isZeroNat(number, limbCount()) ^ 1;
  const same = finite & isTimes(p, x, p + 2 * VECTOR) & isTimes(p + VECTOR, y, p + 2 * VECTOR);
  wipe(number, 80);
  return same;
}

/** 1 if a is b z in lane 0, for a and z in Montgomery's form and b in limbs. */
function isTimes(a: usize, b: usize, z: usize): u32 {
  enter(inverse, b);
  product(inverse, inverse, z);
  for (let i: u32 = 0; i < VECTOR; i += 16) {
    v128.store(inverse + i, f64x2.sub(v128.load(inverse + i), v128.load(a + i)));
  }
  leave(number, inverse, 0);
  wipe(inverse, VECTOR);
  return isZeroNat(number, limbCount());
}

/** Pairs of points that share an inversion at most. */
export const BATCH: u32 = 8;
/** Products of the Z up to each. */
const products = memory.data(3072, 16);

/**
 * Z of up to `BATCH` pairs of points, none of them infinite, becomes its inverse, with one inversion for each lane (P. L.
 * Montgomery's trick). Not in Montgomery's form itself, unless `inForm`.
 */
function invertAll(points: usize, count: u32, inForm: bool): void {
  memory.copy(products, points + 2 * VECTOR, VECTOR);
  for (let i: u32 = 1; i < count; i++) {
    product(products + i * VECTOR, products + (i - 1) * VECTOR, points + i * POINT + 2 * VECTOR);
  }
  const last = products + (count - 1) * VECTOR;
  invertLane(inverse, last, 0);
  invertLane(inverse, last, 1);
  if (inForm) product(inverse, inverse, montgomerySquare());
  for (let i = count - 1; i > 0; i--) {
    const z = points + i * POINT + 2 * VECTOR;
    product(vector, inverse, products + (i - 1) * VECTOR);
    product(inverse, inverse, z);
    memory.copy(z, vector, VECTOR);
  }
  memory.copy(points + 2 * VECTOR, inverse, VECTOR);
  wipe(products, 3072);
  wipe(inverse, VECTOR);
  wipe(vector, VECTOR);
}

/** Prepares up to `BATCH` pairs of points, none of them infinite, for `takeAffine`. */
export function prepareAffine(points: usize, count: u32): void {
  invertAll(points, count, false);
}

/** x and y, in limbs, of one lane of a pair that was prepared. */
export function takeAffine(x: usize, y: usize, pair: usize, lane: u32): void {
  product(vector, pair, pair + 2 * VECTOR);
  toLimbs(x, vector, lane, prime, limbCount());
  product(vector, pair + VECTOR, pair + 2 * VECTOR);
  toLimbs(y, vector, lane, prime, limbCount());
  wipe(vector, VECTOR);
}

/**
 * -x and -y, as digits of 32 bits, of up to `BATCH` pairs of points, none of them infinite; they are public: multiples of
 * the base point. An entry takes `size` bytes at `to`.
 */
export function toTable(to: usize, size: u32, points: usize, count: u32): void {
  invertAll(points, count, true);
  const size8 = digitCount() << 3;
  for (let i: u32 = 0; i < count; i++) {
    const point = points + i * POINT;
    putOpposite(to + i * size, point, point + 2 * VECTOR);
    putOpposite(to + i * size + size8, point + VECTOR, point + 2 * VECTOR);
  }
}

/** The digits of -a b, in 32 bits each. */
function putOpposite(to: usize, a: usize, b: usize): void {
  product(vector, a, b);
  for (let i: u32 = 0; i < digitCount(); i++) {
    const pair = i32x4.neg(i32x4.trunc_sat_f64x2_s_zero(v128.load(vector + (i << 4))));
    store<u64>(to + (i << 3), i64x2.extract_lane(pair, 0));
  }
  wipe(vector, VECTOR);
}

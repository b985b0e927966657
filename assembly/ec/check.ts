/** Whether a point is one: its equation and its order. Of public values; leaks no more than the curve. */
import { wipe } from "../base/memory";
import { isZeroNat } from "../nat/add";
import { leave } from "./affine";
import { VECTOR } from "./constants";
import { aIsZero, coefficient, enter, limbCount, one, order } from "./curve";
import { digitCount, product } from "./field";
import { POINT } from "./point";
import { multiplyPoint } from "./teeth";

const point = memory.data(1152, 16);
const left = memory.data(384, 16);
const right = memory.data(384, 16);
const rest = memory.data(80, 16);

/** 1 if x and y, below p, in limbs, satisfy y^2 = x^3 + a x + b. */
export function isOnCurve(x: usize, y: usize): u32 {
  const zero = aIsZero();
  const end = digitCount() << 4;
  enter(point, x);
  enter(point + VECTOR, y);
  product(left, point + VECTOR, point + VECTOR);
  product(right, point, point);
  if (!zero) {
    for (let i: u32 = 0; i < end; i += 16) {
      v128.store(right + i, f64x2.sub(v128.load(right + i), f64x2.mul(f64x2.splat(3), v128.load(one() + i))));
    }
  }
  product(right, right, point);
  // The coefficient of secp256k1 is kept as 3b.
  const times = f64x2.splat(zero ? 3 : 1);
  for (let i: u32 = 0; i < end; i += 16) {
    const difference = f64x2.mul(times, f64x2.sub(v128.load(left + i), v128.load(right + i)));
    v128.store(left + i, f64x2.sub(difference, v128.load(coefficient() + i)));
  }
  leave(rest, left, 0);
  const holds = isZeroNat(rest, limbCount());
  wipe(point, POINT);
  wipe(left, VECTOR);
  wipe(right, VECTOR);
  wipe(rest, 80);
  return holds;
}

/** 1 if n Q is the point at infinity, for Q = (x, y) on the curve. */
export function hasOrderN(x: usize, y: usize): u32 {
  enter(point, x);
  enter(point + VECTOR, y);
  memory.copy(point + 2 * VECTOR, one(), VECTOR);
  multiplyPoint(point, order, point);
  leave(rest, point + 2 * VECTOR, 0);
  const holds = isZeroNat(rest, limbCount());
  wipe(point, POINT);
  wipe(rest, 80);
  return holds;
}

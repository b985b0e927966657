/**
 * Points in homogeneous coordinates, two at a time in two lanes: (X : Y : Z), three vectors one after the other, is
 * (X / Z, Y / Z), and (0 : 1 : 0) the point at infinity.
 *
 * The addition is complete: J. Renes, C. Costello, L. Batina, "Complete addition formulas for prime order elliptic
 * curves", EUROCRYPT 2016, Algorithm 4 (a = -3) and Algorithm 7 (a = 0). It holds for any two points of a curve of odd
 * order, equal, opposite or infinite, so nothing is tested and nothing branches. With
 *
 *   t0 = X1 X2   t1 = Y1 Y2   t2 = Z1 Z2   t3 = X1 Y2 + X2 Y1   t4 = Y1 Z2 + Y2 Z1   u = X1 Z2 + X2 Z1
 *   a = -3:  A = t1 + 3 (u - b t2)   B = t1 - 3 (u - b t2)   C = 3 (b u - 3 t2 - t0)   D = 3 (t0 - t2)
 *   a = 0:   A = t1 - 3b t2          B = t1 + 3b t2          C = 3b u                  D = 3 t0
 *
 * both give X3 = t3 A - t4 C, Y3 = A B + D C, Z3 = t4 B + t3 D.
 *
 * Bounds, in units of p, from coordinates in (-1, 2), of P-256 in (-1, 3), as its two products are reduced apart (field.ts): t0,
 * t1, t3 and b times anything are in (-1, 2), of P-256 t3 in (-1, 3), after their reduction, t4 and u below 4; A, B, C and D below
 * 40 as sums, and so for all curves but P-256 their products, in pairs below 3200 p^2 / R, below p / 20 (for secp256k1, where A and
 * B are below 4, C below 2, D below 6: 28 / 256). For P-256 `carry` leaves A, B, C and D in [0, 1.1), and a product with one of
 * them is below 4.4 p^2, p / 58 after its reduction. So coordinates are in their range again.
 */
import { wipe } from "../base/memory";
import { madd, VECTOR } from "./constants";
import { carry, digitCount, product, sumOfProducts } from "./field";

/** Bytes from one point to the next. */
export const POINT: u32 = 3 * VECTOR;

const work = memory.data(4992, 16); // 13 vectors
const T0 = work;
const T1 = work + VECTOR;
const T2 = work + 2 * VECTOR;
const T3 = work + 3 * VECTOR;
const T4 = work + 4 * VECTOR;
const MINUS_T4 = work + 5 * VECTOR;
const U = work + 6 * VECTOR;
const BT2 = work + 7 * VECTOR;
const BU = work + 8 * VECTOR;
const A = work + 9 * VECTOR;
const B = work + 10 * VECTOR;
const C = work + 11 * VECTOR;
const D = work + 12 * VECTOR;

export function wipePoints(): void {
  wipe(work, 4992);
}

/** The b of the curve, or its 3b if a is 0; in both lanes. */
let curveB: usize = 0;
let minusThree: bool = false;

export function setCurve(b: usize, aIsMinusThree: bool): void {
  curveB = b;
  minusThree = aIsMinusThree;
}

/** r = p + q; r may be p or q. */
export function add(r: usize, p: usize, q: usize): void {
  const py = p + VECTOR;
  const pz = p + 2 * VECTOR;
  const qy = q + VECTOR;
  const qz = q + 2 * VECTOR;
  product(T0, p, q);
  product(T1, py, qy);
  sumOfProducts(T3, p, qy, py, q);
  product(T2, pz, qz);
  sumOfProducts(T4, py, qz, pz, qy);
  sumOfProducts(U, p, qz, pz, q);
  product(BT2, curveB, T2);
  product(BU, curveB, U);
  if (minusThree) combineMinusThree();
  else combineZero();
  carry(A);
  carry(B);
  carry(C);
  carry(D);
  sumOfProducts(r, T3, A, MINUS_T4, C);
  sumOfProducts(r + VECTOR, A, B, D, C);
  sumOfProducts(r + 2 * VECTOR, T4, B, T3, D);
}

function combineMinusThree(): void {
  const three = f64x2.splat(3);
  const minus = f64x2.splat(-3);
  const end = digitCount() << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t0 = v128.load(T0 + i);
    const t1 = v128.load(T1 + i);
    const z = v128.load(T2 + i);
    const difference = f64x2.sub(v128.load(U + i), v128.load(BT2 + i));
    v128.store(A + i, madd(three, difference, t1));
    v128.store(B + i, madd(minus, difference, t1));
    v128.store(C + i, f64x2.mul(three, f64x2.sub(madd(minus, z, v128.load(BU + i)), t0)));
    v128.store(D + i, f64x2.mul(three, f64x2.sub(t0, z)));
    v128.store(MINUS_T4 + i, f64x2.neg(v128.load(T4 + i)));
  }
}

function combineZero(): void {
  const three = f64x2.splat(3);
  const end = digitCount() << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const t1 = v128.load(T1 + i);
    const b = v128.load(BT2 + i);
    v128.store(A + i, f64x2.sub(t1, b));
    v128.store(B + i, f64x2.add(t1, b));
    v128.store(C + i, v128.load(BU + i));
    v128.store(D + i, f64x2.mul(three, v128.load(T0 + i)));
    v128.store(MINUS_T4 + i, f64x2.neg(v128.load(T4 + i)));
  }
}

/** r = p with its lanes exchanged. */
export function swapLanes(r: usize, p: usize): void {
  for (let i: u32 = 0; i < POINT; i += 16) {
    const x = v128.load(p + i);
    v128.store(r + i, i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  }
}

/** r = lane 0 of a, lane 1 of b. */
export function mergeLanes(r: usize, a: usize, b: usize): void {
  for (let i: u32 = 0; i < POINT; i += 16) {
    store<f64>(r + i, load<f64>(a + i));
    store<f64>(r + i + 8, load<f64>(b + i + 8));
  }
}

/** The curve at work: its field, its numbers in limbs, and what is computed of them once for each instance of the core. */
import { wipe } from "../base/memory";
import { double, reduceOnce } from "../nat/add";
import { fromBytes, limbsFor } from "../nat/limbs";
import { setConstants, VECTOR } from "./constants";
import { fromLimbs } from "./convert";
import { Curve, curveBits, curveDigits, curveLen, curveNumber, Number } from "./curves";
import { carry, digitCount, product, setShape, setTerm } from "./field";
import { setCurve } from "./point";

/** p and n of the curve at work, in limbs. */
export const prime = memory.data(80, 16);
export const order = memory.data(80, 16);

/** For each curve, in both lanes: R^2, and in Montgomery's form b (or 3b), G with its Z, which is 1. */
const contexts = memory.data(9600, 16);
const CONTEXT: u32 = 5 * VECTOR;

/** Bit `curve` is set when its context stands. */
let prepared: u32 = 0;
let current: u32 = 0;
let limbs: u32 = 0;

const number = memory.data(80, 16);
const digits = memory.data(384, 16);

export function currentCurve(): u32 {
  return current;
}

/** Limbs of p, and of n. */
export function limbCount(): u32 {
  return limbs;
}

function context(): usize {
  return contexts + (current - 1) * CONTEXT;
}

export function montgomerySquare(): usize {
  return context();
}

/** The coefficient b of the curve, or 3b for secp256k1. */
export function coefficient(): usize {
  return context() + VECTOR;
}

export function aIsZero(): bool {
  return current == Curve.SECP256K1;
}

/** G in both lanes; its Z is 1. */
export function basePoint(): usize {
  return context() + 2 * VECTOR;
}

/** The number 1, in both lanes. */
export function one(): usize {
  return context() + 4 * VECTOR;
}

/** r = a number of limbs, in both lanes, in Montgomery's form. */
export function enter(r: usize, a: usize): void {
  fromLimbs(r, 0, a, limbs);
  fromLimbs(r, 1, a, limbs);
  product(r, r, montgomerySquare());
}

/** Takes up a curve; whatever stood of another stays. */
export function useCurve(curve: u32): void {
  if (current == curve) return;
  current = curve;
  const bits = curveBits(curve);
  limbs = limbsFor(bits);
  fromBytes(prime, limbs, curveNumber(curve, Number.P), curveLen(curve));
  fromBytes(order, limbs, curveNumber(curve, Number.N), curveLen(curve));
  const w: u32 = curve == Curve.P_384 || curve == Curve.P_521 ? 23 : 24;
  setShape(curveDigits(curve), w, curve == Curve.P_256);
  const low = load<u32>(prime);
  let inverse = low; // modulo 2^3; each round doubles the bits
  for (let i = 0; i < 4; i++) inverse *= 2 - low * inverse;
  setConstants(w, (0 - inverse) & ((1 << w) - 1));
  fromLimbs(digits, 0, prime, limbs);
  for (let i: u32 = 0; i < digitCount(); i++) setTerm(i, load<f64>(digits + (i << 4)));
  wipe(digits, VECTOR);
  setCurve(coefficient(), !aIsZero());
  if (((prepared >>> curve) & 1) == 0) prepare(curve, w * digitCount());
}

/** R = 2^bits: its square modulo p by doubling; all else follows from that. */
function prepare(curve: u32, bits: u32): void {
  wipe(number, 80);
  store<u32>(number, 1);
  for (let i: u32 = 0; i < 2 * bits; i++) reduceOnce(number, prime, double(number, 0, limbs), limbs);
  const square = montgomerySquare();
  fromLimbs(square, 0, number, limbs);
  fromLimbs(square, 1, number, limbs);
  enterNumber(coefficient(), curve, Number.B);
  if (aIsZero()) triple(coefficient());
  enterNumber(basePoint(), curve, Number.X);
  enterNumber(basePoint() + VECTOR, curve, Number.Y);
  wipe(number, 80);
  store<u32>(number, 1);
  enter(one(), number);
  store<u32>(number, 0);
  prepared |= 1 << curve;
}

function enterNumber(r: usize, curve: u32, which: u32): void {
  fromBytes(number, limbs, curveNumber(curve, which), curveLen(curve));
  enter(r, number);
}

/** r = 3 r. */
function triple(r: usize): void {
  for (let i: u32 = 0; i < VECTOR; i += 16) v128.store(r + i, f64x2.mul(v128.load(r + i), f64x2.splat(3)));
  carry(r);
}

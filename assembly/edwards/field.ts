/**
 * Products, squares and what follows them in the field that `shape` chose, in both lanes at once. No branch and no
 * address depends on an element.
 */
import { fusedProduct } from "./columns";
import { exactProduct } from "./exact";
import { fusedMul, fusedSqr, nineteen } from "./fused";
import { fieldRoom } from "./scratch";
import {
  centre,
  digitMask,
  elementSize,
  exponent52,
  firstLift,
  isLong,
  liftedCarry,
  nextLift,
} from "./shape";

/** Columns of a product, and in the long field of a's and b's low halves, high halves, and their sums. */
const columns = fieldRoom; //         3 * 160 bytes
const sums = fieldRoom + 480; //      160

/** Whether fused multiplication is known to be exact here. A global, as in `base/health`. */
let fused: bool = false;

export function setFused(choice: bool): void {
  fused = choice;
}

export function isFused(): bool {
  return fused;
}

function product(to: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (fused) {
      fusedProduct(to, a, b);
      return;
    }
  }
  exactProduct(to, a, b);
}

/** to = the sum of the two halves at a. */
function sumHalves(to: usize, a: usize): void {
  for (let at: usize = 0; at < 80; at += 16) {
    v128.store(to + at, v128.add<f64>(v128.load(a + at), v128.load(a + at, 80)));
  }
}

/** r = a b, reduced; r may be a or b. */
export function mul(r: usize, a: usize, b: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (fused && !isLong()) {
      fusedMul(r, a, b);
      return;
    }
  }
  product(columns, a, b);
  if (isLong()) {
    product(columns + 160, a + 80, b + 80);
    sumHalves(sums, a);
    sumHalves(sums + 80, b);
    product(columns + 320, sums, sums + 80);
    joinHalves();
    reduceLong(r);
  } else {
    reduceShort(r);
  }
}

/** r = a^2, reduced; r may be a. In the long field a product like others. */
export function sqr(r: usize, a: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (fused && !isLong()) {
      fusedSqr(r, a);
      return;
    }
  }
  mul(r, a, a);
}

/** r = a squared n times. */
export function sqrTimes(r: usize, a: usize, n: u32): void {
  sqr(r, a);
  for (; n > 1; n--) sqr(r, r);
}

/**
 * With t = 2^225, t^2 - 2t - 4 is 4p. So of a = a' t + a'' and b likewise the product is a b = (L + 4 H) + (M + 2 H) t,
 * where L = a'' b'', H = a' b' and M = (a' + a'')(b' + b'') - L - H: three products of halves for four.
 *
 * L, H and the product of sums have ten columns each; those from 5 on are again multiples of t.
 */
function joinHalves(): void {
  for (let k: usize = 0; k < 80; k += 16) {
    const at = columns + k;
    const l = v128.load(at), h = v128.load(at, 160);
    const l5 = v128.load(at, 80), h5 = v128.load(at, 240);
    // Multiples of 1 and of t, before those of t^2.
    const x = v128.add<i64>(l, v128.shl<i64>(h, 2));
    const y = v128.add<i64>(v128.sub<i64>(v128.load(at, 320), l), h);
    const x5 = v128.add<i64>(l5, v128.shl<i64>(h5, 2));
    const y5 = v128.add<i64>(v128.sub<i64>(v128.load(at, 400), l5), h5);
    v128.store(at, v128.add<i64>(x, v128.shl<i64>(y5, 2)));
    v128.store(at, v128.add<i64>(v128.add<i64>(y, x5), v128.shl<i64>(y5, 1)), 80);
  }
}

/** r = the digits of the ten columns, with t^2 = 2t + 4 for the last carry. */
function reduceLong(r: usize): void {
  const lift = nextLift(), mask = digitMask(), exponent = exponent52(), middle = centre();
  let v = v128.add<i64>(v128.load(columns), firstLift());
  for (let at: usize = 0; at < 144; at += 16) {
    v128.store(r + at, v128.sub<f64>(v128.or(v128.and(v, mask), exponent), middle));
    v = v128.add<i64>(v128.add<i64>(v128.load(columns + at, 16), lift), v128.shr<u64>(v, 45));
  }
  v128.store(r, v128.sub<f64>(v128.or(v128.and(v, mask), exponent), middle), 144);
  const carry = v128.sub<f64>(v128.or(v128.shr<u64>(v, 45), exponent), liftedCarry());
  const double = v128.add<f64>(carry, carry);
  v128.store(r, v128.add<f64>(v128.load(r), v128.add<f64>(double, double)));
  v128.store(r, v128.add<f64>(v128.load(r, 80), double), 80);
}

/** r = the digits of the ten columns, with 2^255 = 19. */
function reduceShort(r: usize): void {
  const mask = digitMask(), exponent = exponent52(), middle = centre();
  let lift = firstLift(), carried = i64x2.splat(0);
  for (let at: usize = 0; at < 80; at += 16) {
    const column = v128.add<i64>(v128.load(columns + at), nineteen(v128.load(columns + at, 80)));
    const v = v128.add<i64>(v128.add<i64>(column, lift), carried);
    v128.store(r + at, v128.sub<f64>(v128.or(v128.and(v, mask), exponent), middle));
    carried = v128.shr<u64>(v, 51);
    lift = nextLift();
  }
  const carry = v128.sub<f64>(v128.or(carried, exponent), liftedCarry());
  v128.store(r, v128.add<f64>(v128.load(r), v128.mul<f64>(carry, f64x2.splat(19))));
}

/** 1.5 * 2^103: what is added to it is rounded to a multiple of 2^51. */
const rounder = memory.data<f64>([15211807202738752817960438464513.0, 15211807202738752817960438464513.0]);
/** 2^-51, and 19 * 2^-51 for the last digit. */
const scales = memory.data<f64>([4.440892098500626e-16, 4.440892098500626e-16, 8.43769498715119e-15, 8.43769498715119e-15]);

/** Reduces the digits of a sum in the short field, in place. In the long one sums stay as they are. */
export function carry(r: usize): void {
  if (isLong()) return;
  const big = v128.load(rounder), scale = v128.load(scales);
  const d0 = v128.load(r), d1 = v128.load(r, 16), d2 = v128.load(r, 32), d3 = v128.load(r, 48), d4 = v128.load(r, 64);
  const c0 = v128.sub<f64>(v128.add<f64>(d0, big), big);
  const c1 = v128.sub<f64>(v128.add<f64>(d1, big), big);
  const c2 = v128.sub<f64>(v128.add<f64>(d2, big), big);
  const c3 = v128.sub<f64>(v128.add<f64>(d3, big), big);
  const c4 = v128.sub<f64>(v128.add<f64>(d4, big), big);
  v128.store(r, v128.add<f64>(v128.sub<f64>(d0, c0), v128.mul<f64>(c4, v128.load(scales, 16))));
  v128.store(r, v128.add<f64>(v128.sub<f64>(d1, c1), v128.mul<f64>(c0, scale)), 16);
  v128.store(r, v128.add<f64>(v128.sub<f64>(d2, c2), v128.mul<f64>(c1, scale)), 32);
  v128.store(r, v128.add<f64>(v128.sub<f64>(d3, c3), v128.mul<f64>(c2, scale)), 48);
  v128.store(r, v128.add<f64>(v128.sub<f64>(d4, c4), v128.mul<f64>(c3, scale)), 64);
}

/** r = a in both lanes. */
export function copy(r: usize, a: usize): void {
  memory.copy(r, a, elementSize());
}

/**
 * edwards25519 and edwards448 (RFC 7748, 4.1 and 4.2; RFC 8032, 5.1 and 5.2; SP 800-186, 3.2.3): their constants, the
 * choice between them, and points to and from their encodings. Constants are public and are not wiped.
 */
import { shiftLeft } from "../nat/add";
import { fromBytes, isCanonical, isZeroElement, lowestBit, setSmall, toBytes } from "./encode";
import { carry, mul, sqr } from "./field";
import { invert, powerForRoot } from "./power";
import { curveRoom } from "./scratch";
import { elementSize, fieldBytes, isLong } from "./shape";

/** The base points as RFC 8032 encodes them; both have an even x. */
const shortBase = memory.data<u8>([
  0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
  0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
]);
const longBase = memory.data<u8>([
  0x14, 0xfa, 0x30, 0xf2, 0x5b, 0x79, 0x08, 0x98, 0xad, 0xc8, 0xd7, 0x4e, 0x2c, 0x13, 0xbd, 0xfd,
  0xc4, 0x39, 0x7c, 0xe6, 0x1c, 0xff, 0xd3, 0x3a, 0xd7, 0xc2, 0xa0, 0x05, 0x1e, 0x9c, 0x78, 0x87,
  0x40, 0x98, 0xa3, 0x6c, 0x73, 0x73, 0xea, 0x4b, 0x62, 0xc7, 0xc9, 0x56, 0x37, 0x20, 0x76, 0x88,
  0x24, 0xbc, 0xb6, 0x6e, 0x71, 0x46, 0x3f, 0x69, 0x00,
]);

/** The orders L of the base points in limbs: 2^252 + 0x14def9de..., 2^446 - 0x8335dc16.... */
const shortOrder = memory.data<u32>([0x5cf5d3ed, 0x5812631a, 0xa2f79cd6, 0x14def9de, 0, 0, 0, 0x10000000]);
const longOrder = memory.data<u32>([
  0xab5844f3, 0x2378c292, 0x8dc58f55, 0x216cc272, 0xaed63690, 0xc44edb49, 0x7cca23e9,
  0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x3fffffff,
]);

/** The orders of the groups, 8 L and 4 L. */
const shortGroup = memory.data(32);
const longGroup = memory.data(56);

/** d in both lanes, and (2d | 2) or (d | 1): what `prepare` multiplies with. */
const shortD = memory.data(80, 16);
const shortFactors = memory.data(80, 16);
/** 2^((p-1)/4) = (2^((p-5)/8))^2 2, a root of -1: RFC 8032, 5.1.3, step 3. */
const shortRoot = memory.data(80, 16);
const longD = memory.data(160, 16);
const longFactors = memory.data(160, 16);

const y2 = curveRoom;
const u = curveRoom + 160;
const v = curveRoom + 320;
const x = curveRoom + 480;
const y = curveRoom + 640;
const scratch = curveRoom + 800;
const encodedY = curveRoom + 960; //     64 bytes

export function encodedBase(): usize {
  return isLong() ? longBase : shortBase;
}

export function order(): usize {
  return isLong() ? longOrder : shortOrder;
}

/** The order of the group: of a point whose order is not known, multiples are the same modulo this only. */
export function groupOrder(): usize {
  return isLong() ? longGroup : shortGroup;
}

/** Limbs of either order, and of a scalar below it. */
export function orderLimbs(): u32 {
  return isLong() ? 14 : 8;
}

/** Bytes of an encoded point and of a seed: RFC 8032, 5.1 and 5.2, parameter b over 8. */
export function pointBytes(): u32 {
  return isLong() ? 57 : 32;
}

function edwardsD(): usize {
  return isLong() ? longD : shortD;
}

export function factors(): usize {
  return isLong() ? longFactors : shortFactors;
}

/** r = a + b in both lanes. */
export function addElements(r: usize, a: usize, b: usize): void {
  for (let at: usize = 0, end = <usize>elementSize(); at < end; at += 16) {
    v128.store(r + at, v128.add<f64>(v128.load(a + at), v128.load(b + at)));
  }
}

/** r = a - b in both lanes. */
export function subElements(r: usize, a: usize, b: usize): void {
  for (let at: usize = 0, end = <usize>elementSize(); at < end; at += 16) {
    v128.store(r + at, v128.sub<f64>(v128.load(a + at), v128.load(b + at)));
  }
}

/** d = -121665/121666, or -39081; with what `prepare` and the decoding need, and the order of the group. */
export function makeConstants(): void {
  const d = edwardsD(), f = factors(), limbs = orderLimbs();
  memory.copy(groupOrder(), order(), limbs << 2);
  shiftLeft(groupOrder(), isLong() ? 2 : 3, limbs);
  if (isLong()) {
    setSmall(d, -39081, -39081);
    setSmall(f, -39081, 1);
    return;
  }
  setSmall(d, 121666, 121666);
  invert(d, d, 0);
  setSmall(f, -121665, -121665);
  mul(d, d, f);
  addElements(f, d, d);
  carry(f);
  for (let at: usize = 0; at < 80; at += 16) store<f64>(f + at, at == 0 ? 2 : 0, 8);
  setSmall(u, 2, 2);
  powerForRoot(shortRoot, u);
  sqr(shortRoot, shortRoot);
  mul(shortRoot, shortRoot, u);
}

/** The lane of y = the y of the string at `from`; returns the sign of its x, or a negative number if y is not below p. */
function readVarTime(lane: u32, from: usize): i32 {
  const last = pointBytes() - 1;
  const sign = load<u8>(from + last) >>> 7;
  memory.copy(encodedY, from, pointBytes());
  store<u8>(encodedY + last, load<u8>(encodedY + last) & 0x7f);
  if (isLong() && load<u8>(encodedY + last) != 0) return -1;
  fromBytes(y, lane, encodedY);
  return isCanonical(y, lane, encodedY) ? <i32>sign : -1; // step 1
}

/** Makes the lane of x the root that has the sign; returns 0 if there is no such x. With a = -1 it may take a root of -1. */
function settleVarTime(lane: u32, sign: i32): u32 {
  const at = x + (lane << 3), end = at + elementSize();
  subElements(scratch, y2, u);
  if (!isZeroElement(scratch, lane)) {
    if (isLong()) return 0;
    addElements(scratch, y2, u);
    carry(scratch);
    if (!isZeroElement(scratch, lane)) return 0;
    mul(scratch, x, shortRoot);
    for (let i = at; i < end; i += 16) store<f64>(i, load<f64>(i - x + scratch));
  }
  if (<i32>lowestBit(x, lane) == sign) return 1;
  for (let i = at; i < end; i += 16) store<f64>(i, -load<f64>(i));
  return isZeroElement(x, lane) ^ 1; // step 4: x = 0 has no sign
}

/** p = the affine point (x, y) in the lane. */
function takePoint(p: usize, lane: u32): void {
  const size = <usize>elementSize();
  for (let at: usize = 0, from: usize = lane << 3; at < size; at += 16, from += 16) {
    store<f64>(p + at, load<f64>(x + from));
    store<f64>(p + at, load<f64>(y + from), 8);
    store<f64>(p + size + at, load<f64>(v + from));
    store<f64>(p + size + at, at == 0 ? 1 : 0, 8);
  }
}

/** p = the point that the string at `from` stands for, as in `decodeTwoVarTime`. */
export function decodePointVarTime(p: usize, from: usize): u32 {
  return decodeTwoVarTime(p, p, from, from);
}

/**
 * p and q = the points that the strings at a and b stand for, one in each lane, RFC 8032, 5.1.3 and 5.2.3; returns 1, or 0
 * if one stands for none: y not below p, no x, or x = 0 with its sign set. Not constant-time: points are public.
 */
export function decodeTwoVarTime(p: usize, q: usize, a: usize, b: usize): u32 {
  const first = readVarTime(0, a), second = readVarTime(1, b);
  if ((first | second) < 0) return 0;
  setSmall(x, 1, 1);
  sqr(y2, y);
  mul(v, y2, edwardsD());
  if (isLong()) subElements(v, v, x); // step 2: x^2 = (y^2 - 1) / (d y^2 + 1), or (y^2 - 1) / (d y^2 - 1)
  else addElements(v, v, x);
  subElements(u, y2, x);
  carry(u);
  carry(v);
  if (isLong()) {
    mul(y2, u, v); //                u v
    sqr(x, u);
    mul(x, x, y2); //                u^3 v
    sqr(y2, y2);
    mul(y2, y2, x); //               u^5 v^3
  } else {
    sqr(y2, v);
    mul(y2, y2, v); //               v^3
    mul(x, u, y2); //                u v^3
    sqr(y2, y2);
    mul(y2, y2, v);
    mul(y2, y2, u); //               u v^7
  }
  powerForRoot(y2, y2);
  mul(x, x, y2);
  sqr(y2, x);
  mul(y2, y2, v); //                 v x^2: u or, in the short field, -u (step 3)
  if (!settleVarTime(0, first) || !settleVarTime(1, second)) return 0;
  mul(v, x, y);
  takePoint(p, 0);
  takePoint(q, 1);
  return 1;
}

/** to = the encoding of the point p, RFC 8032, 5.1.2 and 5.2.2. Constant-time. */
export function encodePoint(to: usize, p: usize): void {
  invert(u, p + elementSize(), 1);
  encodeByInverse(to, p, u);
}

/** The same, with 1/Z in both lanes at hand. */
export function encodeByInverse(to: usize, p: usize, inverse: usize): void {
  mul(x, p, inverse);
  toBytes(to, x, 1);
  const last = to + pointBytes() - 1;
  if (isLong()) store<u8>(last, 0);
  store<u8>(last, load<u8>(last) | (lowestBit(x, 0) << 7));
}

/**
 * to = the u-coordinate of RFC 7748 for the point p of the Edwards curve: (1 + y) / (1 - y) by the map of 4.1, and
 * (y / x)^2 by the 4-isogeny of 4.2, which takes base point to base point. 0 for the neutral element. Constant-time.
 */
export function encodeMontgomery(to: usize, p: usize): void {
  if (isLong()) {
    invert(u, p, 0);
    mul(x, p, u);
    sqr(x, x);
  } else {
    // The high lanes: Z - Y and Z + Y.
    subElements(u, p + 80, p);
    addElements(v, p + 80, p);
    invert(u, u, 1);
    mul(x, u, v);
  }
  toBytes(to, x, 1);
}

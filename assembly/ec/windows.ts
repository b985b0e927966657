/**
 * Multiples of the base point, from tables that are computed at the first use of a curve: never stored in the module. There
 * are two, with windows of different width, so that they have neither an entry's place nor a scalar's digit in common, nor the
 * way in which an even scalar is made odd: the second recomputes public keys for the pairwise test.
 *
 * An odd scalar below 2^(w W) is a sum of W odd digits d_i 2^(w i) with |d_i| < 2^w: d_i is the w + 1 bits from bit w i up,
 * the lowest of them set, less 2^w (M. Joye, M. Tunstall, "Exponent recoding and regular exponentiation algorithms",
 * AFRICACRYPT 2009, Algorithm 6). No digit is zero. Lane 0 sums the lower half of the windows, lane 1 the upper half; for
 * each pair of windows the table holds the odd multiples up to 2^w - 1 of 2^(w i) G and of 2^(w (i + W / 2)) G, so nothing
 * is doubled. The whole of a pair's part is read, under masks, for every digit.
 */
import { wipe } from "../base/memory";
import { addIf, subIf, swapIf } from "../nat/add";
import { BATCH, toTable } from "./affine";
import { VECTOR } from "./constants";
import { basePoint, currentCurve, limbCount, one, order } from "./curve";
import { Curve, curveBits, curveDigits } from "./curves";
import { digitCount } from "./field";
import { addEntry, toHomogeneous } from "./extended";
import { add, mergeLanes, POINT, swapLanes } from "./point";

/**
 * Digits as pairs of i32, -x then -y, for each entry; 96 bytes at a time are read. In the order of the curves, first and second:
 * 43008 + 29184 + 135168 + 79872 + 110592 + 74880 + 202752 + 133632 + 49152 + 33024 bytes.
 */
const tables = memory.data(891264, 16);

/** Bit 2 curve is set when its first table stands, the next one for its second. */
let built: u32 = 0;
let w: u32 = 0;
/** Pairs of windows: W / 2. */
let pairs: u32 = 0;
/** Bytes of an entry, and of a pair. */
let entrySize: u32 = 0;
let pairSize: u32 = 0;

const scalar = memory.data(96, 16);
const picked = memory.data(448, 16);
const entry = memory.data(768, 16);
const sum = memory.data(1536, 16);
const swapped = memory.data(1152, 16);

/** Sets the shape of a table, and returns its bytes. */
function shape(curve: u32, second: u32): u32 {
  w = (curve == Curve.P_256 ? 6 : 4) - second;
  pairs = (curveBits(curve) + second + 2 * w - 1) / (2 * w); // d + n has one bit more
  entrySize = ((curveDigits(curve) + 5) / 6) * 96;
  pairSize = entrySize << (w - 1);
  return pairs * pairSize;
}

/** Where a table of the curve at work stands; sets its shape. Computes it at the first use. */
function table(second: u32): usize {
  const wanted: u32 = 2 * currentCurve() + second;
  let at = tables;
  let size: u32 = 0;
  for (let i: u32 = Curve.P_224 << 1; i <= wanted; i++) {
    at += size;
    size = shape(i >>> 1, i & 1);
  }
  if (((built >>> wanted) & 1) == 0) build(at);
  built |= 1 << wanted;
  return at;
}

const batch = memory.data(9216, 16);
const step = memory.data(1152, 16);
const last = memory.data(1152, 16);

function build(at: usize): void {
  const base = sum;
  const entries: u32 = 1 << (w - 1);
  const count = entries < BATCH ? entries : BATCH;
  memory.copy(base, basePoint(), POINT);
  for (let i: u32 = 0; i < w * pairs; i++) add(base, base, base);
  mergeLanes(base, basePoint(), base);
  for (let pair: u32 = 0; pair < pairs; pair++) {
    add(step, base, base);
    for (let e: u32 = 0; e < entries; e += count) {
      for (let i: u32 = 0; i < count; i++) {
        const to = batch + i * POINT;
        if ((e | i) == 0) memory.copy(to, base, POINT);
        else add(to, i == 0 ? last : to - POINT, step);
      }
      memory.copy(last, batch + (count - 1) * POINT, POINT); // toTable changes them
      toTable(at + pair * pairSize + e * entrySize, entrySize, batch, count);
    }
    for (let i: u32 = 0; i < w; i++) add(base, base, base);
  }
  wipe(batch, 9216);
}

/** The w + 1 bits of the scalar that make its digit i, the lowest set. */
function window(i: u32): i32 {
  const bit = i * w;
  return (<i32>(load<u64>(scalar + ((bit >>> 5) << 2)) >>> (bit & 31)) & ((2 << w) - 1)) | 1;
}

/** r = d G, d in [1, n - 1] in limbs: the same point in both lanes. Wipes its scratch, but for what stands in point.ts. */
export function multiplyBase(r: usize, d: usize): void {
  const from = table(0);
  const limbs = limbCount();
  // An even d becomes n - d, and the point its opposite.
  const odd = load<u32>(d) & 1;
  memory.copy(scalar, order, limbs << 2);
  subIf(1, scalar, d, limbs);
  memory.copy(entry, d, limbs << 2);
  swapIf(odd, scalar, entry, limbs);
  addWindows(r, from);
  negateIf(odd ^ 1, r + VECTOR);
}

/** The same from the other table. An even d becomes d + n. */
export function recomputeBase(r: usize, d: usize): void {
  const from = table(1);
  const limbs = limbCount();
  memory.copy(scalar, d, limbs << 2);
  store<u32>(scalar + (limbs << 2), addIf((load<u32>(d) & 1) ^ 1, scalar, order, limbs));
  addWindows(r, from);
}

/** r = the odd number in `scalar`, which is zero behind it, times G. Wipes it. */
function addWindows(r: usize, from: usize): void {
  const top = 2 * pairs * w;
  const at = scalar + ((top >>> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (top & 31))); // the highest digit is not lowered
  for (let i: u32 = 0; i < pairs; i++) {
    const to = i == 0 ? sum : entry;
    pick(to, from + i * pairSize, window(i), window(i + pairs));
    if (i != 0) {
      addEntry(sum, entry);
    } else {
      negateIf(1, sum);
      negateIf(1, sum + VECTOR);
      memory.copy(sum + 2 * VECTOR, one(), VECTOR);
      memory.copy(sum + 3 * VECTOR, one(), VECTOR);
    }
  }
  toHomogeneous(sum);
  swapLanes(swapped, sum);
  add(r, sum, swapped);
  wipe(scalar, 96);
  wipe(picked, 448);
  wipe(entry, 768);
  wipe(sum, 1536);
  wipe(swapped, 1152);
}

/** a = -a if choice is 1: the signs of its doubles change. */
function negateIf(choice: u32, a: usize): void {
  const sign = i64x2.splat((<u64>choice) << 63);
  for (let i: u32 = 0; i < digitCount() << 4; i += 16) v128.store(a + i, v128.xor(v128.load(a + i), sign));
}

/** r = -x and -y of the entries that two digits, in two lanes, want, from all entries of one pair. */
function pick(r: usize, from: usize, digit0: i32, digit1: i32): void {
  // Bit w of a digit that is positive is set; a negative one counts from the other end.
  const minus0 = ((digit0 >>> w) & 1) - 1;
  const minus1 = ((digit1 >>> w) & 1) - 1;
  const entries = (1 << (w - 1)) - 1;
  const index0 = ((digit0 >>> 1) ^ minus0) & entries;
  const index1 = ((digit1 >>> 1) ^ minus1) & entries;
  const wanted = i64x2.splat(<u64>index0 | ((<u64>index1) << 32));
  const end = from + pairSize;
  const increment = i32x4.splat(1);
  for (let part: u32 = 0; part < entrySize; part += 96) {
    let s0 = i64x2.splat(0);
    let s1 = i64x2.splat(0);
    let s2 = i64x2.splat(0);
    let s3 = i64x2.splat(0);
    let s4 = i64x2.splat(0);
    let s5 = i64x2.splat(0);
    let number = i64x2.splat(0);
    for (let at = from + part; at < end; at += entrySize) {
      const keep = i32x4.eq(number, wanted);
      s0 = v128.or(s0, v128.and(keep, v128.load(at)));
      s1 = v128.or(s1, v128.and(keep, v128.load(at, 16)));
      s2 = v128.or(s2, v128.and(keep, v128.load(at, 32)));
      s3 = v128.or(s3, v128.and(keep, v128.load(at, 48)));
      s4 = v128.or(s4, v128.and(keep, v128.load(at, 64)));
      s5 = v128.or(s5, v128.and(keep, v128.load(at, 80)));
      number = i32x4.add(number, increment);
    }
    v128.store(picked + part, s0);
    v128.store(picked + part, s1, 16);
    v128.store(picked + part, s2, 32);
    v128.store(picked + part, s3, 48);
    v128.store(picked + part, s4, 64);
    v128.store(picked + part, s5, 80);
  }
  const sign = i64x2.replace_lane(i64x2.splat(<u64>minus0 << 63), 1, <u64>minus1 << 63);
  const n = digitCount();
  const y = picked + (n << 3);
  for (let i: u32 = 0; i < n; i++) {
    const low = v128.load64_zero(picked + (i << 3));
    const high = v128.load64_zero(y + (i << 3));
    v128.store(r + (i << 4), f64x2.convert_low_i32x4_s(low));
    v128.store(r + VECTOR + (i << 4), v128.xor(f64x2.convert_low_i32x4_s(high), sign));
  }
}

/**
 * Multiples of any point by a comb with eight teeth (C. H. Lim, P. J. Lee, "More flexible exponentiation with
 * precomputation", CRYPTO 1994): tooth t takes the bits of the scalar from t s up, s = bits / 8. Lane 0 has the teeth 0 to
 * 3, lane 1 the others; for all sums of four teeth there is a table of 16 points in each lane, which is read whole.
 *
 * For the one multiple of a point, where a table that avoids doublings does not pay off: n Q.
 */
import { wipe } from "../base/memory";
import { VECTOR } from "./constants";
import { currentCurve, limbCount, one } from "./curve";
import { curveBits } from "./curves";
import { digitCount } from "./field";
import { add, mergeLanes, POINT, swapLanes } from "./point";

const TABLE: u32 = 16 * POINT;
const table = memory.data(18432, 16);

const scalar = memory.data(96, 16);
const sum = memory.data(1152, 16);
const other = memory.data(1152, 16);

function spacing(): u32 {
  return (curveBits(currentCurve()) + 7) >>> 3;
}

/** The sums of the teeth of a point, which is in both lanes. */
function build(at: usize, point: usize): void {
  const s = spacing();
  memory.copy(sum, point, POINT);
  for (let i: u32 = 0; i < 4 * s; i++) add(sum, sum, sum);
  mergeLanes(at + POINT, point, sum);
  wipe(at, POINT); // (0 : 1 : 0)
  memory.copy(at + VECTOR, one(), VECTOR);
  for (let tooth: u32 = 2; tooth < 16; tooth <<= 1) {
    const to = at + tooth * POINT;
    memory.copy(to, at + (tooth >>> 1) * POINT, POINT);
    for (let i: u32 = 0; i < s; i++) add(to, to, to);
    for (let i: u32 = 1; i < tooth; i++) add(to + i * POINT, to, at + i * POINT);
  }
}

/** r = d Q for a point Q that is in both lanes, d in limbs. */
export function multiplyPoint(r: usize, d: usize, point: usize): void {
  build(table, point);
  comb(r, d, table);
  wipe(table, TABLE);
}

/** The bits of the scalar at `bit` and three places of s further on. */
function teeth(bit: u32, s: u32): u32 {
  let bits: u32 = 0;
  for (let t: u32 = 0; t < 4; t++) {
    bits |= ((load<u32>(scalar + ((bit >>> 5) << 2)) >>> (bit & 31)) & 1) << t;
    bit += s;
  }
  return bits;
}

function comb(r: usize, d: usize, at: usize): void {
  const s = spacing();
  wipe(scalar, 96);
  memory.copy(scalar, d, limbCount() << 2);
  memory.copy(sum, at, POINT); // infinity
  for (let i = <i32>s - 1; i >= 0; i--) {
    add(sum, sum, sum);
    pick(at, teeth(i, s), teeth(i + 4 * s, s));
    add(sum, sum, other);
  }
  swapLanes(other, sum);
  add(r, sum, other);
  wipe(scalar, 96);
  wipe(sum, POINT);
  wipe(other, POINT);
}

/** other = the point number index0 of the table in lane 0, index1 in lane 1: all are read. */
function pick(at: usize, index0: u32, index1: u32): void {
  const wanted = i64x2.replace_lane(i64x2.splat(index0), 1, index1);
  for (let vector: u32 = 0; vector < POINT; vector += VECTOR) {
    for (let i = vector; i < vector + (digitCount() << 4); i += 16) {
      let s = i64x2.splat(0);
      for (let number: u32 = 0; number < 16; number++) {
        const keep = i64x2.eq(i64x2.splat(<u64>number), wanted);
        s = v128.or(s, v128.and(keep, v128.load(at + number * POINT + i)));
      }
      v128.store(other + i, s);
    }
  }
}

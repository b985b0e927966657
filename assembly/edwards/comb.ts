/**
 * Multiples of the base point by a table: k = sum of e_i 16^i with -8 <= e_i < 8 (8 at the top). For each second i the
 * table has the eight multiples 16^i B ... 8 * 16^i B; one lane adds those of the even i, the other those of the odd i,
 * and 16 times the second sum is added to the first.
 *
 * The table is made the first time that it is needed, stays, and is public.
 */
import { decodePointVarTime, encodedBase, factors } from "./curve";
import { carry, mul } from "./field";
import { add, differenceAndSum, double, lowSign, prepare, spreadHigh, swapped } from "./point";
import { invert } from "./power";
import { combRoom } from "./scratch";
import { elementSize, isLong } from "./shape";
import { addTwins, pickTwins, setTwins, takeTwin } from "./twin";

/** 32 and 57 places, eight points a place, of 120 and 240 bytes: 256 bits, and 448 with a carry. */
const shortTable = memory.data(30720, 16);
const longTable = memory.data(109440, 16);
const digits = combRoom; //            128 bytes
const other = combRoom + 128; //       320
const inverse = combRoom + 448; //     160
const scratch = combRoom + 608; //     160

/** The eight points of a place, and the products of the first, the first two, ... of their Z: public, and not wiped. */
const points = memory.data(2560, 16);
const products = memory.data(1280, 16);

let shortMade: bool = false;
let longMade: bool = false;

function places(): u32 {
  return isLong() ? 57 : 32;
}

function table(): usize {
  return isLong() ? longTable : shortTable;
}

/** Bytes of a point in the table. */
function entrySize(): usize {
  return isLong() ? 240 : 120;
}

/** Makes the table of the curve if there is none; `p` is room for a point. */
function makeTable(p: usize): void {
  if (isLong() ? longMade : shortMade) return;
  const size = <usize>elementSize() << 1;
  decodePointVarTime(p, encodedBase());
  for (let i: u32 = 0, to = table(); i < places(); i++, to += 8 * entrySize()) {
    prepare(other, p, factors());
    for (let j: usize = 0; j < 8; j++) {
      if (j > 0) add(p, other);
      memory.copy(points + j * size, p, size);
    }
    for (let j: u32 = 3; j < 8; j++) double(p); // from 8 to 256
    makePlace(to);
  }
  if (isLong()) longMade = true;
  else shortMade = true;
}

/** Writes the eight points in affine form, with one inversion for all. The high lane of (T | Z) is Z. */
function makePlace(to: usize): void {
  const size = <usize>elementSize();
  memory.copy(products, points + size, size);
  for (let j: usize = 1; j < 8; j++) {
    mul(products + j * size, products + (j - 1) * size, points + (2 * j + 1) * size);
  }
  invert(inverse, products + 7 * size, 1);
  for (let j: isize = 7; j >= 0; j--) {
    const point = points + 2 * j * size;
    if (j > 0) {
      spreadHigh(scratch, products + (j - 1) * size);
      mul(scratch, scratch, inverse);
      mul(point, point, scratch);
      spreadHigh(scratch, point + size);
      mul(inverse, inverse, scratch);
    } else {
      mul(point, point, inverse);
    }
    writeEntry(to + j * entrySize(), point);
  }
}

/** Writes the affine point (x | y) as `twin.ts` wants it. */
function writeEntry(to: usize, xy: usize): void {
  const size = <usize>elementSize(), half = size >>> 1, sign = lowSign();
  for (let at: usize = 0; at < size; at += 16) v128.store(scratch + at, swapped(v128.load(xy + at)));
  mul(scratch, scratch, xy);
  mul(scratch, scratch, factors());
  if (!isLong()) {
    for (let at: usize = 0; at < size; at += 16) v128.store(xy + at, differenceAndSum(v128.load(xy + at), sign));
    carry(xy);
  }
  for (let at: usize = 0; at < half; at += 8) {
    store<u64>(to + at, load<u64>(xy + 2 * at));
    store<u64>(to + half + at, load<u64>(xy + 2 * at, 8));
    store<u64>(to + size + at, load<u64>(scratch + 2 * at));
  }
}

/** Writes the digits of the scalar of 32 or 56 bytes. */
function recode(scalar: usize): void {
  const count = places() << 1;
  const bytes: u32 = isLong() ? 56 : 32;
  memory.fill(digits, 0, count);
  for (let i: u32 = 0; i < bytes; i++) {
    const byte = load<u8>(scalar + i);
    store<u8>(digits + 2 * i, byte & 15);
    store<u8>(digits + 2 * i + 1, byte >>> 4);
  }
  let carry: i32 = 0;
  for (let i: u32 = 0; i < count - 1; i++) {
    const digit = <i32>load<i8>(digits + i) + carry;
    carry = (digit + 8) >> 4;
    store<i8>(digits + i, <i8>(digit - (carry << 4)));
  }
  store<i8>(digits + count - 1, <i8>(<i32>load<i8>(digits + count - 1) + carry));
}

/** p = k B, where k is the little-endian scalar of 32 bytes, below 2^255, or of 56. Constant-time. */
export function multiplyBase(p: usize, k: usize): void {
  makeTable(p);
  recode(k);
  setTwins();
  const step: usize = 8 * entrySize();
  for (let i: u32 = 0, place: usize = table(); i < places(); i++, place += step) {
    pickTwins(place, load<i8>(digits + 2 * i), load<i8>(digits + 2 * i + 1));
    addTwins();
  }
  takeTwin(p, 0);
  prepare(other, p, factors());
  takeTwin(p, 1);
  for (let i: u32 = 0; i < 4; i++) double(p);
  add(p, other);
}

/**
 * s B - k A for a signature's check, by windows of odd digits, in as few additions as that takes. Not constant-time: all of
 * it is public.
 *
 * A digit is 0 or odd, below 2^(w-1) in magnitude, and w - 1 zeros follow each that is not 0. The odd multiples of B are made the
 * first time that they are needed, by additions, and stay: they have nothing to do with the table of `comb.ts`, with which
 * signatures are made.
 */
import { wipe } from "../base/memory";
import { decodePointVarTime, encodedBase, factors, orderLimbs } from "./curve";
import { add, double, negate, prepare, setNeutral } from "./point";
import { elementSize, isLong } from "./shape";

const BASE_WIDTH: u32 = 7;
const POINT_WIDTH: u32 = 5;
/** Odd multiples that are below 2^(w-1): 32 and 8, each ready to be added, of 160 or 320 bytes. */
const shortBase = memory.data(5120, 16);
const longBase = memory.data(10240, 16);
const multiples = memory.data(2560, 16);
let shortMade: bool = false;
let longMade: bool = false;

/** A digit for each bit, of s and of k. */
const digits = memory.data(2 * 464, 16);
const DIGITS: u32 = 464;
const entry = memory.data(320, 16);

/** Bytes of a point ready to be added. */
function entrySize(): u32 {
  return elementSize() << 1;
}

/** table = the odd multiples of p, which is changed. */
function makeMultiples(table: usize, p: usize, width: u32): void {
  prepare(table, p, factors());
  double(p);
  prepare(entry, p, factors()); // 2 p
  const count: u32 = 1 << (width - 2);
  // From 2 p on: 3 p, and 2 p more each time.
  add(p, table);
  for (let i: u32 = 1; i < count; i++) {
    prepare(table + i * entrySize(), p, factors());
    add(p, entry);
  }
}

/** The odd multiples of B; `p` is room for a point. */
function baseMultiples(p: usize): usize {
  const table = isLong() ? longBase : shortBase;
  if (isLong() ? longMade : shortMade) return table;
  decodePointVarTime(p, encodedBase());
  makeMultiples(table, p, BASE_WIDTH);
  if (isLong()) longMade = true;
  else shortMade = true;
  return table;
}

function bitsAt(scalar: usize, at: u32, count: u32): i32 {
  const end = orderLimbs() << 5;
  let bits = 0;
  for (let i: u32 = 0; i < count && at + i < end; i++) {
    bits |= <i32>((load<u8>(scalar + ((at + i) >>> 3)) >>> ((at + i) & 7)) & 1) << i;
  }
  return bits;
}

/** to = the digits of a scalar below the order, which has at least two bits less than its limbs. */
function recode(to: usize, scalar: usize, width: u32): void {
  memory.fill(to, 0, DIGITS);
  let carry = 0;
  for (let at: u32 = 0; at < orderLimbs() << 5; ) {
    if (bitsAt(scalar, at, 1) == carry) {
      at++;
      continue;
    }
    const window = bitsAt(scalar, at, width) + carry;
    carry = window >>> (width - 1);
    store<i8>(to + at, <i8>(window - (carry << width)));
    at += width;
  }
}

/** p = p + digit times the point of a table. */
function addDigit(p: usize, table: usize, digit: i32): void {
  if (digit == 0) return;
  const magnitude = <u32>(digit < 0 ? -digit : digit);
  const from = table + (magnitude >>> 1) * entrySize();
  if (digit > 0) {
    add(p, from);
    return;
  }
  memory.copy(entry, from, entrySize());
  negate(entry);
  add(p, entry);
}

/** p = s B - k A, for scalars below the order in the bytes of its limbs and the point A at p. */
export function combineVarTime(p: usize, s: usize, k: usize): void {
  recode(digits, s, BASE_WIDTH);
  recode(digits + DIGITS, k, POINT_WIDTH);
  makeMultiples(multiples, p, POINT_WIDTH);
  const base = baseMultiples(p);
  let at = <i32>(orderLimbs() << 5);
  while (at > 0 && (load<u8>(digits + at) | load<u8>(digits + DIGITS + at)) == 0) at--;
  setNeutral(p);
  for (; at >= 0; at--) {
    double(p);
    addDigit(p, base, load<i8>(digits + at));
    addDigit(p, multiples, -load<i8>(digits + DIGITS + at));
  }
  wipe(digits, 2 * DIGITS);
  wipe(multiples, 2560);
  wipe(entry, 320);
}

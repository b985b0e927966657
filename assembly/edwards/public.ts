/**
 * s B less multiples of other points for the check of signatures, by windows of odd digits, in as few additions as that
 * takes and with one doubling a bit for all of them. Not constant-time: all of it is public.
 *
 * A digit is 0 or odd, below 2^(w-1) in magnitude, and w - 1 zeros follow each that is not 0. The odd multiples of B are made the
 * first time that they are needed, by additions, and stay: they have nothing to do with the table of `comb.ts`, with which
 * signatures are made.
 */
import { wipe } from "../base/memory";
import { decodePointVarTime, encodedBase, factors, orderLimbs } from "./curve";
import { add, double, negate, prepare, setNeutral } from "./point";
import { elementSize, isLong } from "./shape";

/**
 * A wider window has fewer digits, 1 in w + 1 bits, and twice the multiples, which take 1.4 additions each: 5 is best with a
 * scalar as long as the order, 4 with one of 128 bits, and for B, whose multiples stay, memory decides.
 */
const BASE_WIDTH: u32 = 7;
export const POINT_WIDTH: u32 = 5;
export const HALF_WIDTH: u32 = 4;

/** Odd multiples that are below 2^(w-1): 32 of B, each ready to be added, of 160 or 320 bytes. */
const shortBase = memory.data(5120, 16);
const longBase = memory.data(10240, 16);
let shortMade: bool = false;
let longMade: bool = false;

/** Those of the other points, one after the other: of 16 with 8 and 16 with 4, and half as many of the longer curve. */
const multiples = memory.data(30720, 16);
let next: usize = multiples;
const MAX_TERMS: u32 = 32;
/** Where each point has its multiples. */
const tables = memory.data(128);
let terms: u32 = 0;

/** A digit for each bit, of s and then of each term. */
const digits = memory.data(15312, 16); // 33 DIGITS
const DIGITS: u32 = 464;
const entry = memory.data(320, 16);

/** How many signatures one check takes: their two points each are its terms. */
export function maxSignatures(): u32 {
  return isLong() ? MAX_TERMS / 4 : MAX_TERMS / 2;
}

/** Bytes of a point ready to be added. */
function entrySize(): u32 {
  return elementSize() << 1;
}

/** table = the odd multiples of p, which is changed. */
function makeMultiples(table: usize, p: usize, width: u32): void {
  prepare(table, p, factors());
  double(p);
  prepare(entry, p, factors()); // 2 p
  const end = table + (entrySize() << (width - 2));
  // From 2 p on: 3 p, and 2 p more each time.
  let from = table;
  while ((table += entrySize()) < end) {
    add(p, from);
    prepare(table, p, factors());
    from = entry;
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

/** Bits of a scalar from `at` on, which may be less than `count` of those that it has. */
function bitsAt(scalar: usize, bits: u32, at: u32, count: u32): i32 {
  const left = bits - at;
  const word = <i32>(load<u64>(scalar + (at >>> 3)) >>> (at & 7));
  return word & ((1 << (count < left ? count : left)) - 1);
}

/** to = the digits of a scalar of so many bits, which are whole bytes; a last carry is the digit above them. */
function recode(to: usize, scalar: usize, bits: u32, width: u32): void {
  memory.fill(to, 0, DIGITS);
  let carry = 0;
  let at: u32 = 0;
  while (at < bits) {
    if (bitsAt(scalar, bits, at, 1) == carry) {
      at++;
      continue;
    }
    const window = bitsAt(scalar, bits, at, width) + carry;
    carry = window >>> (width - 1);
    store<i8>(to + at, <i8>(window - (carry << width)));
    at += width;
  }
  // Only from a window that ends where the scalar does can there be a carry left.
  if (carry) store<i8>(to + bits, 1);
}

/** p = p + digit times the point of a table. */
function addDigit(p: usize, table: usize, digit: i32): void {
  const magnitude = <u32>(digit < 0 ? -digit : digit);
  let from = table + (magnitude >>> 1) * entrySize();
  if (digit < 0) {
    negate(entry, from);
    from = entry;
  }
  add(p, from);
}

/** One more term k p for `combineVarTime`, k being of so many bits; p is changed. */
export function addTermVarTime(p: usize, k: usize, bits: u32, width: u32): void {
  store<usize>(tables + (terms << 2), next);
  makeMultiples(next, p, width);
  next += entrySize() << (width - 2);
  recode(digits + ++terms * DIGITS, k, bits, width);
}

/** p = s B - the terms, of which there are none after that. s is below the order. */
export function combineVarTime(p: usize, s: usize): void {
  const bits = orderLimbs() << 5;
  recode(digits, s, bits, BASE_WIDTH);
  const base = baseMultiples(p);
  setNeutral(p);
  let begun = false;
  for (let row = digits + bits; row >= digits; row--) {
    if (begun) double(p);
    let digit = <i32>load<i8>(row);
    if (digit != 0) {
      addDigit(p, base, digit);
      begun = true;
    }
    for (let i: u32 = 1; i <= terms; i++) {
      digit = load<i8>(row + i * DIGITS);
      if (digit == 0) continue;
      addDigit(p, load<usize>(tables + ((i - 1) << 2)), -digit);
      begun = true;
    }
  }
  wipe(digits, (terms + 1) * DIGITS);
  wipe(multiples, <u32>(next - multiples));
  wipe(tables, 128);
  wipe(entry, 320);
  next = multiples;
  terms = 0;
}

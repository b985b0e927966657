/**
 * Modular exponentiation in two lanes, in steps: bases, moduli and exponents may all differ.
 *
 * Fixed windows; the whole table is read for every window, under masks that differ by lane. Nothing depends on an exponent
 * but the powers that come out.
 *
 * A short number waits for itself: each digit of a reduction for the one before. So of short numbers two pairs of bases
 * may be raised beside each other, with the same moduli and exponents. A base has a number: that of its lane, and 2 more in
 * the second pair.
 */
import { wipe } from "../base/memory";
import { charge } from "../nat/work";
import { exponentsWipe, fields } from "./exponents";
import { laneDigits } from "./arithmetic";
import { fromForm, isMinusOne, lanesMul, lanesOne, lanesSquare, MAX_VECTOR, never, signOfForm, takeLane, toForms } from "./lanes";

/** From so many bits on windows of five pay off, below them those of four; and there two pairs of bases. */
const LONG: u32 = 256;
const MOST_ENTRIES: u32 = 32;

/** The forms of the powers of the bases from 0 on, one pair after the other; the running powers; a mask for each entry. */
const table = memory.data(32 * 188 * 16, 16);
const power = memory.data(2 * 188 * 16, 16);
const picked = memory.data(188 * 16, 16);
const masks = memory.data(32 * 16, 16);

/** The pairs of bases: 1 or 2. */
let pairs: u32 = 1;
/** The bits of a window, and the entries of the table, which are as many as a window has values. */
let width: u32 = 0;
let entries: u32 = 0;
/** Bytes from one entry to the next. */
let stride: u32 = 0;
/** The next table entry to fill; `entries` when all are. */
let filled: u32 = 0;
/** Windows that are still to be taken into `power`, and whether it has one. */
let windows: u32 = 0;
let begun: bool = false;

/** How many bases are raised at a time, for moduli of so many bits. */
export function powerWidth(bits: u32): u32 {
  return bits < LONG ? 4 : 2;
}

/** The table of a pair: in all of them there is room for two short ones. */
function tableOf(pair: u32): usize {
  return table + ((pair * MOST_ENTRIES * MAX_VECTOR) >>> 1);
}

/** Where the power of a base runs. */
function powerOf(base: u32): usize {
  return power + (base >>> 1) * MAX_VECTOR;
}

/** Sets a base: below its modulus, in limbs. Both bases of a pair are set before powerBegin. */
export function setBase(base: u32, number: usize): void {
  takeLane(tableOf(base >>> 1) + (laneDigits() << 4), base & 1, number);
}

/** Begins the powers of one or two pairs with the exponents that are set, below 2^eBits, where eBits > 0 is public. After `setForms`. */
export function powerBegin(eBits: u32, pairsOfBases: u32): void {
  pairs = pairsOfBases;
  width = eBits < LONG ? 4 : 5;
  entries = 1 << width;
  stride = laneDigits() << 4;
  for (let pair: u32 = 0; pair < pairs; pair++) {
    toForms(tableOf(pair) + stride);
    lanesOne(tableOf(pair));
  }
  filled = 2;
  windows = (eBits + width - 1) / width;
  begun = false;
}

/** One small unit: two table entries, or one window, of each pair. Returns 1 when the powers are complete. */
export function powerStep(): u32 {
  if (filled < entries) {
    for (let pair: u32 = 0; pair < pairs; pair++) lanesSquare(entry(pair, filled), entry(pair, filled >>> 1), never);
    for (let pair: u32 = 0; pair < pairs; pair++) lanesMul(entry(pair, filled + 1), entry(pair, filled), entry(pair, 1));
    filled += 2;
    return 0;
  }
  if (windows == 0) return 1;
  windows--;
  setMasks(fields(windows * width, entries - 1));
  if (begun) {
    for (let i: u32 = 0; i < width; i++) powerSquare();
    for (let pair: u32 = 0; pair < pairs; pair++) {
      pick(picked, tableOf(pair));
      lanesMul(powerOf(2 * pair), powerOf(2 * pair), picked);
    }
  } else {
    for (let pair: u32 = 0; pair < pairs; pair++) pick(powerOf(2 * pair), tableOf(pair));
    begun = true;
  }
  return windows == 0 ? 1 : 0;
}

function entry(pair: u32, i: u32): usize {
  return tableOf(pair) + i * stride;
}

/** The masks of the entries with the secret numbers `indices`, one a lane. */
function setMasks(indices: v128): void {
  for (let i: u32 = 0; i < entries; i++) v128.store(masks + (i << 4), i64x2.eq(i64x2.splat(i), indices));
}

/** r = the entries of a table that the masks are for: every entry is read. */
function pick(r: usize, from: usize): void {
  const end = masks + (entries << 4);
  for (let at: u32 = 0; at < stride; at += 32) {
    let even = i64x2.splat(0);
    let odd = i64x2.splat(0);
    let place = from + at;
    for (let mask = masks; mask < end; mask += 32) {
      const first = v128.load(mask);
      const second = v128.load(mask, 16);
      even = v128.or(even, v128.and(first, v128.load(place)));
      odd = v128.or(odd, v128.and(first, v128.load(place, 16)));
      place += stride;
      even = v128.or(even, v128.and(second, v128.load(place)));
      odd = v128.or(odd, v128.and(second, v128.load(place, 16)));
      place += stride;
    }
    v128.store(r + at, even);
    v128.store(r + at, odd, 16);
  }
  charge(entries * laneDigits() * 2);
}

/** Squares all powers. */
export function powerSquare(): void {
  for (let pair: u32 = 0; pair < pairs; pair++) lanesSquare(powerOf(2 * pair), powerOf(2 * pair), never);
}

/** Bit 0: the power of the base is 1; bit 1: it is -1. */
export function powerSign(base: u32): u32 {
  return signOfForm(base & 1, powerOf(base));
}

/** 1 if the power of the base is -1. */
export function powerIsMinusOne(base: u32): u32 {
  return isMinusOne(base & 1, powerOf(base));
}

/** r = the power of the base, below its modulus, in limbs. */
export function powerResult(r: usize, base: u32): void {
  fromForm(r, base & 1, powerOf(base));
}

/** Wipes table, exponents and powers. */
export function powerWipe(): void {
  wipe(table, MOST_ENTRIES * MAX_VECTOR);
  wipe(power, 2 * MAX_VECTOR);
  wipe(picked, MAX_VECTOR);
  wipe(masks, 32 * 16);
  exponentsWipe();
  pairs = 1;
  width = 0;
  entries = 0;
  stride = 0;
  filled = 0;
  windows = 0;
  begun = false;
}

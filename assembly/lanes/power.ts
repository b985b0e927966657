/**
 * Modular exponentiation in two lanes, in steps: bases, moduli and exponents may all differ.
 *
 * Fixed windows; the whole table is read for every window, under masks that differ by lane. Nothing depends
 * on an exponent but the powers that come out.
 */
import { wipe } from "../base/memory";
import { charge } from "../nat/work";
import { exponentsWipe, fields } from "./exponents";
import { laneDigits } from "./arithmetic";
import { fromForm, isMinusOne, lanesMul, lanesOne, lanesSquare, MAX_VECTOR, never, signOfForm, takeLane, toForms } from "./lanes";

/** Windows of five bits pay off from here on; below, they are of four. */
const LONG: u32 = 256;
const MOST_ENTRIES: u32 = 32;

/** The forms of the powers of the bases from 0 on; the running powers; a mask for each entry. */
const table = memory.data(32 * 188 * 16, 16);
const power = memory.data(188 * 16, 16);
const picked = memory.data(188 * 16, 16);
const masks = memory.data(32 * 16, 16);

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

/** Sets the base of a lane: below its modulus, in limbs. Both lanes are set before powerBegin. */
export function setBase(lane: u32, base: usize): void {
  takeLane(table + (laneDigits() << 4), lane, base);
}

/** Begins the powers with the exponents that are set, below 2^eBits, where eBits > 0 is public. After `setForms`. */
export function powerBegin(eBits: u32): void {
  width = eBits < LONG ? 4 : 5;
  entries = 1 << width;
  stride = laneDigits() << 4;
  toForms(table + stride);
  lanesOne(table);
  filled = 2;
  windows = (eBits + width - 1) / width;
  begun = false;
}

/** One small unit: two table entries, or one window. Returns 1 when the powers are complete. */
export function powerStep(): u32 {
  if (filled < entries) {
    const even = table + filled * stride;
    lanesSquare(even, table + (filled >>> 1) * stride, never);
    lanesMul(even + stride, even, table + stride);
    filled += 2;
    return 0;
  }
  if (windows == 0) return 1;
  windows--;
  pick(fields(windows * width, entries - 1));
  if (begun) {
    for (let i: u32 = 0; i < width; i++) lanesSquare(power, power, never);
    lanesMul(power, power, picked);
  } else {
    memory.copy(power, picked, stride);
    begun = true;
  }
  return windows == 0 ? 1 : 0;
}

/** picked = the entries with the secret numbers `indices`, one a lane: every entry is read. */
function pick(indices: v128): void {
  for (let i: u32 = 0; i < entries; i++) v128.store(masks + (i << 4), i64x2.eq(i64x2.splat(i), indices));
  for (let at: u32 = 0; at < stride; at += 32) {
    let even = i64x2.splat(0);
    let odd = i64x2.splat(0);
    let entry = table + at;
    for (let mask = masks; mask < masks + (entries << 4); mask += 16) {
      const keep = v128.load(mask);
      even = v128.or(even, v128.and(keep, v128.load(entry)));
      odd = v128.or(odd, v128.and(keep, v128.load(entry, 16)));
      entry += stride;
    }
    v128.store(picked + at, even);
    v128.store(picked + at, odd, 16);
  }
  charge(entries * laneDigits() * 2);
}

/** Squares both powers. */
export function powerSquare(): void {
  lanesSquare(power, power, never);
}

/** Bit 0: the power in the lane is 1; bit 1: it is -1. */
export function powerSign(lane: u32): u32 {
  return signOfForm(lane, power);
}

/** 1 if the power in the lane is -1. */
export function powerIsMinusOne(lane: u32): u32 {
  return isMinusOne(lane, power);
}

/** r = the power in the lane, below its modulus, in limbs. */
export function powerResult(r: usize, lane: u32): void {
  fromForm(r, lane, power);
}

/** Wipes table, exponents and powers. */
export function powerWipe(): void {
  wipe(table, MOST_ENTRIES * MAX_VECTOR);
  wipe(power, MAX_VECTOR);
  wipe(picked, MAX_VECTOR);
  wipe(masks, 32 * 16);
  exponentsWipe();
  width = 0;
  entries = 0;
  stride = 0;
  filled = 0;
  windows = 0;
  begun = false;
}

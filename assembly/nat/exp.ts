/**
 * Modular exponentiation with a secret exponent, in steps.
 *
 * A fixed window of five bits; the whole table is read for every window, under masks. Nothing depends on the exponent
 * but the value that comes out. One exponentiation is under way at a time; its state lives here between steps.
 *
 * This file, and `lucas-chain.ts` beside it, are all that the prime search and the pairwise test know of the arithmetic
 * behind it.
 */
import { equal, mask } from "../base/ct";
import { wipe } from "../base/memory";
import {
  digitCount,
  fromMontgomery,
  montgomeryDoubleIf,
  montgomeryMul,
  montgomeryOne,
  montgomerySquare,
  setModulus,
  signOf,
  toMontgomery,
  wipeModulus,
} from "./montgomery";
import { charge } from "./work";

const WINDOW: u32 = 5;
const ENTRIES: u32 = 32;

/** The powers 0 to 31 of the base, each 16-byte aligned; the running power; the exponent. */
const table = memory.data(32 * 304 * 4, 16);
const power = memory.data(304 * 4, 16);
const picked = memory.data(304 * 4, 16);
const exponent = memory.data(256 * 4 + 8, 16);

/** Bytes from one entry to the next. */
let stride: u32 = 0;
/** The next table entry to fill; ENTRIES when all are. */
let filled: u32 = 0;
/** Windows that are still to be taken into `power`. */
let windows: u32 = 0;

/** Bits of the exponent of 2 that are still to be taken; squares in one unit of that. */
let bitsLeft: u32 = 0;
const FERMAT_UNIT: u32 = 32;

/** Fixes the modulus: odd, at least 3, exactly `bits` bits (public) in `count` limbs. Serves any number of powers. */
export function expModulus(n: usize, count: u32, bits: u32): void {
  setModulus(n, count, bits);
  stride = ((digitCount() << 2) + 15) & ~15;
}

/**
 * Begins base^e modulo the fixed modulus: base below it, in as many limbs; e in `eCount` limbs, below 2^eBits, where
 * eBits > 0 is public. Call expStep until it returns 1.
 */
export function expBegin(base: usize, e: usize, eCount: u32, eBits: u32): void {
  memory.copy(exponent, e, eCount << 2);
  memory.fill(exponent + (eCount << 2), 0, 8);
  montgomeryOne(table);
  toMontgomery(table + stride, base);
  filled = 2;
  windows = (eBits + WINDOW - 1) / WINDOW;
  montgomeryOne(power);
}

/** One small unit of the exponentiation: two table entries, or one window. Returns 1 when the power is complete. */
export function expStep(): u32 {
  if (filled < ENTRIES) {
    const even = table + filled * stride;
    montgomerySquare(even, table + (filled >>> 1) * stride);
    montgomeryMul(even + stride, even, table + stride);
    filled += 2;
    return 0;
  }
  if (windows == 0) return 1;
  windows--;
  for (let i: u32 = 0; i < WINDOW; i++) montgomerySquare(power, power);
  pick(windowAt(windows * WINDOW));
  montgomeryMul(power, power, picked);
  return windows == 0 ? 1 : 0;
}

/** The five bits of the exponent from `bit` up. The position is public. */
function windowAt(bit: u32): u32 {
  const at = exponent + ((bit >>> 5) << 2);
  return <u32>((load<u64>(at) >>> (bit & 31)) & (ENTRIES - 1));
}

/** picked = the entry number `index`, which is secret: every entry is read. */
function pick(index: u32): void {
  for (let at: u32 = 0; at < stride; at += 16) {
    let sum = i32x4.splat(0);
    for (let i: u32 = 0; i < ENTRIES; i++) {
      const keep = i32x4.splat(mask(equal(i, index)));
      sum = v128.or(sum, v128.and(keep, v128.load(table + i * stride + at)));
    }
    v128.store(picked + at, sum);
  }
  charge(ENTRIES * digitCount());
}

/**
 * Begins 2^(n-1) modulo the fixed modulus n: the Fermat test to base 2, which costs one square a bit and no product. n in
 * `count` limbs, of exactly `bits` bits. Call fermatStep until it returns 1.
 */
export function fermatBegin(n: usize, count: u32, bits: u32): void {
  memory.copy(exponent, n, count << 2);
  store<u32>(exponent, load<u32>(n) & ~1);
  bitsLeft = bits;
  montgomeryOne(power);
}

/** One unit of the test: some squares. Returns 1 when the power is complete. */
export function fermatStep(): u32 {
  const stop = bitsLeft > FERMAT_UNIT ? bitsLeft - FERMAT_UNIT : 0;
  while (bitsLeft > stop) {
    bitsLeft--;
    montgomerySquare(power, power);
    montgomeryDoubleIf((load<u32>(exponent + ((bitsLeft >>> 5) << 2)) >>> (bitsLeft & 31)) & 1, power);
  }
  return bitsLeft == 0 ? 1 : 0;
}

/** Squares the power: after base^e, this gives base^2e, and so on. */
export function expSquare(): void {
  montgomerySquare(power, power);
}

/** Bit 0: the power is 1; bit 1: it is -1. */
export function expSign(): u32 {
  return signOf(power);
}

/** r = the power, below the modulus, in as many limbs. */
export function expResult(r: usize): void {
  fromMontgomery(r, power);
}

/** Wipes modulus, table, exponent and power. */
export function expWipe(): void {
  wipeModulus();
  wipe(table, 32 * 304 * 4);
  wipe(power, 304 * 4);
  wipe(picked, 304 * 4);
  wipe(exponent, 256 * 4 + 8);
  stride = 0;
  filled = 0;
  windows = 0;
  bitsLeft = 0;
}

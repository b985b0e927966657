/** Squares and products in two lanes by either kernel, and the digits of which numbers consist there. Kernel, shape and tables are public. */
import { wipe } from "../base/memory";
import { addProduct as addProductExact, addSquare as addSquareExact } from "../exact/products";
import { digitBits as digitBitsExact } from "../exact/columns";
import { clearDigitBits, reduce as reduceExact, setDigitBits } from "../exact/reduce";
import { setBias } from "../fma/bias";
import { DIGIT_BITS } from "../fma/constants";
import { addProduct, setSquare } from "../fma/products";
import { reduce } from "../fma/reduce";
import { columns, squareStart } from "../fma/room";
import { charge } from "../nat/work";
import { Kernel } from "./choice";

/** Digits for primes of 4096 bits: 22 * 188 >= 4096 + 24 of the one kernel, 50 * 84 >= 4096 + 52 of the other. */
export const MAX_DIGITS: u32 = 188;
const MAX_FUSED: u32 = 84;

const productBias = memory.data(84 * 32, 16);

let kernel: u32 = Kernel.INTEGERS;
let width: u32 = 0;
let digits: u32 = 0;

/**
 * Fixes the kernel and the digits for moduli of so many bits: an even number of them, `width` bits each, with room for a
 * scaled modulus and two bits more.
 */
export function shapeDigits(modulusBits: u32, by: u32): void {
  const before = kernel == by ? digits : 0;
  kernel = by;
  width = by == Kernel.FUSED ? DIGIT_BITS : digitBitsExact(modulusBits);
  digits = 2 * ((modulusBits + 2 + 3 * width - 1) / (2 * width));
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (by == Kernel.FUSED) {
      if (digits == before) return;
      setBias(squareStart, digits, true);
      setBias(productBias, digits, false);
      return;
    }
  }
  setDigitBits(width);
}

/** How many digits a number has. */
export function laneDigits(): u32 {
  return digits;
}

/** The bits of a digit. */
export function digitBits(): u32 {
  return width;
}

/** The columns before a product. A loop: to call memory.copy costs more than to move so little. */
function beginFused(): void {
  for (let at: usize = 0; at < digits << 5; at += 64) {
    v128.store(columns + at, v128.load(productBias + at));
    v128.store(columns + at, v128.load(productBias + at, 16), 16);
    v128.store(columns + at, v128.load(productBias + at, 32), 32);
    v128.store(columns + at, v128.load(productBias + at, 48), 48);
  }
}

function beginExact(): void {
  const zero = f64x2.splat(0);
  for (let at: usize = 0; at < digits << 5; at += 64) {
    v128.store(columns + at, zero);
    v128.store(columns + at, zero, 16);
    v128.store(columns + at, zero, 32);
    v128.store(columns + at, zero, 48);
  }
}

/** r = a^2 / R modulo m - 1, doubled in the lanes where the mask at `twice` is all ones; r may be a. */
export function squareModulo(r: usize, a: usize, m: usize, twice: usize): void {
  charge((kernel == Kernel.FUSED ? 2 : 1) * digits * digits);
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (kernel == Kernel.FUSED) {
      setSquare(columns, a, digits);
      reduce(r, columns, m, digits, twice);
      return;
    }
  }
  beginExact();
  addSquareExact(columns, a, digits);
  reduceExact(r, columns, m, digits, twice);
}

/** r = a b / R modulo m - 1; r may be a or b. */
export function multiplyModulo(r: usize, a: usize, b: usize, m: usize, twice: usize): void {
  charge(((kernel == Kernel.FUSED ? 5 : 3) * digits * digits) >>> 1);
  if (ASC_FEATURE_RELAXED_SIMD) {
    if (kernel == Kernel.FUSED) {
      beginFused();
      addProduct(columns, a, b, digits);
      reduce(r, columns, m, digits, twice);
      return;
    }
  }
  beginExact();
  addProductExact(columns, a, b, digits);
  reduceExact(r, columns, m, digits, twice);
}

/** Wipes the columns, and clears what the kernels keep for a length, which is public. */
export function arithmeticWipe(): void {
  wipe(columns, MAX_DIGITS << 5);
  clearDigitBits();
  if (ASC_FEATURE_RELAXED_SIMD) {
    wipe(squareStart, MAX_FUSED << 5);
    wipe(productBias, MAX_FUSED << 5);
  }
  kernel = Kernel.INTEGERS;
  width = 0;
  digits = 0;
}

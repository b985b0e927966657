/** Between integers in limbs (nat/limbs.ts) and one lane of a vector of digits. Leaks the curve and the lane only. */
import { wipe } from "../base/memory";
import { addIf, reduceOnce } from "../nat/add";
import { digitCount, digitWidth } from "./field";

const wide = memory.data(80, 16);

/** Digits of the number a, of `limbs` limbs, to one lane of r: all but the highest in [-2^(w-1), 2^(w-1)). */
export function fromLimbs(r: usize, lane: u32, a: usize, limbs: u32): void {
  const w = digitWidth();
  const n = digitCount();
  let buffer: i64 = 0;
  let held: u32 = 0;
  let taken: u32 = 0;
  for (let k: u32 = 0; k < n; k++) {
    if (held < w) {
      if (taken < limbs) buffer += <i64>load<u32>(a + (taken << 2)) << held;
      taken++;
      held += 32;
    }
    // What is above the digit takes in the borrow of a negative one.
    const up = k + 1 == n ? 0 : (buffer >> (w - 1)) & 1;
    const digit = k + 1 == n ? buffer : (buffer & ((1 << w) - 1)) - (up << w);
    store<f64>(r + (k << 4) + (lane << 3), <f64>digit);
    buffer = (buffer >> w) + up;
    held -= w;
  }
}

/** r = one lane of a, a value in (-p, 2p), modulo p, in `limbs` limbs; p in as many. */
export function toLimbs(r: usize, a: usize, lane: u32, p: usize, limbs: u32): void {
  const w = digitWidth();
  const n = digitCount();
  let buffer: i64 = 0;
  let held: u32 = 0;
  let put: u32 = 0;
  for (let k: u32 = 0; k < n; k++) {
    buffer += <i64>load<f64>(a + (k << 4) + (lane << 3)) << held;
    held += w;
    if (held < 32) continue;
    if (put <= limbs) store<u32>(wide + (put << 2), <u32>buffer);
    put++;
    buffer >>= 32;
    held -= 32;
  }
  for (; put <= limbs; put++) {
    store<u32>(wide + (put << 2), <u32>buffer);
    buffer >>= 32;
  }
  const top = wide + (limbs << 2);
  const high = load<u32>(top) + addIf(load<u32>(top) >>> 31, wide, p, limbs);
  reduceOnce(wide, p, high & 1, limbs);
  memory.copy(r, wide, limbs << 2);
  wipe(wide, 80);
}

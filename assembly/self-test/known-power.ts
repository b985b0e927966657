/**
 * The operands of the known exponentiations: runs of bytes that look like nothing in particular, and an exponent of 128
 * bits. `test/support/rsa-answers.ts` has the same.
 */
import { wipe } from "../base/memory";

export const modulus = memory.data(256, 16);
export const base = memory.data(256, 16);
export const exponent = memory.data(16, 16);
export const result = memory.data(256, 16);

export const EXPONENT_BITS: u32 = 128;

function fillRun(at: usize, len: u32, step: u32, first: u32): void {
  for (let i: u32 = 0; i < len; i++) store<u8>(at + i, <u8>(i * step + first));
}

/** Writes the operands for a modulus of `bits` bits, a multiple of 32 up to 2048. */
export function fillKnown(bits: u32): void {
  const len = bits >>> 3;
  fillRun(modulus, len, 0x35, 0x9b);
  store<u8>(modulus, load<u8>(modulus) | 1);
  store<u8>(modulus + len - 1, load<u8>(modulus + len - 1) | 0x80);
  memory.fill(base, 0, len);
  fillRun(base, len - 1, 0x2f, 0x47);
  fillRun(exponent, 16, 0x6d, 0xe3);
}

export function wipeKnown(): void {
  wipe(modulus, 256);
  wipe(base, 256);
  wipe(exponent, 16);
  wipe(result, 256);
}

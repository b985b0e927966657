/**
 * The shape of an integer in this core, and how it enters and leaves.
 *
 * An integer is `n` limbs of 32 bits, least significant limb first. How many limbs there are is public; what they hold
 * is secret unless a function says otherwise.
 */
import { load32be, store32be } from "../base/bytes";

/** The longest modulus, 8192 bits, and its primes. Every buffer of an integer is sized by these. */
export const MAX_BITS: u32 = 8192;
export const MAX_LIMBS: u32 = 256;
export const MAX_HALF: u32 = 128;
/** Limbs of the largest public exponent: FIPS 186-5, A.1.1, criterion 1 asks e < 2^256. */
export const MAX_E: u32 = 8;

export function limbsFor(bits: u32): u32 {
  return (bits + 31) >>> 5;
}

/** r = the big-endian string of `len` bytes at `from`, in n limbs; the string must fit. Leaks the lengths only. */
export function fromBytes(r: usize, n: u32, from: usize, len: u32): void {
  memory.fill(r, 0, n << 2);
  const words = len >>> 2;
  for (let i: u32 = 0; i < words; i++) store<u32>(r + (i << 2), load32be(from + len - 4 - (i << 2)));
  for (let i = words << 2; i < len; i++) store<u8>(r + i, load<u8>(from + len - 1 - i));
}

/** The `len` low bytes of the n limbs at a, big-endian, to `to`. Leaks the lengths only. */
export function toBytes(to: usize, len: u32, a: usize, n: u32): void {
  memory.fill(to, 0, len);
  const whole = n << 2;
  const take = len < whole ? len : whole;
  const words = take >>> 2;
  for (let i: u32 = 0; i < words; i++) store32be(to + len - 4 - (i << 2), load<u32>(a + (i << 2)));
  for (let i = words << 2; i < take; i++) store<u8>(to + len - 1 - i, load<u8>(a + i));
}

/** The number of bits of a public integer, 0 for 0. Not constant-time in `a`. */
export function bitLengthVarTime(a: usize, n: u32): u32 {
  for (let i = n; i > 0; i--) {
    const limb = load<u32>(a + ((i - 1) << 2));
    if (limb != 0) return (i << 5) - <u32>clz(limb);
  }
  return 0;
}

/**
 * Choices without branches: constant-time source for values that are secret.
 *
 * A choice is 1 or 0; a mask is all ones or all zeros.
 */

/** All ones if choice is 1, all zeros if it is 0. */
export function mask(choice: u32): u32 {
  return 0 - choice;
}

/** a if choice is 1, b if it is 0. Both are always read. */
export function select(choice: u32, a: u32, b: u32): u32 {
  return b ^ (mask(choice) & (a ^ b));
}

/** 1 if x is 0, else 0. */
export function isZero(x: u32): u32 {
  return ((x | (0 - x)) >>> 31) ^ 1;
}

/** 1 if a equals b, else 0. */
export function equal(a: u32, b: u32): u32 {
  return isZero(a ^ b);
}

/** 1 if the `len` bytes at a and b are equal, else 0. Leaks len only. */
export function equalBytes(a: usize, b: usize, len: u32): u32 {
  let difference: u64 = 0;
  let i: usize = 0;
  for (; i + 8 <= <usize>len; i += 8) difference |= load<u64>(a + i) ^ load<u64>(b + i);
  for (; i < <usize>len; i++) difference |= <u64>(load<u8>(a + i) ^ load<u8>(b + i));
  return isZero(<u32>difference | <u32>(difference >> 32));
}

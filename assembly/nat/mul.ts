/** Products of integers, row by row. Leaks the lengths only. */

/** r = a * b, in an + bn limbs; r must not overlap a or b. */
export function mul(r: usize, a: usize, an: u32, b: usize, bn: u32): void {
  memory.fill(r, 0, (an + bn) << 2);
  for (let i: usize = 0; i < an << 2; i += 4) {
    const x = <u64>load<u32>(a + i);
    let carry: u64 = 0;
    for (let j: usize = 0; j < bn << 2; j += 4) {
      // (2^32 - 1)^2 + 2 (2^32 - 1) = 2^64 - 1: a product and two limbs fit.
      const t = x * <u64>load<u32>(b + j) + <u64>load<u32>(r + i + j) + carry;
      store<u32>(r + i + j, <u32>t);
      carry = t >>> 32;
    }
    store<u32>(r + i + (bn << 2), <u32>carry);
  }
}

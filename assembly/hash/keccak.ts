/**
 * KECCAK-f[1600] (FIPS 202, 3.3 and 3.4), scalar, with the absorbing of one block (Algorithm 8, step 6).
 *
 * Lane (x, y) of the standard is a(x + 5y), little-endian in memory (B.1), so native order is byte order. During the
 * rounds all lanes live in locals. No branch or address depends on the message.
 */

/** The constants of iota (3.2.5, Algorithms 5 and 6), one a round. */
export const RC = memory.data<u64>([
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
  0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
  0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
  0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
  0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
]);

/** to = KECCAK-f[1600](from ^ (block || 0...)), the block being `rate` bytes. `to` may be `from`, not `block`. */
export function keccak(to: usize, from: usize, block: usize, rate: u32): void {
  for (let i: usize = 0; i < 200; i += 8) {
    store<u64>(to + i, load<u64>(from + i) ^ (i < <usize>rate ? load<u64>(block + i) : 0));
  }
  let a0 = load<u64>(to, 0), a1 = load<u64>(to, 8), a2 = load<u64>(to, 16);
  let a3 = load<u64>(to, 24), a4 = load<u64>(to, 32);
  let a5 = load<u64>(to, 40), a6 = load<u64>(to, 48), a7 = load<u64>(to, 56);
  let a8 = load<u64>(to, 64), a9 = load<u64>(to, 72);
  let a10 = load<u64>(to, 80), a11 = load<u64>(to, 88), a12 = load<u64>(to, 96);
  let a13 = load<u64>(to, 104), a14 = load<u64>(to, 112);
  let a15 = load<u64>(to, 120), a16 = load<u64>(to, 128), a17 = load<u64>(to, 136);
  let a18 = load<u64>(to, 144), a19 = load<u64>(to, 152);
  let a20 = load<u64>(to, 160), a21 = load<u64>(to, 168), a22 = load<u64>(to, 176);
  let a23 = load<u64>(to, 184), a24 = load<u64>(to, 192);
  for (let rc = RC, end = RC + 24 * 8; rc < end; rc += 8) {
    // theta (3.2.1)
    const c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20;
    const c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21;
    const c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
    const c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23;
    const c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
    const d0 = c4 ^ rotl(c1, 1);
    const d1 = c0 ^ rotl(c2, 1);
    const d2 = c1 ^ rotl(c3, 1);
    const d3 = c2 ^ rotl(c4, 1);
    const d4 = c3 ^ rotl(c0, 1);
    // rho and pi (3.2.2, 3.2.3)
    const b0 = a0 ^ d0, b1 = rotl(a6 ^ d1, 44), b2 = rotl(a12 ^ d2, 43);
    const b3 = rotl(a18 ^ d3, 21), b4 = rotl(a24 ^ d4, 14);
    const b5 = rotl(a3 ^ d3, 28), b6 = rotl(a9 ^ d4, 20), b7 = rotl(a10 ^ d0, 3);
    const b8 = rotl(a16 ^ d1, 45), b9 = rotl(a22 ^ d2, 61);
    const b10 = rotl(a1 ^ d1, 1), b11 = rotl(a7 ^ d2, 6), b12 = rotl(a13 ^ d3, 25);
    const b13 = rotl(a19 ^ d4, 8), b14 = rotl(a20 ^ d0, 18);
    const b15 = rotl(a4 ^ d4, 27), b16 = rotl(a5 ^ d0, 36), b17 = rotl(a11 ^ d1, 10);
    const b18 = rotl(a17 ^ d2, 15), b19 = rotl(a23 ^ d3, 56);
    const b20 = rotl(a2 ^ d2, 62), b21 = rotl(a8 ^ d3, 55), b22 = rotl(a14 ^ d4, 39);
    const b23 = rotl(a15 ^ d0, 41), b24 = rotl(a21 ^ d1, 2);
    // chi (3.2.4) and iota (3.2.5)
    a0 = b0 ^ (~b1 & b2) ^ load<u64>(rc);
    a1 = b1 ^ (~b2 & b3);
    a2 = b2 ^ (~b3 & b4);
    a3 = b3 ^ (~b4 & b0);
    a4 = b4 ^ (~b0 & b1);
    a5 = b5 ^ (~b6 & b7);
    a6 = b6 ^ (~b7 & b8);
    a7 = b7 ^ (~b8 & b9);
    a8 = b8 ^ (~b9 & b5);
    a9 = b9 ^ (~b5 & b6);
    a10 = b10 ^ (~b11 & b12);
    a11 = b11 ^ (~b12 & b13);
    a12 = b12 ^ (~b13 & b14);
    a13 = b13 ^ (~b14 & b10);
    a14 = b14 ^ (~b10 & b11);
    a15 = b15 ^ (~b16 & b17);
    a16 = b16 ^ (~b17 & b18);
    a17 = b17 ^ (~b18 & b19);
    a18 = b18 ^ (~b19 & b15);
    a19 = b19 ^ (~b15 & b16);
    a20 = b20 ^ (~b21 & b22);
    a21 = b21 ^ (~b22 & b23);
    a22 = b22 ^ (~b23 & b24);
    a23 = b23 ^ (~b24 & b20);
    a24 = b24 ^ (~b20 & b21);
  }
  store<u64>(to, a0, 0); store<u64>(to, a1, 8); store<u64>(to, a2, 16); store<u64>(to, a3, 24); store<u64>(to, a4, 32);
  store<u64>(to, a5, 40); store<u64>(to, a6, 48); store<u64>(to, a7, 56);
  store<u64>(to, a8, 64); store<u64>(to, a9, 72);
  store<u64>(to, a10, 80); store<u64>(to, a11, 88); store<u64>(to, a12, 96);
  store<u64>(to, a13, 104); store<u64>(to, a14, 112);
  store<u64>(to, a15, 120); store<u64>(to, a16, 128); store<u64>(to, a17, 136);
  store<u64>(to, a18, 144); store<u64>(to, a19, 152);
  store<u64>(to, a20, 160); store<u64>(to, a21, 168); store<u64>(to, a22, 176);
  store<u64>(to, a23, 184); store<u64>(to, a24, 192);
}

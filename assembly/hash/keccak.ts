/**
 * KECCAK-f[1600] (FIPS 202, 3.3 and 3.4), scalar, with the absorbing of one block (Algorithm 8, step 6).
 *
 * Lane (x, y) of the standard is a(x + 5y), little-endian in memory (B.1), so native order is byte order. A round goes
 * from one place in memory to another, row by row, because 25 lanes are more than a processor has registers. Six lanes are
 * kept complemented through all rounds, so that by De Morgan chi has eleven complements in place of 25. No branch or address
 * depends on the message.
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

/** Where the state is after every other round. What is left there would give the message away, so it is wiped. */
const spare = memory.data(208, 16);

/** Turns the bits of six lanes over, before the rounds and after them. */
// @ts-ignore: decorator of the compiler
@inline
function complement(at: usize): void {
  store<u64>(at, ~load<u64>(at, 8), 8);
  store<u64>(at, ~load<u64>(at, 16), 16);
  store<u64>(at, ~load<u64>(at, 64), 64);
  store<u64>(at, ~load<u64>(at, 96), 96);
  store<u64>(at, ~load<u64>(at, 136), 136);
  store<u64>(at, ~load<u64>(at, 160), 160);
}

/** to = one round of `from`, the constant of iota being its last step. */
// @ts-ignore: decorator of the compiler
@inline
function round(to: usize, from: usize, constant: u64): void {
  // theta (3.2.1)
  const c0 = load<u64>(from) ^ load<u64>(from, 40) ^ load<u64>(from, 80) ^ load<u64>(from, 120) ^ load<u64>(from, 160);
  const c1 = load<u64>(from, 8) ^ load<u64>(from, 48) ^ load<u64>(from, 88) ^ load<u64>(from, 128) ^ load<u64>(from, 168);
  const c2 = load<u64>(from, 16) ^ load<u64>(from, 56) ^ load<u64>(from, 96) ^ load<u64>(from, 136) ^ load<u64>(from, 176);
  const c3 = load<u64>(from, 24) ^ load<u64>(from, 64) ^ load<u64>(from, 104) ^ load<u64>(from, 144) ^ load<u64>(from, 184);
  const c4 = load<u64>(from, 32) ^ load<u64>(from, 72) ^ load<u64>(from, 112) ^ load<u64>(from, 152) ^ load<u64>(from, 192);
  const d0 = c4 ^ rotl(c1, 1);
  const d1 = c0 ^ rotl(c2, 1);
  const d2 = c1 ^ rotl(c3, 1);
  const d3 = c2 ^ rotl(c4, 1);
  const d4 = c3 ^ rotl(c0, 1);
  // rho, pi, chi and iota (3.2.2 to 3.2.5): row 0
  let b0 = load<u64>(from) ^ d0;
  let b1 = rotl(load<u64>(from, 48) ^ d1, 44);
  let b2 = rotl(load<u64>(from, 96) ^ d2, 43);
  let b3 = rotl(load<u64>(from, 144) ^ d3, 21);
  let b4 = rotl(load<u64>(from, 192) ^ d4, 14);
  store<u64>(to, b0 ^ (b1 | b2) ^ constant);
  store<u64>(to, ~(b1 ^ (b2 & ~b3)), 8);
  store<u64>(to, b2 ^ (b3 & b4), 16);
  store<u64>(to, b3 ^ (b4 | b0), 24);
  store<u64>(to, b4 ^ (b0 & b1), 32);
  // row 1
  b0 = rotl(load<u64>(from, 24) ^ d3, 28);
  b1 = rotl(load<u64>(from, 72) ^ d4, 20);
  b2 = rotl(load<u64>(from, 80) ^ d0, 3);
  b3 = rotl(load<u64>(from, 128) ^ d1, 45);
  b4 = rotl(load<u64>(from, 176) ^ d2, 61);
  store<u64>(to, b0 ^ (b1 | b2), 40);
  store<u64>(to, b1 ^ (b2 & b3), 48);
  store<u64>(to, ~(b2 ^ (~b3 & b4)), 56);
  store<u64>(to, b3 ^ (b4 | b0), 64);
  store<u64>(to, b4 ^ (b0 & b1), 72);
  // row 2
  b0 = rotl(load<u64>(from, 8) ^ d1, 1);
  b1 = rotl(load<u64>(from, 56) ^ d2, 6);
  b2 = rotl(load<u64>(from, 104) ^ d3, 25);
  b3 = rotl(load<u64>(from, 152) ^ d4, 8);
  b4 = rotl(load<u64>(from, 160) ^ d0, 18);
  store<u64>(to, b0 ^ (b1 | b2), 80);
  store<u64>(to, b1 ^ (b2 & b3), 88);
  store<u64>(to, b2 ^ (~b3 & b4), 96);
  store<u64>(to, ~(b3 ^ (b4 | b0)), 104);
  store<u64>(to, b4 ^ (b0 & b1), 112);
  // row 3
  b0 = rotl(load<u64>(from, 32) ^ d4, 27);
  b1 = rotl(load<u64>(from, 40) ^ d0, 36);
  b2 = rotl(load<u64>(from, 88) ^ d1, 10);
  b3 = rotl(load<u64>(from, 136) ^ d2, 15);
  b4 = rotl(load<u64>(from, 184) ^ d3, 56);
  store<u64>(to, b0 ^ (b1 & b2), 120);
  store<u64>(to, b1 ^ (b2 | b3), 128);
  store<u64>(to, ~(b2 ^ (b3 & ~b4)), 136);
  store<u64>(to, ~(b3 ^ (b4 & b0)), 144);
  store<u64>(to, b4 ^ (b0 | b1), 152);
  // row 4
  b0 = rotl(load<u64>(from, 16) ^ d2, 62);
  b1 = rotl(load<u64>(from, 64) ^ d3, 55);
  b2 = rotl(load<u64>(from, 112) ^ d4, 39);
  b3 = rotl(load<u64>(from, 120) ^ d0, 41);
  b4 = rotl(load<u64>(from, 168) ^ d1, 2);
  store<u64>(to, b0 ^ (~b1 & b2), 160);
  store<u64>(to, ~(b1 ^ (b2 | b3)), 168);
  store<u64>(to, b2 ^ (b3 & b4), 176);
  store<u64>(to, b3 ^ (b4 | b0), 184);
  store<u64>(to, b4 ^ (b0 & b1), 192);
}

/** to = KECCAK-f[1600](from ^ (block || 0...)), the block being `rate` bytes. `to` may be `from`, not `block`. */
export function keccak(to: usize, from: usize, block: usize, rate: u32): void {
  if (to != from) memory.copy(to, from, 200);
  for (let i: usize = 0; i < <usize>rate; i += 8) store<u64>(to + i, load<u64>(to + i) ^ load<u64>(block + i));
  complement(to);
  for (let rc = RC, end = RC + 24 * 8; rc < end; rc += 16) {
    round(spare, to, load<u64>(rc));
    round(to, spare, load<u64>(rc, 8));
  }
  complement(to);
  for (let i: usize = 0; i < 208; i += 16) v128.store(spare + i, i64x2.splat(0));
}

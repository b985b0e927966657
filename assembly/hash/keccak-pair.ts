/**
 * Two KECCAK-f[1600] (FIPS 202, 3.3 and 3.4) side by side, one in each half of a vector: for lattice sampling, which
 * hashes a seed with many indices, and for the chains of SLH-DSA. No branch or address depends on what is hashed.
 */
import { RC } from "./keccak";

/** Each half of `x` turned left by `n` bits. */
// @ts-ignore: decorator of the compiler
@inline
function turn(x: v128, n: i32): v128 {
  return v128.or(i64x2.shl(x, n), i64x2.shr_u(x, 64 - n));
}

/** p ^ (~q & r): the step of chi (3.2.4). */
// @ts-ignore: decorator of the compiler
@inline
function chi(p: v128, q: v128, r: v128): v128 {
  return v128.xor(p, v128.andnot(r, q));
}

// @ts-ignore: decorator of the compiler
@inline
function xor5(a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
  return v128.xor(v128.xor(v128.xor(a, b), v128.xor(c, d)), e);
}

/** to = one round of `from`, of both states; `rc` is where the constant of iota stands. */
// @ts-ignore: decorator of the compiler
@inline
function round(to: usize, from: usize, rc: usize): void {
  // theta (3.2.1)
  const c0 = xor5(v128.load(from), v128.load(from, 80), v128.load(from, 160), v128.load(from, 240), v128.load(from, 320));
  const c1 = xor5(v128.load(from, 16), v128.load(from, 96), v128.load(from, 176), v128.load(from, 256), v128.load(from, 336));
  const c2 = xor5(v128.load(from, 32), v128.load(from, 112), v128.load(from, 192), v128.load(from, 272), v128.load(from, 352));
  const c3 = xor5(v128.load(from, 48), v128.load(from, 128), v128.load(from, 208), v128.load(from, 288), v128.load(from, 368));
  const c4 = xor5(v128.load(from, 64), v128.load(from, 144), v128.load(from, 224), v128.load(from, 304), v128.load(from, 384));
  const d0 = v128.xor(c4, turn(c1, 1));
  const d1 = v128.xor(c0, turn(c2, 1));
  const d2 = v128.xor(c1, turn(c3, 1));
  const d3 = v128.xor(c2, turn(c4, 1));
  const d4 = v128.xor(c3, turn(c0, 1));
  // rho, pi, chi and iota (3.2.2 to 3.2.5): row 0
  let b0 = v128.xor(v128.load(from), d0);
  let b1 = turn(v128.xor(v128.load(from, 96), d1), 44);
  let b2 = turn(v128.xor(v128.load(from, 192), d2), 43);
  let b3 = turn(v128.xor(v128.load(from, 288), d3), 21);
  let b4 = turn(v128.xor(v128.load(from, 384), d4), 14);
  v128.store(to, v128.xor(chi(b0, b1, b2), v128.load64_splat(rc)));
  v128.store(to, chi(b1, b2, b3), 16);
  v128.store(to, chi(b2, b3, b4), 32);
  v128.store(to, chi(b3, b4, b0), 48);
  v128.store(to, chi(b4, b0, b1), 64);
  // row 1
  b0 = turn(v128.xor(v128.load(from, 48), d3), 28);
  b1 = turn(v128.xor(v128.load(from, 144), d4), 20);
  b2 = turn(v128.xor(v128.load(from, 160), d0), 3);
  b3 = turn(v128.xor(v128.load(from, 256), d1), 45);
  b4 = turn(v128.xor(v128.load(from, 352), d2), 61);
  v128.store(to, chi(b0, b1, b2), 80);
  v128.store(to, chi(b1, b2, b3), 96);
  v128.store(to, chi(b2, b3, b4), 112);
  v128.store(to, chi(b3, b4, b0), 128);
  v128.store(to, chi(b4, b0, b1), 144);
  // row 2
  b0 = turn(v128.xor(v128.load(from, 16), d1), 1);
  b1 = turn(v128.xor(v128.load(from, 112), d2), 6);
  b2 = turn(v128.xor(v128.load(from, 208), d3), 25);
  b3 = turn(v128.xor(v128.load(from, 304), d4), 8);
  b4 = turn(v128.xor(v128.load(from, 320), d0), 18);
  v128.store(to, chi(b0, b1, b2), 160);
  v128.store(to, chi(b1, b2, b3), 176);
  v128.store(to, chi(b2, b3, b4), 192);
  v128.store(to, chi(b3, b4, b0), 208);
  v128.store(to, chi(b4, b0, b1), 224);
  // row 3
  b0 = turn(v128.xor(v128.load(from, 64), d4), 27);
  b1 = turn(v128.xor(v128.load(from, 80), d0), 36);
  b2 = turn(v128.xor(v128.load(from, 176), d1), 10);
  b3 = turn(v128.xor(v128.load(from, 272), d2), 15);
  b4 = turn(v128.xor(v128.load(from, 368), d3), 56);
  v128.store(to, chi(b0, b1, b2), 240);
  v128.store(to, chi(b1, b2, b3), 256);
  v128.store(to, chi(b2, b3, b4), 272);
  v128.store(to, chi(b3, b4, b0), 288);
  v128.store(to, chi(b4, b0, b1), 304);
  // row 4
  b0 = turn(v128.xor(v128.load(from, 32), d2), 62);
  b1 = turn(v128.xor(v128.load(from, 128), d3), 55);
  b2 = turn(v128.xor(v128.load(from, 224), d4), 39);
  b3 = turn(v128.xor(v128.load(from, 240), d0), 41);
  b4 = turn(v128.xor(v128.load(from, 336), d1), 2);
  v128.store(to, chi(b0, b1, b2), 320);
  v128.store(to, chi(b1, b2, b3), 336);
  v128.store(to, chi(b2, b3, b4), 352);
  v128.store(to, chi(b3, b4, b0), 368);
  v128.store(to, chi(b4, b0, b1), 384);
}

/**
 * Permutes both states at `at`: 25 vectors, lane i of the one state in the low half of vector i, of the other in the high. A
 * round goes from one place to the other, row by row, so few vectors are alive at a time, and the 24 rounds end where they
 * began. The other place is `other`, of 400 bytes, which the caller wipes.
 */
export function keccakPair(at: usize, other: usize): void {
  for (let rc = RC, end = RC + 24 * 8; rc < end; rc += 16) {
    round(other, at, rc);
    round(at, other, rc + 8);
  }
}

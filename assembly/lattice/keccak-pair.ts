/**
 * Two KECCAK-f[1600] (FIPS 202, 3.3 and 3.4) side by side, one in each half of a vector: what lattice sampling wants, which
 * hashes a seed with many indices. No branch or address depends on what is hashed.
 */
import { RC } from "../hash/keccak";

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

/** Permutes both states in place: 25 vectors, lane i of the one state in the low half of vector i, of the other in the high. */
export function keccakPair(at: usize): void {
  let a0 = v128.load(at, 0), a1 = v128.load(at, 16), a2 = v128.load(at, 32), a3 = v128.load(at, 48), a4 = v128.load(at, 64);
  let a5 = v128.load(at, 80), a6 = v128.load(at, 96), a7 = v128.load(at, 112), a8 = v128.load(at, 128), a9 = v128.load(at, 144);
  let a10 = v128.load(at, 160), a11 = v128.load(at, 176), a12 = v128.load(at, 192), a13 = v128.load(at, 208), a14 = v128.load(at, 224);
  let a15 = v128.load(at, 240), a16 = v128.load(at, 256), a17 = v128.load(at, 272), a18 = v128.load(at, 288), a19 = v128.load(at, 304);
  let a20 = v128.load(at, 320), a21 = v128.load(at, 336), a22 = v128.load(at, 352), a23 = v128.load(at, 368), a24 = v128.load(at, 384);
  for (let rc = RC, end = RC + 24 * 8; rc < end; rc += 8) {
    // theta (3.2.1)
    const c0 = xor5(a0, a5, a10, a15, a20);
    const c1 = xor5(a1, a6, a11, a16, a21);
    const c2 = xor5(a2, a7, a12, a17, a22);
    const c3 = xor5(a3, a8, a13, a18, a23);
    const c4 = xor5(a4, a9, a14, a19, a24);
    const d0 = v128.xor(c4, turn(c1, 1));
    const d1 = v128.xor(c0, turn(c2, 1));
    const d2 = v128.xor(c1, turn(c3, 1));
    const d3 = v128.xor(c2, turn(c4, 1));
    const d4 = v128.xor(c3, turn(c0, 1));
    // rho and pi (3.2.2, 3.2.3)
    const b0 = v128.xor(a0, d0);
    const b1 = turn(v128.xor(a6, d1), 44);
    const b2 = turn(v128.xor(a12, d2), 43);
    const b3 = turn(v128.xor(a18, d3), 21);
    const b4 = turn(v128.xor(a24, d4), 14);
    const b5 = turn(v128.xor(a3, d3), 28);
    const b6 = turn(v128.xor(a9, d4), 20);
    const b7 = turn(v128.xor(a10, d0), 3);
    const b8 = turn(v128.xor(a16, d1), 45);
    const b9 = turn(v128.xor(a22, d2), 61);
    const b10 = turn(v128.xor(a1, d1), 1);
    const b11 = turn(v128.xor(a7, d2), 6);
    const b12 = turn(v128.xor(a13, d3), 25);
    const b13 = turn(v128.xor(a19, d4), 8);
    const b14 = turn(v128.xor(a20, d0), 18);
    const b15 = turn(v128.xor(a4, d4), 27);
    const b16 = turn(v128.xor(a5, d0), 36);
    const b17 = turn(v128.xor(a11, d1), 10);
    const b18 = turn(v128.xor(a17, d2), 15);
    const b19 = turn(v128.xor(a23, d3), 56);
    const b20 = turn(v128.xor(a2, d2), 62);
    const b21 = turn(v128.xor(a8, d3), 55);
    const b22 = turn(v128.xor(a14, d4), 39);
    const b23 = turn(v128.xor(a15, d0), 41);
    const b24 = turn(v128.xor(a21, d1), 2);
    // chi (3.2.4) and iota (3.2.5)
    a0 = v128.xor(chi(b0, b1, b2), v128.load64_splat(rc));
    a1 = chi(b1, b2, b3);
    a2 = chi(b2, b3, b4);
    a3 = chi(b3, b4, b0);
    a4 = chi(b4, b0, b1);
    a5 = chi(b5, b6, b7);
    a6 = chi(b6, b7, b8);
    a7 = chi(b7, b8, b9);
    a8 = chi(b8, b9, b5);
    a9 = chi(b9, b5, b6);
    a10 = chi(b10, b11, b12);
    a11 = chi(b11, b12, b13);
    a12 = chi(b12, b13, b14);
    a13 = chi(b13, b14, b10);
    a14 = chi(b14, b10, b11);
    a15 = chi(b15, b16, b17);
    a16 = chi(b16, b17, b18);
    a17 = chi(b17, b18, b19);
    a18 = chi(b18, b19, b15);
    a19 = chi(b19, b15, b16);
    a20 = chi(b20, b21, b22);
    a21 = chi(b21, b22, b23);
    a22 = chi(b22, b23, b24);
    a23 = chi(b23, b24, b20);
    a24 = chi(b24, b20, b21);
  }
  v128.store(at, a0, 0); v128.store(at, a1, 16); v128.store(at, a2, 32);
  v128.store(at, a3, 48); v128.store(at, a4, 64); v128.store(at, a5, 80);
  v128.store(at, a6, 96); v128.store(at, a7, 112); v128.store(at, a8, 128);
  v128.store(at, a9, 144); v128.store(at, a10, 160); v128.store(at, a11, 176);
  v128.store(at, a12, 192); v128.store(at, a13, 208); v128.store(at, a14, 224);
  v128.store(at, a15, 240); v128.store(at, a16, 256); v128.store(at, a17, 272);
  v128.store(at, a18, 288); v128.store(at, a19, 304); v128.store(at, a20, 320);
  v128.store(at, a21, 336); v128.store(at, a22, 352); v128.store(at, a23, 368);
  v128.store(at, a24, 384);
}

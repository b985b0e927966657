/**
 * The compression function of SHA-256 (FIPS 180-4, 6.2.2) on four messages at once, one in each lane of a vector.
 *
 * A hash value is 8 vectors and a block 16: vector i holds word i of the four lanes, in native order. So a caller whose next
 * block is made of this result moves nothing between lanes. No branch or address depends on the messages.
 */
import { K } from "./sha2-constants";

/** A hash value of four lanes, in bytes. */
export const SHA256_LANES: u32 = 8 * 16;
/** A block of four lanes. */
export const SHA256_LANES_BLOCK: u32 = 16 * 16;

/** The last sixteen words of the schedule of each lane. */
const w = memory.data(256, 16);

// FIPS 180-4, 4.1.2. Without a rotation of vectors each is two shifts, so nesting them as in `sha256.ts` would save nothing.

// @ts-ignore: decorator
@inline
function rotr32(x: v128, n: i32): v128 {
  return v128.or(i32x4.shr_u(x, n), i32x4.shl(x, 32 - n));
}

// @ts-ignore: decorator
@inline
function bigSigma0(x: v128): v128 {
  return v128.xor(v128.xor(rotr32(x, 2), rotr32(x, 13)), rotr32(x, 22));
}

// @ts-ignore: decorator
@inline
function bigSigma1(x: v128): v128 {
  return v128.xor(v128.xor(rotr32(x, 6), rotr32(x, 11)), rotr32(x, 25));
}

// @ts-ignore: decorator
@inline
function smallSigma0(x: v128): v128 {
  return v128.xor(v128.xor(rotr32(x, 7), rotr32(x, 18)), i32x4.shr_u(x, 3));
}

// @ts-ignore: decorator
@inline
function smallSigma1(x: v128): v128 {
  return v128.xor(v128.xor(rotr32(x, 17), rotr32(x, 19)), i32x4.shr_u(x, 10));
}

/** Steps 3 of 6.2.2 up to T1: h + Sigma1(e) + Ch(e, f, g) + K + W. */
// @ts-ignore: decorator
@inline
function t1(e: v128, f: v128, g: v128, h: v128, k: usize, wt: usize): v128 {
  const ch = v128.xor(g, v128.and(e, v128.xor(f, g)));
  const kw = i32x4.add(v128.load32_splat(k, 4), v128.load(wt));
  return i32x4.add(i32x4.add(bigSigma1(e), ch), i32x4.add(h, kw));
}

/** T2 = Sigma0(a) + Maj(a, b, c); b ^ c is a part of the round before. */
// @ts-ignore: decorator
@inline
function t2(a: v128, b: v128, c: v128): v128 {
  return i32x4.add(bigSigma0(a), v128.xor(b, v128.and(v128.xor(a, b), v128.xor(b, c))));
}

/** Step 1 of 6.2.2: the word 16 after that at w0. */
// @ts-ignore: decorator
@inline
function schedule(w0: usize, w1: usize, w9: usize, w14: usize): void {
  const sigmas = i32x4.add(smallSigma0(v128.load(w1)), smallSigma1(v128.load(w14)));
  v128.store(w0, i32x4.add(i32x4.add(v128.load(w0), v128.load(w9)), sigmas));
}

/**
 * to = the hash values after `from` has taken in one block each. `to` may be `from` or `block`.
 *
 * Eight rounds are written out, so that the renaming at the end of step 3 moves nothing; p and q are the halves of w.
 */
export function sha256Lanes(to: usize, from: usize, block: usize): void {
  // Loops: engines leave the module for a bulk copy or fill, which costs more than these.
  for (let i: usize = 0; i < <usize>SHA256_LANES_BLOCK; i += 16) v128.store(w + i, v128.load(block + i));
  let a = v128.load(from), b = v128.load(from, 16), c = v128.load(from, 32), d = v128.load(from, 48);
  let e = v128.load(from, 64), f = v128.load(from, 80), g = v128.load(from, 96), h = v128.load(from, 112);
  let p = w, q = w + 128;
  for (let k = K, end = K + 64 * 8; k < end; k += 8 * 8) {
    h = t1(e, f, g, h, k, p); d = i32x4.add(d, h); h = i32x4.add(h, t2(a, b, c));
    g = t1(d, e, f, g, k + 8, p + 16); c = i32x4.add(c, g); g = i32x4.add(g, t2(h, a, b));
    f = t1(c, d, e, f, k + 16, p + 32); b = i32x4.add(b, f); f = i32x4.add(f, t2(g, h, a));
    e = t1(b, c, d, e, k + 24, p + 48); a = i32x4.add(a, e); e = i32x4.add(e, t2(f, g, h));
    d = t1(a, b, c, d, k + 32, p + 64); h = i32x4.add(h, d); d = i32x4.add(d, t2(e, f, g));
    c = t1(h, a, b, c, k + 40, p + 80); g = i32x4.add(g, c); c = i32x4.add(c, t2(d, e, f));
    b = t1(g, h, a, b, k + 48, p + 96); f = i32x4.add(f, b); b = i32x4.add(b, t2(c, d, e));
    a = t1(f, g, h, a, k + 56, p + 112); e = i32x4.add(e, a); a = i32x4.add(a, t2(b, c, d));
    if (k < K + 48 * 8) {
      schedule(p, p + 16, q + 16, q + 96);
      schedule(p + 16, p + 32, q + 32, q + 112);
      schedule(p + 32, p + 48, q + 48, p);
      schedule(p + 48, p + 64, q + 64, p + 16);
      schedule(p + 64, p + 80, q + 80, p + 32);
      schedule(p + 80, p + 96, q + 96, p + 48);
      schedule(p + 96, p + 112, q + 112, p + 64);
      schedule(p + 112, q, p, p + 80);
    }
    const first = p;
    p = q;
    q = first;
  }
  for (let i: usize = 0; i < <usize>SHA256_LANES_BLOCK; i += 16) v128.store(w + i, i32x4.splat(0));
  v128.store(to, i32x4.add(v128.load(from), a));
  v128.store(to, i32x4.add(v128.load(from, 16), b), 16);
  v128.store(to, i32x4.add(v128.load(from, 32), c), 32);
  v128.store(to, i32x4.add(v128.load(from, 48), d), 48);
  v128.store(to, i32x4.add(v128.load(from, 64), e), 64);
  v128.store(to, i32x4.add(v128.load(from, 80), f), 80);
  v128.store(to, i32x4.add(v128.load(from, 96), g), 96);
  v128.store(to, i32x4.add(v128.load(from, 112), h), 112);
}

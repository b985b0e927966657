/**
 * The compression function of SHA-384, SHA-512, SHA-512/224 and SHA-512/256 (FIPS 180-4, 6.4.2).
 *
 * The shape is that of `sha256.ts`, on words of 64 bits, so two to a vector.
 */
import { K } from "./sha2-constants";

/** Eight words of the schedule with their constants added. */
const wk = memory.data(64, 16);

// FIPS 180-4, 4.1.3, written as in `sha256.ts`.
function ch(x: u64, y: u64, z: u64): u64 {
  return z ^ (x & (y ^ z));
}

function maj(x: u64, y: u64, z: u64): u64 {
  return y ^ ((x ^ y) & (y ^ z));
}

function bigSigma0(x: u64): u64 {
  return rotr(rotr(rotr(x, 5) ^ x, 6) ^ x, 28);
}

function bigSigma1(x: u64): u64 {
  return rotr(rotr(x, 23) ^ x, 18) ^ rotr(x, 14);
}

/** sigma0 of two words. */
function smallSigma0(x: v128): v128 {
  const r1 = v128.or(i64x2.shr_u(x, 1), i64x2.shl(x, 63));
  const r8 = v128.or(i64x2.shr_u(x, 8), i64x2.shl(x, 56));
  return v128.xor(v128.xor(r1, r8), i64x2.shr_u(x, 7));
}

/** sigma1 of two words. */
function smallSigma1(x: v128): v128 {
  const r19 = v128.or(i64x2.shr_u(x, 19), i64x2.shl(x, 45));
  const r61 = v128.or(i64x2.shr_u(x, 61), i64x2.shl(x, 3));
  return v128.xor(v128.xor(r19, r61), i64x2.shr_u(x, 6));
}

/** Step 1 of 6.4.2: two words, from those 16, 15, 7 and 2 before them; a pair that starts inside a vector takes two. */
function schedule(w16: v128, w14: v128, w8: v128, w6: v128, w2: v128): v128 {
  const w15 = v128.shuffle<u64>(w16, w14, 1, 2);
  const w7 = v128.shuffle<u64>(w8, w6, 1, 2);
  return i64x2.add(i64x2.add(w16, w7), i64x2.add(smallSigma0(w15), smallSigma1(w2)));
}

/** to = the hash value after `from` has taken in one block. `to` may be `from` or `block`. */
export function sha512(to: usize, from: usize, block: usize): void {
  let x0 = v128.load(block), x1 = v128.load(block, 16), x2 = v128.load(block, 32), x3 = v128.load(block, 48);
  let x4 = v128.load(block, 64), x5 = v128.load(block, 80), x6 = v128.load(block, 96), x7 = v128.load(block, 112);
  let a = load<u64>(from), b = load<u64>(from, 8), c = load<u64>(from, 16), d = load<u64>(from, 24);
  let e = load<u64>(from, 32), f = load<u64>(from, 40), g = load<u64>(from, 48), h = load<u64>(from, 56);
  for (let k = K, end = K + 80 * 8; k < end; k += 8 * 8) {
    v128.store(wk, i64x2.add(x0, v128.load(k)));
    v128.store(wk, i64x2.add(x1, v128.load(k, 16)), 16);
    v128.store(wk, i64x2.add(x2, v128.load(k, 32)), 32);
    v128.store(wk, i64x2.add(x3, v128.load(k, 48)), 48);
    const x8 = x4, x9 = x5, x10 = x6, x11 = x7;
    if (k < K + 64 * 8) {
      x4 = schedule(x0, x1, x8, x9, x11);
      x5 = schedule(x1, x2, x9, x10, x4);
      x6 = schedule(x2, x3, x10, x11, x5);
      x7 = schedule(x3, x8, x11, x4, x6);
    }
    x0 = x8;
    x1 = x9;
    x2 = x10;
    x3 = x11;
    h += load<u64>(wk) + ch(e, f, g) + bigSigma1(e); d += h; h += maj(a, b, c) + bigSigma0(a);
    g += load<u64>(wk, 8) + ch(d, e, f) + bigSigma1(d); c += g; g += maj(h, a, b) + bigSigma0(h);
    f += load<u64>(wk, 16) + ch(c, d, e) + bigSigma1(c); b += f; f += maj(g, h, a) + bigSigma0(g);
    e += load<u64>(wk, 24) + ch(b, c, d) + bigSigma1(b); a += e; e += maj(f, g, h) + bigSigma0(f);
    d += load<u64>(wk, 32) + ch(a, b, c) + bigSigma1(a); h += d; d += maj(e, f, g) + bigSigma0(e);
    c += load<u64>(wk, 40) + ch(h, a, b) + bigSigma1(h); g += c; c += maj(d, e, f) + bigSigma0(d);
    b += load<u64>(wk, 48) + ch(g, h, a) + bigSigma1(g); f += b; b += maj(c, d, e) + bigSigma0(c);
    a += load<u64>(wk, 56) + ch(f, g, h) + bigSigma1(f); e += a; a += maj(b, c, d) + bigSigma0(b);
  }
  for (let i: usize = 0; i < 64; i += 16) v128.store(wk + i, i64x2.splat(0));
  store<u64>(to, load<u64>(from) + a);
  store<u64>(to, load<u64>(from, 8) + b, 8);
  store<u64>(to, load<u64>(from, 16) + c, 16);
  store<u64>(to, load<u64>(from, 24) + d, 24);
  store<u64>(to, load<u64>(from, 32) + e, 32);
  store<u64>(to, load<u64>(from, 40) + f, 40);
  store<u64>(to, load<u64>(from, 48) + g, 48);
  store<u64>(to, load<u64>(from, 56) + h, 56);
}

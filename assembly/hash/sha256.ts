/**
 * The compression function of SHA-224 and SHA-256 (FIPS 180-4, 6.2.2).
 *
 * Words are in native order: whoever fills a block turns its bytes around. The schedule is worked out four words at a
 * time in vectors, beside the rounds, which are scalar; only eight of its words are in memory at once, and they are wiped.
 * No branch or address depends on the message.
 */
import { K } from "./sha2-constants";

/** Eight words of the schedule with their constants added. */
const wk = memory.data(32, 16);

// FIPS 180-4, 4.1.2, with fewer operations than there: rotations are nested, and a part of maj is that of the round
// before. bigSigma1 is nested only by half, since it is in the chain that leads from one round to the next.
function ch(x: u32, y: u32, z: u32): u32 {
  return z ^ (x & (y ^ z));
}

function maj(x: u32, y: u32, z: u32): u32 {
  return y ^ ((x ^ y) & (y ^ z));
}

function bigSigma0(x: u32): u32 {
  return rotr(rotr(rotr(x, 9) ^ x, 11) ^ x, 2);
}

function bigSigma1(x: u32): u32 {
  return rotr(rotr(x, 14) ^ x, 11) ^ rotr(x, 6);
}

/** sigma0 of four words. */
function smallSigma0(x: v128): v128 {
  const r7 = v128.or(i32x4.shr_u(x, 7), i32x4.shl(x, 25));
  const r18 = v128.or(i32x4.shr_u(x, 18), i32x4.shl(x, 14));
  return v128.xor(v128.xor(r7, r18), i32x4.shr_u(x, 3));
}

/** sigma1 of two words, each given twice, so that a shift of 64 bits rotates; results in lanes 0 and 2. */
function smallSigma1(x: v128): v128 {
  return v128.xor(v128.xor(i64x2.shr_u(x, 17), i64x2.shr_u(x, 19)), i32x4.shr_u(x, 10));
}

/** Step 1 of 6.2.2: from the last sixteen words, oldest first, the next four. The last two need the first two. */
function schedule(x0: v128, x1: v128, x2: v128, x3: v128): v128 {
  const zero = i32x4.splat(0);
  const w15 = smallSigma0(v128.shuffle<u32>(x0, x1, 1, 2, 3, 4));
  const sum = i32x4.add(i32x4.add(x0, v128.shuffle<u32>(x2, x3, 1, 2, 3, 4)), w15);
  const first = smallSigma1(v128.shuffle<u32>(x3, x3, 2, 2, 3, 3));
  const half = i32x4.add(sum, v128.shuffle<u32>(first, zero, 0, 2, 4, 4));
  const last = smallSigma1(v128.shuffle<u32>(half, half, 0, 0, 1, 1));
  return i32x4.add(half, v128.shuffle<u32>(zero, last, 0, 0, 4, 6));
}

/** Four constants: the high halves of those of SHA-512. */
function constants(k: usize): v128 {
  return v128.shuffle<u32>(v128.load(k), v128.load(k, 16), 1, 3, 5, 7);
}

/**
 * to = the hash value after `from` has taken in one block. `to` may be `from` or `block`.
 *
 * Eight rounds are written out, so that the renaming at the end of step 3 moves nothing.
 */
export function sha256(to: usize, from: usize, block: usize): void {
  let x0 = v128.load(block), x1 = v128.load(block, 16), x2 = v128.load(block, 32), x3 = v128.load(block, 48);
  let a = load<u32>(from), b = load<u32>(from, 4), c = load<u32>(from, 8), d = load<u32>(from, 12);
  let e = load<u32>(from, 16), f = load<u32>(from, 20), g = load<u32>(from, 24), h = load<u32>(from, 28);
  for (let k = K, end = K + 64 * 8; k < end; k += 8 * 8) {
    v128.store(wk, i32x4.add(x0, constants(k)));
    v128.store(wk, i32x4.add(x1, constants(k + 32)), 16);
    const x4 = x2, x5 = x3;
    if (k < K + 48 * 8) {
      x2 = schedule(x0, x1, x2, x3);
      x3 = schedule(x1, x4, x5, x2);
    }
    x0 = x4;
    x1 = x5;
    h += load<u32>(wk) + ch(e, f, g) + bigSigma1(e); d += h; h += maj(a, b, c) + bigSigma0(a);
    g += load<u32>(wk, 4) + ch(d, e, f) + bigSigma1(d); c += g; g += maj(h, a, b) + bigSigma0(h);
    f += load<u32>(wk, 8) + ch(c, d, e) + bigSigma1(c); b += f; f += maj(g, h, a) + bigSigma0(g);
    e += load<u32>(wk, 12) + ch(b, c, d) + bigSigma1(b); a += e; e += maj(f, g, h) + bigSigma0(f);
    d += load<u32>(wk, 16) + ch(a, b, c) + bigSigma1(a); h += d; d += maj(e, f, g) + bigSigma0(e);
    c += load<u32>(wk, 20) + ch(h, a, b) + bigSigma1(h); g += c; c += maj(d, e, f) + bigSigma0(d);
    b += load<u32>(wk, 24) + ch(g, h, a) + bigSigma1(g); f += b; b += maj(c, d, e) + bigSigma0(c);
    a += load<u32>(wk, 28) + ch(f, g, h) + bigSigma1(f); e += a; a += maj(b, c, d) + bigSigma0(b);
  }
  v128.store(wk, i32x4.splat(0));
  v128.store(wk, i32x4.splat(0), 16);
  store<u32>(to, load<u32>(from) + a);
  store<u32>(to, load<u32>(from, 4) + b, 4);
  store<u32>(to, load<u32>(from, 8) + c, 8);
  store<u32>(to, load<u32>(from, 12) + d, 12);
  store<u32>(to, load<u32>(from, 16) + e, 16);
  store<u32>(to, load<u32>(from, 20) + f, 20);
  store<u32>(to, load<u32>(from, 24) + g, 24);
  store<u32>(to, load<u32>(from, 28) + h, 28);
}

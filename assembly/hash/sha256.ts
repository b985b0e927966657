/**
 * The compression function of SHA-224 and SHA-256 (FIPS 180-4, 6.2.2).
 *
 * Words are kept in native order: whoever fills a block turns its bytes around once. State and schedule live in
 * locals, so nothing of the message stays in memory. No branch or address depends on the message.
 */
import { K } from "./sha2-constants";

// FIPS 180-4, 4.1.2. ch and maj are the same functions as printed there, with fewer operations.
function ch(x: u32, y: u32, z: u32): u32 {
  return z ^ (x & (y ^ z));
}

function maj(x: u32, y: u32, z: u32): u32 {
  return (x & y) | (z & (x | y));
}

function bigSigma0(x: u32): u32 {
  return rotr(x, 2) ^ rotr(x, 13) ^ rotr(x, 22);
}

function bigSigma1(x: u32): u32 {
  return rotr(x, 6) ^ rotr(x, 11) ^ rotr(x, 25);
}

function smallSigma0(x: u32): u32 {
  return rotr(x, 7) ^ rotr(x, 18) ^ (x >>> 3);
}

function smallSigma1(x: u32): u32 {
  return rotr(x, 17) ^ rotr(x, 19) ^ (x >>> 10);
}

/**
 * to = the hash value after `from` has taken in one block. `to` may be `from` or `block`: all is read before the first store,
 * but for the words of `from`, which are read again one by one.
 *
 * Sixteen rounds are written out, so that the eight variables need not move (step 3 of 6.2.2 renames instead), and the
 * schedule of step 1 rolls in sixteen words, each replaced when it has served. The constants are the high halves of
 * those of SHA-512.
 */
export function sha256(to: usize, from: usize, block: usize): void {
  let w0 = load<u32>(block, 0), w1 = load<u32>(block, 4), w2 = load<u32>(block, 8), w3 = load<u32>(block, 12);
  let w4 = load<u32>(block, 16), w5 = load<u32>(block, 20), w6 = load<u32>(block, 24), w7 = load<u32>(block, 28);
  let w8 = load<u32>(block, 32), w9 = load<u32>(block, 36), w10 = load<u32>(block, 40), w11 = load<u32>(block, 44);
  let w12 = load<u32>(block, 48), w13 = load<u32>(block, 52), w14 = load<u32>(block, 56), w15 = load<u32>(block, 60);
  let a = load<u32>(from, 0), b = load<u32>(from, 4), c = load<u32>(from, 8), d = load<u32>(from, 12);
  let e = load<u32>(from, 16), f = load<u32>(from, 20), g = load<u32>(from, 24), h = load<u32>(from, 28);
  for (let k = K, last = K + 384; ; k += 128) {
    h += load<u32>(k, 4) + w0 + ch(e, f, g) + bigSigma1(e); d += h; h += maj(a, b, c) + bigSigma0(a);
    g += load<u32>(k, 12) + w1 + ch(d, e, f) + bigSigma1(d); c += g; g += maj(h, a, b) + bigSigma0(h);
    f += load<u32>(k, 20) + w2 + ch(c, d, e) + bigSigma1(c); b += f; f += maj(g, h, a) + bigSigma0(g);
    e += load<u32>(k, 28) + w3 + ch(b, c, d) + bigSigma1(b); a += e; e += maj(f, g, h) + bigSigma0(f);
    d += load<u32>(k, 36) + w4 + ch(a, b, c) + bigSigma1(a); h += d; d += maj(e, f, g) + bigSigma0(e);
    c += load<u32>(k, 44) + w5 + ch(h, a, b) + bigSigma1(h); g += c; c += maj(d, e, f) + bigSigma0(d);
    b += load<u32>(k, 52) + w6 + ch(g, h, a) + bigSigma1(g); f += b; b += maj(c, d, e) + bigSigma0(c);
    a += load<u32>(k, 60) + w7 + ch(f, g, h) + bigSigma1(f); e += a; a += maj(b, c, d) + bigSigma0(b);
    h += load<u32>(k, 68) + w8 + ch(e, f, g) + bigSigma1(e); d += h; h += maj(a, b, c) + bigSigma0(a);
    g += load<u32>(k, 76) + w9 + ch(d, e, f) + bigSigma1(d); c += g; g += maj(h, a, b) + bigSigma0(h);
    f += load<u32>(k, 84) + w10 + ch(c, d, e) + bigSigma1(c); b += f; f += maj(g, h, a) + bigSigma0(g);
    e += load<u32>(k, 92) + w11 + ch(b, c, d) + bigSigma1(b); a += e; e += maj(f, g, h) + bigSigma0(f);
    d += load<u32>(k, 100) + w12 + ch(a, b, c) + bigSigma1(a); h += d; d += maj(e, f, g) + bigSigma0(e);
    c += load<u32>(k, 108) + w13 + ch(h, a, b) + bigSigma1(h); g += c; c += maj(d, e, f) + bigSigma0(d);
    b += load<u32>(k, 116) + w14 + ch(g, h, a) + bigSigma1(g); f += b; b += maj(c, d, e) + bigSigma0(c);
    a += load<u32>(k, 124) + w15 + ch(f, g, h) + bigSigma1(f); e += a; a += maj(b, c, d) + bigSigma0(b);
    if (k == last) break;
    w0 += smallSigma1(w14) + w9 + smallSigma0(w1);
    w1 += smallSigma1(w15) + w10 + smallSigma0(w2);
    w2 += smallSigma1(w0) + w11 + smallSigma0(w3);
    w3 += smallSigma1(w1) + w12 + smallSigma0(w4);
    w4 += smallSigma1(w2) + w13 + smallSigma0(w5);
    w5 += smallSigma1(w3) + w14 + smallSigma0(w6);
    w6 += smallSigma1(w4) + w15 + smallSigma0(w7);
    w7 += smallSigma1(w5) + w0 + smallSigma0(w8);
    w8 += smallSigma1(w6) + w1 + smallSigma0(w9);
    w9 += smallSigma1(w7) + w2 + smallSigma0(w10);
    w10 += smallSigma1(w8) + w3 + smallSigma0(w11);
    w11 += smallSigma1(w9) + w4 + smallSigma0(w12);
    w12 += smallSigma1(w10) + w5 + smallSigma0(w13);
    w13 += smallSigma1(w11) + w6 + smallSigma0(w14);
    w14 += smallSigma1(w12) + w7 + smallSigma0(w15);
    w15 += smallSigma1(w13) + w8 + smallSigma0(w0);
  }
  store<u32>(to, load<u32>(from, 0) + a, 0);
  store<u32>(to, load<u32>(from, 4) + b, 4);
  store<u32>(to, load<u32>(from, 8) + c, 8);
  store<u32>(to, load<u32>(from, 12) + d, 12);
  store<u32>(to, load<u32>(from, 16) + e, 16);
  store<u32>(to, load<u32>(from, 20) + f, 20);
  store<u32>(to, load<u32>(from, 24) + g, 24);
  store<u32>(to, load<u32>(from, 28) + h, 28);
}

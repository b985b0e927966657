/**
 * The compression function of SHA-384, SHA-512, SHA-512/224 and SHA-512/256 (FIPS 180-4, 6.4.2).
 *
 * The shape is that of `sha256.ts`, on words of 64 bits.
 */
import { K } from "./sha2-constants";

// FIPS 180-4, 4.1.3.
function ch(x: u64, y: u64, z: u64): u64 {
  return z ^ (x & (y ^ z));
}

function maj(x: u64, y: u64, z: u64): u64 {
  return (x & y) | (z & (x | y));
}

function bigSigma0(x: u64): u64 {
  return rotr(x, 28) ^ rotr(x, 34) ^ rotr(x, 39);
}

function bigSigma1(x: u64): u64 {
  return rotr(x, 14) ^ rotr(x, 18) ^ rotr(x, 41);
}

function smallSigma0(x: u64): u64 {
  return rotr(x, 1) ^ rotr(x, 8) ^ (x >>> 7);
}

function smallSigma1(x: u64): u64 {
  return rotr(x, 19) ^ rotr(x, 61) ^ (x >>> 6);
}

/** to = the hash value after `from` has taken in one block. `to` may be `from` or `block`. */
export function sha512(to: usize, from: usize, block: usize): void {
  let w0 = load<u64>(block, 0), w1 = load<u64>(block, 8), w2 = load<u64>(block, 16), w3 = load<u64>(block, 24);
  let w4 = load<u64>(block, 32), w5 = load<u64>(block, 40), w6 = load<u64>(block, 48), w7 = load<u64>(block, 56);
  let w8 = load<u64>(block, 64), w9 = load<u64>(block, 72), w10 = load<u64>(block, 80), w11 = load<u64>(block, 88);
  let w12 = load<u64>(block, 96), w13 = load<u64>(block, 104), w14 = load<u64>(block, 112), w15 = load<u64>(block, 120);
  let a = load<u64>(from, 0), b = load<u64>(from, 8), c = load<u64>(from, 16), d = load<u64>(from, 24);
  let e = load<u64>(from, 32), f = load<u64>(from, 40), g = load<u64>(from, 48), h = load<u64>(from, 56);
  for (let k = K, last = K + 512; ; k += 128) {
    h += load<u64>(k, 0) + w0 + ch(e, f, g) + bigSigma1(e); d += h; h += maj(a, b, c) + bigSigma0(a);
    g += load<u64>(k, 8) + w1 + ch(d, e, f) + bigSigma1(d); c += g; g += maj(h, a, b) + bigSigma0(h);
    f += load<u64>(k, 16) + w2 + ch(c, d, e) + bigSigma1(c); b += f; f += maj(g, h, a) + bigSigma0(g);
    e += load<u64>(k, 24) + w3 + ch(b, c, d) + bigSigma1(b); a += e; e += maj(f, g, h) + bigSigma0(f);
    d += load<u64>(k, 32) + w4 + ch(a, b, c) + bigSigma1(a); h += d; d += maj(e, f, g) + bigSigma0(e);
    c += load<u64>(k, 40) + w5 + ch(h, a, b) + bigSigma1(h); g += c; c += maj(d, e, f) + bigSigma0(d);
    b += load<u64>(k, 48) + w6 + ch(g, h, a) + bigSigma1(g); f += b; b += maj(c, d, e) + bigSigma0(c);
    a += load<u64>(k, 56) + w7 + ch(f, g, h) + bigSigma1(f); e += a; a += maj(b, c, d) + bigSigma0(b);
    h += load<u64>(k, 64) + w8 + ch(e, f, g) + bigSigma1(e); d += h; h += maj(a, b, c) + bigSigma0(a);
    g += load<u64>(k, 72) + w9 + ch(d, e, f) + bigSigma1(d); c += g; g += maj(h, a, b) + bigSigma0(h);
    f += load<u64>(k, 80) + w10 + ch(c, d, e) + bigSigma1(c); b += f; f += maj(g, h, a) + bigSigma0(g);
    e += load<u64>(k, 88) + w11 + ch(b, c, d) + bigSigma1(b); a += e; e += maj(f, g, h) + bigSigma0(f);
    d += load<u64>(k, 96) + w12 + ch(a, b, c) + bigSigma1(a); h += d; d += maj(e, f, g) + bigSigma0(e);
    c += load<u64>(k, 104) + w13 + ch(h, a, b) + bigSigma1(h); g += c; c += maj(d, e, f) + bigSigma0(d);
    b += load<u64>(k, 112) + w14 + ch(g, h, a) + bigSigma1(g); f += b; b += maj(c, d, e) + bigSigma0(c);
    a += load<u64>(k, 120) + w15 + ch(f, g, h) + bigSigma1(f); e += a; a += maj(b, c, d) + bigSigma0(b);
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
  store<u64>(to, load<u64>(from, 0) + a, 0);
  store<u64>(to, load<u64>(from, 8) + b, 8);
  store<u64>(to, load<u64>(from, 16) + c, 16);
  store<u64>(to, load<u64>(from, 24) + d, 24);
  store<u64>(to, load<u64>(from, 32) + e, 32);
  store<u64>(to, load<u64>(from, 40) + f, 40);
  store<u64>(to, load<u64>(from, 48) + g, 48);
  store<u64>(to, load<u64>(from, 56) + h, 56);
}

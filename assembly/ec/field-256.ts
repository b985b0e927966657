/**
 * The field of P-256, p = 2^256 - 2^224 + 2^192 + 2^96 - 1, in 11 digits of 24 bits, without loops.
 *
 * With R = 2^264 and p = -1 modulo 2^96, the multiple of p that makes a low digit m zero is m itself, and m p adds, from
 * the place of m: m four places above (2^96), m eight above (2^192), -2^8 m nine above (2^224), 2^16 m ten above (2^256).
 */
import { centre, digitMask, exponent, first, firstSigned, madd, next, nextSigned } from "./constants";

/**
 * r = a b / R + c modulo p; r may be a, b or c. 21 columns, each cut into its digit as soon as it stands: a digit below R becomes a multiple of p,
 * one above it a digit of r. A sum begins with the constant that makes it an integer, and what the digits add joins it beside the carry,
 * which is what the next column waits for.
 */
export function product256(r: usize, a: usize, b: usize, c: usize): void {
  const a0 = v128.load(a), a1 = v128.load(a, 16), a2 = v128.load(a, 32);
  const a3 = v128.load(a, 48), a4 = v128.load(a, 64), a5 = v128.load(a, 80);
  const a6 = v128.load(a, 96), a7 = v128.load(a, 112), a8 = v128.load(a, 128);
  const a9 = v128.load(a, 144), a10 = v128.load(a, 160);
  const b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32);
  const b3 = v128.load(b, 48), b4 = v128.load(b, 64), b5 = v128.load(b, 80);
  const b6 = v128.load(b, 96), b7 = v128.load(b, 112), b8 = v128.load(b, 128);
  const b9 = v128.load(b, 144), b10 = v128.load(b, 160);
  const mask = digitMask(), base = next(), signed = nextSigned(), one = exponent(), middle = centre();
  let s = madd(a0, b0, first());
  let x = s;
  const m0 = v128.and(x, mask);
  s = madd(a0, b1, base); s = madd(a1, b0, s);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m1 = v128.and(x, mask);
  s = madd(a0, b2, base); s = madd(a1, b1, s); s = madd(a2, b0, s);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m2 = v128.and(x, mask);
  s = madd(a0, b3, base); s = madd(a1, b2, s); s = madd(a2, b1, s); s = madd(a3, b0, s);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m3 = v128.and(x, mask);
  s = madd(a0, b4, base); s = madd(a1, b3, s); s = madd(a2, b2, s); s = madd(a3, b1, s); s = madd(a4, b0, s);
  s = i64x2.add(s, m0);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m4 = v128.and(x, mask);
  s = madd(a0, b5, base); s = madd(a1, b4, s); s = madd(a2, b3, s); s = madd(a3, b2, s); s = madd(a4, b1, s);
  s = madd(a5, b0, s);
  s = i64x2.add(s, m1);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m5 = v128.and(x, mask);
  s = madd(a0, b6, base); s = madd(a1, b5, s); s = madd(a2, b4, s); s = madd(a3, b3, s); s = madd(a4, b2, s);
  s = madd(a5, b1, s); s = madd(a6, b0, s);
  s = i64x2.add(s, m2);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m6 = v128.and(x, mask);
  s = madd(a0, b7, base); s = madd(a1, b6, s); s = madd(a2, b5, s); s = madd(a3, b4, s); s = madd(a4, b3, s);
  s = madd(a5, b2, s); s = madd(a6, b1, s); s = madd(a7, b0, s);
  s = i64x2.add(s, m3);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m7 = v128.and(x, mask);
  s = madd(a0, b8, base); s = madd(a1, b7, s); s = madd(a2, b6, s); s = madd(a3, b5, s); s = madd(a4, b4, s);
  s = madd(a5, b3, s); s = madd(a6, b2, s); s = madd(a7, b1, s); s = madd(a8, b0, s);
  s = i64x2.add(s, i64x2.add(m0, m4));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m8 = v128.and(x, mask);
  s = madd(a0, b9, base); s = madd(a1, b8, s); s = madd(a2, b7, s); s = madd(a3, b6, s); s = madd(a4, b5, s);
  s = madd(a5, b4, s); s = madd(a6, b3, s); s = madd(a7, b2, s); s = madd(a8, b1, s); s = madd(a9, b0, s);
  s = i64x2.add(i64x2.sub(s, i64x2.shl(m0, 8)), i64x2.add(m1, m5));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m9 = v128.and(x, mask);
  s = madd(a0, b10, base); s = madd(a1, b9, s); s = madd(a2, b8, s); s = madd(a3, b7, s); s = madd(a4, b6, s);
  s = madd(a5, b5, s); s = madd(a6, b4, s); s = madd(a7, b3, s); s = madd(a8, b2, s); s = madd(a9, b1, s);
  s = madd(a10, b0, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m0, 16)), i64x2.shl(m1, 8)), i64x2.add(m2, m6));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  const m10 = v128.and(x, mask);
  s = f64x2.add(signed, v128.load(c));
  s = madd(a1, b10, s); s = madd(a2, b9, s); s = madd(a3, b8, s); s = madd(a4, b7, s); s = madd(a5, b6, s);
  s = madd(a6, b5, s); s = madd(a7, b4, s); s = madd(a8, b3, s); s = madd(a9, b2, s); s = madd(a10, b1, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m1, 16)), i64x2.shl(m2, 8)), i64x2.add(m3, m7));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle));
  s = f64x2.add(signed, v128.load(c, 16));
  s = madd(a2, b10, s); s = madd(a3, b9, s); s = madd(a4, b8, s); s = madd(a5, b7, s); s = madd(a6, b6, s);
  s = madd(a7, b5, s); s = madd(a8, b4, s); s = madd(a9, b3, s); s = madd(a10, b2, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m2, 16)), i64x2.shl(m3, 8)), i64x2.add(m4, m8));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 16);
  s = f64x2.add(signed, v128.load(c, 32));
  s = madd(a3, b10, s); s = madd(a4, b9, s); s = madd(a5, b8, s); s = madd(a6, b7, s); s = madd(a7, b6, s);
  s = madd(a8, b5, s); s = madd(a9, b4, s); s = madd(a10, b3, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m3, 16)), i64x2.shl(m4, 8)), i64x2.add(m5, m9));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 32);
  s = f64x2.add(signed, v128.load(c, 48));
  s = madd(a4, b10, s); s = madd(a5, b9, s); s = madd(a6, b8, s); s = madd(a7, b7, s); s = madd(a8, b6, s);
  s = madd(a9, b5, s); s = madd(a10, b4, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m4, 16)), i64x2.shl(m5, 8)), i64x2.add(m6, m10));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 48);
  s = f64x2.add(signed, v128.load(c, 64));
  s = madd(a5, b10, s); s = madd(a6, b9, s); s = madd(a7, b8, s); s = madd(a8, b7, s); s = madd(a9, b6, s);
  s = madd(a10, b5, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m5, 16)), i64x2.shl(m6, 8)), m7);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 64);
  s = f64x2.add(signed, v128.load(c, 80));
  s = madd(a6, b10, s); s = madd(a7, b9, s); s = madd(a8, b8, s); s = madd(a9, b7, s); s = madd(a10, b6, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m6, 16)), i64x2.shl(m7, 8)), m8);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 80);
  s = f64x2.add(signed, v128.load(c, 96));
  s = madd(a7, b10, s); s = madd(a8, b9, s); s = madd(a9, b8, s); s = madd(a10, b7, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m7, 16)), i64x2.shl(m8, 8)), m9);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 96);
  s = f64x2.add(signed, v128.load(c, 112));
  s = madd(a8, b10, s); s = madd(a9, b9, s); s = madd(a10, b8, s);
  s = i64x2.add(i64x2.sub(i64x2.add(s, i64x2.shl(m8, 16)), i64x2.shl(m9, 8)), m10);
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 112);
  s = f64x2.add(signed, v128.load(c, 128));
  s = madd(a9, b10, s); s = madd(a10, b9, s);
  s = i64x2.sub(i64x2.add(s, i64x2.shl(m9, 16)), i64x2.shl(m10, 8));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 128);
  s = f64x2.add(signed, v128.load(c, 144));
  s = madd(a10, b10, s);
  s = i64x2.add(s, i64x2.shl(m10, 16));
  x = i64x2.add(s, i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 144);
  x = i64x2.add(f64x2.add(base, v128.load(c, 160)), i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(x, first()), 160);
}

/** Brings the digits of r, sums of up to 16, into their range, and r to about [0, p): what is above 2^256 folds down. */
export function carry256(r: usize): void {
  const mask = digitMask();
  const signed = nextSigned();
  const one = exponent();
  const middle = centre();
  const base = first();
  const top = f64x2.add(v128.load(r, 160), base);
  // q 2^256 = q (2^224 - 2^192 - 2^96 + 1) modulo p; the bits of 1.5 * 2^52 are a multiple of 2^16.
  const q = i64x2.sub(i64x2.shr_u(top, 16), i64x2.shr_u(base, 16));
  let x = i64x2.add(f64x2.add(v128.load(r), firstSigned()), q);
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 0);
  x = i64x2.add(f64x2.add(v128.load(r, 16), signed), i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 16);
  x = i64x2.add(f64x2.add(v128.load(r, 32), signed), i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 32);
  x = i64x2.add(f64x2.add(v128.load(r, 48), signed), i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 48);
  x = i64x2.add(f64x2.add(v128.load(r, 64), signed), i64x2.shr_u(x, 24));
  x = i64x2.sub(x, q);
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 64);
  x = i64x2.add(f64x2.add(v128.load(r, 80), signed), i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 80);
  x = i64x2.add(f64x2.add(v128.load(r, 96), signed), i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 96);
  x = i64x2.add(f64x2.add(v128.load(r, 112), signed), i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 112);
  x = i64x2.add(f64x2.add(v128.load(r, 128), signed), i64x2.shr_u(x, 24));
  x = i64x2.sub(x, q);
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 128);
  x = i64x2.add(f64x2.add(v128.load(r, 144), signed), i64x2.shr_u(x, 24));
  x = i64x2.add(x, i64x2.shl(q, 8));
  v128.store(r, f64x2.sub(v128.or(v128.and(x, mask), one), middle), 144);
  x = i64x2.add(f64x2.add(v128.load(r, 160), next()), i64x2.shr_u(x, 24));
  v128.store(r, f64x2.sub(i64x2.sub(x, i64x2.shl(q, 16)), base), 160);
}

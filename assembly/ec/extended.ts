/**
 * The sum of table entries: points as (X, Y, ZZ, ZZZ), which is (X / ZZ, Y / ZZZ) with ZZ^3 = ZZZ^2, four vectors, to which
 * a point (x, y) is added (P. L. Montgomery's coordinates, formulas "madd-2008-s" of the Explicit-Formulas Database):
 *
 *   P = x ZZ - X    R = y ZZZ - Y    Q = X P^2
 *   X' = R^2 - P^3 - 2 Q    Y' = R (Q - X') - Y P^3    ZZ' = ZZ P^2    ZZZ' = ZZZ P^3
 *
 * They fail where P = 0: for equal points, opposite ones and infinity. None of these can occur in `windows.ts`, whatever
 * the scalar: a lane sums odd digits times powers of 2^w, from the lowest up. Before digit i the sum is S F with F = 1 or
 * 2^(w W / 2) G, S odd, so not 0, and |S| < 2^(w i); what is added is T F with T odd times 2^(w i), so |T| > |S|. Then 0 <
 * |S +- T| < 2^(w (i + 1)) <= 2^(w W / 2) < n, and S F = +-T F cannot be, nor S F = 0. The lanes are joined by the complete
 * addition.
 *
 * Coordinates are in (-4, 2) p: the products of two are below 32 p^2, p / 8 after a reduction with the least R, 2^8 p; X'
 * takes off up to 3 (1 + 1/8) p from what is above -p / 8.
 */
import { wipe } from "../base/memory";
import { VECTOR } from "./constants";
import { digitCount, minus, multiply, reduce } from "./field";
import { product } from "./point";

const work = memory.data(2304, 16); // 6 vectors
const P = work;
const R = work + VECTOR;
const PP = work + 2 * VECTOR;
const PPP = work + 3 * VECTOR;
const Q = work + 4 * VECTOR;
const DIFFERENCE = work + 5 * VECTOR;

export function wipeExtended(): void {
  wipe(work, 2304);
}

/** sum = sum + the point (x, y) at `entry`; neither equal nor opposite, and sum is not infinity. */
export function addEntry(sum: usize, entry: usize): void {
  const y = sum + VECTOR;
  const zz = sum + 2 * VECTOR;
  const zzz = sum + 3 * VECTOR;
  multiply(entry, zz);
  minus(sum, 1);
  reduce(P);
  multiply(entry + VECTOR, zzz);
  minus(y, 1);
  reduce(R);
  product(PP, P, P);
  product(PPP, P, PP);
  product(Q, sum, PP);
  product(zz, zz, PP);
  multiply(R, R);
  minus(PPP, 1);
  minus(Q, 2);
  reduce(sum);
  product(zzz, zzz, PPP);
  const end = digitCount() << 4;
  for (let i: u32 = 0; i < end; i += 16) {
    v128.store(DIFFERENCE + i, f64x2.sub(v128.load(Q + i), v128.load(sum + i)));
    v128.store(y + i, f64x2.neg(v128.load(y + i)));
  }
  multiply(y, PPP);
  product(y, R, DIFFERENCE);
}

/** The same points as (X : Y : Z), three vectors: (X ZZZ : Y ZZ : ZZ ZZZ). */
export function toHomogeneous(sum: usize): void {
  const y = sum + VECTOR;
  const zz = sum + 2 * VECTOR;
  const zzz = sum + 3 * VECTOR;
  product(sum, sum, zzz);
  product(y, y, zz);
  product(zz, zz, zzz);
}

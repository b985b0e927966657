/**
 * The sum of table entries: points as (X, Y, ZZ, ZZZ), which is (X / ZZ, Y / ZZZ) with ZZ^3 = ZZZ^2, four vectors, to which
 * a point (x, y) is added (P. L. Montgomery's coordinates, formulas "madd-2008-s" of the Explicit-Formulas Database). The
 * point is given by -x and -y, which turns the differences there into sums:
 *
 *   P = X - x ZZ    R = Y - y ZZZ    Q = X P^2
 *   X' = R^2 + P^3 - 2 Q    Y' = R (X' - Q) + Y P^3    ZZ' = ZZ P^2    ZZZ' = -ZZZ P^3
 *
 * They fail where P = 0: for equal points, opposite ones and infinity. None of these can occur in `windows.ts`, whatever
 * the scalar: a lane sums odd digits times powers of 2^w, from the lowest up. Before digit i the sum is S F with F = 1 or
 * 2^(w W / 2) G, S odd, so not 0, and |S| < 2^(w i); what is added is T F with T odd times 2^(w i), so |T| > |S|. Then 0 <
 * |S +- T| < 2^(w (i + 1)) <= 2^(w W / 2) < n, and S F = +-T F cannot be, nor S F = 0. The lanes are joined by the complete
 * addition.
 *
 * Coordinates are in (-4, 4) p, P and R in (-5, 6) p, X' - Q in (-4, 4) p: what is multiplied or a sum of two such is below
 * 36 p^2, p / 7 after a reduction with the least R, 2^8 p. A product is in (-p / 7, 8p / 7) then, a sum of two such in (-p, 3p),
 * X' with what it adds and takes off in (-3, 3) p.
 */
import { wipe } from "../base/memory";
import { madd, VECTOR } from "./constants";
import { digitCount, product, productPlus, sumOfProducts } from "./field";

const work = memory.data(2688, 16); // 7 vectors
const P = work;
const R = work + VECTOR;
const PP = work + 2 * VECTOR;
const PPP = work + 3 * VECTOR;
const Q = work + 4 * VECTOR;
const MINUS_PPP = work + 5 * VECTOR;
const OTHER = work + 6 * VECTOR;

export function wipeExtended(): void {
  wipe(work, 2688);
}

/** sum = sum + the point (x, y) whose -x and -y are at `entry`; neither equal nor opposite, and sum is not infinity. */
export function addEntry(sum: usize, entry: usize): void {
  const y = sum + VECTOR;
  const zz = sum + 2 * VECTOR;
  const zzz = sum + 3 * VECTOR;
  productPlus(P, entry, zz, sum);
  productPlus(R, entry + VECTOR, zzz, y);
  product(PP, P, P);
  product(PPP, P, PP);
  product(Q, sum, PP);
  product(zz, zz, PP);
  const end = digitCount() << 4;
  for (let i: usize = 0; i < end; i += 16) {
    const ppp = v128.load(PPP + i);
    v128.store(OTHER + i, madd(f64x2.splat(-2), v128.load(Q + i), ppp));
    v128.store(MINUS_PPP + i, f64x2.neg(ppp));
  }
  product(zzz, zzz, MINUS_PPP);
  productPlus(sum, R, R, OTHER);
  for (let i: usize = 0; i < end; i += 16) {
    v128.store(OTHER + i, f64x2.sub(v128.load(sum + i), v128.load(Q + i)));
  }
  sumOfProducts(y, R, OTHER, y, PPP);
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

/**
 * FIPS 204 as it is written, slowly and with none of the core's ways: the expanded private key of ML-DSA-44 for any rho, K,
 * s1 and s2, also for such that no seed has.
 */
import { createHash } from "node:crypto";

const Q = 8380417;
/** ML-DSA-44: the rows and columns of A, both 4; D of Power2Round; eta. */
const [K, D, ETA] = [4, 13, 2];

type Poly = readonly number[];

const shake = (bits: 128 | 256, input: Uint8Array, outputLength: number): Uint8Array =>
  createHash(`shake${bits}`, { outputLength }).update(input).digest();

/** Algorithm 30: the coefficients are those of the NTT's domain. */
function rejectNtt(seed: Uint8Array): Poly {
  const stream = shake(128, seed, 1200);
  const poly: number[] = [];
  for (let at = 0; poly.length < 256; at += 3) {
    const [low = 0, middle = 0, high = 0] = stream.subarray(at, at + 3);
    const value = low | (middle << 8) | ((high & 127) << 16);
    if (value < Q) poly.push(value);
  }
  return poly;
}

const times = (a: number, b: number): number => Number((BigInt(a) * BigInt(b)) % BigInt(Q));

/** The powers of zeta = 1753 at which 2.5 evaluates: 2 BitRev8(i) + 1, i = 0 to 255; and their powers. */
const powers = Array.from({ length: 512 }, () => 1);
for (let i = 1; i < 512; i++) powers[i] = times(powers[i - 1] ?? 1, 1753);
const reversed = (i: number): number => Number.parseInt(i.toString(2).padStart(8, "0").split("").reverse().join(""), 2);
const places = Array.from({ length: 256 }, (_, i) => 2 * reversed(i) + 1);

/** w(zeta^e) for all places: Algorithm 41, by its definition. */
const ntt = (poly: Poly): Poly =>
  places.map((e) => poly.reduce((sum, c, j) => (sum + times((c + Q) % Q, powers[(e * j) % 512] ?? 0)) % Q, 0));

/** The inverse, by the orthogonality of roots of unity. */
function inverse(values: Poly): Poly {
  const half = times(1, Number(BigInt(Q) - (BigInt(Q) - 1n) / 256n)); // 1 / 256 modulo q
  return Array.from({ length: 256 }, (_, j) =>
    times(
      half,
      values.reduce((sum, v, i) => (sum + times(v, powers[(512 * 256 - (places[i] ?? 0) * j) % 512] ?? 0)) % Q, 0),
    ),
  );
}

/** Bits, the least significant first, to bytes: Algorithms 16 and 17 for numbers that are not negative. */
function packed(numbers: Poly, width: number): Uint8Array {
  const bytes = new Uint8Array((numbers.length * width) / 8);
  for (const [i, value] of numbers.entries()) {
    for (let bit = 0; bit < width; bit++) {
      const at = i * width + bit;
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (((value >> bit) & 1) << (at & 7));
    }
  }
  return bytes;
}

export interface PlainMlDsa {
  readonly publicKey: Uint8Array;
  readonly expandedKey: Uint8Array;
}

/** Algorithm 6, steps 5 to 10. `s`: s1, then s2, four polynomials each, of numbers from -5 to 2. */
export function mlDsa44Of(rho: Uint8Array, key: Uint8Array, s: readonly Poly[]): PlainMlDsa {
  const transformed = s.slice(0, K).map(ntt);
  const t = Array.from({ length: K }, (_, r) => {
    const sum = Array.from({ length: 256 }, () => 0);
    for (let c = 0; c < K; c++) {
      for (const [i, a] of rejectNtt(Uint8Array.of(...rho, c, r)).entries()) {
        sum[i] = ((sum[i] ?? 0) + times(a, transformed[c]?.[i] ?? 0)) % Q;
      }
    }
    return inverse(sum).map((value, i) => (value + (s[K + r]?.[i] ?? 0) + Q) % Q);
  });
  const low = t.map((poly) =>
    poly.map((value) => {
      const rest = value % 2 ** D;
      return rest > 2 ** (D - 1) ? rest - 2 ** D : rest;
    }),
  );
  const high = t.map((poly, r) => poly.map((value, i) => (value - (low[r]?.[i] ?? 0)) / 2 ** D));
  const publicKey = Buffer.concat([rho, ...high.map((poly) => packed(poly, 10))]);
  const tr = shake(256, publicKey, 64);
  const small = s.map((poly) =>
    packed(
      poly.map((value) => ETA - value),
      3,
    ),
  );
  const rest = low.map((poly) =>
    packed(
      poly.map((value) => 2 ** (D - 1) - value),
      D,
    ),
  );
  return { publicKey, expandedKey: Buffer.concat([rho, key, tr, ...small, ...rest]) };
}

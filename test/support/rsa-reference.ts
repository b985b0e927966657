/**
 * FIPS 186-5, A.1.3, and C2SP det-keygen straight from their texts, over BigInt, the reference HMAC_DRBG and the primality
 * test of node:crypto: independent of the core, which must find the same primes from the same generator.
 */
import { checkPrimeSync } from "node:crypto";
import { fromBigEndian, gcd, inverse, lcm } from "./integers.ts";
import type { RsaNumbers } from "./rsa.ts";

export interface ReferenceSearch {
  /** The generator of the candidates: one call each. */
  readonly generate: (length: number) => Uint8Array;
  readonly bits: number;
  readonly e: bigint;
  readonly deterministic: boolean;
}

export interface ReferenceKey extends RsaNumbers {
  /** Candidates drawn in all, and how many of them came to a Miller-Rabin test after trial division. */
  readonly candidates: number;
  readonly tested: number;
  /** The i of A.1.3 at the end of the last search for p, and for q. */
  readonly failures: readonly [number, number];
  readonly restarts: number;
}

const composite = new Uint8Array(1 << 16);
for (let i = 2; i < 256; i++) if (composite[i] === 0) for (let j = i * i; j < 1 << 16; j += i) composite[j] = 1;
const smallPrimes = Array.from(composite.keys()).filter((i) => i > 2 && composite[i] === 0);

/** Neighbours whose product stays below 2^32, with that product. */
const groups: { readonly product: bigint; readonly primes: readonly number[] }[] = [];
for (let at = 0; at < smallPrimes.length; ) {
  const from = at;
  let product = 1;
  while (at < smallPrimes.length && product * (smallPrimes[at] ?? 1) < 2 ** 32) product *= smallPrimes[at++] ?? 1;
  groups.push({ product: BigInt(product), primes: smallPrimes.slice(from, at) });
}

/** Whether an odd prime divides w, of those that a number of so many bits meets: groups in fours, begun up to 16 n^2. */
function hasSmallFactor(w: bigint, bits: number): boolean {
  const bound = 16 * Math.ceil(bits / 32) ** 2;
  for (let at = 0; at < groups.length && (groups[at]?.primes[0] ?? 0) <= bound; at += 4) {
    for (const { product, primes } of groups.slice(at, at + 4)) {
      const rest = Number(w % product);
      if (primes.some((prime) => rest % prime === 0)) return true;
    }
  }
  return false;
}

export function derive(e: bigint, p: bigint, q: bigint): RsaNumbers | undefined {
  const d = inverse(e, lcm(p - 1n, q - 1n));
  const qi = inverse(q % p, p);
  if (d === undefined || qi === undefined) return undefined;
  return { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi };
}

export function referenceKey({ generate, bits, e, deterministic }: ReferenceSearch): ReferenceKey {
  const half = BigInt(bits / 2);
  let candidates = 0;
  let tested = 0;
  let failures = 0;

  const search = (other?: bigint): bigint => {
    for (failures = 0; ; failures++) {
      let w: bigint;
      do {
        const bytes = generate(bits / 16);
        candidates++;
        w = fromBigEndian(bytes);
        w |= deterministic ? (3n << (half - 2n)) | 7n : (1n << (half - 1n)) | 1n;
      } while (w * w < 1n << BigInt(bits - 1) || (other !== undefined && isClose(w, other)));
      if (hasSmallFactor(w, bits / 2) || (!deterministic && gcd(w - 1n, e) !== 1n)) continue;
      tested++;
      if (checkPrimeSync(w)) return w;
    }
  };
  const isClose = (a: bigint, b: bigint) => (a > b ? a - b : b - a) <= 1n << (half - 100n);

  for (let restarts = 0; ; restarts++) {
    const p = search();
    const failuresP = failures;
    const q = search(p);
    if (deterministic && gcd(p - 1n, q - 1n) >= 1n << 32n) continue;
    const key = derive(e, p, q);
    if (key === undefined || key.d <= 1n << half) continue;
    return { ...key, candidates, tested, failures: [failuresP, failures], restarts };
  }
}

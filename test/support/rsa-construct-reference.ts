/**
 * FIPS 186-5, B.6, B.9 and B.10 (186-4, C.6, C.9 and C.10) step by step over BigInt and node:crypto, with R, t and y as
 * the standard writes them: independent of the core, which has one progression for all three.
 */
import { checkPrimeSync } from "node:crypto";
import type { HashName } from "../../src/core/hash.ts";
import type { RsaInputs } from "../../src/testing/rsa-inputs.ts";
import { bitLength, fromBigEndian, gcd, inverse, powMod, toBigEndian } from "./integers.ts";
import { referenceHash } from "./reference.ts";

type Quad = readonly [bigint, bigint, bigint, bigint];

/** A seed that is hashed as a number on a fixed count of bytes. */
export class ReferenceSeed {
  readonly #hash: HashName;
  readonly #length: number;
  readonly outlen: number;
  value: bigint;

  constructor(hash: HashName, seed: Uint8Array) {
    this.#hash = hash;
    this.#length = seed.length;
    this.value = fromBigEndian(seed);
    this.outlen = referenceHash(hash, new Uint8Array()).length * 8;
  }

  hashAt(offset: bigint): bigint {
    return fromBigEndian(referenceHash(this.#hash, toBigEndian(this.value + offset, this.#length)));
  }

  /** The sum of Hash(seed + i) 2^(i outlen), i up to ceil(length / outlen) - 1; the seed goes on behind the last. */
  draw(length: number): bigint {
    const iterations = Math.ceil(length / this.outlen);
    let sum = 0n;
    for (let i = 0; i < iterations; i++) sum += this.hashAt(BigInt(i)) << BigInt(i * this.outlen);
    this.value += BigInt(iterations);
    return sum;
  }
}

const ceilDiv = (a: bigint, b: bigint) => (a + b - 1n) / b;

function isSmallPrime(x: bigint): boolean {
  for (let d = 2n; d * d <= x; d++) if (x % d === 0n) return false;
  return x > 1n;
}

/** B.6 (C.6). */
export function shaweTaylor(length: number, seed: ReferenceSeed): bigint {
  const top = 1n << BigInt(length - 1);
  if (length < 33) {
    for (let counter = 1; counter <= 4 * length; counter++) {
      const c = (top + ((seed.hashAt(0n) ^ seed.hashAt(1n)) % top)) | 1n;
      seed.value += 2n;
      if (isSmallPrime(c)) return c;
    }
    throw new Error("B.6, step 12");
  }
  const c0 = shaweTaylor(Math.ceil(length / 2) + 1, seed);
  const x = top + (seed.draw(length) % top);
  let t = ceilDiv(x, 2n * c0);
  for (let counter = 1; counter <= 4 * length; counter++, t++) {
    if (2n * t * c0 + 1n > 2n * top) t = ceilDiv(top, 2n * c0);
    const c = 2n * t * c0 + 1n;
    const a = 2n + (seed.draw(length) % (c - 3n));
    if (hasSmallFactor(c)) continue;
    const z = powMod(a, 2n * t, c);
    if (gcd(z - 1n, c) === 1n && powMod(z, c0, c) === 1n) return c;
  }
  throw new Error("B.6, step 32");
}

const SMALL = Array.from({ length: 10_000 }, (_, i) => BigInt(2 * i + 3)).filter(isSmallPrime);

/** Of a number above 2^32. What has a small factor cannot pass: spares most of the powers, and changes nothing. */
function hasSmallFactor(c: bigint): boolean {
  return SMALL.some((prime) => c % prime === 0n);
}

/** floor(sqrt(x)) by Newton's iteration. */
function root(x: bigint): bigint {
  let r = 1n << BigInt(Math.ceil(bitLength(x) / 2));
  for (;;) {
    const next = (r + x / r) >> 1n;
    if (next >= r) return r;
    r = next;
  }
}

/** B.10 (C.10). */
function provable(length: number, n1: number, n2: number, seed: ReferenceSeed, e: bigint): [bigint, bigint, bigint] {
  const p1 = n1 === 1 ? 1n : shaweTaylor(n1, seed);
  const p2 = n2 === 1 ? 1n : shaweTaylor(n2, seed);
  const p0 = shaweTaylor(Math.ceil(length / 2) + 1, seed);
  const lower = root(1n << BigInt(2 * length - 1));
  const top = 1n << BigInt(length);
  const x = lower + (seed.draw(length) % (top - lower));
  const y = p2 === 1n ? 1n : (inverse(p0 * p1, p2) ?? 0n);
  const unit = 2n * p0 * p1;
  let t = ceilDiv(y * unit + x, unit * p2);
  for (let counter = 1; counter <= 5 * length; counter++, t++) {
    if (unit * (t * p2 - y) + 1n > top) t = ceilDiv(y * unit + lower, unit * p2);
    const p = unit * (t * p2 - y) + 1n;
    if (gcd(p - 1n, e) !== 1n) continue;
    const a = 2n + (seed.draw(length) % (p - 3n));
    if (hasSmallFactor(p)) continue;
    const z = powMod(a, 2n * (t * p2 - y) * p1, p);
    if (gcd(z - 1n, p) === 1n && powMod(z, p0, p) === 1n) return [p, p1, p2];
  }
  throw new Error("B.10, step 20");
}

/** B.9 (C.9), with the residue modulo 8 that 186-5 added. */
function probable(half: number, r1: bigint, r2: bigint, x: bigint, e: bigint, residue: number): bigint {
  const modulus = 2n * r1 * r2;
  const r = (inverse(r2 % (2n * r1), 2n * r1) ?? 0n) * r2 - (inverse((2n * r1) % r2, r2) ?? 0n) * 2n * r1;
  let y = x + ((((r - x) % modulus) + modulus) % modulus);
  while (residue !== 0 && y % 8n !== BigInt(residue)) y += modulus;
  for (let i = 0; i < 20 * half && y < 1n << BigInt(half); i++) {
    if (gcd(y - 1n, e) === 1n && checkPrimeSync(y)) return y;
    y += residue === 0 ? modulus : 4n * modulus;
  }
  throw new Error("B.9, step 6 or 9");
}

function nextPrime(x: bigint): bigint {
  let w = x;
  while (!checkPrimeSync(w)) w += 2n;
  return w;
}

/** p, q and p1, p2, q1, q2. */
export function constructPrimes(inputs: RsaInputs): {
  readonly p: bigint;
  readonly q: bigint;
  readonly auxiliaries: Quad;
} {
  const { method, modulusBits, bitlens = [1, 1, 1, 1], pMod8 = 0, qMod8 = 0 } = inputs;
  const half = modulusBits / 2;
  const e = fromBigEndian(inputs.e);
  const given = (name: "xP" | "xQ" | "xP1" | "xP2" | "xQ1" | "xQ2") => fromBigEndian(inputs[name] ?? new Uint8Array());
  if (method === "A.1.6") {
    const [p1, p2] = [nextPrime(given("xP1")), nextPrime(given("xP2"))];
    const [q1, q2] = [nextPrime(given("xQ1")), nextPrime(given("xQ2"))];
    const p = probable(half, p1, p2, given("xP"), e, pMod8);
    return { p, q: probable(half, q1, q2, given("xQ"), e, qMod8), auxiliaries: [p1, p2, q1, q2] };
  }
  const seed = new ReferenceSeed(inputs.hash ?? "SHA-256", inputs.seed ?? new Uint8Array(28));
  if (method === "A.1.5") {
    const [p1, p2] = [shaweTaylor(bitlens[0], seed), shaweTaylor(bitlens[1], seed)];
    const [q1, q2] = [shaweTaylor(bitlens[2], seed), shaweTaylor(bitlens[3], seed)];
    const p = probable(half, p1, p2, given("xP"), e, pMod8);
    return { p, q: probable(half, q1, q2, given("xQ"), e, qMod8), auxiliaries: [p1, p2, q1, q2] };
  }
  const [p, p1, p2] = provable(half, bitlens[0], bitlens[1], seed, e);
  const [q, q1, q2] = provable(half, bitlens[2], bitlens[3], seed, e);
  return { p, q, auxiliaries: [p1, p2, q1, q2] };
}

/** The references as a subject: hashes and HMAC by `node:crypto`, HMAC_DRBG over them, RSA in BigInt. */
import { checkPrime } from "node:crypto";
import { promisify } from "node:util";
import { hex } from "@scure/base";
import { KeygenError } from "../../src/errors.ts";
import { ReferenceDrbg, referenceHash, referenceHmac } from "../support/reference.ts";
import type { RsaParts, Subject } from "./subject.ts";

const isPrime = promisify(checkPrime) as (candidate: bigint, options: { checks: number }) => Promise<boolean>; // of two overloads
const DEFAULT_CHECKS = 0; // Node then takes rounds for an error below 2^-64

const toNumber = (bytes: Uint8Array) => BigInt(`0x0${hex.encode(bytes)}`);

function toBytes(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return hex.decode(digits.length % 2 === 0 ? digits : `0${digits}`);
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** a^-1 mod m, or undefined if there is none. */
function invert(a: bigint, m: bigint): bigint | undefined {
  let [r0, r1, s0, s1] = [m, a % m, 0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1, s0, s1] = [r1, r0 - quotient * r1, s1, s0 - quotient * s1];
  }
  return r0 === 1n ? ((s0 % m) + m) % m : undefined;
}

const invalid = (criterion: string) => new KeygenError("key-invalid", `FIPS 186-5, A.1.1, ${criterion}`);

/** FIPS 186-5, A.1.1, all criteria; d = e^-1 mod lcm(p - 1, q - 1). */
async function complete(e: bigint, p: bigint, q: bigint): Promise<RsaParts> {
  const bits = Math.max(p.toString(2).length, q.toString(2).length);
  const half = BigInt(bits);
  if (e <= 1n << 16n || e >= 1n << 256n || e % 2n === 0n) throw invalid("1 and 2: e");
  for (const prime of [p, q]) {
    // prime >= sqrt(2) 2^(half - 1), squared to stay among integers.
    if (prime * prime < 1n << (2n * half - 1n)) throw invalid("3: a prime is too small");
    if (!(await isPrime(prime, { checks: DEFAULT_CHECKS }))) throw invalid("1: not prime");
    if (gcd(e, prime - 1n) !== 1n) throw invalid("1: e divides");
  }
  const distance = p > q ? p - q : q - p;
  if (distance <= 1n << (half - 100n)) throw invalid("2 (d): the primes are too close");
  const d = invert(e, ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n));
  const qi = invert(q, p);
  if (d === undefined || qi === undefined || d <= 1n << half) throw invalid("3: d");
  const numbers = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi };
  return {
    n: toBytes(numbers.n),
    e: toBytes(e),
    d: toBytes(d),
    p: toBytes(p),
    q: toBytes(q),
    dp: toBytes(numbers.dp),
    dq: toBytes(numbers.dq),
    qi: toBytes(qi),
  };
}

/** C2SP det-keygen, RSA, step by step; the numbers in comments are its steps. */
async function detKeygenRsa(bits: number, seed: Uint8Array): Promise<RsaParts> {
  const length = bits / 16;
  const e = 65537n;
  const personalization = Buffer.concat([Buffer.from("det RSA key gen"), Uint8Array.of(bits >> 8, bits & 0xff)]);
  const drbg = new ReferenceDrbg("SHA-256", seed, new Uint8Array(), personalization); // 1-7
  const nextPrime = async () => {
    for (;;) {
      const candidate = toNumber(drbg.generate(length)); // 8-9
      const forced = candidate | (3n << BigInt(8 * length - 2)) | 7n; // 10-12
      if (await isPrime(forced, { checks: DEFAULT_CHECKS })) return forced; // 13
    }
  };
  for (;;) {
    const [p, q] = [await nextPrime(), await nextPrime()]; // 14-18
    const ratio = gcd(p - 1n, q - 1n); // 19
    if (ratio >> 32n !== 0n) continue; // 20
    if (invert(e, ((p - 1n) * (q - 1n)) / ratio) === undefined) continue; // 21-23
    return await complete(e, p, q);
  }
}

export async function openReference(): Promise<Subject> {
  return {
    hash: (name, message) => referenceHash(name, message),
    createHash(name) {
      const parts: Uint8Array[] = [];
      return { update: (data) => void parts.push(data), digest: () => referenceHash(name, ...parts) };
    },
    hmac: (name, key, message) => referenceHmac(name, key, message),
    drbg({ hash, entropy, nonce, personalization }) {
      const drbg = new ReferenceDrbg(hash, entropy, nonce, personalization);
      return {
        reseed: (fresh, additionalInput) => drbg.reseed(fresh, additionalInput),
        generate: (length, { additionalInput, predictionResistance } = {}) =>
          predictionResistance === undefined
            ? drbg.generate(length, additionalInput)
            : drbg.generateResistant(length, predictionResistance.entropy, additionalInput),
        uninstantiate() {},
      };
    },
    isProbablePrime: (value, rounds) => isPrime(toNumber(value), { checks: rounds }),
    rsaFromPrimes: ({ e, p, q }) => complete(toNumber(e), toNumber(p), toNumber(q)),
    detKeygenRsa,
    close() {},
  };
}

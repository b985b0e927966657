/**
 * The references as a subject: hashes, HMAC, HKDF and PBKDF2 by `node:crypto`, HMAC_DRBG and other KDFs over them, RSA in
 * BigInt, lattices and SLH-DSA by noble.
 */
import { checkPrime, generateKeyPairSync, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { KeygenError } from "../../src/errors.ts";
import { isOnCurve, referenceCurve } from "../support/ec-reference.ts";
import { bitLength, fromBigEndian, gcd, inverse, lcm, toBigEndian } from "../support/integers.ts";
import { referenceHkdf, referenceKbkdf, referenceOneStep, referencePbkdf2 } from "../support/kdf-reference.ts";
import { nobleKem, nobleKeys, referenceIsMlKemKey } from "../support/lattice.ts";
import { referenceAgree, referenceIsPublicKey, referencePublicKey } from "../support/okp.ts";
import { ReferenceDrbg, ReferenceShake, referenceHash, referenceHmac } from "../support/reference.ts";
import { constructPrimes } from "../support/rsa-construct-reference.ts";
import { nobleSlhDsa } from "../support/slh-dsa.ts";
import type { ConstructedRsaParts, EcCurve, RsaInputs, RsaParts, Subject } from "./subject.ts";

const isPrime = promisify(checkPrime) as (candidate: bigint, options: { checks: number }) => Promise<boolean>; // of two overloads
const DEFAULT_CHECKS = 0; // Node then takes rounds for an error below 2^-64

const toBytes = (value: bigint) => toBigEndian(value, Math.ceil(bitLength(value) / 8));

const invalid = (criterion: string) => new KeygenError("key-invalid", `${criterion} (FIPS 186-5, A.1.1)`);

/** FIPS 186-5, A.1.1, all criteria; d = e^-1 mod lcm(p - 1, q - 1). */
async function complete(e: bigint, p: bigint, q: bigint): Promise<RsaParts> {
  const half = BigInt(Math.max(bitLength(p), bitLength(q)));
  if (e <= 1n << 16n || e >= 1n << 256n || e % 2n === 0n) throw invalid("e is even, or out of range");
  for (const prime of [p, q]) {
    // prime >= sqrt(2) 2^(half - 1), squared to stay among integers.
    if (prime * prime < 1n << (2n * half - 1n)) throw invalid("a prime is too small");
    if (!(await isPrime(prime, { checks: DEFAULT_CHECKS }))) throw invalid("a prime is composite");
    if (gcd(e, prime - 1n) !== 1n) throw invalid("e and a prime less one have a common factor");
  }
  const distance = p > q ? p - q : q - p;
  if (distance <= 1n << (half - 100n)) throw invalid("the primes are too close");
  const d = inverse(e, lcm(p - 1n, q - 1n));
  const qi = inverse(q, p);
  if (d === undefined || qi === undefined || d <= 1n << half) throw invalid("d is too small, or there is none");
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

/** OpenSSL's primes, completed here. */
async function opensslRsaKey(modulusLength: number, publicExponent: number): Promise<RsaParts> {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength, publicExponent });
  const { e = "", p = "", q = "" } = privateKey.export({ format: "jwk" });
  const number = (text: string) => fromBigEndian(Buffer.from(text, "base64url"));
  return await complete(number(e), number(p), number(q));
}

/** C2SP det-keygen, RSA, step by step; the numbers in comments are its steps. */
async function detKeygenRsa(bits: number, seed: Uint8Array): Promise<RsaParts> {
  const length = bits / 16;
  const e = 65537n;
  const personalization = Buffer.concat([Buffer.from("det RSA key gen"), Uint8Array.of(bits >> 8, bits & 0xff)]);
  const drbg = new ReferenceDrbg("SHA-256", seed, new Uint8Array(), personalization); // 1-7
  const nextPrime = async () => {
    for (;;) {
      const candidate = fromBigEndian(drbg.generate(length)); // 8-9
      const forced = candidate | (3n << BigInt(8 * length - 2)) | 7n; // 10-12
      if (await isPrime(forced, { checks: DEFAULT_CHECKS })) return forced; // 13
    }
  };
  for (;;) {
    const [p, q] = [await nextPrime(), await nextPrime()]; // 14-18
    if (gcd(p - 1n, q - 1n) >> 32n !== 0n) continue; // 19-20
    if (inverse(e, lcm(p - 1n, q - 1n)) === undefined) continue; // 21-23
    return await complete(e, p, q);
  }
}

async function rsaFromInputs(inputs: RsaInputs): Promise<ConstructedRsaParts> {
  const { p, q, auxiliaries } = constructPrimes(inputs);
  const [p1, p2, q1, q2] = auxiliaries;
  const key = await complete(fromBigEndian(inputs.e), p, q);
  return { ...key, p1: toBytes(p1), p2: toBytes(p2), q1: toBytes(q1), q2: toBytes(q2) };
}

/** C2SP det-keygen, ECDSA, step by step. */
function detKeygenEc(name: EcCurve, seed: Uint8Array): { d: Uint8Array; point: Uint8Array } {
  const { bits, length, order, multiply } = referenceCurve(name);
  const drbg = new ReferenceDrbg("SHA-256", seed, new Uint8Array(), Buffer.from(`det ECDSA key gen ${name}`)); // 1-7
  for (;;) {
    const d = fromBigEndian(drbg.generate(length)) >> BigInt(8 * length - bits); // 8-10
    if (d > 0n && d < order) return { d: toBigEndian(d, length), point: multiply(d) }; // 11-14
  }
}

export async function openReference(): Promise<Subject> {
  return {
    hash: (name, message) => referenceHash(name, message),
    createHash(name) {
      const parts: Uint8Array[] = [];
      return { update: (data) => void parts.push(data), digest: () => referenceHash(name, ...parts) };
    },
    createShake: (name) => new ReferenceShake(name),
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
    random: (length) => new Uint8Array(randomBytes(length)),
    isProbablePrime: (value, rounds) => isPrime(fromBigEndian(value), { checks: rounds }),
    rsaKey: (bits, e) => opensslRsaKey(bits, Number(fromBigEndian(e))),
    rsaFromPrimes: ({ e, p, q }) => complete(fromBigEndian(e), fromBigEndian(p), fromBigEndian(q)),
    rsaFromInputs,
    okpKey(name) {
      const privateKey = new Uint8Array(randomBytes({ Ed25519: 32, X25519: 32, Ed448: 57, X448: 56 }[name]));
      return { privateKey, publicKey: referencePublicKey(name, privateKey) };
    },
    okpPublicKey: referencePublicKey,
    isOkpPublicKey: referenceIsPublicKey,
    okpAgree(name, privateKey, publicKey) {
      const secret = referenceAgree(name, privateKey, publicKey);
      if (secret === undefined) throw new KeygenError("key-invalid", "the shared secret is zero (RFC 7748, 6)");
      return secret;
    },
    detKeygenRsa,
    hkdf: ({ hash, ikm, salt = new Uint8Array() }, expansions) =>
      expansions.map(({ info = new Uint8Array(), length }) => referenceHkdf(hash, ikm, salt, info, length)),
    oneStepKdf: referenceOneStep,
    twoStepKdf: ({ hash, z, salt = new Uint8Array(), ...expansion }) =>
      referenceKbkdf({ ...expansion, hash, keyIn: referenceHmac(hash, salt, z) }),
    kbkdf: referenceKbkdf,
    pbkdf2: async ({ hash, password, salt, iterations, length }) =>
      referencePbkdf2(hash, password, salt, iterations, length),
    latticeKeys(name, seed) {
      const { publicKey, secretKey } = nobleKeys(name, seed);
      return { publicKey, expanded: secretKey };
    },
    mlKemEncapsulate(name, ek, m) {
      if (!referenceIsMlKemKey(name, "ek", ek)) throw new KeygenError("key-invalid", "ek (FIPS 203, 7.2)");
      const { cipherText, sharedSecret } = nobleKem[name].encapsulate(ek, m);
      return { ciphertext: cipherText, sharedSecret };
    },
    mlKemDecapsulate(name, dk, ciphertext) {
      if (!referenceIsMlKemKey(name, "dk", dk)) throw new KeygenError("key-invalid", "dk (FIPS 203, 7.3)");
      return nobleKem[name].decapsulate(ciphertext, dk);
    },
    isMlKemKey: referenceIsMlKemKey,
    async slhDsaKeys(name, seed) {
      const { publicKey, secretKey } = nobleSlhDsa(name).keygen(seed);
      return { publicKey, privateKey: secretKey };
    },
    ecKey(curve) {
      const { length, order, multiply } = referenceCurve(curve);
      const d = (fromBigEndian(new Uint8Array(randomBytes(length + 8))) % (order - 1n)) + 1n; // FIPS 186-5, A.2.1
      return { d: toBigEndian(d, length), point: multiply(d) };
    },
    ecPublicPoint: (curve, d) => referenceCurve(curve).multiply(fromBigEndian(d)),
    isEcPoint: (curve, point) => isOnCurve(referenceCurve(curve), point),
    detKeygenEc,
    close() {},
  };
}

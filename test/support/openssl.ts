/** What OpenSSL (node:crypto) says of a generated key pair: primes, criteria, and use in both directions. */
import * as crypto from "node:crypto";
import { encodeJwk, encodePkcs8, encodeSpki, type GeneratedPair } from "#keywright";
import { type RsaPrivateParts, readSecret } from "../../src/algorithms/key.ts";

const toBig = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

const abs = (x: bigint): bigint => (x < 0n ? -x : x);

/** FIPS 186-5, A.1.1, over BigInt; returns what does not hold, by name. */
export function brokenCriteria({ privateKey }: GeneratedPair, modulusBits: number): string[] {
  const parts = readSecret(privateKey);
  return parts.kind === "rsa" ? brokenNumbers(parts.rsa, modulusBits) : ["not an RSA key"];
}

export function brokenNumbers(parts: RsaPrivateParts, modulusBits: number): string[] {
  const [n, e, d, p, q, dp, dq, qi] = (["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const).map((name) =>
    toBig(parts[name]),
  ) as [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];
  const half = BigInt(modulusBits / 2);
  const lambda = ((p - 1n) * (q - 1n)) / gcd(p - 1n, q - 1n);
  const inRange = (prime: bigint): boolean => prime * prime >= 1n << (2n * half - 1n) && prime < 1n << half;
  const criteria: Readonly<Record<string, boolean>> = {
    "n = p q": n === p * q,
    "n has its size": n.toString(2).length === modulusBits,
    "e = 65537": e === 65537n,
    "p and q are prime (OpenSSL)": crypto.checkPrimeSync(p) && crypto.checkPrimeSync(q),
    "sqrt(2) 2^(nlen/2-1) <= p, q < 2^(nlen/2)": inRange(p) && inRange(q),
    "|p - q| > 2^(nlen/2-100)": abs(p - q) > 1n << (half - 100n),
    "gcd(p - 1, e) = gcd(q - 1, e) = 1": gcd(p - 1n, e) === 1n && gcd(q - 1n, e) === 1n,
    "2^(nlen/2) < d < lcm(p - 1, q - 1)": d > 1n << half && d < lambda,
    "e d = 1 mod lcm(p - 1, q - 1)": (e * d) % lambda === 1n,
    "dp, dq, qi": dp === d % (p - 1n) && dq === d % (q - 1n) && (q * qi) % p === 1n,
  };
  return Object.entries(criteria).flatMap(([name, holds]) => (holds ? [] : [name]));
}

/** Loads the pair into OpenSSL from DER and from JWK, signs, verifies, encrypts and decrypts across the two. */
export function brokenUses({ publicKey, privateKey }: GeneratedPair): string[] {
  const der = encodePkcs8(privateKey);
  const fromDer = crypto.createPrivateKey({ key: Buffer.from(der), format: "der", type: "pkcs8" });
  const toDer = crypto.createPublicKey({ key: Buffer.from(encodeSpki(publicKey)), format: "der", type: "spki" });
  const fromJwk = crypto.createPrivateKey({ key: { ...encodeJwk(privateKey) }, format: "jwk" });
  const message = crypto.randomBytes(64);
  const pss = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING };
  const signature = crypto.sign("sha256", message, { key: fromDer, ...pss });
  const oaep = { padding: crypto.constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
  const sealed = crypto.publicEncrypt({ key: toDer, ...oaep }, message);
  const uses: Readonly<Record<string, boolean>> = {
    "verifies what it signed": crypto.verify("sha256", message, { key: toDer, ...pss }, signature),
    "decrypts what was encrypted to it": crypto.privateDecrypt({ key: fromJwk, ...oaep }, sealed).equals(message),
    "OpenSSL writes the same PKCS#8": fromJwk.export({ format: "der", type: "pkcs8" }).equals(Buffer.from(der)),
    "OpenSSL derives the same public key": crypto.createPublicKey(fromDer).equals(toDer),
  };
  der.fill(0);
  return Object.entries(uses).flatMap(([name, holds]) => (holds ? [] : [name]));
}

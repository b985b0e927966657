/** Ed25519, Ed448, X25519 and X448 of Node's crypto, in octet strings; and which strings are points, over BigInt. */
import { createPrivateKey, createPublicKey, diffieHellman } from "node:crypto";
import type { OkpName } from "../../src/core/okp.ts";
import { powMod } from "./integers.ts";

/** OneAsymmetricKey and SubjectPublicKeyInfo of RFC 8410, up to the octets of the key. */
const prefixes: Readonly<Record<OkpName, readonly [pkcs8: string, spki: string]>> = {
  Ed25519: ["302e020100300506032b657004220420", "302a300506032b6570032100"],
  X25519: ["302e020100300506032b656e04220420", "302a300506032b656e032100"],
  Ed448: ["3047020100300506032b6571043b0439", "3043300506032b6571033a00"],
  X448: ["3046020100300506032b656f043a0438", "3042300506032b656f033900"],
};

const der = (prefix: string, key: Uint8Array) => Buffer.concat([Buffer.from(prefix, "hex"), key]);
const privateObject = (name: OkpName, key: Uint8Array) =>
  createPrivateKey({ key: der(prefixes[name][0], key), format: "der", type: "pkcs8" });
const publicObject = (name: OkpName, key: Uint8Array) =>
  createPublicKey({ key: der(prefixes[name][1], key), format: "der", type: "spki" });

export function referencePublicKey(name: OkpName, privateKey: Uint8Array): Uint8Array {
  const { x } = createPublicKey(privateObject(name, privateKey)).export({ format: "jwk" });
  return new Uint8Array(Buffer.from(String(x), "base64url"));
}

/** Undefined where OpenSSL refuses, as it does when the secret would be zero. */
export function referenceAgree(
  name: "X25519" | "X448",
  privateKey: Uint8Array,
  publicKey: Uint8Array,
): Uint8Array | undefined {
  const keys = { privateKey: privateObject(name, privateKey), publicKey: publicObject(name, publicKey) };
  try {
    return new Uint8Array(diffieHellman(keys));
  } catch {
    return undefined;
  }
}

const p25519 = 2n ** 255n - 19n;
const p448 = 2n ** 448n - 2n ** 224n - 1n;
const curves = {
  Ed25519: { p: p25519, a: -1n, d: (-121665n * powMod(121666n, p25519 - 2n, p25519)) % p25519, length: 32 },
  Ed448: { p: p448, a: 1n, d: -39081n, length: 57 },
} as const;

/** RFC 8032, 5.1.3 and 5.2.3, by Euler's criterion: x^2 = (1 - y^2) / (a - d y^2) must be a square, and 0 has no sign. */
export function referenceIsPoint(name: "Ed25519" | "Ed448", encoded: Uint8Array): boolean {
  const { p, a, d, length } = curves[name];
  if (encoded.length !== length) return false;
  const number = BigInt(`0x${Buffer.from(encoded).reverse().toString("hex")}`);
  const top = 1n << BigInt(8 * length - 1);
  const y = number % top;
  if (y >= p) return false;
  const over = (((a - d * y * y) % p) + p) % p;
  const square = ((((1n - y * y) * powMod(over, p - 2n, p)) % p) + p) % p;
  if (square === 0n) return number < top;
  return powMod(square, (p - 1n) / 2n, p) === 1n;
}

/** RFC 7748 takes any string of the length. */
export function referenceIsPublicKey(name: OkpName, key: Uint8Array): boolean {
  if (name === "Ed25519" || name === "Ed448") return referenceIsPoint(name, key);
  return key.length === (name === "X25519" ? 32 : 56);
}

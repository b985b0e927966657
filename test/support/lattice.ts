/** ML-KEM and ML-DSA by @noble/post-quantum, under the names of this library. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import { ml_kem512, ml_kem768, ml_kem1024 } from "@noble/post-quantum/ml-kem.js";
import type { MlDsaName } from "../../src/core/ml-dsa.ts";
import type { MlKemName } from "../../src/core/ml-kem.ts";

export const nobleKem = {
  "ML-KEM-512": ml_kem512,
  "ML-KEM-768": ml_kem768,
  "ML-KEM-1024": ml_kem1024,
} as const satisfies Record<MlKemName, unknown>;

export const nobleDsa = {
  "ML-DSA-44": ml_dsa44,
  "ML-DSA-65": ml_dsa65,
  "ML-DSA-87": ml_dsa87,
} as const satisfies Record<MlDsaName, unknown>;

/** The keys of a seed; a RangeError if it has another length. */
export function nobleKeys(name: MlKemName | MlDsaName, seed: Uint8Array) {
  const family: Readonly<
    Record<string, { keygen(seed: Uint8Array): { publicKey: Uint8Array; secretKey: Uint8Array } }>
  > = {
    ...nobleKem,
    ...nobleDsa,
  };
  const keys = family[name]?.keygen(seed);
  if (keys === undefined) throw new RangeError(`no parameter set is known as ${name}`);
  return keys;
}

/** FIPS 203, 7.2: the length, and coefficients of 12 bits below q. 7.3: the length, and H(ek) behind the ek inside. */
export function referenceIsMlKemKey(name: MlKemName, half: "ek" | "dk", key: Uint8Array): boolean {
  const { lengths } = nobleKem[name];
  if (key.length !== (half === "ek" ? lengths.publicKey : lengths.secretKey)) return false;
  const ekLength = lengths.publicKey ?? 0;
  if (half === "dk") {
    const from = key.length - 64 - ekLength;
    const digest = createHash("sha3-256")
      .update(key.subarray(from, from + ekLength))
      .digest();
    return digest.equals(key.subarray(from + ekLength, from + ekLength + 32));
  }
  for (let at = 0; at < ekLength - 32; at += 3) {
    const [a = 0, b = 0, c = 0] = key.subarray(at, at + 3);
    if ((a | ((b & 15) << 8)) >= 3329 || ((b >> 4) | (c << 4)) >= 3329) return false;
  }
  return true;
}

/** The bytes from `from` to `to - 1`, in ascending order. */
export const ascending = (from: number, to: number) => Uint8Array.from({ length: to - from }, (_, i) => from + i);

const last = {
  "ML-KEM-512": 0x01,
  "ML-KEM-768": 0x02,
  "ML-KEM-1024": 0x03,
  "ML-DSA-44": 0x11,
  "ML-DSA-65": 0x12,
  "ML-DSA-87": 0x13,
};

/** OpenSSL's key of a seed: PKCS#8 with the choice `seed` (RFC 9935, 6; RFC 9881, 6), written out by hand. */
export function opensslKey(name: MlKemName | MlDsaName, seed: Uint8Array): KeyObject {
  const oid = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, name.startsWith("ML-KEM") ? 4 : 3, last[name]];
  const choice = [0x80, seed.length, ...seed];
  const body = [0x02, 1, 0, 0x30, oid.length, ...oid, 0x04, choice.length, ...choice];
  return createPrivateKey({ key: Buffer.from([0x30, body.length, ...body]), format: "der", type: "pkcs8" });
}

/** The raw public key: the end of its SPKI. */
export function opensslPublic(key: KeyObject, length: number): Uint8Array {
  return new Uint8Array(createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-length));
}

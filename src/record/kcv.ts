/**
 * The key check value `keywrightKcv1`: HKDF-SHA-256(key, salt, "keywright kcv v1" || algorithm, 16 bytes), RFC 5869.
 * The random salt makes two records of one key unlinkable and precomputation useless.
 */
import { type Bytes, concat, utf8 } from "../bytes.ts";

export const KCV_LEN = 16;
export const KCV_SALT_LEN = 16;

export type Hmac = (key: Uint8Array, message: Uint8Array) => Bytes;

/** One block of HKDF-Expand is enough for 16 bytes; the pseudorandom key is wiped. */
export function keyCheckValue(hmacSha256: Hmac, key: Uint8Array, salt: Uint8Array, algorithm: string): Bytes {
  const prk = hmacSha256(salt, key);
  try {
    return hmacSha256(prk, concat(utf8(`keywright kcv v1${algorithm}`), Uint8Array.of(1))).slice(0, KCV_LEN);
  } finally {
    prk.fill(0);
  }
}

/**
 * Whether a key gets one. What did not come from a generator may have come from a password, and a check value would let
 * anybody try passwords against it.
 */
export function hasCheckValue(seedOrigin: string | undefined): boolean {
  return seedOrigin === undefined || seedOrigin === "drbg";
}

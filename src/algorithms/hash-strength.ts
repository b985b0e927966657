/** Strength of HMAC and HMAC_DRBG on each hash: SP 800-57 Part 1 Rev. 5, Table 3. */
import type { HashName } from "../core/hash.ts";

export const hashStrengthBits: Readonly<Record<HashName, number>> = {
  "SHA-224": 192,
  "SHA-256": 256,
  "SHA-384": 256,
  "SHA-512": 256,
  "SHA-512/224": 192,
  "SHA-512/256": 256,
  "SHA3-224": 192,
  "SHA3-256": 256,
  "SHA3-384": 256,
  "SHA3-512": 256,
};

/** The most that HMAC_DRBG has on this hash, in bits; 0 for a hash that is not known. */
export function strengthOfHash(name: string): number {
  return Object.hasOwn(hashStrengthBits, name) ? hashStrengthBits[name as HashName] : 0; // just looked up
}

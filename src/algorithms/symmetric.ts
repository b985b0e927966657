/**
 * AES keys (FIPS 197), HMAC keys (FIPS 198-1) and ChaCha20-Poly1305 keys (RFC 8439): bits straight from the generator,
 * derived from a seed, or combined of components; SP 800-133 Rev. 2, 6.1, 6.2 and 6.3.
 *
 * HMAC on hashes of 224 bits is left out: the draft of SP 800-131A Rev. 3 ends those hashes with 2030, and RFC 7518 has
 * no name for them.
 */
import type { AesAlgorithm, ChaCha20Algorithm, HmacAlgorithm } from "./algorithm.ts";

function standards(own: string) {
  const by = (clause: number) => `${own}; SP 800-133 Rev. 2, 6.${clause}`;
  return { standard: by(1), standards: { derived: by(2), combined: by(3) } };
}

function aes(bits: 128 | 192 | 256): AesAlgorithm {
  return {
    name: `AES-${bits}`,
    kind: "aes",
    ...standards("FIPS 197"),
    strengthBits: bits,
    drbgBits: bits,
    purposes: ["encrypt", "wrap", "authenticate"],
    formats: ["raw", "jwk"],
    keyLen: bits / 8,
  };
}

/**
 * An HMAC key as long as the output of its hash: SP 800-107 Rev. 1, 5.3.4 gives min(key entropy, 2 x capacity) as its
 * strength; the generator has 256 bits, so no key claims more.
 */
function hmac(hash: `SHA-${256 | 384 | 512}` | `SHA3-${256 | 384 | 512}`): HmacAlgorithm {
  const bits = Number(hash.slice(-3));
  return {
    name: `HMAC-${hash}`,
    kind: "hmac",
    ...standards("FIPS 198-1"),
    strengthBits: 256,
    drbgBits: 256,
    purposes: ["authenticate", "derive"],
    formats: ["raw", "jwk"],
    keyLen: bits / 8,
    hash,
    ...(hash.startsWith("SHA-") ? { jwkAlg: `HS${bits}` } : {}), // RFC 7518, 3.2, has HMAC on SHA-2 only
  };
}

const chaCha20Poly1305: ChaCha20Algorithm = {
  name: "ChaCha20-Poly1305",
  kind: "chacha20",
  ...standards("RFC 8439, 2.8"),
  strengthBits: 256,
  drbgBits: 256,
  purposes: ["encrypt"],
  formats: ["raw", "jwk"],
  keyLen: 32,
};

export const symmetricAlgorithms = {
  "AES-128": aes(128),
  "AES-192": aes(192),
  "AES-256": aes(256),
  "HMAC-SHA-256": hmac("SHA-256"),
  "HMAC-SHA-384": hmac("SHA-384"),
  "HMAC-SHA-512": hmac("SHA-512"),
  "HMAC-SHA3-256": hmac("SHA3-256"),
  "HMAC-SHA3-384": hmac("SHA3-384"),
  "HMAC-SHA3-512": hmac("SHA3-512"),
  "ChaCha20-Poly1305": chaCha20Poly1305,
} as const;

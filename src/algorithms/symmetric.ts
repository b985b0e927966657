/** AES keys (FIPS 197) and HMAC keys (FIPS 198-1): bits straight from the generator, SP 800-133 Rev. 2, 6.1. */
import type { AesAlgorithm, HmacAlgorithm } from "./algorithm.ts";

function aes(bits: 128 | 192 | 256): AesAlgorithm {
  return {
    name: `AES-${bits}`,
    kind: "aes",
    standard: "FIPS 197; SP 800-133 Rev. 2, 6.1",
    strengthBits: bits,
    drbgBits: bits,
    purposes: ["encrypt", "wrap", "authenticate"],
    keyLen: bits / 8,
  };
}

/**
 * An HMAC key as long as the output of its hash: SP 800-107 Rev. 1, 5.3.4 gives min(key entropy, 2 x capacity) as its
 * strength; the generator has 256 bits, so no key claims more.
 */
function hmac(bits: 256 | 384 | 512): HmacAlgorithm {
  return {
    name: `HMAC-SHA-${bits}`,
    kind: "hmac",
    standard: "FIPS 198-1; SP 800-133 Rev. 2, 6.1",
    strengthBits: 256,
    drbgBits: 256,
    purposes: ["authenticate", "derive"],
    keyLen: bits / 8,
    hash: `SHA-${bits}`,
  };
}

export const aes128 = aes(128);
export const aes192 = aes(192);
export const aes256 = aes(256);
export const hmacSha256 = hmac(256);
export const hmacSha384 = hmac(384);
export const hmacSha512 = hmac(512);

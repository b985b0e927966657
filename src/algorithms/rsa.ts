/**
 * RSA key pairs, FIPS 186-5, A.1. Strengths: SP 800-57 Part 1 Rev. 5, Table 2 for 2048, 3072 and 7680; the estimate of
 * SP 800-56B Rev. 2, Appendix D (FIPS 140-3 IG D.B has the same formula) for 4096, 6144 and 8192, in multiples of 8.
 *
 * Rounds of Miller-Rabin: Table B.1, whose last row is 4096, for an error of 2^-144. Its four rounds are kept above: the formula
 * of Appendix C.1 gives p and q of 2048, 3072, 3840 and 4096 bits an error below 2^-161, 2^-201, 2^-227 and 2^-235 with them.
 */
import type { RsaAlgorithm } from "./algorithm.ts";

function rsa(modulusBits: number, strengthBits: number, millerRabinRounds: number): RsaAlgorithm {
  return {
    name: `RSA-${modulusBits}`,
    kind: "rsa",
    oid: "1.2.840.113549.1.1.1", // rsaEncryption, RFC 8017, A.1
    standard: "FIPS 186-5, A.1",
    strengthBits,
    drbgBits: strengthBits,
    purposes: ["sign", "encrypt", "wrap"],
    formats: ["jwk", "pkcs8", "spki"],
    modulusBits,
    millerRabinRounds,
  };
}

export const rsa2048 = rsa(2048, 112, 5);
export const rsa3072 = rsa(3072, 128, 4);
export const rsa4096 = rsa(4096, 152, 4);
export const rsa6144 = rsa(6144, 176, 4);
export const rsa7680 = rsa(7680, 192, 4);
export const rsa8192 = rsa(8192, 200, 4);

export const rsaAlgorithms = {
  "RSA-2048": rsa2048,
  "RSA-3072": rsa3072,
  "RSA-4096": rsa4096,
  "RSA-6144": rsa6144,
  "RSA-7680": rsa7680,
  "RSA-8192": rsa8192,
} as const;

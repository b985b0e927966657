/** RSA key pairs, FIPS 186-5, A.1. Strengths: SP 800-57 Part 1 Rev. 5, Table 2, and FIPS 140-3 IG D.B for 4096. */
import type { RsaAlgorithm } from "./algorithm.ts";

function rsa(modulusBits: 2048 | 3072 | 4096, strengthBits: number, millerRabinRounds: number): RsaAlgorithm {
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

export const rsaAlgorithms = { "RSA-2048": rsa2048, "RSA-3072": rsa3072, "RSA-4096": rsa4096 } as const;

/**
 * ML-KEM key pairs, FIPS 203. The private key is the seed d || z of Algorithm 19; its expanded form is the decapsulation
 * key of Table 3. Generator strengths: FIPS 203, 3.3. Object identifiers: RFC 9935, 3.
 */
import type { MlKemAlgorithm } from "./algorithm.ts";

/** What Algorithm 19 calls with the seed that it drew. */
export const ML_KEM_OF_SEED = "FIPS 203, Algorithm 16";

function mlKem(k: 2 | 3 | 4, arc: number, category: 1 | 3 | 5, strengthBits: number): MlKemAlgorithm {
  return {
    name: `ML-KEM-${k * 256}`,
    kind: "ml-kem",
    standard: "FIPS 203, Algorithm 19",
    standards: { derived: ML_KEM_OF_SEED },
    oid: `2.16.840.1.101.3.4.4.${arc}`,
    strengthBits,
    category,
    drbgBits: strengthBits,
    purposes: ["establish"],
    formats: ["raw", "jwk", "pkcs8", "spki"],
    privateKeyLen: 64,
    publicKeyLen: 384 * k + 32,
    expandedKeyLen: 768 * k + 96,
  };
}

export const mlKemAlgorithms = {
  "ML-KEM-512": mlKem(2, 1, 1, 128),
  "ML-KEM-768": mlKem(3, 2, 3, 192),
  "ML-KEM-1024": mlKem(4, 3, 5, 256),
} as const;

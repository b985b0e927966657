/**
 * ML-DSA key pairs, FIPS 204. The private key is the seed of Algorithm 1; its expanded form is the private key of Table 2.
 * Generator strengths: FIPS 204, 3.6.1, by which a generator of less than 192 bits takes ML-DSA-44 from category 2, which is
 * claimed here, to category 1: so it needs what it should have, 192, and not the 128 that it shall have. Object identifiers: RFC 9881, 2.
 */
import type { MlDsaAlgorithm } from "./algorithm.ts";

/** What Algorithm 1 calls with the seed that it drew. */
export const ML_DSA_OF_SEED = "FIPS 204, Algorithm 6";

type Lengths = Pick<MlDsaAlgorithm, "publicKeyLen" | "expandedKeyLen">;

function mlDsa(
  set: 44 | 65 | 87,
  arc: number,
  category: 2 | 3 | 5,
  strengthBits: number,
  lengths: Lengths,
): MlDsaAlgorithm {
  return {
    name: `ML-DSA-${set}`,
    kind: "ml-dsa",
    standard: "FIPS 204, Algorithm 1",
    standards: { derived: ML_DSA_OF_SEED },
    oid: `2.16.840.1.101.3.4.3.${arc}`,
    strengthBits,
    category,
    drbgBits: Math.max(192, strengthBits),
    purposes: ["sign"],
    formats: ["raw", "jwk", "pkcs8", "spki"],
    privateKeyLen: 32,
    ...lengths,
  };
}

export const mlDsaAlgorithms = {
  "ML-DSA-44": mlDsa(44, 17, 2, 128, { publicKeyLen: 1312, expandedKeyLen: 2560 }),
  "ML-DSA-65": mlDsa(65, 18, 3, 192, { publicKeyLen: 1952, expandedKeyLen: 4032 }),
  "ML-DSA-87": mlDsa(87, 19, 5, 256, { publicKeyLen: 2592, expandedKeyLen: 4896 }),
} as const;

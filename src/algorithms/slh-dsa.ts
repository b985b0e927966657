/**
 * SLH-DSA key pairs, FIPS 205: twelve parameter sets (Table 2). The private key is SK.seed || SK.prf || PK.seed || PK.root
 * of n bytes each, the public key its second half (9.1). Generator strength: 8n bits (3.1). Object identifiers: RFC 9909, 3.
 */
import type { SlhDsaAlgorithm } from "./algorithm.ts";

/** What Algorithm 21 calls with the seed that it drew. */
export const SLH_DSA_OF_SEED = "FIPS 205, Algorithm 18";

function slhDsa(name: string, n: 16 | 24 | 32, category: 1 | 3 | 5, arc: number): SlhDsaAlgorithm {
  return {
    name,
    kind: "slh-dsa",
    standard: "FIPS 205, Algorithm 21",
    standards: { derived: SLH_DSA_OF_SEED },
    oid: `2.16.840.1.101.3.4.3.${arc}`,
    strengthBits: 8 * n,
    category,
    drbgBits: 8 * n,
    purposes: ["sign"],
    formats: ["raw", "jwk", "pkcs8", "spki"],
    privateKeyLen: 4 * n,
    publicKeyLen: 2 * n,
  };
}

export const slhDsaAlgorithms = {
  "SLH-DSA-SHA2-128s": slhDsa("SLH-DSA-SHA2-128s", 16, 1, 20),
  "SLH-DSA-SHA2-128f": slhDsa("SLH-DSA-SHA2-128f", 16, 1, 21),
  "SLH-DSA-SHA2-192s": slhDsa("SLH-DSA-SHA2-192s", 24, 3, 22),
  "SLH-DSA-SHA2-192f": slhDsa("SLH-DSA-SHA2-192f", 24, 3, 23),
  "SLH-DSA-SHA2-256s": slhDsa("SLH-DSA-SHA2-256s", 32, 5, 24),
  "SLH-DSA-SHA2-256f": slhDsa("SLH-DSA-SHA2-256f", 32, 5, 25),
  "SLH-DSA-SHAKE-128s": slhDsa("SLH-DSA-SHAKE-128s", 16, 1, 26),
  "SLH-DSA-SHAKE-128f": slhDsa("SLH-DSA-SHAKE-128f", 16, 1, 27),
  "SLH-DSA-SHAKE-192s": slhDsa("SLH-DSA-SHAKE-192s", 24, 3, 28),
  "SLH-DSA-SHAKE-192f": slhDsa("SLH-DSA-SHAKE-192f", 24, 3, 29),
  "SLH-DSA-SHAKE-256s": slhDsa("SLH-DSA-SHAKE-256s", 32, 5, 30),
  "SLH-DSA-SHAKE-256f": slhDsa("SLH-DSA-SHAKE-256f", 32, 5, 31),
} as const;

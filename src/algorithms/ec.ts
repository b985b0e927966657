/**
 * Elliptic-curve key pairs on short Weierstrass curves: SP 800-186, 3.2.1, and secp256k1 (SEC 2, 2.4.1). One key serves
 * ECDSA or ECDH. Strengths: SP 800-57 Part 1 Rev. 5, Table 2. Object identifiers: RFC 5480, 2.1.1.1, and SEC 2, A.2.
 */
import type { EcAlgorithm } from "./algorithm.ts";

function ec(name: string, oid: string, coordinateLen: number, strengthBits: number): EcAlgorithm {
  return {
    name,
    kind: "ec",
    standard: name === "secp256k1" ? "FIPS 186-5, A.2.2; SEC 2, 2.4.1" : "FIPS 186-5, A.2.2; SP 800-186, 3.2.1",
    oid,
    strengthBits,
    drbgBits: strengthBits,
    purposes: ["sign", "establish"],
    // RFC 7518, 6.2.1.1, and RFC 8812, 3.1, name the curves of a JWK; P-224 is not among them.
    formats: name === "P-224" ? ["raw", "pkcs8", "spki", "sec1"] : ["raw", "jwk", "pkcs8", "spki", "sec1"],
    coordinateLen,
  };
}

export const ecAlgorithms = {
  "P-224": ec("P-224", "1.3.132.0.33", 28, 112),
  "P-256": ec("P-256", "1.2.840.10045.3.1.7", 32, 128),
  "P-384": ec("P-384", "1.3.132.0.34", 48, 192),
  "P-521": ec("P-521", "1.3.132.0.35", 66, 256),
  secp256k1: ec("secp256k1", "1.3.132.0.10", 32, 128),
} as const;

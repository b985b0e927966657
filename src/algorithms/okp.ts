/**
 * Key pairs on Edwards and Montgomery curves: RFC 8032 (FIPS 186-5, 7) and RFC 7748. The private key is what RFC 8410
 * keeps: of EdDSA the random string that a hash expands, of X25519 and X448 the scalar before its bits are fixed.
 * Strengths: SP 800-186, 3.2.2 and 3.2.3. Object identifiers: RFC 8410, 3.
 */
import type { OkpAlgorithm } from "./algorithm.ts";

function okp(name: string, oid: string, keyLen: number, strengthBits: 128 | 224): OkpAlgorithm {
  const signs = name.startsWith("Ed");
  return {
    name,
    kind: "okp",
    standard: signs ? "FIPS 186-5, A.2.3; RFC 8032, 5" : "RFC 7748, 6",
    oid,
    strengthBits,
    drbgBits: strengthBits,
    purposes: [signs ? "sign" : "establish"],
    formats: ["raw", "jwk", "pkcs8", "spki"],
    privateKeyLen: keyLen,
    publicKeyLen: keyLen,
  };
}

export const okpAlgorithms = {
  X25519: okp("X25519", "1.3.101.110", 32, 128),
  X448: okp("X448", "1.3.101.111", 56, 224),
  Ed25519: okp("Ed25519", "1.3.101.112", 32, 128),
  Ed448: okp("Ed448", "1.3.101.113", 57, 224),
} as const;

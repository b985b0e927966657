/** What the library knows about a key type: one row of data. Types, policy, command line and page derive from it. */

/** What a key may be for. A policy and a request name one of these. `establish`: key agreement and encapsulation. */
export const purposes = ["sign", "encrypt", "wrap", "authenticate", "derive", "establish"] as const;
export type Purpose = (typeof purposes)[number];

/** What the encoders write: bare bytes, JWK, PKCS #8, SubjectPublicKeyInfo, and the EC private key of SEC 1. */
export type KeyFormat = "raw" | "jwk" | "pkcs8" | "spki" | "sec1";

/** NIST's categories of resistance to a quantum computer. Classical key pairs have none. */
export type SecurityCategory = 1 | 2 | 3 | 5;

interface AlgorithmFacts {
  /** The standard's own name with its parameter: `AES-256`, `RSA-3072`, `ML-KEM-768`. */
  readonly name: string;
  /** The standard that defines the key, with the clause that governs generation. */
  readonly standard: string;
  /** The same for keys that are not drawn from the generator alone, where another clause governs them. */
  readonly standards?: Readonly<Partial<Record<"random" | "derived" | "combined", string>>>;
  /**
   * Security strength in bits against a classical computer, by SP 800-57 Part 1 Rev. 5, Tables 2 and 3. For algorithms
   * with a category: the strength of the search that defines it (SP 800-57 Part 1 Rev. 6 ipd, Table 4).
   */
  readonly strengthBits: number;
  /** The strength that the generator must have at least, in bits. */
  readonly drbgBits: number;
  readonly purposes: readonly Purpose[];
  readonly formats: readonly KeyFormat[];
  /** Present where the standard is a draft: another draft may change the key. */
  readonly status?: "draft";
}

interface SecretKeyFacts extends AlgorithmFacts {
  /** Length of the key in bytes. */
  readonly keyLen: number;
  /** The algorithm of RFC 7518 that such a key is made for, where it serves one only. */
  readonly jwkAlg?: string;
}

export interface AesAlgorithm extends SecretKeyFacts {
  readonly kind: "aes";
}

export interface HmacAlgorithm extends SecretKeyFacts {
  readonly kind: "hmac";
  /** The hash that the key is made for: an HMAC key serves one. */
  readonly hash: string;
}

export interface ChaCha20Algorithm extends SecretKeyFacts {
  readonly kind: "chacha20";
}

export type SecretKeyAlgorithm = AesAlgorithm | HmacAlgorithm | ChaCha20Algorithm;

interface KeyPairFacts extends AlgorithmFacts {
  /** What the AlgorithmIdentifier of PKCS #8 and SubjectPublicKeyInfo says; of EC keys, the curve in its parameters. */
  readonly oid: string;
}

export interface RsaAlgorithm extends KeyPairFacts {
  readonly kind: "rsa";
  /** Length of the modulus in bits. */
  readonly modulusBits: number;
  /** Rounds of Miller-Rabin a prime, FIPS 186-5, Table B.1 and Appendix C.1 (error bound = the strength). */
  readonly millerRabinRounds: number;
}

export interface EcAlgorithm extends KeyPairFacts {
  readonly kind: "ec";
  /** Bytes of a coordinate, and of the private key d: all curves here have orders as long as their fields. */
  readonly coordinateLen: number;
}

/** Keys that are octet strings by their standard, both halves. */
interface OctetKeyPairFacts extends KeyPairFacts {
  /** Bytes of the private key as it is kept: a seed where the standard expands one. */
  readonly privateKeyLen: number;
  readonly publicKeyLen: number;
}

/** The Montgomery and Edwards curves of RFC 7748 and RFC 8032. */
export interface OkpAlgorithm extends OctetKeyPairFacts {
  readonly kind: "okp";
}

/** A lattice key: the seed is the private key, the expanded form is computed from it. */
interface SeededAlgorithm extends OctetKeyPairFacts {
  readonly category: SecurityCategory;
  /** Bytes of the private key that the standard's own algorithms take. */
  readonly expandedKeyLen: number;
}

export interface MlKemAlgorithm extends SeededAlgorithm {
  readonly kind: "ml-kem";
}

export interface MlDsaAlgorithm extends SeededAlgorithm {
  readonly kind: "ml-dsa";
}

export interface SlhDsaAlgorithm extends OctetKeyPairFacts {
  readonly kind: "slh-dsa";
  readonly category: SecurityCategory;
}

/** A hybrid: its seed stands for a key of each of two algorithms. */
export interface XWingAlgorithm extends OctetKeyPairFacts {
  readonly kind: "x-wing";
  readonly category: SecurityCategory;
}

export type OctetKeyPairAlgorithm = OkpAlgorithm | MlKemAlgorithm | MlDsaAlgorithm | SlhDsaAlgorithm | XWingAlgorithm;
export type KeyPairAlgorithm = RsaAlgorithm | EcAlgorithm | OctetKeyPairAlgorithm;
export type Algorithm = SecretKeyAlgorithm | KeyPairAlgorithm;
export type AlgorithmKind = Algorithm["kind"];

/** The row of an algorithm of `kind`. */
export type RowOf<K extends AlgorithmKind> = Extract<Algorithm, { readonly kind: K }>;

/** Whether such a key has a public half. */
export function isKeyPair(row: Algorithm): row is KeyPairAlgorithm {
  return "oid" in row;
}

/** Whether the halves of such a key are octet strings. */
export function isOctetKeyPair(row: Algorithm): row is OctetKeyPairAlgorithm {
  return "publicKeyLen" in row;
}

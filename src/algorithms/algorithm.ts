/** What the library knows about a key type: one row of data. Types, policy, command line and page derive from it. */

export type AlgorithmKind = "rsa" | "aes" | "hmac";

/** What a key may be for. A policy and a request name one of these. */
export const purposes = ["sign", "encrypt", "wrap", "authenticate", "derive"] as const;
export type Purpose = (typeof purposes)[number];

interface AlgorithmFacts {
  /** The standard's own name with its parameter: `AES-256`, `RSA-3072`. */
  readonly name: string;
  /** The standard that defines the key, with the clause that governs generation. */
  readonly standard: string;
  /** Classical security strength in bits, by SP 800-57 Part 1 Rev. 5, Tables 2 and 3. */
  readonly strengthBits: number;
  /** The strength that the generator must have at least, in bits. */
  readonly drbgBits: number;
  readonly purposes: readonly Purpose[];
}

export interface AesAlgorithm extends AlgorithmFacts {
  readonly kind: "aes";
  /** Length of the key in bytes. */
  readonly keyLen: number;
}

export interface HmacAlgorithm extends AlgorithmFacts {
  readonly kind: "hmac";
  /** Length of the key in bytes. */
  readonly keyLen: number;
  /** The hash that the key is made for: an HMAC key serves one. */
  readonly hash: string;
}

export type SecretKeyAlgorithm = AesAlgorithm | HmacAlgorithm;

export interface RsaAlgorithm extends AlgorithmFacts {
  readonly kind: "rsa";
  /** Length of the modulus in bits. */
  readonly modulusBits: number;
  /** Rounds of Miller-Rabin a prime, FIPS 186-5, Table B.1 (error bound = the strength). */
  readonly millerRabinRounds: number;
}

export type Algorithm = SecretKeyAlgorithm | RsaAlgorithm;

/**
 * What Web Cryptography calls the algorithms of the catalogue: one row a use of a key, the usual one first. Web
 * Cryptography Level 2 (W3C); for Ed448 and X448 the draft "Secure Curves" (WICG), for ML-KEM, ML-DSA, SLH-DSA, SHA-3 and
 * ChaCha20-Poly1305 the draft "Modern Algorithms" (WICG). Which of them a runtime has is for the runtime to say.
 */
import type { Algorithm, RowOf } from "./algorithm.ts";

export type WebCryptoUsage =
  | "encrypt"
  | "decrypt"
  | "sign"
  | "verify"
  | "deriveBits"
  | "deriveKey"
  | "wrapKey"
  | "unwrapKey"
  | "encapsulateBits"
  | "encapsulateKey"
  | "decapsulateBits"
  | "decapsulateKey";

export const webCryptoHashes = ["SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SHA3-384", "SHA3-512"] as const;
export type WebCryptoHash = (typeof webCryptoHashes)[number];

/** What `importKey` and `generateKey` take, and what the `algorithm` of the CryptoKey says afterwards. */
export interface WebCryptoParams {
  readonly name: string;
  readonly hash?: string;
  readonly namedCurve?: string;
  /** Bits of a secret key. */
  readonly length?: number;
  /** `generateKey` wants the public exponent besides. */
  readonly modulusLength?: number;
}

export interface WebCryptoRow {
  readonly params: WebCryptoParams;
  /** The formats that every runtime with the algorithm takes. */
  readonly formats: { readonly public: "spki"; readonly private: "pkcs8" } | { readonly secret: "raw" | "raw-secret" };
  /** What a private or secret key may be used for. */
  readonly usages: readonly WebCryptoUsage[];
  /** The same for the public key; none for a secret key, and for the public key of a key agreement. */
  readonly publicUsages: readonly WebCryptoUsage[];
}

type Uses = readonly [usages: readonly WebCryptoUsage[], publicUsages: readonly WebCryptoUsage[]];

const signing: Uses = [["sign"], ["verify"]];
const agreement: Uses = [["deriveBits", "deriveKey"], []];
const encryption: Uses = [
  ["decrypt", "unwrapKey"],
  ["encrypt", "wrapKey"],
];
const encapsulation: Uses = [
  ["decapsulateBits", "decapsulateKey"],
  ["encapsulateBits", "encapsulateKey"],
];

function pair(params: WebCryptoParams, [usages, publicUsages]: Uses): WebCryptoRow {
  return { params, formats: { public: "spki", private: "pkcs8" }, usages, publicUsages };
}

function secret(
  params: WebCryptoParams,
  usages: readonly WebCryptoUsage[],
  format: "raw" | "raw-secret" = "raw",
): WebCryptoRow {
  return { params, formats: { secret: format }, usages, publicUsages: [] };
}

function rsa({ modulusBits: modulusLength }: RowOf<"rsa">, hash: WebCryptoHash): WebCryptoRow[] {
  const of = (name: string, uses: Uses): WebCryptoRow => pair({ name, modulusLength, hash }, uses);
  return [of("RSA-PSS", signing), of("RSASSA-PKCS1-v1_5", signing), of("RSA-OAEP", encryption)];
}

/** NIST's curves from P-256 on are the ones that Level 2 names. */
function ec({ name: namedCurve }: RowOf<"ec">): WebCryptoRow[] {
  if (!["P-256", "P-384", "P-521"].includes(namedCurve)) return [];
  return [pair({ name: "ECDSA", namedCurve }, signing), pair({ name: "ECDH", namedCurve }, agreement)];
}

function aes({ keyLen }: RowOf<"aes">): WebCryptoRow[] {
  const ciphers = ["AES-GCM", "AES-CBC", "AES-CTR"].map((name) =>
    secret({ name, length: keyLen * 8 }, ["encrypt", "decrypt", "wrapKey", "unwrapKey"]),
  );
  return [...ciphers, secret({ name: "AES-KW", length: keyLen * 8 }, ["wrapKey", "unwrapKey"])];
}

/**
 * The uses that Web Cryptography names for keys of `row`; none if it has no name for them. An RSA key there serves one
 * hash, which is `hash`.
 */
export function webCryptoRows(row: Algorithm, hash: WebCryptoHash = "SHA-256"): readonly WebCryptoRow[] {
  const { name } = row;
  switch (row.kind) {
    case "rsa":
      return rsa(row, hash);
    case "ec":
      return ec(row);
    case "okp":
      return [pair({ name }, name.startsWith("Ed") ? signing : agreement)];
    case "ml-kem":
      return [pair({ name }, encapsulation)];
    case "ml-dsa":
    case "slh-dsa":
      return [pair({ name }, signing)];
    case "x-wing":
      return []; // no draft of Web Cryptography names it
    case "aes":
      return aes(row);
    case "hmac":
      return [secret({ name: "HMAC", hash: row.hash, length: row.keyLen * 8 }, ["sign", "verify"])];
    case "chacha20":
      return [secret({ name }, ["encrypt", "decrypt", "wrapKey", "unwrapKey"], "raw-secret")];
  }
}

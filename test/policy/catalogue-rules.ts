/** Which rows of the catalogue each rule on kinds of keys speaks against: asked of the rows, made here or not. */
import type { Purpose } from "../../src/algorithms/algorithm.ts";
import { type CatalogueName, catalogue } from "../../src/algorithms/registry.ts";

const named = (...kinds: readonly string[]): readonly CatalogueName[] =>
  (Object.keys(catalogue) as CatalogueName[]).filter((name) => kinds.includes(catalogue[name].kind));

interface Against {
  readonly id: string;
  readonly rows: readonly CatalogueName[];
  /** What every key is asked for. Default: what its row says first. */
  readonly purpose?: Purpose;
}

export const catalogueRules: readonly Against[] = [
  { id: "nist/strength-112", rows: [] },
  { id: "nist/strength-128", rows: ["RSA-2048", "P-224"] },
  { id: "nist/curve-approved", rows: ["secp256k1"] },
  { id: "nist/key-agreement-curve", rows: ["X25519", "X448"] },
  { id: "nist/kem-approved", rows: ["X-Wing-draft-10"] },
  { id: "nist/cipher-approved", rows: ["ChaCha20-Poly1305"] },
  { id: "nist/draft-rsa-2036", rows: named("rsa") },
  { id: "nist/draft-ec-112-2031", rows: ["P-224"] },
  { id: "nist/draft-ec-2036", rows: named("ec", "okp") },
  {
    id: "nist/purpose-fits",
    rows: named("okp", "ml-kem", "x-wing", "aes", "hmac", "chacha20").filter((name) => !/^Ed/.test(name)),
    purpose: "sign",
  },
  { id: "cnsa-2/aes-256", rows: ["AES-128", "AES-192"] },
  { id: "cnsa-2/cipher-aes", rows: ["ChaCha20-Poly1305"] },
  { id: "cnsa-2/hmac-hash", rows: named("hmac").filter((name) => !/^HMAC-SHA-(384|512)$/.test(name)) },
  { id: "cnsa-2/ml-kem-1024", rows: ["ML-KEM-512", "ML-KEM-768", "X-Wing-draft-10"] },
  { id: "cnsa-2/ml-dsa-87", rows: ["ML-DSA-44", "ML-DSA-65"] },
  { id: "cnsa-2/slh-dsa", rows: named("slh-dsa") },
  { id: "cnsa-2/ec-p-384", rows: named("ec", "okp").filter((name) => name !== "P-384") },
  { id: "cnsa-2/ec-acquisitions-2027", rows: named("ec") },
  { id: "cnsa-2/ec-signing-2030", rows: named("ec"), purpose: "sign" },
  { id: "cnsa-2/ec-mandated-2032", rows: named("ec") },
  { id: "cnsa-2/ec-harvested", rows: named("ec"), purpose: "establish" },
];

/**
 * JSON Web Keys: RFC 7517; RSA and oct keys of RFC 7518, 6.3 and 6.4; other pairs in `jwk-pairs.ts`; thumbprints of RFC 7638.
 *
 * `alg` is written for HMAC and AKP keys only: such a key is made for one hash or parameter set, so HS256 or ML-DSA-65 is a
 * fact about it. Another key serves several algorithms, and its JWK names none; neither `use` nor `key_ops` is written, since a purpose is
 * the policy's to state (it is in the record), and readers reject keys over members that guess it.
 *
 * Text cannot be wiped: the members of a private JWK stay in the engine's memory until they are collected.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";
import { isKeyPair, type SecretKeyAlgorithm } from "../algorithms/algorithm.ts";
import { PrivateKey, PublicKey, SecretKey } from "../algorithms/key.ts";
import { type CatalogueName, catalogue, catalogueRow } from "../algorithms/registry.ts";
import { utf8 } from "../bytes.ts";
import { canonicalJson } from "../canonical.ts";
import { KeygenError, kindOf, quote } from "../errors.ts";
import { checkOptions, type DecodeOptions, readExtractableRsa } from "./checks.ts";
import { invalidJwk, type Members, mayLeave, readBytes, readUint, uint } from "./jwk-members.ts";
import {
  decodePair,
  encodePairPrivate,
  encodePairPublic,
  type PairPrivateJwk,
  type PairPublicJwk,
} from "./jwk-pairs.ts";
import { decodeRaw, encodeRaw } from "./raw.ts";
import { privateNumbers, readPrivateNumbers, readPublicNumbers } from "./rsa.ts";

export interface RsaPublicJwk {
  readonly kty: "RSA";
  readonly kid?: string;
  readonly n: string;
  readonly e: string;
}

export interface RsaPrivateJwk extends RsaPublicJwk {
  readonly d: string;
  readonly p: string;
  readonly q: string;
  readonly dp: string;
  readonly dq: string;
  readonly qi: string;
}

export interface OctJwk {
  readonly kty: "oct";
  readonly kid?: string;
  readonly alg?: string;
  readonly k: string;
}

export type PublicJwk = RsaPublicJwk | PairPublicJwk;
export type PrivateJwk = RsaPrivateJwk | PairPrivateJwk;
export type Jwk = PublicJwk | PrivateJwk | OctJwk;

export function encodeJwk(key: PublicKey, options?: { readonly kid?: string }): PublicJwk;
export function encodeJwk(key: PrivateKey, options?: { readonly kid?: string }): PrivateJwk;
export function encodeJwk(key: SecretKey, options?: { readonly kid?: string }): OctJwk;
export function encodeJwk(key: PublicKey | PrivateKey | SecretKey, options?: { readonly kid?: string }): Jwk;
export function encodeJwk(key: PublicKey | PrivateKey | SecretKey, { kid }: { readonly kid?: string } = {}): Jwk {
  const named = kid === undefined ? {} : { kid };
  if (key instanceof PublicKey) {
    if (key.parts.kind !== "rsa") return encodePairPublic(key, named);
    const { n, e } = key.parts.rsa;
    return { kty: "RSA", ...named, n: uint(n), e: uint(e) };
  }
  if (key instanceof PrivateKey) {
    if (catalogue[key.algorithm].kind !== "rsa") return encodePairPrivate(key, named);
    const { n, e, d, p, q, dp, dq, qi } = readExtractableRsa(key);
    const secret = { d: uint(d), p: uint(p), q: uint(q), dp: uint(dp), dq: uint(dq), qi: uint(qi) };
    return { kty: "RSA", ...named, n: uint(n), e: uint(e), ...secret };
  }
  if (!(key instanceof SecretKey)) {
    throw new TypeError(`the key of encodeJwk must be a PublicKey, PrivateKey or SecretKey, got ${kindOf(key)}`);
  }
  const bytes = encodeRaw(key);
  try {
    const { jwkAlg } = secretRow(key.algorithm);
    const alg = jwkAlg === undefined ? {} : { alg: jwkAlg };
    return { kty: "oct", ...named, ...alg, k: base64urlnopad.encode(bytes) };
  } finally {
    bytes.fill(0);
  }
}

/** RFC 7638 with SHA-256, for `kid`. Public keys only: a digest of a secret would be a test for guesses at it (section 7). */
export function jwkThumbprint(publicKey: PublicKey): string {
  if (!(publicKey instanceof PublicKey)) {
    throw new TypeError(`the key of jwkThumbprint must be a PublicKey, got ${kindOf(publicKey)}`);
  }
  return base64urlnopad.encode(sha256(utf8(canonicalJson(encodeJwk(publicKey))))); // it has no members but the required ones
}

// --- reading -------------------------------------------------------------------------------------------------------

export interface DecodeJwkOptions extends DecodeOptions {
  /** What the key must be. Needed for an oct key without `alg`: its bytes do not say what they are for. */
  readonly algorithm?: CatalogueName;
}

/** Algorithms that an RSA JWK may name: RFC 7518, 3.1 and 4.1, and the names that Web Cryptography adds. */
const rsaAlg = /^(?:RS1|(?:RS|PS)(?:256|384|512)|RSA1_5|RSA-OAEP(?:-256|-384|-512)?)$/;
const aesAlg = /^A(128|192|256)(?:KW|GCM|GCMKW|CBC|CTR)$/;
const hmacAlg = /^HS(256|384|512)$/;

/** Members that are not known are ignored, as RFC 7517, 4, demands. */
export function decodeJwk(jwk: unknown, options: DecodeJwkOptions = {}): PublicKey | PrivateKey | SecretKey {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) {
    throw new TypeError(`the key of decodeJwk must be an object, got ${kindOf(jwk)}`);
  }
  checkOptions(options);
  const { algorithm } = options;
  if (algorithm !== undefined) catalogueRow(algorithm);
  const members: Members = Object.assign(Object.create(null), jwk); // own members only, and nothing behind them
  checkUse(members);
  const key = decodeMembers(members, options);
  if (options.algorithm === undefined || key.algorithm === options.algorithm) return key;
  if (!(key instanceof PublicKey)) key.wipe();
  throw invalidJwk(`the key must be ${options.algorithm}, got ${key.algorithm}`);
}

function decodeMembers(members: Members, options: DecodeJwkOptions): PublicKey | PrivateKey | SecretKey {
  const { kty } = members;
  switch (kty) {
    case "RSA":
      return decodeRsa(members, options);
    case "oct":
      return decodeOct(members, options);
    case "EC":
    case "OKP":
    case "AKP":
      return decodePair(members, kty, options);
    default: {
      const wanted = "kty must be RSA, EC, OKP, AKP or oct";
      if (typeof kty !== "string") throw invalidJwk(wanted);
      throw new KeygenError("algorithm-unsupported", `JWK: ${wanted}, got ${quote(kty)}`);
    }
  }
}

/** RFC 7517, 4.2 and 4.3: their form. What they say is left to those who use the key. */
function checkUse({ use, key_ops, alg }: Members): void {
  if (use !== undefined && typeof use !== "string") throw invalidJwk("use must be a string");
  if (alg !== undefined && typeof alg !== "string") throw invalidJwk("alg must be a string");
  if (key_ops === undefined) return;
  const isList = Array.isArray(key_ops) && key_ops.every((op) => typeof op === "string");
  if (!isList || new Set(key_ops).size !== key_ops.length)
    throw invalidJwk("key_ops must be a list of different strings");
}

function decodeRsa(members: Members, { extractable }: DecodeJwkOptions): PublicKey | PrivateKey {
  if (typeof members.alg === "string" && !rsaAlg.test(members.alg)) throw invalidJwk("alg must be one for RSA keys");
  const n = readUint(members, "n");
  const e = readUint(members, "e");
  if (members.oth !== undefined) throw invalidJwk("oth: keys of more than two primes are not read");
  const present = privateNumbers.filter((name) => members[name] !== undefined);
  if (present.length === 0) {
    const { algorithm, rsa } = readPublicNumbers({ n, e });
    return new PublicKey(algorithm, { kind: "rsa", rsa });
  }
  const missing = privateNumbers.filter((name) => !present.includes(name));
  if (missing.length > 0)
    throw invalidJwk(`a private RSA key must have d, p, q, dp, dq and qi; missing: ${missing.join(", ")}`);
  const extract = mayLeave(members, extractable);
  const decoded: Uint8Array[] = [];
  const secret = (name: (typeof privateNumbers)[number]) => {
    const bytes = readUint(members, name);
    decoded.push(bytes);
    return bytes;
  };
  try {
    const [d, p, q] = [secret("d"), secret("p"), secret("q")];
    const [dp, dq, qi] = [secret("dp"), secret("dq"), secret("qi")];
    const { algorithm, rsa } = readPrivateNumbers({ n, e, d, p, q, dp, dq, qi });
    return new PrivateKey(algorithm, { kind: "rsa", rsa }, extract);
  } finally {
    for (const bytes of decoded) bytes.fill(0);
  }
}

function nameOfOct(alg: unknown, asked: CatalogueName | undefined): CatalogueName {
  if (typeof alg !== "string") {
    if (asked !== undefined) return asked;
    throw invalidJwk("an oct key without alg could be anything: name it in the option algorithm");
  }
  const aes = aesAlg.exec(alg)?.[1];
  const hmac = hmacAlg.exec(alg)?.[1];
  if (aes !== undefined) return `AES-${aes as "128" | "192" | "256"}`; // the expression has no others
  if (hmac !== undefined) return `HMAC-SHA-${hmac as "256" | "384" | "512"}`; // nor this one
  throw new KeygenError(
    "algorithm-unsupported",
    "JWK: alg of an oct key must be HS256, HS384, HS512 or one of AES (A256GCM, A256KW, …)",
  );
}

function secretRow(name: CatalogueName): SecretKeyAlgorithm {
  const row = catalogue[name];
  if (!isKeyPair(row)) return row;
  throw new RangeError(`the option algorithm must be one of secret keys for kty oct, got ${name}`);
}

function decodeOct(members: Members, { algorithm, extractable }: DecodeJwkOptions): SecretKey {
  const name = nameOfOct(members.alg, algorithm);
  const row = secretRow(name);
  const k = readBytes(members, "k");
  try {
    if (k.length !== row.keyLen) throw invalidJwk(`k must have ${row.keyLen} bytes for ${name}, got ${k.length}`);
    return decodeRaw(name, k, { extractable: mayLeave(members, extractable) });
  } finally {
    k.fill(0);
  }
}

/**
 * JSON Web Keys: RFC 7517; RSA and oct keys of RFC 7518, 6.3 and 6.4; thumbprints of RFC 7638.
 *
 * `alg` is written for HMAC keys only: such a key is made for one hash, so HS256, HS384 or HS512 is a fact about it. An RSA
 * or AES key serves several algorithms, and its JWK names none; neither `use` nor `key_ops` is written, since a purpose is
 * the policy's to state (it is in the record), and readers reject keys over members that guess it.
 *
 * Text cannot be wiped: the members of a private JWK stay in the engine's memory until they are collected.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";
import { PrivateKey, PublicKey, SecretKey } from "../algorithms/key.ts";
import { type AlgorithmName, findAlgorithm, isAlgorithmName, registry } from "../algorithms/registry.ts";
import { utf8 } from "../bytes.ts";
import { canonicalJson } from "../canonical.ts";
import { KeygenError } from "../errors.ts";
import { type DecodeOptions, kindOf, readExtractableRsa } from "./checks.ts";
import { withoutLeadingZeros } from "./der.ts";
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

export type Jwk = RsaPublicJwk | RsaPrivateJwk | OctJwk;

/** Base64urlUInt, RFC 7518, 2: as few bytes as the number needs. */
function uint(bigEndian: Uint8Array): string {
  return base64urlnopad.encode(withoutLeadingZeros(bigEndian));
}

export function encodeJwk(key: PublicKey, options?: { readonly kid?: string }): RsaPublicJwk;
export function encodeJwk(key: PrivateKey, options?: { readonly kid?: string }): RsaPrivateJwk;
export function encodeJwk(key: SecretKey, options?: { readonly kid?: string }): OctJwk;
export function encodeJwk(key: PublicKey | PrivateKey | SecretKey, options?: { readonly kid?: string }): Jwk;
export function encodeJwk(
  key: PublicKey | PrivateKey | SecretKey,
  { kid }: { readonly kid?: string } = {},
): RsaPublicJwk | RsaPrivateJwk | OctJwk {
  const named = kid === undefined ? {} : { kid };
  if (key instanceof PublicKey) {
    const { n, e } = key.parts.rsa;
    return { kty: "RSA", ...named, n: uint(n), e: uint(e) };
  }
  if (key instanceof PrivateKey) {
    const { n, e, d, p, q, dp, dq, qi } = readExtractableRsa(key);
    const secret = { d: uint(d), p: uint(p), q: uint(q), dp: uint(dp), dq: uint(dq), qi: uint(qi) };
    return { kty: "RSA", ...named, n: uint(n), e: uint(e), ...secret };
  }
  if (!(key instanceof SecretKey)) {
    throw new TypeError(`the key of encodeJwk must be a PublicKey, PrivateKey or SecretKey, got ${kindOf(key)}`);
  }
  const bytes = encodeRaw(key);
  try {
    const row = registry[key.algorithm];
    const alg = row.kind === "hmac" ? { alg: `HS${row.keyLen * 8}` } : {};
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
  const { kty, n, e } = encodeJwk(publicKey);
  return base64urlnopad.encode(sha256(utf8(canonicalJson({ e, kty, n }))));
}

// --- reading -------------------------------------------------------------------------------------------------------

export interface DecodeJwkOptions extends DecodeOptions {
  /** What the key must be. Needed for an oct key without `alg`: its bytes do not say what they are for. */
  readonly algorithm?: AlgorithmName;
}

type Members = Readonly<Record<string, unknown>>;

/** Algorithms that an RSA JWK may name: RFC 7518, 3.1 and 4.1, and the names that Web Cryptography adds. */
const rsaAlg = /^(?:RS1|(?:RS|PS)(?:256|384|512)|RSA1_5|RSA-OAEP(?:-256|-384|-512)?)$/;
const aesAlg = /^A(128|192|256)(?:KW|GCM|GCMKW|CBC|CTR)$/;
const hmacAlg = /^HS(256|384|512)$/;

function invalid(message: string): KeygenError {
  return new KeygenError("encoding-invalid", `JWK: ${message}`);
}

/** Members that are not known are ignored, as RFC 7517, 4, demands. */
export function decodeJwk(jwk: unknown, options: DecodeJwkOptions = {}): PublicKey | PrivateKey | SecretKey {
  if (typeof jwk !== "object" || jwk === null || Array.isArray(jwk)) {
    throw new TypeError(`the key of decodeJwk must be an object, got ${kindOf(jwk)}`);
  }
  if (options.algorithm !== undefined) findAlgorithm(options.algorithm);
  const members: Members = Object.fromEntries(Object.entries(jwk)); // own members only
  if (members.kty !== "RSA" && members.kty !== "oct") {
    throw typeof members.kty === "string"
      ? new KeygenError(
          "algorithm-unsupported",
          `JWK: kty must be RSA or oct, got ${JSON.stringify(members.kty.slice(0, 16))}`,
        )
      : invalid("kty must be RSA or oct");
  }
  checkUse(members);
  const key = members.kty === "RSA" ? decodeRsa(members, options) : decodeOct(members, options);
  if (options.algorithm === undefined || key.algorithm === options.algorithm) return key;
  if (!(key instanceof PublicKey)) key.wipe();
  throw invalid(`the key must be ${options.algorithm}, got ${key.algorithm}`);
}

/** RFC 7517, 4.2 and 4.3: their form. What they say is left to those who use the key. */
function checkUse({ use, key_ops, alg }: Members): void {
  if (use !== undefined && typeof use !== "string") throw invalid("use must be a string");
  if (alg !== undefined && typeof alg !== "string") throw invalid("alg must be a string");
  if (key_ops === undefined) return;
  const isList = Array.isArray(key_ops) && key_ops.every((op) => typeof op === "string");
  if (!isList || new Set(key_ops).size !== key_ops.length) throw invalid("key_ops must be a list of different strings");
}

/** The bytes of a base64url member. Its text is never quoted: it may be a secret. */
function readBytes(members: Members, name: string): Uint8Array {
  const text = members[name];
  if (text === undefined) throw invalid(`${name} is missing`);
  if (typeof text !== "string") throw invalid(`${name} must be a string`);
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(text);
  } catch {
    throw invalid(`${name} must be base64url without padding (RFC 7515, 2)`);
  }
  if (bytes.length === 0) throw invalid(`${name} is empty`);
  return bytes;
}

function readUint(members: Members, name: string): Uint8Array {
  const bytes = readBytes(members, name);
  if (bytes[0] !== 0) return bytes;
  bytes.fill(0);
  throw invalid(`${name} must not begin with a zero byte (Base64urlUInt, RFC 7518, 2)`);
}

function decodeRsa(members: Members, { extractable }: DecodeJwkOptions): PublicKey | PrivateKey {
  if (typeof members.alg === "string" && !rsaAlg.test(members.alg)) throw invalid("alg must be one for RSA keys");
  const n = readUint(members, "n");
  const e = readUint(members, "e");
  if (members.oth !== undefined) throw invalid("oth: keys of more than two primes are not read");
  const present = privateNumbers.filter((name) => members[name] !== undefined);
  if (present.length === 0) {
    const { algorithm, rsa } = readPublicNumbers({ n, e });
    return new PublicKey(algorithm, { kind: "rsa", rsa });
  }
  const missing = privateNumbers.filter((name) => !present.includes(name));
  if (missing.length > 0)
    throw invalid(`a private RSA key must have d, p, q, dp, dq and qi; missing: ${missing.join(", ")}`);
  const mayLeave = readExtractable(members, extractable);
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
    return new PrivateKey(algorithm, { kind: "rsa", rsa }, mayLeave);
  } finally {
    for (const bytes of decoded) bytes.fill(0);
  }
}

/** `ext`, which Web Cryptography adds: false forbids what the caller did not forbid. */
function readExtractable(members: Members, asked = true): boolean {
  if (members.ext !== undefined && typeof members.ext !== "boolean") throw invalid("ext must be true or false");
  return asked && members.ext !== false;
}

function nameOfOct(alg: unknown, asked: AlgorithmName | undefined): AlgorithmName {
  if (typeof alg !== "string") {
    if (asked !== undefined) return asked;
    throw invalid("an oct key without alg could be anything: name it in the option algorithm");
  }
  const aes = aesAlg.exec(alg)?.[1];
  const hmac = hmacAlg.exec(alg)?.[1];
  const name = aes === undefined ? `HMAC-SHA-${hmac}` : `AES-${aes}`;
  if (isAlgorithmName(name)) return name;
  throw new KeygenError(
    "algorithm-unsupported",
    "JWK: alg of an oct key must be HS256, HS384, HS512 or one of AES (A256GCM, A256KW, …)",
  );
}

function decodeOct(members: Members, { algorithm, extractable }: DecodeJwkOptions): SecretKey {
  const name = nameOfOct(members.alg, algorithm);
  const row = registry[name];
  if (row.kind === "rsa")
    throw new RangeError(`the option algorithm must be one of secret keys for kty oct, got ${name}`);
  const k = readBytes(members, "k");
  try {
    if (k.length !== row.keyLen) throw invalid(`k must have ${row.keyLen} bytes for ${name}, got ${k.length}`);
    return decodeRaw(name, k, { extractable: readExtractable(members, extractable) });
  } finally {
    k.fill(0);
  }
}

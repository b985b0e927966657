/**
 * JWKs of key pairs but RSA's: EC (RFC 7518, 6.2; RFC 8812, 3.1 for secp256k1), OKP (RFC 8037, 2) and AKP (RFC 9964, 3),
 * in which `priv` is the seed.
 *
 * RFC 9964 registers ML-DSA only. ML-KEM and SLH-DSA keys are written in the same form, as OpenSSL's callers (Node) and
 * the Web Cryptography drafts do; their registration is a draft (draft-ietf-jose-pqc-kem, draft-ietf-cose-sphincs-plus).
 */
import { base64urlnopad } from "@scure/base";
import { isOctetKeyPair } from "../algorithms/algorithm.ts";
import type { PrivateKey, PublicKey } from "../algorithms/key.ts";
import { type CatalogueName, catalogue } from "../algorithms/registry.ts";
import { type Bytes, concat } from "../bytes.ts";
import { KeygenError, quote } from "../errors.ts";
import { type DecodeOptions, readExtractable } from "./checks.ts";
import { coordinateLen } from "./curves.ts";
import { invalidJwk, type Members, mayLeave, readBytes } from "./jwk-members.ts";
import { halvesOf, privateKeyOf, publicKeyOf } from "./pair.ts";

export interface EcPublicJwk {
  readonly kty: "EC";
  readonly kid?: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
}

export interface EcPrivateJwk extends EcPublicJwk {
  readonly d: string;
}

export interface OkpPublicJwk {
  readonly kty: "OKP";
  readonly kid?: string;
  readonly crv: string;
  readonly x: string;
}

export interface OkpPrivateJwk extends OkpPublicJwk {
  readonly d: string;
}

export interface AkpPublicJwk {
  readonly kty: "AKP";
  readonly kid?: string;
  readonly alg: string;
  readonly pub: string;
}

export interface AkpPrivateJwk extends AkpPublicJwk {
  readonly priv: string;
}

export type PairPublicJwk = EcPublicJwk | OkpPublicJwk | AkpPublicJwk;
export type PairPrivateJwk = EcPrivateJwk | OkpPrivateJwk | AkpPrivateJwk;
type Named = { readonly kid?: string };

const text = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** The members that RFC 7638 and RFC 9964, 6 hash, and `kid`. */
function publicJwk(name: CatalogueName, publicKey: Uint8Array, named: Named): PairPublicJwk {
  const row = catalogue[name];
  if (!row.formats.includes("jwk")) {
    throw new KeygenError("algorithm-unsupported", `no JWK is registered for ${name}: use encodePkcs8 or encodeSpki`);
  }
  if (row.kind === "ec") {
    const middle = 1 + row.coordinateLen;
    const [x, y] = [text(publicKey.subarray(1, middle)), text(publicKey.subarray(middle))];
    return { kty: "EC", ...named, crv: name, x, y };
  }
  if (row.kind === "okp") return { kty: "OKP", ...named, crv: name, x: text(publicKey) };
  return { kty: "AKP", ...named, alg: name, pub: text(publicKey) };
}

export function encodePairPublic(key: PublicKey, named: Named): PairPublicJwk {
  return publicJwk(key.algorithm, publicBytes(key), named);
}

function publicBytes({ parts }: PublicKey): Bytes {
  if (parts.kind === "rsa") throw new TypeError("an RSA key was not wanted here");
  return parts.kind === "ec" ? parts.ec.point : parts.octets;
}

export function encodePairPrivate(key: PrivateKey, named: Named): PairPrivateJwk {
  const { privateKey, publicKey } = halvesOf(readExtractable(key));
  if (publicKey === undefined) {
    throw new TypeError(
      `the JWK of a private key states its public half, and this ${key.algorithm} key was read without it: decode it with the option complete`,
    );
  }
  const open = publicJwk(key.algorithm, publicKey, named);
  return open.kty === "AKP" ? { ...open, priv: text(privateKey) } : { ...open, d: text(privateKey) };
}

/** Algorithms that an EC or OKP JWK may name: RFC 7518, 3.1 and 4.1; RFC 8037, 3; RFC 8812, 3.2; RFC 9864, 2. */
const agreement = "ECDH-ES(?:\\+A(?:128|192|256)KW)?";
const algs: Readonly<Partial<Record<CatalogueName, string>>> = {
  "P-256": `ES256|ESP256|${agreement}`,
  "P-384": `ES384|ESP384|${agreement}`,
  "P-521": `ES512|ESP512|${agreement}`,
  secp256k1: "ES256K",
  Ed25519: "EdDSA|Ed25519",
  Ed448: "EdDSA|Ed448",
  X25519: agreement,
  X448: agreement,
};

/** The algorithm by `crv`, or by `alg` of an AKP key. */
function nameOf(members: Members, kty: PairPublicJwk["kty"]): CatalogueName {
  const member = kty === "AKP" ? "alg" : "crv";
  const value = members[member];
  if (typeof value !== "string") throw invalidJwk(`${member} must be a string`);
  const names = (Object.keys(catalogue) as CatalogueName[]).filter((name) => {
    const row = catalogue[name];
    if (!row.formats.includes("jwk")) return false;
    if (kty === "EC") return row.kind === "ec";
    return kty === "OKP" ? row.kind === "okp" : isOctetKeyPair(row) && row.kind !== "okp";
  });
  const name = names.find((known) => known === value);
  if (name === undefined) {
    throw new KeygenError(
      "algorithm-unsupported",
      `JWK: ${member} of an ${kty} key must be one of ${names.join(", ")}, got ${quote(value)}`,
    );
  }
  if (kty !== "AKP" && typeof members.alg === "string" && !new RegExp(`^(?:${algs[name]})$`).test(members.alg)) {
    throw invalidJwk(`alg must be one for ${name} keys`);
  }
  return name;
}

/** A coordinate or d: in exactly the length of the field, RFC 7518, 6.2.1.2. */
function readFixed(members: Members, member: string, name: CatalogueName): Uint8Array {
  const bytes = readBytes(members, member);
  const length = coordinateLen(name);
  if (bytes.length === length) return bytes;
  bytes.fill(0);
  throw invalidJwk(`${member} must have ${length} bytes for ${name}, got ${bytes.length}`);
}

export function decodePair(
  members: Members,
  kty: PairPublicJwk["kty"],
  options: DecodeOptions,
): PublicKey | PrivateKey {
  const name = nameOf(members, kty);
  const publicKey =
    kty === "EC"
      ? concat(Uint8Array.of(4), readFixed(members, "x", name), readFixed(members, "y", name))
      : readBytes(members, kty === "OKP" ? "x" : "pub");
  const open = publicKeyOf(name, publicKey);
  const member = kty === "AKP" ? "priv" : "d";
  if (members[member] === undefined) return open;
  const extractable = mayLeave(members, options.extractable);
  const privateKey = kty === "EC" ? readFixed(members, "d", name) : readBytes(members, member);
  try {
    return privateKeyOf(name, { privateKey, publicKey }, { ...options, extractable });
  } finally {
    privateKey.fill(0);
  }
}

/**
 * A private key from what a format says of it: lengths, and whatever of SP 800-56A Rev. 3 and FIPS 203 to 205 can be
 * checked without arithmetic on secrets. That the halves belong together takes the core: whoever has one at hand passes
 * `complete`, and then it is checked, and a public half that the format left out is filled in.
 */
import { sha3_256 } from "@noble/hashes/sha3.js";
import { isOctetKeyPair, type OctetKeyPairAlgorithm } from "../algorithms/algorithm.ts";
import { PrivateKey, PublicKey, type SecretParts } from "../algorithms/key.ts";
import { type CatalogueName, catalogue } from "../algorithms/registry.ts";
import { type Bytes, copyBytes, isSame } from "../bytes.ts";
import { KeygenError } from "../errors.ts";
import { checkPoint, checkScalar } from "./curves.ts";

/** What follows from a private key: the other half, and the form that the standard's algorithms take, where it is another. */
export interface Completed {
  readonly publicKey: Uint8Array;
  readonly expandedKey?: Bytes;
}

/** `privateKey`: of ML-KEM and ML-DSA the seed, or the expanded key. The caller owns and wipes it. */
export type Complete = (algorithm: CatalogueName, privateKey: Uint8Array) => Completed;

/** What a format states: views of its bytes. */
export interface StatedPair {
  readonly privateKey: Uint8Array;
  readonly publicKey?: Uint8Array | undefined;
  readonly expandedKey?: Uint8Array | undefined;
}

interface PairOptions {
  readonly extractable?: boolean | undefined;
  readonly complete?: Complete | undefined;
}

function broken(name: CatalogueName, what: string, clause: string): KeygenError {
  return new KeygenError("key-invalid", `${name}: ${what} (${clause})`, { clause });
}

export function rowOfOctets(name: CatalogueName): OctetKeyPairAlgorithm {
  const row = catalogue[name];
  if (!isOctetKeyPair(row)) throw new TypeError(`the halves of a ${name} key are no octet strings`);
  return row;
}

function wantLength(name: CatalogueName, half: string, bytes: Uint8Array, length: number): void {
  if (bytes.length === length) return;
  throw new KeygenError("encoding-invalid", `${name}: the ${half} must have ${length} bytes, got ${bytes.length}`);
}

/** FIPS 203, 7.2: each coefficient of an encapsulation key is below q. Without the seed that follows them. So is one of s. */
function checkCoefficients(name: CatalogueName, vector: Uint8Array, half: "public" | "private"): void {
  for (let at = 0; at < vector.length; at += 3) {
    const [low = 0, middle = 0, high = 0] = vector.subarray(at, at + 3);
    if ((low | ((middle & 15) << 8)) >= 3329 || ((middle >> 4) | (high << 4)) >= 3329) {
      throw broken(name, `a coefficient of the ${half} key is not below 3329`, "FIPS 203, 7.2");
    }
  }
}

function checkPublic(name: CatalogueName, publicKey: Uint8Array): void {
  if (catalogue[name].kind === "ec") {
    checkPoint(name, publicKey);
    return;
  }
  const row = rowOfOctets(name);
  wantLength(name, "public key", publicKey, row.publicKeyLen);
  if (row.kind === "ml-kem") checkCoefficients(name, publicKey.subarray(0, -32), "public");
  if (row.kind === "x-wing") checkCoefficients(name, publicKey.subarray(0, 1152), "public"); // the vector of ML-KEM-768's
}

export function publicKeyOf(name: CatalogueName, publicKey: Uint8Array): PublicKey {
  checkPublic(name, publicKey);
  const bytes = copyBytes(publicKey);
  const isEc = catalogue[name].kind === "ec";
  return new PublicKey(name, isEc ? { kind: "ec", ec: { point: bytes } } : { kind: "octets", octets: bytes });
}

/** The public half that can be read off a private key: SLH-DSA's is its second half (FIPS 205, 9.1). */
function publicPart(name: CatalogueName, { privateKey, publicKey }: StatedPair): Uint8Array | undefined {
  const row = catalogue[name];
  if (row.kind !== "slh-dsa") return publicKey;
  const own = privateKey.subarray(privateKey.length - row.publicKeyLen);
  if (publicKey !== undefined && !isSame(publicKey, own)) throw notAPair(name);
  return own;
}

function notAPair(name: CatalogueName): KeygenError {
  return broken(name, "the public key does not belong to the private key", "SP 800-56A Rev. 3, 5.6.2.1.4");
}

function checkPrivate(name: CatalogueName, stated: StatedPair): void {
  const { privateKey, expandedKey } = stated;
  const row = catalogue[name];
  if (row.kind === "ec") {
    checkScalar(name, privateKey);
    return;
  }
  const { privateKeyLen } = rowOfOctets(name);
  const isSeeded = row.kind === "ml-kem" || row.kind === "ml-dsa";
  wantLength(name, isSeeded ? "seed" : "private key", privateKey, privateKeyLen);
  if (expandedKey === undefined || !isSeeded) return;
  wantLength(name, "expanded key", expandedKey, row.expandedKeyLen);
  checkExpanded(name, { ...stated, expandedKey });
  if (row.kind === "ml-kem" && !holdsHash(expandedKey, ekOf(expandedKey, row.publicKeyLen))) throw notExpanded(name);
}

/**
 * What shows of an expanded key of the right length without arithmetic. FIPS 203, Algorithm 16: it ends with ek, H(ek) and z,
 * and the seed ends with z too. FIPS 204, Algorithms 22 and 24: it begins with rho, and so does the public key.
 */
export function checkExpanded(
  name: CatalogueName,
  { privateKey, publicKey, expandedKey }: StatedPair & StatedExpanded,
): void {
  const row = catalogue[name];
  const isKem = row.kind === "ml-kem";
  if (isKem && !isSame(expandedKey.subarray(-32), privateKey.subarray(32))) throw notExpanded(name);
  if (publicKey === undefined) return;
  const [own, known] = isKem
    ? [ekOf(expandedKey, row.publicKeyLen), publicKey]
    : [expandedKey.subarray(0, 32), publicKey.subarray(0, 32)];
  if (!isSame(own, known)) throw notExpanded(name);
}

/** ek, which H(ek) and z follow. */
function ekOf(expandedKey: Uint8Array, length: number): Uint8Array {
  return expandedKey.subarray(-64 - length, -64);
}

/** The hash check of FIPS 203, 7.3, on what is public. */
function holdsHash(expandedKey: Uint8Array, ek: Uint8Array): boolean {
  return isSame(sha3_256(ek), expandedKey.subarray(-64, -32));
}

function notExpanded(name: CatalogueName): KeygenError {
  const clause = name.startsWith("ML-KEM") ? "RFC 9935, 8" : "RFC 9881, 8.2";
  return broken(name, "the expanded key is not that of the seed", clause);
}

/** The public half, computed; what the format states must agree with it. */
function completed(name: CatalogueName, stated: StatedPair, complete: Complete): Uint8Array {
  const { publicKey, expandedKey } = complete(name, stated.privateKey);
  try {
    if (stated.publicKey !== undefined && !isSame(stated.publicKey, publicKey)) throw notAPair(name);
    if (stated.expandedKey !== undefined && expandedKey !== undefined && !isSame(stated.expandedKey, expandedKey)) {
      throw notExpanded(name);
    }
    return publicKey;
  } finally {
    expandedKey?.fill(0);
  }
}

/** Nothing is copied before everything is checked, so an error leaves nothing to wipe. */
export function privateKeyOf(name: CatalogueName, stated: StatedPair, options: PairOptions): PrivateKey {
  const { extractable = true, complete } = options;
  checkPrivate(name, stated);
  let publicKey = publicPart(name, stated);
  if (publicKey !== undefined) checkPublic(name, publicKey);
  if (complete !== undefined) publicKey = completed(name, { ...stated, publicKey }, complete);
  const open = publicKey === undefined ? undefined : copyBytes(publicKey);
  const secret = copyBytes(stated.privateKey);
  if (catalogue[name].kind === "ec") {
    const ec = open === undefined ? { d: secret } : { d: secret, point: open };
    return new PrivateKey(name, { kind: "ec", ec }, extractable);
  }
  const octets = open === undefined ? { privateKey: secret } : { privateKey: secret, publicKey: open };
  return new PrivateKey(name, { kind: "octets", octets }, extractable);
}

/** What a format states of a key whose seed it does not hold: views of its bytes. */
export interface StatedExpanded {
  readonly expandedKey: Uint8Array;
  readonly publicKey?: Uint8Array | undefined;
}

/** The private key of an expanded key alone, of ML-KEM or ML-DSA. ML-KEM's holds its public half; ML-DSA's `complete` computes. */
export function expandedKeyOf(name: CatalogueName, stated: StatedExpanded, options: PairOptions): PrivateKey {
  const { expandedKey } = stated;
  const row = catalogue[name];
  if (row.kind !== "ml-kem" && row.kind !== "ml-dsa") throw new TypeError(`${name} keys have no expanded form`);
  wantLength(name, "expanded key", expandedKey, row.expandedKeyLen);
  let { publicKey } = stated;
  if (publicKey !== undefined) checkPublic(name, publicKey);
  const own = row.kind === "ml-kem" ? ekOf(expandedKey, row.publicKeyLen) : undefined;
  if (own !== undefined) {
    checkPublic(name, own);
    checkCoefficients(name, expandedKey.subarray(0, row.publicKeyLen - 32), "private");
    if (!holdsHash(expandedKey, own)) {
      throw broken(name, "the expanded key does not hold the hash of its public half", "FIPS 203, 7.3");
    }
  }
  const computed = options.complete?.(name, expandedKey).publicKey ?? own;
  if (publicKey !== undefined && computed !== undefined && !isSame(publicKey, computed)) throw notAPair(name);
  publicKey = computed ?? publicKey;
  const half = publicKey === undefined ? {} : { publicKey: copyBytes(publicKey) };
  const expanded = { expandedKey: copyBytes(expandedKey), ...half };
  return new PrivateKey(name, { kind: "expanded", expanded }, options.extractable ?? true);
}

/** The two halves of a private key that is no RSA key, as it holds them. */
export function halvesOf(parts: SecretParts): {
  readonly privateKey: Bytes;
  readonly publicKey?: Bytes | undefined;
} {
  if (parts.kind === "ec") return { privateKey: parts.ec.d, publicKey: parts.ec.point };
  if (parts.kind === "octets") return parts.octets;
  if (parts.kind === "expanded") {
    throw new TypeError("a key that was read without its seed has a form in PKCS #8 alone: use encodePkcs8");
  }
  throw new TypeError(`a key of ${parts.kind} parts has no halves`);
}

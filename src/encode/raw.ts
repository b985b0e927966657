/**
 * Keys as their bare bytes: secret keys, and the halves of pairs whose standard gives them as octet strings (EC: d, and
 * the uncompressed point). `encodeRaw` of a private or secret key reads a secret: its result is the caller's to protect
 * and to wipe.
 */
import { isKeyPair } from "../algorithms/algorithm.ts";
import { PrivateKey, PublicKey, SecretKey } from "../algorithms/key.ts";
import { type CatalogueName, catalogue, catalogueRow } from "../algorithms/registry.ts";
import { type Bytes, copyBytes } from "../bytes.ts";
import { kindOf, quote } from "../errors.ts";
import { checkOptions, type DecodeOptions, readExtractable, wantBytes } from "./checks.ts";
import { halvesOf, privateKeyOf, publicKeyOf } from "./pair.ts";

export function encodeRaw(key: SecretKey | PrivateKey | PublicKey): Bytes {
  if (key instanceof PublicKey && key.parts.kind === "ec") return copyBytes(key.parts.ec.point);
  if (key instanceof PublicKey && key.parts.kind === "octets") return copyBytes(key.parts.octets);
  if (!(key instanceof SecretKey) && !(key instanceof PrivateKey) && !(key instanceof PublicKey)) {
    throw new TypeError(`the key of encodeRaw must be a SecretKey, PrivateKey or PublicKey, got ${kindOf(key)}`);
  }
  if (catalogue[key.algorithm].kind === "rsa" || key instanceof PublicKey) {
    throw new TypeError(`RSA keys have no raw form, got ${key.algorithm}: use encodePkcs8 or encodeSpki`);
  }
  const parts = readExtractable(key);
  return copyBytes(parts.kind === "raw" ? parts.raw : halvesOf(parts).privateKey);
}

export interface DecodeRawOptions extends DecodeOptions {
  /** Which half of a pair the bytes are. Needed for pairs: bytes do not say. */
  readonly type?: "secret" | "private" | "public";
}

/** The name is needed, since bytes do not say what they are for. */
export function decodeRaw(
  algorithm: CatalogueName,
  bytes: Uint8Array,
  options: DecodeRawOptions & { readonly type: "public" },
): PublicKey;
export function decodeRaw(
  algorithm: CatalogueName,
  bytes: Uint8Array,
  options: DecodeRawOptions & { readonly type: "private" },
): PrivateKey;
export function decodeRaw(
  algorithm: CatalogueName,
  bytes: Uint8Array,
  options?: DecodeOptions & { readonly type?: "secret" },
): SecretKey;
export function decodeRaw(
  algorithm: CatalogueName,
  bytes: Uint8Array,
  options: DecodeRawOptions = {},
): SecretKey | PrivateKey | PublicKey {
  const row = catalogueRow(algorithm);
  const { type = "secret", extractable = true } = options;
  wantBytes(bytes, "the bytes of decodeRaw");
  checkOptions(options);
  if (row.kind === "rsa") throw new RangeError(`RSA keys have no raw form, got ${row.name}: use decodePkcs8`);
  if (!isKeyPair(row)) {
    if (type !== "secret") throw new RangeError(`a key for ${row.name} is a secret key, got type ${quote(type)}`);
    if (bytes.length !== row.keyLen) {
      throw new RangeError(`a key for ${row.name} must have ${row.keyLen} bytes, got ${bytes.length}`);
    }
    return new SecretKey(algorithm, { kind: "raw", raw: copyBytes(bytes) }, extractable);
  }
  if (type === "public") return publicKeyOf(algorithm, bytes);
  if (type === "private") return privateKeyOf(algorithm, { privateKey: bytes }, options);
  throw new RangeError(`the type of a raw ${row.name} key must be private or public, got ${quote(type)}`);
}

/** Secret keys as their bare bytes. `encodeRaw` reads a secret: its result is the caller's to protect and to wipe. */
import { SecretKey } from "../algorithms/key.ts";
import { type AlgorithmName, findAlgorithm } from "../algorithms/registry.ts";
import { type Bytes, copyBytes } from "../bytes.ts";
import { type DecodeOptions, kindOf, readExtractable, wantBytes } from "./checks.ts";

export function encodeRaw(secretKey: SecretKey): Bytes {
  if (!(secretKey instanceof SecretKey)) {
    throw new TypeError(`the key of encodeRaw must be a SecretKey, got ${kindOf(secretKey)}`);
  }
  const parts = readExtractable(secretKey);
  if (parts.kind !== "raw") throw new TypeError(`the key of encodeRaw must be raw bytes, got ${secretKey.algorithm}`);
  return copyBytes(parts.raw);
}

/** The name is needed, since bytes do not say what they are for. */
export function decodeRaw(
  algorithm: AlgorithmName,
  bytes: Uint8Array,
  { extractable = true }: DecodeOptions = {},
): SecretKey {
  const row = findAlgorithm(algorithm);
  wantBytes(bytes, "the bytes of decodeRaw");
  if (row.kind === "rsa") {
    throw new RangeError(`the algorithm of decodeRaw must be one of secret keys, got ${row.name}: use decodePkcs8`);
  }
  if (bytes.length !== row.keyLen) {
    throw new RangeError(`a key for ${row.name} must have ${row.keyLen} bytes, got ${bytes.length}`);
  }
  return new SecretKey(algorithm, { kind: "raw", raw: copyBytes(bytes) }, extractable);
}

/**
 * Web Cryptography as it is used here. The types of the runtimes end with Level 2, so the calls have a type of their own;
 * what a runtime does not have, it refuses when it is called.
 */
import type { WebCryptoParams, WebCryptoUsage } from "../algorithms/web-crypto.ts";
import type { Bytes } from "../bytes.ts";
import { runtimeFacts } from "../core/runtime.ts";
import { KeygenError } from "../errors.ts";

type Params = { readonly name: string } & Readonly<Record<string, unknown>>;
type Usages = readonly WebCryptoUsage[];

export interface PlatformCrypto {
  importKey(
    format: string,
    bytes: Bytes,
    params: WebCryptoParams,
    extractable: boolean,
    usages: Usages,
  ): Promise<CryptoKey>;
  exportKey(format: "raw" | "raw-secret" | "pkcs8" | "spki", key: CryptoKey): Promise<ArrayBuffer>;
  exportKey(format: "jwk", key: CryptoKey): Promise<JsonWebKey>;
  digest(hash: "SHA-256", message: Bytes): Promise<ArrayBuffer>;
  generateKey(params: WebCryptoParams, extractable: boolean, usages: Usages): Promise<CryptoKeyPair | CryptoKey>;
  sign(params: Params, key: CryptoKey, message: Bytes): Promise<ArrayBuffer>;
  verify(params: Params, key: CryptoKey, signature: ArrayBuffer, message: Bytes): Promise<boolean>;
  encrypt(params: Params, key: CryptoKey, message: Bytes): Promise<ArrayBuffer>;
  decrypt(params: Params, key: CryptoKey, message: ArrayBuffer): Promise<ArrayBuffer>;
  wrapKey(format: "raw", key: CryptoKey, wrapping: CryptoKey, params: Params): Promise<ArrayBuffer>;
  unwrapKey(
    format: "raw",
    wrapped: ArrayBuffer,
    unwrapping: CryptoKey,
    params: Params,
    of: WebCryptoParams,
    extractable: boolean,
    usages: Usages,
  ): Promise<CryptoKey>;
  deriveBits(params: Params, key: CryptoKey, bits: number): Promise<ArrayBuffer>;
  deriveKey(
    params: Params,
    key: CryptoKey,
    of: WebCryptoParams,
    extractable: boolean,
    usages: Usages,
  ): Promise<CryptoKey>;
  encapsulateBits(params: Params, key: CryptoKey): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>;
  decapsulateBits(params: Params, key: CryptoKey, ciphertext: ArrayBuffer): Promise<ArrayBuffer>;
  encapsulateKey(
    params: Params,
    key: CryptoKey,
    of: WebCryptoParams,
    extractable: boolean,
    usages: Usages,
  ): Promise<{ sharedKey: CryptoKey; ciphertext: ArrayBuffer }>;
  decapsulateKey(
    params: Params,
    key: CryptoKey,
    ciphertext: ArrayBuffer,
    of: WebCryptoParams,
    extractable: boolean,
    usages: Usages,
  ): Promise<CryptoKey>;
}

/** KeygenError "algorithm-unsupported" where there is none: pages that were not served over TLS have none. */
export function platformCrypto(): PlatformCrypto {
  const { subtle } = (globalThis as { crypto?: { subtle?: unknown } }).crypto ?? {};
  if (subtle !== undefined) return subtle as PlatformCrypto; // every method there is asked for by name, and may refuse
  throw new KeygenError(
    "algorithm-unsupported",
    "this runtime offers no Web Cryptography here; a page has it in a secure context only (https, or localhost)",
  );
}

/** This runtime, as errors name it. */
export function runtimeName(): string {
  const { name } = runtimeFacts();
  return name === "browser" ? "this browser" : name === "other" ? "this runtime" : `this ${name}`;
}

/**
 * Sealing in this page: the library's key becomes a non-extractable CryptoKey, and the library's own bytes are wiped.
 * Runs in the worker only; the bytes never leave it. WebCrypto's own copy is out of reach from then on, for everyone.
 */
import { PrivateKey, type PublicKey, type SecretKey } from "#keywright";
import { readSecret } from "../../src/algorithms/key.ts";
import { type AlgorithmName, type CatalogueName, catalogue, registry } from "../../src/algorithms/registry.ts";
import { type Bytes, concat, secretBytes, utf8 } from "../../src/bytes.ts";
import { encodePkcs8 } from "../../src/encode/pkcs8.ts";
import { encodeSpki } from "../../src/encode/spki.ts";

/** RSASSA-PSS as FIPS 186-5, 5.4: the salt is at most as long as the hash. */
const pss = { name: "RSA-PSS", saltLength: 32 };
const rsaImport = { name: "RSA-PSS", hash: "SHA-256" };
/** SP 800-38D, 8.2.2: a random IV of 96 bits. */
const IV_LEN = 12;

export type SealedKey =
  | { readonly kind: "rsa"; readonly privateKey: CryptoKey; readonly publicKey: CryptoKey }
  | { readonly kind: "aes"; readonly key: CryptoKey }
  | { readonly kind: "hmac"; readonly key: CryptoKey };

function secretImport(name: CatalogueName): HmacImportParams | { name: "AES-GCM" } {
  const row = catalogue[name];
  return row.kind === "hmac" ? { name: "HMAC", hash: row.hash } : { name: "AES-GCM" };
}

function secretUses(name: CatalogueName): KeyUsage[] {
  return catalogue[name].kind === "hmac" ? ["sign", "verify"] : ["encrypt", "decrypt"];
}

/** Whether this browser's WebCrypto takes such a key at all (Chromium has no AES-192): asked before one is made. */
export async function canSeal(name: AlgorithmName): Promise<boolean> {
  const row = registry[name];
  if (row.kind === "rsa") return true;
  if (row.kind !== "aes" && row.kind !== "hmac") return false;
  try {
    await crypto.subtle.importKey("raw", secretBytes(row.keyLen), secretImport(name), false, secretUses(name));
    return true;
  } catch {
    return false; // any refusal means the same: it cannot be held
  }
}

export async function sealSecret(key: SecretKey): Promise<SealedKey> {
  const parts = readSecret(key);
  if (parts.kind !== "raw") throw new TypeError(`a secret key holds raw bytes, got ${key.algorithm}`);
  try {
    const { algorithm } = key;
    const held = await crypto.subtle.importKey("raw", parts.raw, secretImport(algorithm), false, secretUses(algorithm));
    return catalogue[algorithm].kind === "hmac" ? { kind: "hmac", key: held } : { kind: "aes", key: held };
  } finally {
    key.wipe();
  }
}

export async function sealPair(privateKey: PrivateKey, publicKey: PublicKey): Promise<SealedKey> {
  const { subtle } = crypto;
  // The encoders read no key that is not extractable; this one is read once, here, through a second name for its parts.
  const readable = new PrivateKey(privateKey.algorithm, readSecret(privateKey), true);
  const der = encodePkcs8(readable);
  try {
    return {
      kind: "rsa",
      privateKey: await subtle.importKey("pkcs8", der, rsaImport, false, ["sign"]),
      publicKey: await subtle.importKey("spki", encodeSpki(publicKey), rsaImport, true, ["verify"]),
    };
  } finally {
    der.fill(0);
    readable.wipe();
    privateKey.wipe();
  }
}

export async function sign(sealed: SealedKey, text: string): Promise<Bytes> {
  if (sealed.kind === "aes") throw new TypeError("an AES key does not sign");
  const { subtle } = crypto;
  const signed =
    sealed.kind === "rsa"
      ? subtle.sign(pss, sealed.privateKey, utf8(text))
      : subtle.sign("HMAC", sealed.key, utf8(text));
  return new Uint8Array(await signed);
}

export async function verify(sealed: SealedKey, text: string, signature: Bytes): Promise<boolean> {
  if (sealed.kind === "aes") throw new TypeError("an AES key does not verify");
  const { subtle } = crypto;
  if (sealed.kind === "rsa") return await subtle.verify(pss, sealed.publicKey, signature, utf8(text));
  return await subtle.verify("HMAC", sealed.key, signature, utf8(text));
}

/** AES-GCM; the random IV goes before the ciphertext. */
export async function encrypt(sealed: SealedKey, text: string): Promise<Bytes> {
  if (sealed.kind !== "aes") throw new TypeError("only an AES key encrypts here");
  const iv = crypto.getRandomValues(new Uint8Array(IV_LEN));
  const body = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, sealed.key, utf8(text));
  return concat(iv, new Uint8Array(body));
}

/** The text, or undefined if the tag does not fit: not encrypted by this key, or changed since. */
export async function decrypt(sealed: SealedKey, message: Bytes): Promise<string | undefined> {
  if (sealed.kind !== "aes") throw new TypeError("only an AES key decrypts here");
  const iv = message.slice(0, IV_LEN);
  try {
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, sealed.key, message.slice(IV_LEN));
    return new TextDecoder().decode(text);
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

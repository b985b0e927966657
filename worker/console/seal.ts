/**
 * Keys of this page that can be used and not read. One of the library becomes a non-extractable CryptoKey, and the library's
 * own bytes are wiped; one of the browser's WebCrypto is such a key from the beginning. Runs in the worker only; the bytes
 * never leave it. WebCrypto's own copy is out of reach, for everyone.
 */
import {
  canSeal,
  encodeSpki,
  type GeneratedPair,
  type GeneratedSecret,
  type KeptPair,
  type KeptSecret,
  KeygenError,
  type KeyRecord,
  type PublicKey,
  SecretKey,
  seal,
} from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { useOf } from "../../src/algorithms/web-crypto-use.ts";
import { type Bytes, concat, secretBytes, utf8 } from "../../src/bytes.ts";
import { platformCrypto } from "../../src/seal/platform.ts";
import type { Ask } from "./messages.ts";
import { type Way, wayOf } from "./ways.ts";

/** SP 800-38D, 8.2.2: a random IV of 96 bits; ChaCha20-Poly1305 takes as much. */
const IV_LEN = 12;

export interface SealedKey {
  readonly way: Way["way"];
  /** The private or secret key, and what undoes what it does. */
  readonly own: CryptoKey;
  readonly other: CryptoKey;
}

export type Made = GeneratedPair<KeyRecord> | GeneratedSecret<KeyRecord> | KeptPair | KeptSecret;

/**
 * Asked before a key is made: why it could not be sealed, because this browser's WebCrypto does not take such keys (Chromium
 * has no AES-192), or because the key's purpose is none that is shown here. Undefined if it could.
 */
export async function whyUnsealable({ algorithm, purpose, provider }: Ask): Promise<string | undefined> {
  const way = wayOf(algorithm, purpose);
  const use = useOf(registry[algorithm], purpose);
  if (way !== undefined && use !== undefined && !way.usages.every((usage) => use.usages.includes(usage))) {
    return `this page has no use for sealed ${algorithm} keys to ${purpose}: let the key be read, or state another purpose`;
  }
  if (provider === "platform") return undefined; // it will say itself what it cannot make
  try {
    if (way !== undefined && (await canSeal(algorithm, way))) return undefined;
  } catch (error) {
    if (!(error instanceof KeygenError)) throw error; // else Web Cryptography has no name for such keys
  }
  return `this browser's WebCrypto holds no ${algorithm} key, so one could not be sealed`;
}

export async function sealMade(made: Made, { algorithm, purpose }: Ask): Promise<SealedKey> {
  const way = wayOf(algorithm, purpose);
  if (way === undefined) throw new TypeError(`a ${algorithm} key is not sealed`);
  const key = "privateKey" in made ? made.privateKey : made.secretKey;
  if (key instanceof CryptoKey) {
    return { way: way.way, own: key, other: "publicKey" in made ? await openHalf(made.publicKey, key, way) : key };
  }
  try {
    if (key instanceof SecretKey) {
      const own = await seal(key, way);
      return { way: way.way, own, other: own };
    }
    const { privateKey, publicKey } = await seal(key, way);
    return { way: way.way, own: privateKey, other: publicKey };
  } finally {
    key.wipe();
  }
}

/** The public half of a pair that stays in the platform: what undoes or begins there what the private one does. */
async function openHalf(publicKey: PublicKey, { algorithm }: CryptoKey, { way, usages }: Way): Promise<CryptoKey> {
  const establishing = usages.includes("decapsulateBits") ? (["encapsulateBits"] as const) : [];
  const allowed = way === "sign" ? (["verify"] as const) : establishing;
  return await platformCrypto().importKey("spki", encodeSpki(publicKey), algorithm, true, allowed);
}

type Params = { readonly name: string } & Readonly<Record<string, unknown>>;

/** RSASSA-PSS as FIPS 186-5, 5.4: the salt is at most as long as the hash. */
function paramsOf({ algorithm: { name } }: CryptoKey): Params {
  if (name === "RSA-PSS") return { name, saltLength: 32 };
  return name === "ECDSA" ? { name, hash: "SHA-256" } : { name };
}

function want({ way }: SealedKey, ...ways: readonly Way["way"][]): void {
  if (!ways.includes(way)) throw new TypeError(`this key is not used to ${ways.join(" or ")} here`);
}

export async function sign(sealed: SealedKey, text: string): Promise<Bytes> {
  want(sealed, "sign");
  return new Uint8Array(await platformCrypto().sign(paramsOf(sealed.own), sealed.own, utf8(text)));
}

export async function verify(sealed: SealedKey, text: string, signature: Bytes): Promise<boolean> {
  want(sealed, "sign");
  return await platformCrypto().verify(paramsOf(sealed.own), sealed.other, signature.buffer, utf8(text));
}

/** What opens a message: for a secret key nothing, for a pair the other side's public key or the encapsulated secret. */
interface MessageKey {
  readonly key: CryptoKey;
  readonly opener: Bytes;
}

async function cipherKey(shared: ArrayBuffer): Promise<CryptoKey> {
  const { subtle } = crypto;
  const bytes = new Uint8Array(shared);
  try {
    const base = await subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
    const hkdf = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8("keywright console v1") };
    return await subtle.deriveKey(hkdf, base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  } finally {
    bytes.fill(0);
  }
}

/** To whoever holds the private key: by encapsulation, or by agreement with a key of this message alone. */
async function keyToSend({ way, own, other }: SealedKey): Promise<MessageKey> {
  if (way === "encrypt") return { key: own, opener: secretBytes(0) };
  const { algorithm } = own;
  const subtle = platformCrypto();
  if (own.usages.includes("deriveBits")) {
    const fresh = (await subtle.generateKey(algorithm, false, ["deriveBits"])) as CryptoKeyPair; // an agreement has pairs
    const shared = await subtle.deriveBits({ name: algorithm.name, public: other }, fresh.privateKey, 256);
    return { key: await cipherKey(shared), opener: new Uint8Array(await subtle.exportKey("raw", fresh.publicKey)) };
  }
  const { sharedKey, ciphertext } = await subtle.encapsulateBits({ name: algorithm.name }, other);
  return { key: await cipherKey(sharedKey), opener: new Uint8Array(ciphertext) };
}

async function keyToOpen({ way, own }: SealedKey, opener: Bytes): Promise<CryptoKey> {
  if (way === "encrypt") return own;
  const { algorithm } = own;
  const subtle = platformCrypto();
  if (!own.usages.includes("deriveBits")) {
    return await cipherKey(await subtle.decapsulateBits({ name: algorithm.name }, own, opener.buffer));
  }
  const peer = await subtle.importKey("raw", opener, algorithm, true, []);
  return await cipherKey(await subtle.deriveBits({ name: algorithm.name, public: peer }, own, 256));
}

/** Two bytes of length, what opens the message, the random IV, the ciphertext with its tag. */
export async function encrypt(sealed: SealedKey, text: string): Promise<Bytes> {
  want(sealed, "encrypt", "establish");
  const { key, opener } = await keyToSend(sealed);
  const iv = crypto.getRandomValues(secretBytes(IV_LEN));
  const body = await platformCrypto().encrypt({ name: key.algorithm.name, iv }, key, utf8(text));
  return concat(Uint8Array.of(opener.length >> 8, opener.length & 0xff), opener, iv, new Uint8Array(body));
}

/** The text, or undefined if the tag does not fit: not encrypted to this key, or changed since. */
export async function decrypt(sealed: SealedKey, message: Bytes): Promise<string | undefined> {
  want(sealed, "encrypt", "establish");
  const start = 2 + (((message[0] ?? 0) << 8) | (message[1] ?? 0));
  const iv = message.slice(start, start + IV_LEN);
  try {
    const key = await keyToOpen(sealed, message.slice(2, start));
    const body = message.slice(start + IV_LEN).buffer;
    return new TextDecoder().decode(await platformCrypto().decrypt({ name: key.algorithm.name, iv }, key, body));
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}

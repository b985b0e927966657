/**
 * Copies for recovery: a compact JWE (RFC 7516, 3.1) to a public key, whose plaintext is the key as JWK (RFC 7517, 7); by
 * RSA-OAEP-256 or ECDH-ES+A256KW (RFC 7518, 4.3 and 4.6), with A256GCM, all of it in Web Cryptography.
 *
 * The text of the JWK cannot be wiped; its bytes and the agreed secret are.
 */
import { base64urlnopad } from "@scure/base";
import { PrivateKey, PublicKey, readSecret, SecretKey } from "../algorithms/key.ts";
import { recoveryAlgOf } from "../algorithms/recovery.ts";
import { catalogue } from "../algorithms/registry.ts";
import type { WebCryptoParams } from "../algorithms/web-crypto.ts";
import { type Bytes, concat, copyBytes, secretBytes, utf8 } from "../bytes.ts";
import { decodeJwk, encodeJwk, jwkThumbprint } from "../encode/jwk.ts";
import { encodeSpki } from "../encode/spki.ts";
import { randomBytes } from "../entropy/random.ts";
import { KeygenError, quote } from "../errors.ts";
import { platformCrypto, runtimeName } from "./platform.ts";
import { type RecoveryFacts, RecoveryKey } from "./recovery-key.ts";

const RSA = "RSA-OAEP-256";
const ECDH = "ECDH-ES+A256KW";
const IV_LEN = 12;
const TAG_LEN = 16;

/**
 * A recovery key from its public JWK: RSA, P-256, P-384, P-521 or X25519. Its private half stays elsewhere.
 *
 * KeygenError "algorithm-unsupported" for a key of another kind, or one that this runtime does not take.
 */
export async function openRecovery(jwk: unknown): Promise<RecoveryKey> {
  const key = decodeJwk(jwk);
  if (!(key instanceof PublicKey)) {
    key.wipe();
    throw new RangeError(
      "the recovery key must be a public key: whoever makes keys has no business with its private half",
    );
  }
  const { kid, alg: stated, use } = jwk as { kid?: unknown; alg?: unknown; use?: unknown };
  const { kind, strengthBits } = catalogue[key.algorithm];
  const alg = kind === "rsa" ? RSA : ECDH;
  if (stated !== undefined && stated !== alg && !(kind !== "rsa" && stated === "ECDH-ES")) {
    throw new RangeError(`a ${key.algorithm} recovery key is used with ${alg}, its JWK says ${quote(stated)}`);
  }
  if (use !== undefined && use !== "enc") throw new RangeError("the use of a recovery key must be enc");
  checkOperations(jwk as { key_ops?: readonly string[] }, alg); // decodeJwk has looked at its form
  const params = paramsOf(key);
  const held = await take(key, params);
  const thumbprint = jwkThumbprint(key);
  const facts: RecoveryFacts = { thumbprint, algorithm: key.algorithm, strengthBits, alg, enc: "A256GCM" };
  const header = { alg, enc: "A256GCM", cty: "jwk+json", kid: typeof kid === "string" ? kid : thumbprint };
  const wrapKey = kind === "rsa" ? () => encrypted(held) : () => agreed(held, params);
  return new RecoveryKey(facts, async (secret, name) => await jwe(header, await wrapKey(), plaintextOf(secret, name)));
}

/** RFC 7517, 4.3: a public key of an agreement has no operation of its own; some write those of its private half. */
function checkOperations({ key_ops: listed }: { readonly key_ops?: readonly string[] }, alg: string): void {
  if (listed === undefined) return;
  const wanted = alg === RSA ? ["wrapKey", "encrypt"] : ["deriveKey", "deriveBits"];
  const isFit = alg === RSA ? listed.some((op) => wanted.includes(op)) : listed.every((op) => wanted.includes(op));
  if (!isFit) throw new RangeError(`the key_ops of a recovery key for ${alg} must be ${wanted.join(" or ")}`);
}

function paramsOf({ algorithm }: PublicKey): WebCryptoParams {
  const row = catalogue[algorithm];
  if (recoveryAlgOf(row) === undefined) {
    throw new KeygenError(
      "algorithm-unsupported",
      `a recovery key must be RSA, P-256, P-384, P-521 or X25519, got ${algorithm}`,
      { algorithm },
    );
  }
  if (row.kind === "rsa") return { name: "RSA-OAEP", hash: "SHA-256" };
  return row.kind === "okp" ? { name: algorithm } : { name: "ECDH", namedCurve: algorithm };
}

async function take(key: PublicKey, params: WebCryptoParams): Promise<CryptoKey> {
  const usages = params.name === "RSA-OAEP" ? (["wrapKey"] as const) : [];
  try {
    return await platformCrypto().importKey("spki", encodeSpki(key), params, true, usages);
  } catch (cause) {
    throw new KeygenError(
      "algorithm-unsupported",
      `Web Cryptography of ${runtimeName()} takes no such ${key.algorithm} key to wrap copies to`,
      { algorithm: key.algorithm },
      { cause },
    );
  }
}

/** Through a second name for its parts, since the encoders read no key that is not extractable. */
function plaintextOf(key: PrivateKey | SecretKey, kid: string): Bytes {
  const jwk =
    key instanceof PrivateKey
      ? encodeJwk(new PrivateKey(key.algorithm, readSecret(key), true), { kid })
      : encodeJwk(new SecretKey(key.algorithm, readSecret(key), true), { kid });
  return utf8(JSON.stringify(jwk));
}

/** The key that encrypts the content, and how the recipient gets it. */
interface ContentKey {
  readonly key: CryptoKey;
  readonly encryptedKey: ArrayBuffer;
  readonly epk?: object;
}

const contentParams: WebCryptoParams = { name: "AES-GCM", length: 256 };

async function contentKey(): Promise<CryptoKey> {
  return (await platformCrypto().generateKey(contentParams, true, ["encrypt"])) as CryptoKey; // AES has no pairs
}

async function encrypted(recipient: CryptoKey): Promise<ContentKey> {
  const key = await contentKey();
  return { key, encryptedKey: await platformCrypto().wrapKey("raw", key, recipient, { name: "RSA-OAEP" }) };
}

/** RFC 7518, 4.6: an agreement with a key of this message alone, and the Concat KDF of 4.6.2 with SHA-256. */
async function agreed(recipient: CryptoKey, params: WebCryptoParams): Promise<ContentKey> {
  const subtle = platformCrypto();
  const ephemeral = (await subtle.generateKey(params, false, ["deriveBits"])) as CryptoKeyPair; // an agreement has pairs
  const { kty, crv, x, y } = await subtle.exportKey("jwk", ephemeral.publicKey);
  const bits = params.namedCurve === "P-521" ? 528 : params.namedCurve === "P-384" ? 384 : 256; // of whole bytes
  const of = { name: params.name, public: recipient };
  const z = new Uint8Array(await subtle.deriveBits(of, ephemeral.privateKey, bits));
  // One round: 1, Z, AlgorithmID, no PartyUInfo, no PartyVInfo, and SuppPubInfo, the 256 bits wanted.
  const id = utf8(ECDH);
  const hashed = concat(uint32(1), z, uint32(id.length), id, uint32(0), uint32(0), uint32(256));
  let kek = secretBytes(0);
  try {
    kek = new Uint8Array(await subtle.digest("SHA-256", hashed));
    const wrapping = await subtle.importKey("raw", kek, { name: "AES-KW" }, false, ["wrapKey"]);
    const key = await contentKey();
    const encryptedKey = await subtle.wrapKey("raw", key, wrapping, { name: "AES-KW" });
    return { key, encryptedKey, epk: y === undefined ? { kty, crv, x } : { kty, crv, x, y } };
  } finally {
    for (const secret of [z, hashed, kek]) secret.fill(0);
  }
}

function uint32(value: number): Bytes {
  const bytes = secretBytes(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** RFC 7516, 5.1, steps 9 to 19. Wipes the plaintext. */
async function jwe(header: object, { key, encryptedKey, epk }: ContentKey, plaintext: Bytes): Promise<string> {
  try {
    const iv = randomBytes(IV_LEN);
    const head = base64urlnopad.encode(utf8(JSON.stringify(epk === undefined ? header : { ...header, epk })));
    const params = { name: "AES-GCM", iv, additionalData: utf8(head) };
    const sealed = new Uint8Array(await platformCrypto().encrypt(params, key, plaintext));
    const [text, tag] = [sealed.subarray(0, -TAG_LEN), sealed.subarray(-TAG_LEN)];
    const parts = [new Uint8Array(encryptedKey), iv, text, tag].map((part) => base64urlnopad.encode(copyBytes(part)));
    return [head, ...parts].join(".");
  } finally {
    plaintext.fill(0);
  }
}

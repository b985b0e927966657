/** Wrapping a key to the caller: a compact JWE (RFC 7516) whose plaintext is the key as JWK (RFC 7517, Section 7). */
import { CompactEncrypt, importJWK, type JWK } from "jose";
import * as v from "valibot";
import { badField } from "./problem.ts";

const base64url = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/, "base64url"), v.maxLength(2048));
const common = {
  kid: v.optional(v.pipe(v.string(), v.maxLength(256))),
  alg: v.optional(v.string()),
  use: v.optional(v.literal("enc")),
};

/** Public members only: a private one makes the schema refuse the whole. */
export const recipientSchema = v.variant("kty", [
  v.strictObject({ kty: v.literal("RSA"), n: base64url, e: base64url, ...common }),
  v.strictObject({
    kty: v.literal("EC"),
    crv: v.picklist(["P-256", "P-384", "P-521"]),
    x: base64url,
    y: base64url,
    ...common,
  }),
  v.strictObject({ kty: v.literal("OKP"), crv: v.literal("X25519"), x: base64url, ...common }),
]);

export type Recipient = v.InferOutput<typeof recipientSchema>;

/** SP 800-131A Rev. 2, Table 5: RSA-based key transport needs a modulus of at least 2048 bits. */
const MIN_RSA_BITS = 2048;

/** Encrypts the UTF-8 JSON of a key to one recipient. */
export type Wrap = (jwk: object) => Promise<string>;

/**
 * Imports the recipient, and wraps random bytes to it, before a key is made, so that one that cannot be used costs no key.
 * A256GCM encrypts the content; RSA-OAEP-256 or ECDH-ES+A256KW wraps its key.
 */
export async function openRecipient(recipient: Recipient): Promise<Wrap> {
  const alg = recipient.kty === "RSA" ? "RSA-OAEP-256" : "ECDH-ES+A256KW";
  if (recipient.alg !== undefined && recipient.alg !== alg) {
    throw badField("/recipient/alg", `a ${recipient.kty} recipient is used with ${alg}, not ${recipient.alg}`);
  }
  const key = await importRecipient(recipient, alg);
  const kid = recipient.kid === undefined ? {} : { kid: recipient.kid };
  const header = { alg, enc: "A256GCM", cty: "jwk+json", ...kid };
  const wrap = (plaintext: Uint8Array) => new CompactEncrypt(plaintext).setProtectedHeader(header).encrypt(key);
  try {
    await wrap(crypto.getRandomValues(new Uint8Array(32)));
  } catch {
    throw badField(`/recipient/${recipient.kty === "RSA" ? "n" : "x"}`, "nothing can be wrapped to this key");
  }
  return async (jwk) => {
    const plaintext = new TextEncoder().encode(JSON.stringify(jwk));
    try {
      return await wrap(plaintext);
    } finally {
      plaintext.fill(0);
    }
  };
}

async function importRecipient(recipient: Recipient, alg: string): Promise<CryptoKey> {
  let key: CryptoKey | Uint8Array;
  try {
    key = await importJWK(recipient as JWK, alg);
  } catch {
    throw badField("/recipient", `not a valid public ${recipient.kty} key`);
  }
  if (key instanceof Uint8Array) throw badField("/recipient", "a public key is wanted, not a secret one");
  const { modulusLength: bits = 0 } = key.algorithm as { modulusLength?: number };
  if (recipient.kty === "RSA" && bits < MIN_RSA_BITS) {
    throw badField("/recipient/n", `an RSA recipient needs a modulus of at least ${MIN_RSA_BITS} bits, got ${bits}`);
  }
  return key;
}

/** Wrapping a key to the caller: a compact JWE (RFC 7516) whose plaintext is the key as JWK (RFC 7517, Section 7). */
import { CompactEncrypt, importJWK, type JWK } from "jose";
import * as v from "valibot";
import { type AlgorithmName, decodeJwk, KeygenError, PublicKey } from "#keywright";
import { breaksByQuantum, recoveryAlgOf } from "../src/algorithms/recovery.ts";
import { type CatalogueName, catalogue } from "../src/algorithms/registry.ts";
import { badField, Problem } from "./problem.ts";

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

export interface OpenRecipient {
  /** Encrypts the UTF-8 JSON of a key. */
  wrap(jwk: object): Promise<string>;
  /** Of this key under this wrapping, in the form of the policy's. */
  readonly warnings: readonly object[];
}

/**
 * Imports the recipient, and wraps random bytes to it, before a key is made, so that one that cannot be used costs no key.
 * A256GCM encrypts the content; RSA-OAEP-256 or ECDH-ES+A256KW wraps its key.
 */
export async function openRecipient(recipient: Recipient, name: AlgorithmName): Promise<OpenRecipient> {
  const alg = recipient.kty === "RSA" ? "RSA-OAEP-256" : "ECDH-ES+A256KW";
  if (recipient.alg !== undefined && recipient.alg !== alg) {
    throw badField("/recipient/alg", `a ${recipient.kty} recipient is used with ${alg}, not ${recipient.alg}`);
  }
  const { algorithm } = readRecipient(recipient);
  refuseWeaker(algorithm, name);
  const key = await importRecipient(recipient, alg);
  const kid = recipient.kid === undefined ? {} : { kid: recipient.kid };
  const header = { alg, enc: "A256GCM", cty: "jwk+json", ...kid };
  const wrap = (plaintext: Uint8Array) => new CompactEncrypt(plaintext).setProtectedHeader(header).encrypt(key);
  try {
    await wrap(crypto.getRandomValues(new Uint8Array(32)));
  } catch {
    throw badField(`/recipient/${recipient.kty === "RSA" ? "n" : "x"}`, "nothing can be wrapped to this key");
  }
  return {
    async wrap(jwk) {
      const plaintext = new TextEncoder().encode(JSON.stringify(jwk));
      try {
        return await wrap(plaintext);
      } finally {
        plaintext.fill(0);
      }
    },
    warnings: [...warningsOf(algorithm, name)],
  };
}

/** By the rules of every public key that this library reads: sizes, exponents, points. */
function readRecipient(recipient: Recipient): PublicKey {
  try {
    const key = decodeJwk(recipient);
    if (key instanceof PublicKey) return key;
    key.wipe();
  } catch (error) {
    if (error instanceof KeygenError) throw badField("/recipient", error.message);
    throw error;
  }
  throw badField("/recipient", "a public key is wanted, not a private one");
}

/** What can be a recipient, weakest first within its kind. */
const recipients = (Object.keys(catalogue) as CatalogueName[]).filter(
  (name) => recoveryAlgOf(catalogue[name]) !== undefined,
);

/** The rules of a policy for copies hold here too: recovery-strength and, as a warning, recovery-quantum. */
const SOURCE = "this service; policies say the same of copies for recovery";

function refuseWeaker(recipient: CatalogueName, name: AlgorithmName): void {
  const { strengthBits } = catalogue[name];
  if (catalogue[recipient].strengthBits >= strengthBits) return;
  const fit = recipients.filter((candidate) => catalogue[candidate].strengthBits >= strengthBits);
  const use = fit.join(", ").replace(/, (?=[^,]+$)/, " or ");
  const why = `a key is as safe as what it is wrapped to: ${name} has ${strengthBits} bits of strength, the recipient's ${recipient} has ${catalogue[recipient].strengthBits}; use ${use}`;
  const broken = [{ id: "service/recipient-strength", source: SOURCE, state: "disallowed", why }];
  throw new Problem(403, why, { code: "policy-refused", broken, errors: [{ pointer: "/recipient", detail: why }] });
}

function* warningsOf(recipient: CatalogueName, name: AlgorithmName): Generator<object> {
  if (breaksByQuantum(catalogue[name])) return;
  const why = `${name} resists a quantum computer, and what is wrapped to ${recipient} does not`;
  yield { id: "service/recipient-quantum", source: SOURCE, state: "recommended-against", why };
}

async function importRecipient(recipient: Recipient, alg: string): Promise<CryptoKey> {
  let key: CryptoKey | Uint8Array;
  try {
    key = await importJWK(recipient as JWK, alg);
  } catch {
    throw badField("/recipient", `not a valid public ${recipient.kty} key`);
  }
  if (key instanceof Uint8Array) throw badField("/recipient", "a public key is wanted, not a secret one");
  return key;
}

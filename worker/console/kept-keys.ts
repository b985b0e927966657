/**
 * The keys that the page's worker holds, by the key ids of their records: the one that the page shows and, until the page took
 * it or threw it away, the one that is to follow it.
 */
import { base64urlnopad } from "@scure/base";
import {
  encodeJwk,
  encodePem,
  encodePkcs8,
  encodeRaw,
  KeygenError,
  type PrivateKey,
  type PublicKey,
  SecretKey,
} from "#keywright";
import { verifyRecord } from "#keywright/verify";
import { type Bytes, copyBytes, utf8 } from "../../src/bytes.ts";
import { digests } from "../../src/core/generated/digest.ts";
import type { Ask, Calls, Checked, UseAnswer } from "./messages.ts";
import { decrypt, encrypt, type Made, type SealedKey, sealMade, sign, verify } from "./seal.ts";

interface Kept {
  readonly key: PrivateKey | SecretKey | undefined;
  readonly publicKey: PublicKey | undefined;
  readonly policyDigest: string;
  readonly sealed: SealedKey | undefined;
}

const kept = new Map<string, Kept>();

/** Undefined of what stays in the browser's WebCrypto. */
export function ownKey(made: Made): PrivateKey | SecretKey | undefined {
  const key = "privateKey" in made ? made.privateKey : made.secretKey;
  return key instanceof CryptoKey ? undefined : key;
}

export async function keep(made: Made, ask: Ask): Promise<void> {
  kept.set(made.record.subject[0].name, {
    key: ownKey(made),
    publicKey: "publicKey" in made ? made.publicKey : undefined,
    sealed: ask.extractable === false ? await sealMade(made, ask) : undefined,
    policyDigest: made.record.predicate.decision.policy.digest,
  });
}

export function forget(keyId: string): void {
  kept.get(keyId)?.key?.wipe();
  kept.delete(keyId);
}

function keptAs(keyId: string): Kept {
  const found = kept.get(keyId);
  if (found === undefined) throw new KeygenError("key-wiped", "the key was wiped");
  return found;
}

export function reveal({ keyId, format }: Calls["reveal"]["ask"]): Bytes {
  const { key } = keptAs(keyId);
  if (key === undefined) throw new TypeError("this key stays in the browser's WebCrypto");
  if (format === "jwk") return utf8(JSON.stringify(encodeJwk(key), undefined, 2));
  if (key instanceof SecretKey) return encodeRaw(key);
  const der = encodePkcs8(key);
  try {
    return utf8(encodePem("PRIVATE KEY", der));
  } finally {
    der.fill(0);
  }
}

export async function check({ keyId, record }: Calls["check"]["ask"]): Promise<Checked> {
  const { key, publicKey, policyDigest, sealed } = keptAs(keyId);
  const secretKey = key instanceof SecretKey && sealed === undefined ? key : undefined;
  const verification = await verifyRecord(record, {
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(secretKey === undefined ? {} : { secretKey }),
    coreDigests: Object.values(digests),
    policyDigest,
  });
  const named = publicKey !== undefined ? ["the public key"] : secretKey !== undefined ? ["the secret key"] : [];
  return { verification, against: [...named, "the core that this page carries", "the policy in force"] };
}

export async function use({ keyId, ask }: Calls["use"]["ask"]): Promise<UseAnswer> {
  const { sealed } = keptAs(keyId);
  if (sealed === undefined) throw new TypeError("this key was not sealed");
  switch (ask.use) {
    case "sign":
      return { use: "sign", signature: base64urlnopad.encode(await sign(sealed, ask.text)) };
    case "verify":
      return { use: "verify", valid: await verify(sealed, ask.text, fromBase64url("signature", ask.signature)) };
    case "encrypt":
      return { use: "encrypt", ciphertext: base64urlnopad.encode(await encrypt(sealed, ask.text)) };
    case "decrypt":
      return { use: "decrypt", text: await decrypt(sealed, fromBase64url("ciphertext", ask.ciphertext)) };
  }
}

function fromBase64url(what: string, text: string): Bytes {
  try {
    return copyBytes(base64urlnopad.decode(text.trim()));
  } catch {
    throw new TypeError(`the ${what} must be base64url without padding`);
  }
}

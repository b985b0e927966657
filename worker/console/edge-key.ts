/**
 * A key from the edge API, wrapped to a recipient key of this one request. It stays wrapped here and is unwrapped anew
 * each time its user asks for it.
 */

import { compactDecrypt } from "jose";
import {
  type AlgorithmName,
  decodeJwk,
  encodeJwk,
  encodePem,
  encodePkcs8,
  encodeRaw,
  encodeSpki,
  PrivateKey,
  PublicKey,
  type SecretKey,
} from "#keywright";
import { readRecord, verifyRecord } from "#keywright/verify";
import { registry } from "../../src/algorithms/registry.ts";
import { wrappingCurve } from "../../src/algorithms/wrapping-curve.ts";
import { type Bytes, utf8 } from "../../src/bytes.ts";
import { digests } from "../../src/core/generated/digest.ts";
import type { KeyAnswer } from "./edge-client.ts";
import { sentence } from "./failure.ts";
import type { HeldKey } from "./held-key.ts";
import type { Checked, Format, PairAsk } from "./messages.ts";

/** ECDH, no weaker than the key that is asked for; the private half is not extractable and lives as long as the key is held. */
export function makeRecipient(algorithm: AlgorithmName): Promise<CryptoKeyPair> {
  const namedCurve = wrappingCurve(registry[algorithm]);
  return crypto.subtle.generateKey({ name: "ECDH", namedCurve }, false, ["deriveBits"]);
}

/** The public half as the API wants it: no member but those of a public key. */
export async function publicJwk({ publicKey }: CryptoKeyPair): Promise<object> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  return { kty, crv, x, y };
}

export interface Checks {
  /** Rejects if the halves do not belong together. */
  readonly checkPair: (ask: PairAsk) => Promise<void>;
  readonly policyDigest: () => string | undefined;
}

/** Unwraps once, so that an answer that cannot be unwrapped, or does not fit together, is told at once. */
export async function openAnswer(
  algorithm: AlgorithmName,
  { record, publicKey, wrapped, warnings }: KeyAnswer,
  recipient: CryptoKeyPair,
  { checkPair, policyDigest }: Checks,
): Promise<HeldKey> {
  const read = readRecord(record);
  if ("broken" in read) throw new Error(`the record of the answer cannot be read: ${read.broken[0]?.why ?? "unknown"}`);
  const publicHalf = publicKey === null ? undefined : readPublic(publicKey);
  let held: CryptoKey | undefined = recipient.privateKey;
  const withKey = async <T>(use: (key: PrivateKey | SecretKey) => T | Promise<T>): Promise<T> => {
    if (held === undefined) throw new Error("the key was wiped");
    const key = await unwrap(algorithm, wrapped, held);
    try {
      return await use(key);
    } finally {
      key.wipe();
    }
  };
  await withKey(async (key) => {
    const isPair = key instanceof PrivateKey;
    if (isPair !== (publicHalf !== undefined)) throw new Error("the answer's keys do not belong together");
    if (isPair && publicHalf !== undefined) await refuseStranger(key, publicHalf, checkPair);
    const { verification } = await check(JSON.stringify(record), key, publicHalf, undefined);
    // Another release's core and a clock that is behind are no fault of the key: the check tells of them.
    const said = verification.broken.filter(({ id }) => id !== "module" && id !== "future");
    if (said.length > 0) throw new Error(`the record does not fit its key: ${said.map(({ why }) => why).join("; ")}`);
  });
  return {
    algorithm,
    record: read.record,
    publicKey:
      publicHalf === undefined
        ? undefined
        : {
            pem: encodePem("PUBLIC KEY", encodeSpki(publicHalf)),
            jwk: JSON.stringify(encodeJwk(publicHalf), undefined, 2),
          },
    holder: [
      "Until you ask for it, it stays wrapped to a key of this page.",
      ...warnings.map(({ why }) => sentence(why)),
    ].join(" "),
    use: undefined,
    reveal: (format) => withKey((key) => encode(key, format)),
    check: (text) => withKey((key) => check(text, key, publicHalf, policyDigest())),
    forget: () => {
      held = undefined;
    },
  };
}

function readPublic(jwk: object): PublicKey {
  const key = decodeJwk(jwk);
  if (key instanceof PublicKey) return key;
  key.wipe();
  throw new Error("the answer has another key where its public key should be");
}

async function unwrap(
  algorithm: AlgorithmName,
  wrapped: string,
  recipient: CryptoKey,
): Promise<PrivateKey | SecretKey> {
  const { plaintext } = await compactDecrypt(wrapped, recipient, {
    keyManagementAlgorithms: ["ECDH-ES+A256KW"],
    contentEncryptionAlgorithms: ["A256GCM"],
  });
  try {
    const key = decodeJwk(JSON.parse(new TextDecoder().decode(plaintext)), { algorithm });
    if (!(key instanceof PublicKey)) return key;
    throw new Error("the answer wraps a public key");
  } finally {
    plaintext.fill(0);
  }
}

async function refuseStranger(key: PrivateKey, publicHalf: PublicKey, checkPair: Checks["checkPair"]): Promise<void> {
  const privateKey = utf8(JSON.stringify(encodeJwk(key)));
  try {
    await checkPair({ algorithm: key.algorithm, privateKey, publicKey: encodeJwk(publicHalf) });
  } finally {
    privateKey.fill(0);
  }
}

function encode(key: PrivateKey | SecretKey, format: Format): Bytes {
  if (format === "jwk")
    return utf8(JSON.stringify(key instanceof PrivateKey ? encodeJwk(key) : encodeJwk(key), undefined, 2));
  if (!(key instanceof PrivateKey)) return encodeRaw(key);
  const der = encodePkcs8(key);
  try {
    return utf8(encodePem("PRIVATE KEY", der));
  } finally {
    der.fill(0);
  }
}

async function check(
  record: string,
  key: PrivateKey | SecretKey,
  publicKey: PublicKey | undefined,
  policyDigest: string | undefined,
): Promise<Checked> {
  const verification = await verifyRecord(record, {
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(key instanceof PrivateKey ? {} : { secretKey: key }),
    ...(policyDigest === undefined ? {} : { policyDigest }),
    coreDigests: Object.values(digests),
  });
  const which = publicKey === undefined ? "the secret key" : "the public key";
  return {
    verification,
    against: [which, "the core of this page's release", ...(policyDigest === undefined ? [] : ["the policy in force"])],
  };
}

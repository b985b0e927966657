/** `keywright request`: a key from a Worker, wrapped to a recipient key that exists for this one request. */
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { isOctetKeyPair } from "../algorithms/algorithm.ts";
import { type PrivateKey, PublicKey, readSecret, SecretKey } from "../algorithms/key.ts";
import { type AlgorithmName, catalogue, registry } from "../algorithms/registry.ts";
import { wrappingCurve } from "../algorithms/wrapping-curve.ts";
import { decodeJwk } from "../encode/jwk.ts";
import { encodePkcs8 } from "../encode/pkcs8.ts";
import { encodeSpki } from "../encode/spki.ts";
import { KeygenError } from "../errors.ts";
import { openComplete } from "../index.ts";
import type { KeyRecord } from "../record/record.ts";
import { readRecord, type VerifyOptions, verifyRecord } from "../record/verify.ts";
import {
  askOptions,
  asksOf,
  makingOf,
  makingOptions,
  outputOptions,
  readAlgorithm,
  readArguments,
} from "./arguments.ts";
import { UsageError } from "./exit.ts";
import { type Made, readTargets, report, writeKey } from "./output.ts";
import { type Answer, askService, readToken, warningsOf } from "./service.ts";
import { serviceUrl } from "./service-url.ts";

/** The one way in which the key is asked for (RFC 7518, 4.6 and 5.3); an answer in another is refused. */
const KEY_WRAPPING = "ECDH-ES+A256KW";
const CONTENT_ENCRYPTION = "A256GCM";

export async function request(args: readonly string[]): Promise<number> {
  const { subject, values } = readArguments(args, "algorithm", {
    ...askOptions,
    ...makingOptions,
    ...outputOptions,
    url: { type: "string", default: "http://127.0.0.1:8787" },
  });
  const name = readAlgorithm(subject);
  const targets = readTargets(name, values);
  const url = serviceUrl(values.url, "/v1/keys");
  const token = readToken(process.env.KEYWRIGHT_TOKEN);
  const jose = await loadJose();
  const recipient = await jose.generateKeyPair(KEY_WRAPPING, { crv: wrappingCurve(registry[name]) });
  const { kty, crv, x, y } = await jose.exportJWK(recipient.publicKey);
  const wanted = { algorithm: name, ...asksOf(values), ...makingOf(values) };
  const answer = await askService(url, token, { ...wanted, recipient: { kty, crv, x, y } });
  const key = await unwrap(jose, answer.wrapped, recipient.privateKey, name);
  try {
    const made = { key, ...(await readPublicParts(answer, name, key)) };
    await writeKey(made, targets);
    report(made.record, targets, warningsOf(answer));
  } finally {
    key.wipe();
  }
  return 0;
}

/** jose is an optional peer: only this command needs it. */
async function loadJose() {
  try {
    return await import("jose");
  } catch {
    throw new UsageError("this command needs the package jose: npm install jose");
  }
}

/** The key of the answer. What was unwrapped is never quoted in an error, and is wiped. */
async function unwrap(
  { compactDecrypt }: typeof import("jose"),
  wrapped: string,
  recipient: CryptoKey,
  algorithm: AlgorithmName,
): Promise<PrivateKey | SecretKey> {
  const { plaintext } = await compactDecrypt(wrapped, recipient, {
    keyManagementAlgorithms: [KEY_WRAPPING],
    contentEncryptionAlgorithms: [CONTENT_ENCRYPTION],
  }).catch((cause: unknown) => {
    throw answerInvalid(`the key is not wrapped as ${KEY_WRAPPING} with ${CONTENT_ENCRYPTION} to this request`, cause);
  });
  try {
    // The core computes the public halves of keys that not every OpenSSL knows, and holds what is stated against them.
    const computed = isOctetKeyPair(catalogue[algorithm]) ? { complete: await openComplete() } : {};
    const key = decodeJwk(JSON.parse(new TextDecoder().decode(plaintext)), { algorithm, ...computed });
    if (!(key instanceof PublicKey)) return key;
  } catch {
    // Falls through: the words of a parser would quote the text, which is the key.
  } finally {
    plaintext.fill(0);
  }
  throw answerInvalid(`what was unwrapped is not an ${algorithm} key`);
}

/** The record and the public key, checked against the key: a service that mixes them up is told here. */
async function readPublicParts(
  answer: Answer,
  algorithm: AlgorithmName,
  key: PrivateKey | SecretKey,
): Promise<Omit<Made, "key">> {
  const read = readRecord(answer.record);
  if ("broken" in read) throw answerInvalid("there is no record with the key");
  const { record } = read;
  if (record.predicate.algorithm.name !== algorithm) {
    throw answerInvalid(`the record is about ${record.predicate.algorithm.name}, ${algorithm} was asked for`);
  }
  if (key instanceof SecretKey) {
    await checkRecord(record, { secretKey: key });
    return { record };
  }
  const publicKey = readPublicKey(answer.publicKey);
  if (!isPair(key, publicKey)) throw answerInvalid("the private key and the public key are not a pair");
  await checkRecord(record, { publicKey });
  return { record, publicKey };
}

function readPublicKey(jwk: unknown): PublicKey {
  if (jwk === null || jwk === undefined) throw answerInvalid("there is a private key without its public key");
  let key: ReturnType<typeof decodeJwk>;
  try {
    key = decodeJwk(jwk);
  } catch (cause) {
    throw answerInvalid("its public key cannot be read", cause);
  }
  if (key instanceof PublicKey) return key;
  key.wipe();
  throw answerInvalid(`its public key is a ${key.type} key`);
}

/**
 * Whether the halves belong together. Of RSA and EC keys OpenSSL says it: a signature of the one holds by the other. Of the
 * others the public half was computed when the private one was read.
 */
function isPair(privateKey: PrivateKey, publicKey: PublicKey): boolean {
  if (privateKey.algorithm !== publicKey.algorithm) return false;
  const parts = readSecret(privateKey);
  if (parts.kind === "octets") {
    const own = parts.octets.publicKey;
    return own !== undefined && publicKey.parts.kind === "octets" && Buffer.compare(own, publicKey.parts.octets) === 0;
  }
  const der = encodePkcs8(privateKey);
  const given = Buffer.from(encodeSpki(publicKey));
  try {
    const pkcs8 = Buffer.from(der.buffer, der.byteOffset, der.byteLength);
    const secret = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    const stated = createPublicKey(secret).export({ format: "der", type: "spki" });
    if (Buffer.compare(stated, given) !== 0) return false;
    const message = Buffer.from("keywright request: pairwise check");
    const spki = createPublicKey({ key: given, format: "der", type: "spki" });
    return verify("sha256", message, spki, sign("sha256", message, secret));
  } catch {
    return false; // OpenSSL refuses numbers that cannot be a key
  } finally {
    der.fill(0);
  }
}

async function checkRecord(record: KeyRecord, options: VerifyOptions): Promise<void> {
  const { consistent, broken } = await verifyRecord(record, options);
  if (!consistent) throw answerInvalid(`the record does not fit the key: ${broken.map(({ why }) => why).join("; ")}`);
}

function answerInvalid(what: string, cause?: unknown): KeygenError {
  return new KeygenError("record-invalid", `the answer of the service is wrong: ${what}`, {}, { cause });
}

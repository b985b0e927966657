/** `keywright verify`: what a record holds, checked without the core and without the private key. */
import { isKeyPair } from "../algorithms/algorithm.ts";
import type { PublicKey, SecretKey } from "../algorithms/key.ts";
import { isAlgorithmName, registry } from "../algorithms/registry.ts";
import { decodeJwk } from "../encode/jwk.ts";
import { decodePem } from "../encode/pem.ts";
import { decodeRaw } from "../encode/raw.ts";
import { decodeSpki } from "../encode/spki.ts";
import { parsePolicy, policyFromProfile } from "../policy/policy.ts";
import { isProfileName } from "../policy/profiles.ts";
import { readRecord, UNSIGNED, verifyRecord } from "../record/verify.ts";
import { parseJson, readArguments, readBytes, readPolicy, readText } from "./arguments.ts";
import { UsageError } from "./exit.ts";
import { print } from "./stdout.ts";
import { visible, visibleJson } from "./visible.ts";

export async function verify(args: readonly string[]): Promise<number> {
  const { subject, values } = readArguments(args, "record", {
    "public-key": { type: "string" },
    "secret-key": { type: "string" },
    "core-digest": { type: "string", multiple: true },
    policy: { type: "string" },
    "allow-unsigned": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  });
  const coreDigests = readDigests(values["core-digest"]);
  const text = readText(subject, "record");
  const secretKey = values["secret-key"];
  const publicKey = values["public-key"];
  const result = await verifyRecord(text, {
    ...(publicKey === undefined ? {} : { publicKey: readPublicKey(publicKey) }),
    ...(secretKey === undefined ? {} : { secretKey: readSecretKey(secretKey, text) }),
    ...(coreDigests === undefined ? {} : { coreDigests }),
    ...(values.policy === undefined ? {} : { policyDigest: policyDigestOf(values.policy) }),
  });
  const words = result.consistent
    ? [UNSIGNED]
    : ["not consistent", ...result.broken.map(({ id, why }) => `  ${visible(id)}: ${visible(why)}`)];
  await print(`${values.json ? visibleJson(result) : words.join("\n")}\n`);
  if (!result.consistent) return 1;
  if (publicKey === undefined && secretKey === undefined) {
    process.stderr.write("keywright: no key was compared with the record: --public-key or --secret-key does that\n");
  }
  if (values["allow-unsigned"]) return 0;
  process.stderr.write("keywright: the record is not signed; --allow-unsigned accepts that\n");
  return 1;
}

/** Before the record is read: what is wrong with the call is told whatever the record holds. */
function readDigests(given: readonly string[] | undefined): readonly string[] | undefined {
  if (given?.every((digest) => /^(?:sha256:)?[0-9a-f]{64}$/i.test(digest)) === false) {
    throw new UsageError(
      "--core-digest must be sha256: and 64 hex digits, or the digits alone as sha256sum prints them",
    );
  }
  return given;
}

function policyDigestOf(value: string): string {
  const policy = readPolicy(value);
  return (isProfileName(policy) ? policyFromProfile(policy) : parsePolicy(policy)).digest;
}

function readPublicKey(path: string): PublicKey {
  const bytes = readBytes(path, "public key");
  const text = bytes.toString("utf8");
  if (text.trimStart().startsWith("{")) {
    const key = decodeJwk(parseJson(text, path, "public key"));
    if (key.type !== "public") throw new UsageError(`${path} holds a ${key.type} key, a public key was wanted`);
    return key;
  }
  return decodeSpki(text.includes("-----BEGIN") ? decodePem(text, "PUBLIC KEY").der : bytes);
}

/** A secret key often does not say what it is for; the record does. */
function readSecretKey(path: string, recordText: string): SecretKey {
  const bytes = readBytes(path, "secret key");
  const read = readRecord(recordText);
  if ("broken" in read) throw new UsageError("the record cannot be read, so the kind of the secret key is not known");
  const { name } = read.record.predicate.algorithm;
  if (!isAlgorithmName(name)) throw new UsageError(`the record names an algorithm that is not known here: ${name}`);
  const row = registry[name];
  if (isKeyPair(row)) throw new UsageError(`the record names a key pair (${name}): --public-key checks it`);
  // By its length, not by its first byte: a raw key may begin as JSON does, and no JWK is as short as the key in it.
  const text = bytes.toString("utf8");
  if (bytes.length === row.keyLen || !text.trimStart().startsWith("{")) return decodeRaw(name, bytes);
  const key = decodeJwk(parseJson(text, path, "secret key"), { algorithm: name });
  if (key.type !== "secret") throw new UsageError(`${path} holds a ${key.type} key, a secret key was wanted`);
  return key;
}

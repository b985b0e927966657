/**
 * How a key is finished, whoever made it and however: the key objects, what names the key, and its record. A key whose
 * record cannot be made does not leave, and does not stay.
 */
import { hex } from "@scure/base";
import type { Algorithm } from "./algorithms/algorithm.ts";
import { PrivateKey, PublicKey, SecretKey } from "./algorithms/key.ts";
import type { AlgorithmName } from "./algorithms/registry.ts";
import { findSeedScheme } from "./algorithms/seed-schemes.ts";
import { utf8 } from "./bytes.ts";
import { hash } from "./core/hash.ts";
import { hmac } from "./core/hmac.ts";
import { type Common, type CoreCommon, commonOf, type Desk, type States } from "./desk.ts";
import { encodeSpki } from "./encode/spki.ts";
import type { Made, MadePair, MadeSecret } from "./generate/makers.ts";
import { defined, type GeneratedPair, type GeneratedSecret, type KeptPair, type KeptSecret } from "./options.ts";
import type { Kept } from "./platform/generate.ts";
import { KEY_ID_LEN, keyId } from "./record/describe.ts";
import { hasCheckValue, KCV_SALT_LEN, keyCheckValue } from "./record/kcv.ts";
import {
  buildRecord,
  type KeyRecord,
  type PlatformRecord,
  type Predicate,
  type SubjectDigest,
} from "./record/record.ts";
import { type RecoveryKey, wrapCopy } from "./seal/recovery-key.ts";
import { rngOf } from "./testify.ts";

/** A finished key with its record, whoever made it and whoever holds it. */
export type Finished = GeneratedPair<KeyRecord> | GeneratedSecret<KeyRecord> | KeptPair | KeptSecret;

export function finish(desk: Desk, row: Algorithm, made: Made | Kept, states: States): Finished {
  if (made.kind === "kept-pair" || made.kind === "kept-secret") return finishKept(desk, row, made, states);
  return made.kind === "pair" ? finishPair(desk, row, made, states) : finishSecret(desk, row, made, states);
}

/** The key stays where it is; of a secret key there are no bytes to name it by but those of its id. */
function finishKept(desk: Desk, row: Algorithm, made: Kept, states: States): KeptPair | KeptSecret {
  if (made.kind === "kept-secret") {
    return { secretKey: made.secretKey, record: recordOf(desk, row, undefined, states) as PlatformRecord };
  }
  const publicKey = new PublicKey(row.name as AlgorithmName, made.publicParts); // rows come from the registry
  const record = recordOf(desk, row, digestOf(desk, publicKey), states) as PlatformRecord; // the core keeps nothing
  return { publicKey, privateKey: made.privateKey, record };
}

function finishSecret(desk: Desk, row: Algorithm, { raw }: MadeSecret, states: States): GeneratedSecret<KeyRecord> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const secretKey = new SecretKey(name, { kind: "raw", raw }, states.request.extractable === true);
  return orWipe(secretKey, () => {
    if (!hasCheckValue(states.seed?.origin)) return { secretKey, record: recordOf(desk, row, undefined, states) };
    const salt = randomFor(desk, states, KCV_SALT_LEN);
    const check = keyCheckValue((key, message) => hmac(desk.core, "SHA-256", key, message), raw, salt, name);
    const digest = { keywrightKcv1: hex.encode(check) };
    return { secretKey, record: recordOf(desk, row, digest, states, { kcvSalt: hex.encode(salt) }) };
  });
}

function finishPair(desk: Desk, row: Algorithm, made: MadePair, states: States): GeneratedPair<KeyRecord> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const privateKey = new PrivateKey(name, made.privateParts, states.request.extractable === true);
  return orWipe(privateKey, () => {
    const publicKey = new PublicKey(name, made.publicParts);
    return { publicKey, privateKey, record: recordOf(desk, row, digestOf(desk, publicKey), states) };
  });
}

/** `digest`: what names the key; without one, its id alone. */
function recordOf(
  desk: Desk,
  row: Algorithm,
  digest: SubjectDigest | undefined,
  states: States,
  extra: Pick<Predicate, "kcvSalt"> = {},
): KeyRecord {
  const { request, requestedAt, seed, combination, recovery } = states;
  const { purpose, classification, protectUntil } = request;
  const { environment, tenant, scope } = desk.owner;
  const id = keyId(randomFor(desk, states, KEY_ID_LEN));
  return buildRecord(id, digest ?? { keywrightKeyId: sha256(desk, utf8(id)) }, {
    ...commonIn(desk, row, states),
    ...(seed === undefined
      ? {}
      : { seed: { ...seed, assertedBy: "caller", standard: findSeedScheme(seed.scheme).standard } }),
    environment,
    tenant,
    scope,
    ...defined({ combination, purpose, classification, protectUntil, recovery }),
    requestedAt,
    generatedAt: desk.now().toISOString(),
    ...extra,
  });
}

/** Random bytes that the record tells. */
function randomFor(desk: Desk, { group }: States, length: number): Uint8Array {
  return group === undefined ? desk.random(length) : group.random(length);
}

/** Records of a group share what they have in common, so nobody may change it in one of them. */
function commonIn(desk: Desk, row: Algorithm, states: States): Common {
  const { group } = states;
  if (group === undefined) return commonOf(desk, row, states);
  group.common ??= freeze(commonOf(desk, row, states) as CoreCommon); // groups are of the core
  return { ...group.common, rng: rngOf(desk, group.keys) };
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

function sha256({ core }: Desk, bytes: Uint8Array): string {
  return hex.encode(hash(core, "SHA-256", bytes));
}

function digestOf(desk: Desk, publicKey: PublicKey): SubjectDigest {
  return { sha256: sha256(desk, encodeSpki(publicKey)) };
}

function orWipe<T>(key: { wipe(): void }, finish: () => T): T {
  try {
    return finish();
  } catch (error) {
    key.wipe();
    throw error;
  }
}

/** With the copy that is wrapped to `recovery`, where there is one. Without the copy the key does not leave either: nobody could have it again. */
export async function withCopy(made: Finished, recovery: RecoveryKey | undefined): Promise<Finished> {
  if (recovery === undefined) return made;
  const key = "privateKey" in made ? made.privateKey : made.secretKey;
  if (!("wipe" in key)) throw new TypeError("a key that never leaves the platform has no copy");
  try {
    return { ...made, wrapped: await wrapCopy(recovery, key, made.record.subject[0].name) };
  } catch (error) {
    key.wipe();
    throw error;
  }
}

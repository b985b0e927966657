/**
 * How a key is finished, whoever made it and however: the key objects, what names the key, and its record. A key whose
 * record cannot be made does not leave, and does not stay.
 */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Algorithm } from "./algorithms/algorithm.ts";
import { PrivateKey, PublicKey, SecretKey } from "./algorithms/key.ts";
import type { AlgorithmName } from "./algorithms/registry.ts";
import { findSeedScheme } from "./algorithms/seed-schemes.ts";
import { utf8 } from "./bytes.ts";
import { manySha256Hex, sha256Hex } from "./core/hash.ts";
import { hmac } from "./core/hmac.ts";
import { type CoreShared, commonOf, type Desk, type Shared, type States } from "./desk.ts";
import { spkiPieces } from "./encode/spki.ts";
import type { Made, MadePair, MadeSecret } from "./generate/made.ts";
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

/** The same for up to 16 keys that were made together: what names pairs is computed at once. */
export function finishTogether(desk: Desk, row: Algorithm, made: readonly Made[], states: States): Finished[] {
  const spkis = made.flatMap((each) => (each.kind === "pair" ? [spkiOf(row, each)] : []));
  const digests = manySha256Hex(desk.core, spkis);
  return made.map((each, i) =>
    each.kind === "pair" ? finishPair(desk, row, each, states, digests[i]) : finish(desk, row, each, states),
  );
}

/** The key stays where it is; of a secret key there are no bytes to name it by but those of its id. */
function finishKept(desk: Desk, row: Algorithm, made: Kept, states: States): KeptPair | KeptSecret {
  if (made.kind === "kept-secret") {
    return { secretKey: made.secretKey, record: recordOf(desk, row, undefined, states) as PlatformRecord };
  }
  const publicKey = new PublicKey(row.name as AlgorithmName, made.publicParts); // rows come from the registry
  const sha256 = sha256Hex(desk.core, ...spkiOf(row, made));
  const record = recordOf(desk, row, { sha256 }, states) as PlatformRecord; // the core keeps nothing
  return { publicKey, privateKey: made.privateKey, record };
}

function finishSecret(desk: Desk, row: Algorithm, { raw }: MadeSecret, states: States): GeneratedSecret<KeyRecord> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const secretKey = new SecretKey(name, { kind: "raw", raw }, states.request.extractable === true);
  return orWipeKey(secretKey, () => {
    if (!hasCheckValue(states.seed?.origin)) return { secretKey, record: recordOf(desk, row, undefined, states) };
    const salt = randomFor(desk, states, KCV_SALT_LEN);
    const check = keyCheckValue((key, message) => hmac(desk.core, "SHA-256", key, message), raw, salt, name);
    const digest = { keywrightKcv1: bytesToHex(check) };
    return { secretKey, record: recordOf(desk, row, digest, states, { kcvSalt: bytesToHex(salt) }) };
  });
}

function finishPair(
  desk: Desk,
  row: Algorithm,
  made: MadePair,
  states: States,
  digest?: string,
): GeneratedPair<KeyRecord> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const privateKey = new PrivateKey(name, made.privateParts, states.request.extractable === true);
  return orWipeKey(privateKey, () => {
    const publicKey = new PublicKey(name, made.publicParts);
    const sha256 = digest ?? sha256Hex(desk.core, ...spkiOf(row, made));
    return { publicKey, privateKey, record: recordOf(desk, row, { sha256 }, states) };
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
  const id = keyId(randomFor(desk, states, KEY_ID_LEN));
  const generatedAt = desk.now().toISOString();
  return buildRecord(id, digest ?? { keywrightKeyId: sha256Hex(desk.core, utf8(id)) }, {
    ...sharedIn(desk, row, states),
    generatedAt,
    ...extra,
  });
}

/** All of a record but what is one key's own. */
function shared(desk: Desk, row: Algorithm, states: States): Shared {
  const { request, requestedAt, seed, combination, recovery } = states;
  const { purpose, classification, protectUntil } = request;
  const { environment, tenant, scope } = desk.owner;
  return {
    ...commonOf(desk, row, states),
    ...(seed === undefined
      ? {}
      : { seed: { ...seed, assertedBy: "caller", standard: findSeedScheme(seed.scheme).standard } }),
    environment,
    tenant,
    scope,
    ...defined({ combination, purpose, classification, protectUntil, recovery }),
    requestedAt,
  };
}

/** Random bytes that the record tells. */
function randomFor(desk: Desk, { group }: States, length: number): Uint8Array {
  return group === undefined ? desk.random(length) : group.random(length);
}

/** Records of keys that were made together share what they have in common, so nobody may change it in one of them. */
function sharedIn(desk: Desk, row: Algorithm, states: States): Shared {
  const { group } = states;
  if (group === undefined) return shared(desk, row, states);
  if (group.shared === undefined) {
    const common = shared(desk, row, states) as CoreShared; // groups are of the core
    group.shared = freeze({ ...common, rng: rngOf(desk, group.keys) });
  }
  return group.shared;
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

function spkiOf({ name }: Algorithm, { publicParts: parts }: Pick<MadePair, "publicParts">): readonly Uint8Array[] {
  return spkiPieces({ algorithm: name as AlgorithmName, parts }); // rows come from the registry
}

function orWipeKey<T>(key: { wipe(): void }, finish: () => T): T {
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

/**
 * How a key is finished, whoever made it and however: the key objects, what names the key, and its record. A key whose
 * record cannot be made does not leave, and does not stay.
 */
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Algorithm, isKeyPair } from "./algorithms/algorithm.ts";
import { PrivateKey, PublicKey, SecretKey } from "./algorithms/key.ts";
import type { AlgorithmName } from "./algorithms/registry.ts";
import { findSeedScheme } from "./algorithms/seed-schemes.ts";
import { utf8 } from "./bytes.ts";
import { sha256Hex } from "./core/hash.ts";
import { hmac } from "./core/hmac.ts";
import { type CoreShared, commonOf, type Desk, type Shared, type States } from "./desk.ts";
import { spkiOf } from "./encode/spki.ts";
import { type Made, type MadePair, type MadeSecret, wipeMade } from "./generate/made.ts";
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

/** A key that is made here is wiped if it cannot be finished. */
export function finish(desk: Desk, row: Algorithm, made: Made | Kept, states: States): Finished {
  if (made.kind === "kept-pair" || made.kind === "kept-secret") return finishKept(desk, row, made, states);
  return finishTogether(desk, row, [made], states)[0] as Finished; // one for each
}

/** The same of up to 16 keys that were made together: all of them are finished, or wiped. What names pairs is computed at once. */
export function finishTogether(desk: Desk, row: Algorithm, made: readonly Made[], states: States): Finished[] {
  try {
    if (!isKeyPair(row)) return made.map((each) => finishSecret(desk, row, each as MadeSecret, states));
    const pairs = made as readonly MadePair[]; // as the row says
    const digests = digestsOf(desk, row, pairs);
    return pairs.map((pair, i) => finishPair(desk, row, pair, states, digests[i] as SubjectDigest)); // one for each
  } catch (error) {
    for (const each of made) wipeMade(each);
    throw error;
  }
}

/** The key stays where it is; of a secret key there are no bytes to name it by but those of its id. */
function finishKept(desk: Desk, row: Algorithm, made: Kept, states: States): KeptPair | KeptSecret {
  if (made.kind === "kept-secret") {
    return { secretKey: made.secretKey, record: recordOf(desk, row, undefined, states) as PlatformRecord };
  }
  const publicKey = new PublicKey(row.name as AlgorithmName, made.publicParts); // rows come from the registry
  const [digest] = digestsOf(desk, row, [made]);
  const record = recordOf(desk, row, digest, states) as PlatformRecord; // the core keeps nothing
  return { publicKey, privateKey: made.privateKey, record };
}

function finishSecret(desk: Desk, row: Algorithm, { raw }: MadeSecret, states: States): GeneratedSecret<KeyRecord> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const secretKey = new SecretKey(name, { kind: "raw", raw }, states.request.extractable === true);
  if (!hasCheckValue(states.seed?.origin)) return { secretKey, record: recordOf(desk, row, undefined, states) };
  const salt = randomFor(desk, states, KCV_SALT_LEN);
  const check = keyCheckValue((key, message) => hmac(desk.core, "SHA-256", key, message), raw, salt, name);
  const digest = { keywrightKcv1: bytesToHex(check) };
  return { secretKey, record: recordOf(desk, row, digest, states, { kcvSalt: bytesToHex(salt) }) };
}

function finishPair(
  desk: Desk,
  row: Algorithm,
  made: MadePair,
  states: States,
  digest: SubjectDigest,
): GeneratedPair<KeyRecord> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const privateKey = new PrivateKey(name, made.privateParts, states.request.extractable === true);
  const publicKey = new PublicKey(name, made.publicParts);
  return { publicKey, privateKey, record: recordOf(desk, row, digest, states) };
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
  return buildRecord(id, digest ?? { keywrightKeyId: sha256Hex(desk.core, [utf8(id)])[0] as string }, {
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

/** What names public keys. */
function digestsOf({ core }: Desk, { name }: Algorithm, keys: readonly Pick<MadePair, "publicParts">[]) {
  const spkis = keys.map(({ publicParts: parts }) => spkiOf({ algorithm: name as AlgorithmName, parts }));
  return sha256Hex(core, spkis).map((sha256) => ({ sha256 }));
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

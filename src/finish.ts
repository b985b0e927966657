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
import { type Common, commonOf, type Desk, rngOf, type States } from "./desk.ts";
import { encodeSpki } from "./encode/spki.ts";
import type { Made, MadePair, MadeSecret } from "./generate/makers.ts";
import { defined, type GeneratedPair, type GeneratedSecret } from "./options.ts";
import { keyId } from "./record/describe.ts";
import { hasCheckValue, KCV_SALT_LEN, keyCheckValue } from "./record/kcv.ts";
import { buildRecord, type KeyRecord, type Predicate, type SubjectDigest } from "./record/record.ts";

export function finish(desk: Desk, row: Algorithm, made: Made, states: States): GeneratedPair | GeneratedSecret {
  return made.kind === "pair" ? finishPair(desk, row, made, states) : finishSecret(desk, row, made, states);
}

function finishSecret(desk: Desk, row: Algorithm, { raw }: MadeSecret, states: States): GeneratedSecret {
  const name = row.name as AlgorithmName; // rows come from the registry
  const secretKey = new SecretKey(name, { kind: "raw", raw }, states.request.extractable === true);
  return orWipe(secretKey, () => {
    if (!hasCheckValue(states.seed?.origin)) {
      return { secretKey, record: recordOf(desk, row, undefined, states, {}) };
    }
    const salt = desk.random(KCV_SALT_LEN);
    const check = keyCheckValue((key, message) => hmac(desk.core, "SHA-256", key, message), raw, salt, name);
    const digest = { keywrightKcv1: hex.encode(check) };
    return { secretKey, record: recordOf(desk, row, digest, states, { kcvSalt: hex.encode(salt) }) };
  });
}

function finishPair(desk: Desk, row: Algorithm, made: MadePair, states: States): GeneratedPair {
  const name = row.name as AlgorithmName; // rows come from the registry
  const privateKey = new PrivateKey(name, made.privateParts, states.request.extractable === true);
  return orWipe(privateKey, () => {
    const publicKey = new PublicKey(name, made.publicParts);
    const digest = { sha256: digestOf(desk, encodeSpki(publicKey)) };
    return { publicKey, privateKey, record: recordOf(desk, row, digest, states, {}) };
  });
}

function recordOf(
  desk: Desk,
  row: Algorithm,
  digest: SubjectDigest | undefined,
  states: States,
  extra: Pick<Predicate, "kcvSalt">,
): KeyRecord {
  const { request, requestedAt, seed, combination, group } = states;
  const { purpose, classification, protectUntil } = request;
  const { environment, tenant, scope } = desk.owner;
  const id = keyId(desk.random(16));
  return buildRecord(id, digest ?? { keywrightKeyId: digestOf(desk, utf8(id)) }, {
    ...commonIn(desk, row, states),
    rng: rngOf(desk, group),
    ...(seed === undefined
      ? {}
      : { seed: { ...seed, assertedBy: "caller", standard: findSeedScheme(seed.scheme).standard } }),
    environment,
    tenant,
    scope,
    ...defined({ combination, purpose, classification, protectUntil }),
    requestedAt,
    generatedAt: desk.now().toISOString(),
    ...extra,
  });
}

/** Records of a group share what they have in common, so nobody may change it in one of them. */
function commonIn(desk: Desk, row: Algorithm, states: States): Common {
  const { group } = states;
  if (group === undefined) return commonOf(desk, row, states);
  group.common ??= freeze(commonOf(desk, row, states));
  return group.common;
}

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}

function digestOf({ core }: Desk, bytes: Uint8Array): string {
  return hex.encode(hash(core, "SHA-256", bytes));
}

function orWipe<T>(key: { wipe(): void }, finish: () => T): T {
  try {
    return finish();
  } catch (error) {
    key.wipe();
    throw error;
  }
}

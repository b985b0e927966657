/**
 * How a key is finished, whoever made it and however: the key objects, what names the key, and its record. A key whose
 * record cannot be made does not leave, and does not stay.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "@scure/base";
import type { Algorithm } from "./algorithms/algorithm.ts";
import { PrivateKey, PublicKey, SecretKey } from "./algorithms/key.ts";
import type { AlgorithmName } from "./algorithms/registry.ts";
import { type Bytes, utf8 } from "./bytes.ts";
import { encodeSpki } from "./encode/spki.ts";
import type { Made, MadePair, MadeSecret } from "./generate/makers.ts";
import type { CompleteRsaWish } from "./generate/rsa-method.ts";
import { defined, type GeneratedPair, type GeneratedSecret, type KeptPair, type KeptSecret } from "./options.ts";
import type { Kept } from "./platform/generate.ts";
import type { PlatformTest } from "./platform/pairwise.ts";
import type { Decision } from "./policy/decide.ts";
import type { PolicyRequest } from "./policy/request.ts";
import { describeAlgorithm, describePlatform, keyId } from "./record/describe.ts";
import { type Hmac, KCV_SALT_LEN, keyCheckValue } from "./record/kcv.ts";
import {
  buildRecord,
  claimsFor,
  type KeyRecord,
  type PlatformRecord,
  type Predicate,
  type SubjectDigest,
} from "./record/record.ts";
import { type RecoveryFacts, type RecoveryKey, wrapCopy } from "./seal/recovery-key.ts";
import type { Testimony } from "./testify.ts";

/** A request on its way to a key, and what was decided of it. */
export interface States {
  readonly requestedAt: string;
  readonly request: PolicyRequest;
  readonly decision: Decision;
  /** How the primes are made, should it be an RSA key. */
  readonly making: CompleteRsaWish;
  /** The key that a copy is wrapped to, and how. */
  readonly recovery?: RecoveryFacts;
  /** What the platform tested: of its own key, or of a pair of the core. */
  readonly tested?: PlatformTest;
}

/** A finished key with its record, whoever made it and whoever holds it. */
export type Finished = GeneratedPair<KeyRecord> | GeneratedSecret<KeyRecord> | KeptPair | KeptSecret;

/** What finishing takes of the instance that the key was made in. */
export interface Desk {
  /** Whose instance it is. */
  readonly owner: Pick<Predicate, "environment" | "tenant" | "scope">;
  /** Random bytes of the generator; throws once the instance is closed. */
  random(length: number): Bytes;
  readonly hmacSha256: Hmac;
  now(): Date;
  /** Asked when the key is named: what was drawn for that counts too. */
  testify(row: Algorithm, states: States): Testimony;
}

export function finish(desk: Desk, row: Algorithm, made: Made | Kept, states: States): Finished {
  if (made.kind === "kept-pair" || made.kind === "kept-secret") return finishKept(desk, row, made, states);
  return made.kind === "pair" ? finishPair(desk, row, made, states) : finishSecret(desk, row, made, states);
}

/** The key stays where it is; of a secret key there are no bytes to name it by but those of its id. */
function finishKept(desk: Desk, row: Algorithm, made: Kept, states: States): KeptPair | KeptSecret {
  const id = keyId(desk.random(16));
  if (made.kind === "kept-secret") {
    const digest = { keywrightKeyId: hex.encode(sha256(utf8(id))) };
    return { secretKey: made.secretKey, record: recordOf(desk, row, id, digest, states) as PlatformRecord };
  }
  const publicKey = new PublicKey(row.name as AlgorithmName, made.publicParts); // rows come from the registry
  const record = recordOf(desk, row, id, digestOf(publicKey), states) as PlatformRecord; // the core seals nothing
  return { publicKey, privateKey: made.privateKey, record };
}

function digestOf(publicKey: PublicKey): SubjectDigest {
  return { sha256: hex.encode(sha256(encodeSpki(publicKey))) };
}

function finishSecret(desk: Desk, row: Algorithm, { raw }: MadeSecret, states: States): GeneratedSecret<KeyRecord> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const secretKey = new SecretKey(name, { kind: "raw", raw }, states.request.extractable === true);
  return orWipe(secretKey, () => {
    const salt = desk.random(KCV_SALT_LEN);
    const check = keyCheckValue(desk.hmacSha256, raw, salt, name);
    const digest = { keywrightKcv1: hex.encode(check) };
    const record = recordOf(desk, row, keyId(desk.random(16)), digest, states, { kcvSalt: hex.encode(salt) });
    return { secretKey, record };
  });
}

function finishPair(desk: Desk, row: Algorithm, made: MadePair, states: States): GeneratedPair<KeyRecord> {
  const name = row.name as AlgorithmName; // rows come from the registry
  const privateKey = new PrivateKey(name, made.privateParts, states.request.extractable === true);
  return orWipe(privateKey, () => {
    const publicKey = new PublicKey(name, made.publicParts);
    const record = recordOf(desk, row, keyId(desk.random(16)), digestOf(publicKey), states);
    return { publicKey, privateKey, record };
  });
}

function recordOf(
  desk: Desk,
  row: Algorithm,
  id: string,
  digest: SubjectDigest,
  states: States,
  extra: Pick<Predicate, "kcvSalt"> = {},
): KeyRecord {
  const { decision, request, requestedAt, making, recovery } = states;
  const testimony = desk.testify(row, states);
  const { purpose, classification, protectUntil } = request;
  const { environment, tenant, scope } = desk.owner;
  return buildRecord(id, digest, {
    algorithm:
      testimony.provider === "core"
        ? describeAlgorithm(row, making)
        : describePlatform(row, making.publicExponent, testimony.checked),
    ...testimony,
    decision: {
      allowed: true,
      policy: decision.policy,
      warnings: [...decision.warnings],
      obligations: [...decision.obligations],
    },
    environment,
    tenant,
    scope,
    ...defined({ purpose, classification, protectUntil, recovery }),
    requestedAt,
    generatedAt: desk.now().toISOString(),
    ...extra,
    claims: claimsFor(row, testimony.provider),
  });
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

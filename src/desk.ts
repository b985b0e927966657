/** What an instance is asked and what it states of itself: to the policy when a key is asked for, and in the record when it is made. */
import type { Algorithm } from "./algorithms/algorithm.ts";
import { inDetKeygen, SEEDED_DRBG_HASH, SEEDED_RSA_METHOD } from "./algorithms/seed-schemes.ts";
import type { Bytes } from "./bytes.ts";
import { runtimeFacts } from "./core/runtime.ts";
import { DRBG_HASH, DRBG_STRENGTH_BITS } from "./drbg/facts.ts";
import { type CompleteRsaWish, completeRsaWish } from "./generate/rsa-method.ts";
import {
  type AnyGenerateOptions,
  checkRecovery,
  type DecideOptions,
  defined,
  isExtractable,
  knownProvider,
  refuseOtherProviders,
  refuseRsaOptions,
  refuseUnknownOfKey,
  rsaTermsOf,
} from "./options.ts";
import type { PlatformTest } from "./platform/pairwise.ts";
import type { Platform } from "./platform/web-crypto.ts";
import { type Decision, decide, type Obligation } from "./policy/decide.ts";
import { alternatives } from "./policy/instead.ts";
import type { Policy } from "./policy/policy.ts";
import { PolicyRefusal } from "./policy/refusal.ts";
import type { PolicyRequest } from "./policy/request.ts";
import { describeAlgorithm, describePlatform } from "./record/describe.ts";
import { type CorePredicate, claimsFor, type PlatformPredicate, type Predicate } from "./record/record.ts";
import type { RecoveryFacts } from "./seal/recovery-key.ts";
import { type SeedFacts, seedOptions } from "./seed-options.ts";
import { type Testimony, testify, type Witness } from "./testify.ts";

/** What an instance has, for those who ask, make, record and finish in its name. */
export interface Desk extends Witness {
  /** Whose instance it is. */
  readonly owner: Pick<Predicate, "environment" | "tenant" | "scope">;
  readonly policy: Policy;
  readonly platform: Platform | undefined;
  now(): Date;
  /** Throws once the instance is closed. */
  refuseIfEnded(): void;
  /** Random bytes of the generator; throws once the instance is closed. */
  random(length: number): Bytes;
  /** Runs what needs the core's one search state, when all before it has ended. */
  turn<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T>;
  /** What wipes keys that were made and are not asked for yet, should the instance end. */
  readonly unclaimed: Set<() => void>;
  /** The same error; after a fatal one the instance serves nothing any more. */
  endIfFatal(error: unknown): unknown;
}

/** What a key is made of, where that is not the generator alone. */
export interface Origin {
  readonly seed?: SeedFacts;
  readonly combination?: CorePredicate["combination"];
}

/** A request on its way to a key, and what was decided of it. */
export interface States extends Origin {
  readonly requestedAt: string;
  readonly request: PolicyRequest;
  readonly decision: Decision;
  /** How the primes are made, should it be an RSA key. */
  readonly making: CompleteRsaWish;
  /** The key that a copy is wrapped to, and how. */
  readonly recovery?: RecoveryFacts;
  /** What the platform tested: of its own key, or of a pair of the core. */
  readonly tested?: PlatformTest;
  /** The keys that the decision and the fresh bytes are for, if for more than one. */
  readonly group?: Group;
}

/** Keys of the core that are made together, of those that were asked for together. */
export interface Group {
  /** That were asked for together, at most: fewer where the caller stops, or the day ends. */
  readonly keys: number;
  /** What the records have in common, once there is one. */
  shared?: CoreShared;
  /** As that of the desk, for what is public in a key's record: drawn at once for all of them. */
  random(length: number): Uint8Array;
}

type Decided = Pick<Predicate, "algorithm" | "generation" | "decision" | "claims">;
type Common = Decided & Testimony;
/** What of a record is not one key's own. */
export type CoreShared = Omit<CorePredicate, "generatedAt">;
export type Shared = CoreShared | Omit<PlatformPredicate, "generatedAt">;

/** Runs `work` in the name of the instance, which a fatal error ends. */
export async function orEnd<T>(desk: Desk, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw desk.endIfFatal(error);
  }
}

export function isObliged({ obligations }: Decision, wanted: Obligation["id"]): boolean {
  return obligations.some(({ id }) => id === wanted);
}

/** The core, as policies know it. */
export function coreOf({ loaded }: Desk) {
  return { provider: "core", module: { digest: loaded.digest } } as const;
}

/** `hash`: of the generator that the key comes from. Both have 256 bits at most; what a seed has of them, rules on seeds say. */
function coreFacts(desk: Desk, hash: string = DRBG_HASH) {
  const generator = { mechanism: "HMAC_DRBG", hash, strengthBits: DRBG_STRENGTH_BITS };
  return { ...coreOf(desk), generator } as const;
}

/** What the policy is asked about a key. */
function requestFor(desk: Desk, row: Algorithm, options: DecideOptions, seed?: PolicyRequest["seed"]): PolicyRequest {
  const { purpose, classification, protectUntil, export: form } = options;
  const { owner, policy, jurisdiction } = desk;
  const { environment, tenant, scope } = owner;
  refuseUnknownOfKey(options, seed === undefined ? [] : seedOptions);
  refuseRsaOptions(row, options);
  const recovery = checkRecovery(row, options)?.facts;
  const asked = {
    algorithm: row.name,
    environment,
    tenant,
    scope,
    extractable: isExtractable(options),
    ...(seed === undefined
      ? ({ generation: "random" } as const)
      : ({ generation: "seed", seed: { origin: seed.origin, bits: seed.bits } } as const)),
    ...defined({ purpose, classification, protectUntil, export: form, recovery, jurisdiction }),
  };
  if (seed !== undefined) refuseOtherProviders("keys from seeds", options);
  if (knownProvider(options.provider ?? "core") === "platform") {
    return { ...asked, provider: "platform", module: { runtime: runtimeFacts().name } };
  }
  const terms = seed === undefined ? rsaTermsOf(policy, options) : { rsaMethod: SEEDED_RSA_METHOD, rsaLucas: false };
  const hash = seed !== undefined && inDetKeygen(row) ? SEEDED_DRBG_HASH : DRBG_HASH;
  return { ...asked, ...coreFacts(desk, hash), ...defined(row.kind === "rsa" ? terms : {}) };
}

/** Decides on the day. */
export function decideFor(desk: Desk, row: Algorithm, options: DecideOptions, seed?: PolicyRequest["seed"]): Decision {
  return decide(desk.policy, requestFor(desk, row, options, seed), desk.now());
}

/** What could be asked for instead of a key that cannot be had. */
export function insteadOf(desk: Desk, request: PolicyRequest): readonly string[] {
  const { policy, platform } = desk;
  const now = desk.now();
  if (request.provider === "core") return alternatives(policy, request, now);
  const { algorithm, purpose } = request;
  const byCore: PolicyRequest = { ...request, ...coreFacts(desk) };
  return [
    ...(decide(policy, byCore, now).allowed ? [`${algorithm} of provider "core"`] : []),
    ...alternatives(policy, request, now, (row) => platform?.serves(row, purpose) ?? false),
  ];
}

/** A request that is granted. Throws when there is to be no key. */
export function askFor(desk: Desk, row: Algorithm, options: AnyGenerateOptions, from: Origin = {}): States {
  desk.refuseIfEnded();
  const requestedAt = desk.now().toISOString();
  const request = requestFor(desk, row, options, from.seed);
  options.signal?.throwIfAborted();
  const { rsaMethod: method, rsaLucas: lucas } = request;
  const making = completeRsaWish({ method, lucas, publicExponent: options.publicExponent });
  const decision = decide(desk.policy, request, desk.now());
  if (!decision.allowed) throw new PolicyRefusal(row.name, decision, insteadOf(desk, request));
  return { requestedAt, request, decision, making, ...from, ...defined({ recovery: options.recovery?.facts }) };
}

/** What the record of each key of such a request says. */
export function commonOf(desk: Desk, row: Algorithm, states: States): Common {
  const { request, decision, making, seed, combination, tested } = states;
  const { policy, warnings, obligations } = decision;
  const testimony = testify(desk, row, request, tested);
  const generation = seed !== undefined ? "derived" : combination !== undefined ? "combined" : "random";
  return {
    algorithm:
      testimony.provider === "core"
        ? describeAlgorithm(row, generation, making)
        : describePlatform(row, making.publicExponent, testimony.checked),
    generation,
    ...testimony,
    decision: { allowed: true, policy, warnings: [...warnings], obligations: [...obligations] },
    claims: claimsFor(row, testimony.provider, seed !== undefined),
  };
}

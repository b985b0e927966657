/** What an instance states of itself: to the policy when a key is asked for, and in the record when it is made. */
import type { Algorithm } from "./algorithms/algorithm.ts";
import { SEEDED_RSA_METHOD } from "./algorithms/seed-schemes.ts";
import type { Bytes } from "./bytes.ts";
import type { Core } from "./core/core.ts";
import type { LoadedCore } from "./core/load.ts";
import { runtimeFacts } from "./core/runtime.ts";
import { kernelName, selfTestsPassed } from "./core/self-test.ts";
import { DRBG_HASH, DRBG_STRENGTH_BITS, type Generator } from "./drbg/generator.ts";
import { completeRsaWish, type RsaWish } from "./generate/rsa-method.ts";
import {
  type DecideOptions,
  defined,
  type GenerateOptions,
  isExtractable,
  refuseRsaOptions,
  type SeedFacts,
} from "./options.ts";
import { type Decision, decide } from "./policy/decide.ts";
import type { Policy } from "./policy/policy.ts";
import { PolicyRefusal } from "./policy/refusal.ts";
import type { PolicyRequest } from "./policy/request.ts";
import { describeAlgorithm } from "./record/describe.ts";
import { factsOfKind } from "./record/kinds.ts";
import { claimsFor, type Predicate } from "./record/record.ts";
import { VERSION } from "./version.ts";

/** What an instance has, for those who ask, record and finish in its name. */
export interface Desk {
  /** Whose instance it is. */
  readonly owner: Pick<Predicate, "environment" | "tenant" | "scope">;
  readonly policy: Policy;
  readonly loaded: LoadedCore;
  readonly core: Core;
  readonly generator: Generator;
  /** Whether the entropy is a script's. */
  readonly scripted: boolean;
  readonly jurisdiction: string | undefined;
  now(): Date;
  /** Throws once the instance is closed. */
  refuseIfEnded(): void;
  /** Random bytes of the generator; throws once the instance is closed. */
  random(length: number): Bytes;
}

/** What a key is made of, where that is not the generator alone. */
export interface Origin {
  readonly seed?: SeedFacts;
  readonly combination?: Predicate["combination"];
}

/** A request on its way to a key, and what was decided of it. */
export interface States extends Origin {
  readonly requestedAt: string;
  readonly request: PolicyRequest;
  readonly decision: Decision;
  /** How the primes are made, should it be an RSA key. */
  readonly making: Required<RsaWish>;
  /** Of a key from a seed: how it follows from it. */
  /** How many keys the decision and the fresh bytes were for, if for more than one. */
  readonly group?: Group;
}

/** Keys that were asked for together. */
export interface Group {
  readonly keys: number;
  /** What the records of the group have in common, once there is one. */
  common?: Common;
}

export type Common = Pick<
  Predicate,
  | "algorithm"
  | "generation"
  | "deterministic"
  | "provider"
  | "module"
  | "selfTests"
  | "pairwise"
  | "decision"
  | "claims"
>;

/** Who asks, and what computes. */
export function askerOf({ owner, loaded }: Desk) {
  const { environment, tenant, scope } = owner;
  return { environment, tenant, scope, provider: "core", module: { digest: loaded.digest } } as const;
}

/** What the policy is asked about a key. */
export function requestFor(
  desk: Desk,
  row: Algorithm,
  options: DecideOptions,
  seed?: PolicyRequest["seed"],
): PolicyRequest {
  const { purpose, classification, protectUntil, export: form } = options;
  refuseRsaOptions(row, options);
  const wanted = seed === undefined ? (options.method ?? desk.policy.rsaMethods?.[0]) : SEEDED_RSA_METHOD;
  const rsaMethod = row.kind === "rsa" ? wanted : undefined;
  return {
    ...askerOf(desk),
    algorithm: row.name,
    extractable: isExtractable(options),
    generator: { mechanism: "HMAC_DRBG", hash: DRBG_HASH, strengthBits: DRBG_STRENGTH_BITS },
    ...(seed === undefined
      ? { generation: "random" }
      : { generation: "seed", seed: { origin: seed.origin, bits: seed.bits } }),
    ...defined({ purpose, classification, protectUntil, export: form, rsaMethod, jurisdiction: desk.jurisdiction }),
  };
}

/** Decides on the day. */
export function decideFor(desk: Desk, row: Algorithm, options: DecideOptions, seed?: PolicyRequest["seed"]): Decision {
  return decide(desk.policy, requestFor(desk, row, options, seed), desk.now());
}

/** A request that is granted. Throws when there is to be no key. */
export function askFor(desk: Desk, row: Algorithm, options: GenerateOptions, from: Origin = {}): States {
  desk.refuseIfEnded();
  options.signal?.throwIfAborted();
  const requestedAt = desk.now().toISOString();
  const { seed } = from;
  const request = requestFor(desk, row, options, seed);
  const making = completeRsaWish(defined({ method: request.rsaMethod, publicExponent: options.publicExponent }));
  const decision = decide(desk.policy, request, desk.now());
  if (!decision.allowed) throw new PolicyRefusal(row.name, decision);
  return { requestedAt, request, decision, making, ...from };
}

/** What the record of each key of such a request says. */
export function commonOf(desk: Desk, row: Algorithm, { decision, making, seed, combination }: States): Common {
  const { build, digest, digestBy } = desk.loaded;
  const { pairwise } = factsOfKind(row);
  const { policy, warnings, obligations } = decision;
  return {
    algorithm: describeAlgorithm(row, making),
    generation: seed !== undefined ? "derived" : combination !== undefined ? "combined" : "random",
    deterministic: desk.scripted,
    provider: "core",
    module: {
      package: "keywright",
      version: VERSION,
      build,
      kernel: kernelName(desk.core),
      digest,
      digestBy,
      runtime: runtimeFacts(),
    },
    selfTests: [...selfTestsPassed(desk.core)],
    pairwise: pairwise === null ? null : { by: "core", test: pairwise, result: "passed" },
    decision: { allowed: true, policy, warnings: [...warnings], obligations: [...obligations] },
    claims: claimsFor(row, seed !== undefined),
  };
}

/** Asked when the key is named: what was drawn for that counts too. */
export function rngOf({ generator, jurisdiction }: Desk, group: Group | undefined): Predicate["rng"] {
  const { additionalInput, ...facts } = generator.facts();
  const shared = group === undefined ? {} : { keysPerGeneration: group.keys };
  return { ...facts, additionalInput: { ...additionalInput, ...shared }, ...defined({ jurisdiction }) };
}

/** What an instance states of itself: to the policy when a key is asked for, and in the record when it is made. */
import type { Algorithm } from "./algorithms/algorithm.ts";
import { SEEDED_RSA_METHOD, type SeedSchemeName } from "./algorithms/seed-schemes.ts";
import type { Bytes } from "./bytes.ts";
import type { Core } from "./core/core.ts";
import type { LoadedCore } from "./core/load.ts";
import { runtimeFacts } from "./core/runtime.ts";
import { kernelName, selfTestsPassed } from "./core/self-test.ts";
import { DRBG_HASH, DRBG_STRENGTH_BITS, type Generator } from "./drbg/generator.ts";
import type { RsaWish } from "./generate/rsa-method.ts";
import { type DecideOptions, defined, isExtractable, refuseRsaOptions } from "./options.ts";
import type { Decision } from "./policy/decide.ts";
import type { Policy } from "./policy/policy.ts";
import type { PolicyRequest } from "./policy/request.ts";
import { factsOfKind } from "./record/kinds.ts";
import type { Predicate } from "./record/record.ts";
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
  /** Random bytes of the generator; throws once the instance is closed. */
  random(length: number): Bytes;
}

/** A request on its way to a key, and what was decided of it. */
export interface States {
  readonly requestedAt: string;
  readonly request: PolicyRequest;
  readonly decision: Decision;
  /** How the primes are made, should it be an RSA key. */
  readonly making: Required<RsaWish>;
  /** Of a key from a seed: how it follows from it. */
  readonly scheme?: SeedSchemeName | undefined;
}

/** What a record says of who made the key, from what, and what was tested. */
export type Testimony = Pick<
  Predicate,
  "generation" | "deterministic" | "provider" | "module" | "rng" | "selfTests" | "pairwise"
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

/** Asked when the key is named: what was drawn for that counts too. */
export function testify(desk: Desk, row: Algorithm, { scheme }: States): Testimony {
  const { build, digest, digestBy } = desk.loaded;
  const { pairwise } = factsOfKind(row);
  return {
    generation: scheme === undefined ? "random" : "derived",
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
    rng: { ...desk.generator.facts(), ...defined({ jurisdiction: desk.jurisdiction }) },
    selfTests: [...selfTestsPassed(desk.core)],
    pairwise: pairwise === null ? null : { by: "core", test: pairwise, result: "passed" },
  };
}

/** The rules that a policy document states by itself, next to those of the profiles that it extends. */
import { purposes } from "../algorithms/algorithm.ts";
import { breaksByQuantum } from "../algorithms/recovery.ts";
import { findAlgorithm, isAlgorithmName } from "../algorithms/registry.ts";
import { rsaMethods } from "../algorithms/rsa-methods.ts";
import { quote } from "../errors.ts";
import type { Policy } from "./policy.ts";
import type { FromProvider, PolicyRequest } from "./request.ts";
import type { GeneratorFacts } from "./rule.ts";

/** A broken rule of the document, and the field that states it. */
export interface OwnFinding {
  readonly id: string;
  readonly field: string;
  readonly why: string;
  /** Told, but not refused: what production refuses by default, elsewhere. */
  readonly warning?: true;
}

export function* askPolicy(policy: Policy, request: PolicyRequest, today: string): Generator<OwnFinding> {
  yield* askApproval(policy, request, today);
  yield* askNames(policy, request);
  yield* askClassification(policy, request);
  yield* askProtection(request, today);
  yield* askProvider(policy, request, today);
  yield* askRsa(policy, request);
  yield* askGenerator(policy, request);
  yield* askSeed(policy, request);
  yield* askExport(policy, request);
  yield* askRecovery(policy, request);
}

/** Nobody protects anything until yesterday: most likely a year was mistyped, and the rules by date looked at the wrong one. */
function* askProtection({ protectUntil }: PolicyRequest, today: string): Generator<OwnFinding> {
  if (protectUntil === undefined || protectUntil >= today) return;
  const why = `protectUntil is ${protectUntil}, which has passed: today is ${today}`;
  yield { id: "protect-until-past", field: "classifications", why, warning: true };
}

function refusedIf(isRefused: boolean, finding: OwnFinding): OwnFinding {
  return isRefused ? finding : { ...finding, warning: true };
}

export function* askApproval(
  policy: Policy,
  { environment }: Pick<PolicyRequest, "environment">,
  today: string,
): Generator<OwnFinding> {
  if (!policy.environments.includes(environment)) {
    const why = `the policy serves ${policy.environments.join(", ")}, not ${environment}`;
    yield { id: "environment", field: "environments", why };
  }
  if (policy.approval === undefined) {
    const why = "the rules are those of a profile; nobody approved them as a policy";
    const finding = { id: "approved", field: "approver", why };
    yield refusedIf(environment === "production", finding);
    return;
  }
  const { approvedOn, reviewBy, onReviewOverdue } = policy.approval;
  if (today < approvedOn) {
    const finding = {
      id: "approved-on",
      field: "approvedOn",
      why: `the approval is dated ${approvedOn}, today is ${today}`,
    };
    yield refusedIf(environment === "production", finding);
  }
  if (today > reviewBy) {
    const finding = {
      id: "review-overdue",
      field: "reviewBy",
      why: `the policy was to be reviewed by ${reviewBy}, today is ${today}`,
    };
    yield refusedIf(onReviewOverdue === "refuse", finding);
  }
}

function* askNames(policy: Policy, request: PolicyRequest): Generator<OwnFinding> {
  const { algorithm, purpose, jurisdiction } = request;
  if (policy.algorithms !== undefined && isAlgorithmName(algorithm) && !policy.algorithms.includes(algorithm)) {
    const why = `the policy lists ${policy.algorithms.join(", ")}, not ${algorithm}`;
    yield { id: "algorithm", field: "algorithms", why };
  }
  const allowed: readonly string[] = policy.purposes ?? purposes;
  if (purpose === undefined) {
    // A key is for one purpose (SP 800-57 Part 1 Rev. 5, 5.2): production wants to hear which.
    const finding = {
      id: "purpose-stated",
      field: "purposes",
      why: `the request must state a purpose, one of ${allowed.join(", ")}`,
    };
    yield refusedIf(request.environment === "production" || policy.purposes !== undefined, finding);
  } else if (!allowed.includes(purpose)) {
    yield {
      id: "purpose",
      field: "purposes",
      why: `the purpose must be one of ${allowed.join(", ")}, got ${quote(purpose)}`,
    };
  }
  if (policy.jurisdictions !== undefined && !policy.jurisdictions.includes(jurisdiction ?? "")) {
    const got = jurisdiction === undefined ? "an unknown place" : quote(jurisdiction);
    const why = `the generator must run in one of ${policy.jurisdictions.join(", ")}, got ${got}`;
    yield { id: "jurisdiction", field: "jurisdictions", why };
  }
}

function* askClassification(policy: Policy, request: PolicyRequest): Generator<OwnFinding> {
  const { classifications } = policy;
  const names = Object.keys(classifications);
  const { classification: name, algorithm } = request;
  if (name === undefined) {
    if (names.length === 0) return; // a profile alone knows no classifications
    const why = `the request must state a classification, one of ${names.join(", ")}`;
    const finding = { id: "classification-stated", field: "classifications", why };
    yield refusedIf(request.environment === "production", finding);
    return;
  }
  const demands = Object.hasOwn(classifications, name) ? classifications[name] : undefined;
  if (demands === undefined) {
    const known =
      names.length === 0
        ? "the policy has no classifications"
        : `the classification must be one of ${names.join(", ")}`;
    yield { id: "classification", field: "classifications", why: `${known}, got ${quote(name)}` };
    return;
  }
  const { strengthBits } = findAlgorithm(algorithm);
  if (strengthBits < demands.minStrengthBits) {
    const why = `${name} demands at least ${demands.minStrengthBits} bits of strength, ${algorithm} has ${strengthBits}`;
    yield { id: "classification-strength", field: `classifications.${name}.minStrengthBits`, why };
  }
  if (demands.algorithms !== undefined && isAlgorithmName(algorithm) && !demands.algorithms.includes(algorithm)) {
    const why = `${name} lists ${demands.algorithms.join(", ")}, not ${algorithm}`;
    yield { id: "classification-algorithm", field: `classifications.${name}.algorithms`, why };
  }
}

type AcceptedModules =
  | "any"
  | readonly { readonly digest?: string; readonly runtime?: string; readonly acceptedOn: string }[];

/** An acceptance holds from its day on. */
export function* askProvider({ providers }: Policy, request: FromProvider, today: string): Generator<OwnFinding> {
  const isCore = request.provider === "core";
  const used = isCore ? request.module.digest : request.module.runtime;
  const accepted: AcceptedModules = (isCore ? providers.core : providers.platform)?.accepted ?? [];
  if (accepted === "any" || accepted.some((each) => (each.digest ?? each.runtime) === used && each.acceptedOn <= today))
    return;
  const what = isCore ? "core" : "cryptographic library of the runtime";
  const why = `the ${what} ${quote(used)} is not accepted on ${today}`;
  yield { id: "provider", field: `providers.${request.provider}.accepted`, why };
}

function* askRsa({ rsaMethods: wanted, rsaLucas }: Policy, request: PolicyRequest): Generator<OwnFinding> {
  if (findAlgorithm(request.algorithm).kind !== "rsa") return;
  const { provider, rsaMethod: method, rsaLucas: lucas = true } = request;
  const silent = provider === "core" ? undefined : "a platform that does not say";
  if (wanted !== undefined && (silent ?? (method !== undefined && !wanted.includes(method)))) {
    const why = `the primes of an RSA key must be made by FIPS 186-5, ${wanted.join(" or ")}, got ${silent ?? method}`;
    yield { id: "rsa-method", field: "rsaMethods", why };
  }
  const proved = method !== undefined && rsaMethods[method].proved;
  if (rsaLucas === true && (silent ?? !(proved || lucas))) {
    const why = `the Lucas test must follow the Miller-Rabin rounds (FIPS 186-5, B.3.3), got ${silent ?? "a request without it"}`;
    yield { id: "rsa-lucas", field: "rsaLucas", why };
  }
}

/** The generator as the request states it, or as whoever accepted the runtime does. Undefined if nobody knows it. */
export function generatorOf({ providers }: Policy, request: PolicyRequest): GeneratorFacts | undefined {
  if (request.provider === "core" || request.generator !== undefined) return request.generator;
  const { runtime } = request.module;
  const accepted = providers.platform?.accepted ?? [];
  if (accepted === "any") return undefined;
  const stated = accepted.find((each) => each.runtime === runtime)?.generator;
  return stated && { hash: "none", ...stated };
}

function* askGenerator(policy: Policy, request: PolicyRequest): Generator<OwnFinding> {
  const { generator: wanted } = policy;
  if (request.provider === "platform" && wanted.predictionResistance === true) {
    const why = "fresh entropy before each key cannot be asked of a platform's generator";
    yield { id: "prediction-resistance", field: "generator.predictionResistance", why };
  }
  const generator = generatorOf(policy, request);
  if (generator === undefined) {
    const finding = {
      id: "generator-known",
      field: "providers.platform.accepted",
      why: "the platform does not say what its random bit generator is, and no acceptance states it",
    };
    yield refusedIf(request.environment === "production", finding);
    return;
  }
  if (generator.strengthBits < wanted.minStrengthBits) {
    const why = `the generator must have at least ${wanted.minStrengthBits} bits of strength, got ${generator.strengthBits}`;
    yield { id: "generator-strength", field: "generator.minStrengthBits", why };
  }
  const hashes: readonly string[] | undefined = wanted.hashes;
  if (hashes !== undefined && !hashes.includes(generator.hash)) {
    const why = `the generator's hash must be one of ${hashes.join(", ")}, got ${quote(generator.hash)}`;
    yield { id: "generator-hash", field: "generator.hashes", why };
  }
}

function* askSeed({ seeds }: Policy, { generation, seed, algorithm }: PolicyRequest): Generator<OwnFinding> {
  if (generation === "random") return;
  if (!seeds.allowed) {
    yield { id: "seed", field: "seeds.allowed", why: "the policy does not allow keys made from a seed" };
    return;
  }
  const names = seeds.origins.map(({ origin }) => origin).join(", ");
  const known = seeds.origins.find(({ origin }) => origin === seed?.origin);
  if (seed === undefined || known === undefined) {
    const got = seed === undefined ? "none" : quote(seed.origin);
    yield { id: "seed-origin", field: "seeds.origins", why: `the seed must come from one of ${names}, got ${got}` };
    return;
  }
  const { drbgBits } = findAlgorithm(algorithm);
  const least = Math.max(known.minBits, drbgBits);
  if (seed.bits < least) {
    const why = `a seed from ${known.origin} must hold at least ${least} bits of entropy for ${algorithm}, got ${seed.bits}`;
    yield { id: "seed-bits", field: "seeds.origins", why };
  }
}

function where(environments: readonly string[]): string {
  return environments.length === 0 ? "nowhere" : `in ${environments.join(", ")}`;
}

function* askExport({ export: rules }: Policy, request: PolicyRequest): Generator<OwnFinding> {
  const { environment, export: form, extractable } = request;
  if ((form === "plaintext" || form === "wrapped") && !rules[form].includes(environment)) {
    const why = `a key may leave ${form} ${where(rules[form])}, got ${environment}`;
    yield { id: `export-${form}`, field: `export.${form}`, why };
  }
  // A door that hands out plaintext or wraps has to read the key itself: its own rule above covers that.
  if (extractable === true && form !== "plaintext" && form !== "wrapped" && !rules.extractable.includes(environment)) {
    const why = `a key may be extractable ${where(rules.extractable)}, got ${environment}`;
    yield { id: "extractable", field: "export.extractable", why };
  }
}

/** A copy for recovery leaves wrapped, and is worth as much as the weaker of the two keys. */
function* askRecovery({ export: { wrapped } }: Policy, request: PolicyRequest): Generator<OwnFinding> {
  const { recovery, environment, algorithm } = request;
  if (recovery === undefined) return;
  const field = "export.wrapped";
  if (!wrapped.includes(environment)) {
    const why = `a copy for recovery may leave wrapped ${where(wrapped)}, got ${environment}`;
    yield { id: "recovery", field, why };
  }
  const row = findAlgorithm(algorithm);
  const isKnown = isAlgorithmName(recovery.algorithm);
  const key = isKnown ? recovery.algorithm : quote(recovery.algorithm);
  if (!isKnown) {
    yield { id: "recovery-algorithm", field, why: `${key} is not an algorithm that copies are wrapped to` };
  }
  if (recovery.strengthBits < row.strengthBits) {
    const why = `the recovery key must have at least the ${row.strengthBits} bits of strength of ${algorithm}, ${key} has ${recovery.strengthBits}`;
    yield { id: "recovery-strength", field, why };
  }
  if (!breaksByQuantum(row)) {
    const why = `${algorithm} resists a quantum computer, and the copy that is wrapped to ${key} does not`;
    yield { id: "recovery-quantum", field, why, warning: true };
  }
}

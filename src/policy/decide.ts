/**
 * The decision: a pure function of policy, request and day. It evaluates every rule, so that whoever is refused learns all
 * the reasons at once, each with the clause that it comes from.
 */
import { isKeyPair, type Purpose, purposes } from "../algorithms/algorithm.ts";
import { type AlgorithmName, algorithmNames, findAlgorithm } from "../algorithms/registry.ts";
import { addDays, dayOf, later } from "./dates.ts";
import { askPolicy, generatorOf } from "./own-rules.ts";
import { isPolicy, type Policy } from "./policy.ts";
import { profiles } from "./profiles.ts";
import { checkAlgorithm, checkRequest, type OpenRequest, type PolicyRequest } from "./request.ts";
import type { Facts, GeneratorFacts, Rule, RuleState, Verified } from "./rule.ts";

/** A rule that does not hold. In `broken` it refuses, in `warnings` it does not. */
export interface Finding {
  /** `nist/strength-128`, `policy/algorithm`: profile or `policy`, and the rule. */
  readonly id: string;
  /** Document, revision and clause; or policy, version and field. */
  readonly source: string;
  readonly state: RuleState;
  readonly why: string;
  /** First and last day of the state, where the source has one. */
  readonly from?: string;
  readonly until?: string;
  /** The source is a draft, so this warns whatever its state. */
  readonly draft?: true;
  /** For rules of profiles: how far their clause was checked. */
  readonly verified?: Verified;
}

/** Something that must be done for the decision to stand, or with the key afterwards. */
export type Obligation =
  | { readonly id: "prediction-resistance"; readonly source: string; readonly what: string }
  | { readonly id: "pairwise-platform"; readonly source: string; readonly what: string }
  | { readonly id: "not-extractable"; readonly source: string; readonly what: string }
  | { readonly id: "wrap"; readonly source: string; readonly what: string }
  | { readonly id: "mark-not-approved"; readonly source: string; readonly what: string }
  | {
      readonly id: "cryptoperiod";
      readonly source: string;
      readonly what: string;
      /** Last day on which the key may protect something new, and on which it may process what it protected. */
      readonly originatorUsageEnds: string;
      readonly recipientUsageEnds?: string;
    };

export interface Decision {
  readonly allowed: boolean;
  readonly broken: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly obligations: readonly Obligation[];
  readonly policy: {
    readonly id: string;
    readonly version: number;
    readonly digest: string;
    /** Whether somebody approved it; a profile that stands in for a policy has no approval. */
    readonly approved: boolean;
  };
}

export function decide(policy: Policy, request: PolicyRequest, now: Date): Decision {
  const today = checkCall(policy, now);
  checkRequest(request);
  checkAlgorithm(request.algorithm);
  const broken: Finding[] = [];
  const warnings: Finding[] = [];
  const title = `policy ${policy.id} ${policy.version}`;
  for (const { id, field, why, warning } of askPolicy(policy, request, today)) {
    const finding: Finding = {
      id: `policy/${id}`,
      source: `${title}, ${field}`,
      state: warning ? "recommended-against" : "disallowed",
      why,
    };
    (warning ? warnings : broken).push(finding);
  }
  const generator = generatorOf(policy, request);
  const facts = factsOf(policy, request, today, generator ?? unknownGenerator);
  for (const profile of policy.extends) {
    for (const rule of profiles[profile].rules) {
      if (rule.subject === "generator" && generator === undefined) continue;
      if (!isInForce(rule, facts) || rule.holds(facts)) continue;
      const refuses = rule.draft === undefined && (rule.state === "disallowed" || rule.state === "legacy");
      (refuses ? broken : warnings).push(findingOf(profile, rule, facts));
    }
  }
  const allowed = broken.length === 0;
  return {
    allowed,
    broken,
    warnings,
    obligations: allowed ? [...obligationsOf(policy, request, facts, title)] : [],
    policy: { id: policy.id, version: policy.version, digest: policy.digest, approved: policy.approval !== undefined },
  };
}

/** The day of `now`. */
function checkCall(policy: Policy, now: Date): string {
  if (!isPolicy(policy)) throw new TypeError("policy must come from parsePolicy, policyFromProfile or resolvePolicy");
  const today = now instanceof Date ? dayOf(now) : "";
  if (today === "") throw new TypeError("now must be a valid Date");
  return today;
}

function isPurpose(name: string | undefined): name is Purpose {
  return purposes.some((purpose) => purpose === name);
}

/** In the place of one that nobody knows: no rule on generators is asked then. */
const unknownGenerator: GeneratorFacts = { mechanism: "unknown", hash: "unknown", strengthBits: 0 };

function factsOf(policy: Policy, request: PolicyRequest, today: string, generator: GeneratorFacts): Facts {
  const { classification, classification: name = "" } = request;
  const demands =
    classification !== undefined && Object.hasOwn(policy.classifications, name)
      ? policy.classifications[name]
      : undefined;
  const purpose = isPurpose(request.purpose) ? request.purpose : undefined;
  return {
    algorithm: findAlgorithm(request.algorithm),
    generator,
    purpose,
    // A request may ask for more than its classification, never for less.
    protectUntil: [request.protectUntil, demands?.protectUntil].reduce<string>(
      (day, asked) => later(day, asked ?? ""),
      today,
    ),
    today,
    cryptoperiod: purpose === undefined ? undefined : policy.cryptoperiods?.[purpose],
  };
}

function isInForce(rule: Rule, { today, protectUntil }: Facts): boolean {
  const reached = rule.reaches === "protectUntil" ? protectUntil : today;
  return (rule.from === undefined || rule.from <= reached) && (rule.until === undefined || today <= rule.until);
}

function findingOf(profile: string, rule: Rule, facts: Facts): Finding {
  return {
    id: `${profile}/${rule.id}`,
    source: rule.source,
    state: rule.state,
    why: rule.why(facts),
    ...(rule.from === undefined ? {} : { from: rule.from }),
    ...(rule.until === undefined ? {} : { until: rule.until }),
    ...(rule.draft === undefined ? {} : { draft: rule.draft }),
    verified: rule.verified,
  };
}

function* obligationsOf(policy: Policy, request: PolicyRequest, facts: Facts, title: string): Generator<Obligation> {
  if (policy.approval === undefined) {
    yield {
      id: "mark-not-approved",
      source: title,
      what: "the record must say that no approved policy stands behind the key",
    };
  }
  if (policy.generator.predictionResistance === true && request.generation === "random") {
    yield {
      id: "prediction-resistance",
      source: `${title}, generator.predictionResistance; SP 800-90A Rev. 1, 9.3`,
      what: "the generator must draw fresh entropy before the output that the key is made of",
    };
  }
  if (policy.pairwise === "platform" && request.provider === "core" && isKeyPair(facts.algorithm)) {
    yield {
      id: "pairwise-platform",
      source: `${title}, pairwise`,
      what: "the pair must be tested by Web Cryptography too, where that has the algorithm",
    };
  }
  if (request.export === "wrapped") {
    yield {
      id: "wrap",
      source: `${title}, export.wrapped`,
      what: "the key must leave encrypted to a key of the recipient",
    };
  } else if (request.export !== "plaintext" && request.extractable !== true) {
    yield {
      id: "not-extractable",
      source: `${title}, export.extractable`,
      what: "the key must be made non-extractable",
    };
  }
  if (facts.cryptoperiod !== undefined) {
    const { originatorUsageDays, recipientUsageDays } = facts.cryptoperiod;
    const originatorUsageEnds = addDays(facts.today, originatorUsageDays);
    const recipientUsageEnds = recipientUsageDays === undefined ? undefined : addDays(facts.today, recipientUsageDays);
    yield {
      id: "cryptoperiod",
      source: `${title}, cryptoperiods.${facts.purpose}; SP 800-57 Part 1 Rev. 5, 5.3`,
      what: `the key must protect nothing new after ${originatorUsageEnds}${recipientUsageEnds === undefined ? "" : `, nor process anything after ${recipientUsageEnds}`}`,
      originatorUsageEnds,
      ...(recipientUsageEnds === undefined ? {} : { recipientUsageEnds }),
    };
  }
}

export interface Recommendation {
  /** What the policy allows for this request: fewest warnings first, then the strongest. */
  readonly algorithms: readonly AlgorithmName[];
  /** Why each of the others is refused. */
  readonly refused: readonly { readonly algorithm: AlgorithmName; readonly broken: readonly Finding[] }[];
  /** One sentence; where nothing satisfies, it says so and names what stands in the way of everything. */
  readonly summary: string;
}

export function recommend(policy: Policy, request: OpenRequest, now: Date): Recommendation {
  const decisions = algorithmNames.map((algorithm) => ({
    algorithm,
    ...decide(policy, { ...request, algorithm }, now),
  }));
  const algorithms = decisions
    .filter(({ allowed }) => allowed)
    .sort(
      (a, b) =>
        a.warnings.length - b.warnings.length ||
        findAlgorithm(b.algorithm).strengthBits - findAlgorithm(a.algorithm).strengthBits,
    )
    .map(({ algorithm }) => algorithm);
  const refused = decisions.filter(({ allowed }) => !allowed).map(({ algorithm, broken }) => ({ algorithm, broken }));
  return { algorithms, refused, summary: summarize(algorithms, refused) };
}

function summarize(algorithms: readonly AlgorithmName[], refused: Recommendation["refused"]): string {
  const [best, ...others] = algorithms;
  if (best !== undefined) return `${best} satisfies best${others.length === 0 ? "" : `; so do ${others.join(", ")}`}`;
  const ids = refused.map(({ broken }) => new Set(broken.map(({ id }) => id)));
  const common = [...(ids[0] ?? [])].filter((id) => ids.every((each) => each.has(id)));
  const reason = common.length === 0 ? "the rules exclude each other" : `each breaks ${common.join(", ")}`;
  return `no algorithm of this version satisfies the policy: ${reason}`;
}

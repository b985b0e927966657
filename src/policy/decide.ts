/**
 * The decision: a pure function of policy, request and day. It evaluates every rule, so that whoever is refused learns all
 * the reasons at once, each with the clause that it comes from.
 */
import { isKeyPair, type Purpose, purposes } from "../algorithms/algorithm.ts";
import { type AlgorithmName, algorithmNames, findAlgorithm, isAlgorithmName } from "../algorithms/registry.ts";
import { addDays, later } from "./dates.ts";
import { checkCall, type Finding, type Findings, findBroken, titleOf } from "./findings.ts";
import { askPolicy, generatorOf } from "./own-rules.ts";
import type { Policy } from "./policy.ts";
import { checkAlgorithm, checkRequest, type OpenRequest, type PolicyRequest } from "./request.ts";
import type { Facts, GeneratorFacts, Profile, Rule } from "./rule.ts";

export type { Finding } from "./findings.ts";

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
  const generator = generatorOf(policy, request);
  const facts = factsOf(policy, request, today, generator ?? unknownGenerator);
  const rulesOf = ({ rules }: Profile): readonly Rule[] =>
    generator === undefined ? rules.filter(({ subject }) => subject !== "generator") : rules;
  const own = findBroken(policy, askPolicy(policy, request, today), rulesOf, facts);
  const ofCopy = findOfRecovery(policy, request, facts);
  const [broken, warnings] = [
    [...own.broken, ...ofCopy.broken],
    [...own.warnings, ...ofCopy.warnings],
  ];
  const allowed = broken.length === 0;
  return {
    allowed,
    broken,
    warnings,
    obligations: allowed ? [...obligationsOf(policy, request, facts, titleOf(policy))] : [],
    policy: { id: policy.id, version: policy.version, digest: policy.digest, approved: policy.approval !== undefined },
  };
}

/** A copy is worth what it is wrapped to: what the profiles say of algorithms holds for that key too. */
function findOfRecovery(policy: Policy, { recovery }: PolicyRequest, facts: Facts): Findings {
  const { algorithm: name } = recovery ?? { algorithm: "" };
  if (!isAlgorithmName(name)) return { broken: [], warnings: [] }; // askRecovery says so of a name that is not known
  const rulesOf = ({ rules }: Profile): readonly Rule[] => rules.filter(({ subject }) => subject === "algorithm");
  const found = findBroken(policy, [], rulesOf, { ...facts, algorithm: findAlgorithm(name) });
  const ofKey = (finding: Finding): Finding => ({ ...finding, why: `the recovery key: ${finding.why}` });
  return { broken: found.broken.map(ofKey), warnings: found.warnings.map(ofKey) };
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
  const cryptoperiod = purpose === undefined ? undefined : policy.cryptoperiods?.[purpose];
  // What the key protects on the last day on which it may protect something new must be safe on that day at least.
  const usedUntil = cryptoperiod === undefined ? today : addDays(today, cryptoperiod.originatorUsageDays);
  return {
    algorithm: findAlgorithm(request.algorithm),
    generator,
    purpose,
    // A request may ask for more than its classification, never for less.
    protectUntil: [request.protectUntil, demands?.protectUntil].reduce<string>(
      (day, asked) => later(day, asked ?? ""),
      usedUntil,
    ),
    usedUntil,
    processedUntil:
      cryptoperiod?.recipientUsageDays === undefined ? "" : addDays(today, cryptoperiod.recipientUsageDays),
    today,
    cryptoperiod,
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
    const { usedUntil: originatorUsageEnds, processedUntil: recipientUsageEnds } = facts;
    yield {
      id: "cryptoperiod",
      source: `${title}, cryptoperiods.${facts.purpose}; SP 800-57 Part 1 Rev. 5, 5.3`,
      what: `the key must protect nothing new after ${originatorUsageEnds}${recipientUsageEnds === "" ? "" : `, nor process anything after ${recipientUsageEnds}`}`,
      originatorUsageEnds,
      ...(recipientUsageEnds === "" ? {} : { recipientUsageEnds }),
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

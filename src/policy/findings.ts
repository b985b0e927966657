/** What does not hold of a request: the policy's own rules and those of its profiles, sorted into what refuses and what warns. */
import { dayOf } from "./dates.ts";
import type { OwnFinding } from "./own-rules.ts";
import { isPolicy, type Policy } from "./policy.ts";
import { profiles } from "./profiles.ts";
import type { Facts, Profile, RuleOf, RuleState, Verified } from "./rule.ts";

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

type Days = Pick<Facts, "today"> & Partial<Pick<Facts, "protectUntil" | "usedUntil" | "processedUntil">>;

export interface Findings {
  readonly broken: readonly Finding[];
  readonly warnings: readonly Finding[];
}

/** The day of `now`. TypeError for a policy that nobody read, and for a date that is none. */
export function checkCall(policy: Policy, now: Date): string {
  if (!isPolicy(policy)) throw new TypeError("policy must come from parsePolicy, policyFromProfile or resolvePolicy");
  const today = now instanceof Date ? dayOf(now) : "";
  if (today === "") throw new TypeError("now must be a valid Date");
  return today;
}

/** The policy as its findings name it. */
export function titleOf({ id, version }: Policy): string {
  return `policy ${id} ${version}`;
}

export function findBroken<F extends Days>(
  policy: Policy,
  own: Iterable<OwnFinding>,
  rulesOf: (profile: Profile) => readonly RuleOf<F>[],
  facts: F,
): Findings {
  const broken: Finding[] = [];
  const warnings: Finding[] = [];
  for (const { id, field, why, warning } of own) {
    const finding: Finding = {
      id: `policy/${id}`,
      source: `${titleOf(policy)}, ${field}`,
      state: warning ? "recommended-against" : "disallowed",
      why,
    };
    (warning ? warnings : broken).push(finding);
  }
  for (const profile of policy.extends) {
    for (const rule of rulesOf(profiles[profile])) {
      if (!isInForce(rule, facts) || rule.holds(facts)) continue;
      const refuses = rule.draft === undefined && (rule.state === "disallowed" || rule.state === "legacy");
      (refuses ? broken : warnings).push(findingOf(profile, rule, facts));
    }
  }
  return { broken, warnings };
}

function isInForce<F extends Days>({ from = "", until = "9", reaches }: RuleOf<F>, facts: F): boolean {
  const { today } = facts;
  return from <= ((reaches && facts[reaches]) ?? today) && today <= until;
}

function findingOf<F>(profile: string, rule: RuleOf<F>, facts: F): Finding {
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

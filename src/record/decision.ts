/** What follows for any policy from the rest of the record; the policy's own rules are not at hand. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { type Hold, obliges } from "./hold.ts";
import type { Predicate } from "./record.ts";

/**
 * How the digests begin of the profiles that stand in for a policy, by the ids that these have; 64 bits tell them from any
 * document's. An id alone does not: a document may have the same.
 */
export const profileDigests: Readonly<Record<string, string>> = {
  "profile-nist": "sha256:ce09b0790285451a",
  "profile-cnsa-2": "sha256:cd7b7b7de5ea5303",
  "profile-open": "sha256:53a3147002b56b19",
};

export function checkDecision(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { decision, environment, purpose, classification } = predicate;
  const { approved, id, digest } = decision.policy;
  const production = environment === "production";
  const warned = (id: string): boolean => decision.warnings.some((warning) => warning.id === id);
  hold("approval", !production || approved, "production needs an approved policy");
  const isProfile = Object.values(profileDigests).some((start) => digest.startsWith(start));
  hold(
    "approval",
    approved ? !isProfile : Object.hasOwn(profileDigests, id),
    "profiles, and nothing else, are not approved",
  );
  const refused = ["policy/generator-known", "policy/approved-on"].filter(warned);
  hold("warnings", !production || refused.length === 0, `production refuses ${refused.join(" and ")}`);
  const marked = obliges(decision, ["mark-not-approved"]);
  hold(
    "approval-mark",
    marked === !approved && warned("policy/approved") === !approved,
    "a warning and an obligation say that a policy is not approved, and only then",
  );
  hold(
    "warnings",
    decision.warnings.every(({ state, draft }) => draft === true || (state !== "disallowed" && state !== "legacy")),
    "an allowed decision lists a rule that refuses",
  );
  const purposes: readonly string[] = row.purposes;
  hold(
    "purpose",
    purpose === undefined ? !production && warned("policy/purpose-stated") : purposes.includes(purpose),
    `a key of ${row.name} serves to ${purposes.join(", ")}; where none is stated, not in production, a warning says so`,
  );
  hold(
    "purpose-warning",
    purpose === undefined || !warned("policy/purpose-stated"),
    "a warning says that no purpose is stated, and one is",
  );
  hold(
    "classification",
    classification === undefined ? !production : !warned("policy/classification-stated"),
    "production needs a classification, and no warning says that it is missing where it is stated",
  );
}

/** What `decide` obliges to, together with what was asked for. */
export function checkObligations(predicate: Predicate, hold: Hold): void {
  const { decision, generation, purpose, requestedAt } = predicate;
  const { obligations } = decision;
  const has = (id: string): boolean => obliges(decision, [id]);
  const isOnce = new Set(obligations.map(({ id }) => id)).size === obligations.length;
  // What leaves wrapped is read to be wrapped; fresh entropy is of no use to a seed.
  const isOdd = (has("wrap") && has("not-extractable")) || (generation === "derived" && has("prediction-resistance"));
  hold("obligations", isOnce && !isOdd, "each is listed once, and they go together");
  for (const each of obligations) {
    if (each.id !== "cryptoperiod") continue;
    // Periods are days from 1 on, counted from the day of the decision; a search may outlast that day.
    const { originatorUsageEnds: first, recipientUsageEnds: last = first } = each;
    const isInOrder = requestedAt.slice(0, 10) < first && first <= last;
    const why = "a period is that of a purpose, begins with the request, and ends for the originator first";
    hold("cryptoperiod", isInOrder && purpose !== undefined, why);
  }
}

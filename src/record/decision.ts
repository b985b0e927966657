/** What follows for any policy from the rest of the record; the policy's own rules are not at hand. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import { type Hold, obliges } from "./hold.ts";
import type { Predicate } from "./record.ts";

export function checkDecision(predicate: Predicate, row: Algorithm, hold: Hold): void {
  const { decision, environment, purpose, classification } = predicate;
  const { approved } = decision.policy;
  const production = environment === "production";
  const warned = (id: string): boolean => decision.warnings.some((warning) => warning.id === id);
  hold("approval", !production || approved, "production needs an approved policy");
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

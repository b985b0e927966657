/** What `generate` throws when the policy says no: the error carries the whole decision. */
import { KeygenError } from "../errors.ts";
import type { Decision } from "./decide.ts";

export class PolicyRefusal extends KeygenError {
  readonly decision: Decision;

  /** `instead`: what the policy allows for the same use, best first. */
  constructor(algorithm: string, decision: Decision, instead: readonly string[] = []) {
    const { broken, policy } = decision;
    const [first] = broken;
    const more = broken.length > 1 ? `, and ${broken.length - 1} more` : "";
    const allowed = instead.length > 0 ? `; it allows ${instead.join(", ")}` : "";
    super(
      "policy-refused",
      `policy ${policy.id} ${policy.version} refuses ${algorithm}: ${first?.why} (${first?.id}, ${first?.source})${more}${allowed}`,
      {
        by: "policy",
        policy: policy.id,
        version: policy.version,
        broken: broken.map(({ id }) => id).join(" "),
        instead: instead.join(", "),
      },
    );
    this.decision = decision;
  }
}

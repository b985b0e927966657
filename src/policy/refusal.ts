/** What `generate` throws when the policy says no: the error carries the whole decision. */
import { KeygenError } from "../errors.ts";
import type { Decision } from "./decide.ts";

export class PolicyRefusal extends KeygenError {
  readonly decision: Decision;

  constructor(algorithm: string, decision: Decision) {
    const { broken, policy } = decision;
    const [first] = broken;
    const more = broken.length > 1 ? `, and ${broken.length - 1} more` : "";
    super(
      "policy-refused",
      `policy ${policy.id} ${policy.version} refuses ${algorithm}: ${first?.why} (${first?.id}, ${first?.source})${more}`,
      { policy: policy.id, version: policy.version, broken: broken.map(({ id }) => id).join(" ") },
    );
    this.decision = decision;
  }
}

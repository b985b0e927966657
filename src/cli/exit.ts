/** How an error ends the command: its text on stderr and its exit code. */
import { KeygenError } from "../errors.ts";
import { PolicyRefusal } from "../policy/refusal.ts";

/** What a service answered instead of a key: an RFC 9457 problem. */
export class ServiceProblem extends Error {
  readonly refused: boolean;

  constructor(status: number, problem: Record<string, unknown>) {
    const broken = Array.isArray(problem.broken) ? (problem.broken as Record<string, unknown>[]) : [];
    const rules = broken.map((rule) => `\n  ${rule.id} (${rule.source}): ${rule.why}`);
    super(`the service answered ${status}: ${problem.detail ?? problem.title ?? "without a reason"}${rules.join("")}`);
    this.refused = status === 403;
  }
}

/** A wrong call of the command; the text says what was wanted. */
export class UsageError extends Error {}

export function exitCode(error: unknown): number {
  if (error instanceof UsageError || error instanceof RangeError || error instanceof TypeError) return 2;
  if (error instanceof ServiceProblem && error.refused) return 3;
  if (error instanceof KeygenError && error.code === "policy-refused") return 3; // the key, or the policy's environment
  if (error instanceof KeygenError && error.code === "policy-invalid") return 2;
  return 1;
}

/** One paragraph without a stack: what happened, and where there is one, the way on. */
export function explain(error: unknown): string {
  if (error instanceof PolicyRefusal) {
    const { broken, policy } = error.decision;
    const lines = broken.map((rule) => `  ${rule.id} (${rule.source}): ${rule.why}`);
    return [`refused by policy ${policy.id} ${policy.version}`, ...lines].join("\n");
  }
  if (error instanceof UsageError) return `${error.message}\nkeywright --help says what there is`;
  if (error instanceof KeygenError) return `${error.message} [${error.code}]`;
  return error instanceof Error ? error.message : String(error);
}

/** How an error ends the command: its text on stderr and its exit code. */
import { KeygenError } from "../errors.ts";
import { PolicyRefusal } from "../policy/refusal.ts";
import { visible } from "./visible.ts";

/** A broken rule, or a warning. */
export interface Rule {
  readonly id: string;
  readonly source: string;
  readonly why: string;
}

/** What a broken rule or a warning says, with nothing of it obeyed by the terminal. */
export function ruleText({ id, source, why }: Rule): string {
  return `${visible(id)} (${visible(source)}): ${visible(why)}`;
}

/** What a service answered instead of a key: an RFC 9457 problem. */
export class ServiceProblem extends Error {
  readonly refused: boolean;
  readonly broken: readonly Rule[];

  constructor(status: number, problem: Record<string, unknown>) {
    super(`the service answered ${status}: ${problem.detail ?? problem.title ?? "without a reason"}`);
    this.refused = status === 403;
    this.broken = Array.isArray(problem.broken) ? problem.broken.filter((rule) => rule instanceof Object) : [];
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

/** One paragraph without a stack: what happened, and where there is one, the way on; `command` is the one that was called. */
export function explain(error: unknown, command?: string): string {
  if (error instanceof PolicyRefusal) {
    const { broken, policy } = error.decision;
    return paragraph(`refused by policy ${policy.id} ${policy.version}`, broken);
  }
  if (error instanceof ServiceProblem) return paragraph(error.message, error.broken);
  if (error instanceof UsageError) {
    const help = command === undefined ? "keywright --help" : `keywright ${command} --help`;
    return `${visible(error.message)}\n${help} says what there is`;
  }
  if (error instanceof KeygenError) return `${visible(error.message)} [${error.code}]`;
  return visible(error instanceof Error ? error.message : error);
}

function paragraph(first: string, rules: readonly Rule[]): string {
  return [visible(first), ...rules.map((rule) => `  ${ruleText(rule)}`)].join("\n");
}

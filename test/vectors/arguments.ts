/** The command line of the vector runner. */
import { parseArgs } from "node:util";
import { isRuntime, type Runtime, runtimes } from "../support/runtimes.ts";

export const subjects = ["core", "reference"] as const;
export type SubjectName = (typeof subjects)[number];

export interface Arguments {
  readonly dir: string | undefined;
  readonly json: boolean;
  readonly quick: boolean;
  readonly runtimes: readonly Runtime[];
  readonly subject: SubjectName;
}

export const usage = `usage: npm run --silent vectors -- [--dir DIR] [--json] [--quick] [--runtime ${runtimes.join("|")}|all] [--subject ${subjects.join("|")}]`;

export class UsageError extends Error {
  override readonly name = "UsageError";
}

function runtimesNamed(name: string, json: boolean): readonly Runtime[] {
  if (isRuntime(name)) return [name];
  if (name !== "all")
    throw new UsageError(`--runtime must be ${runtimes.join(", ")} or all, got ${JSON.stringify(name)}`);
  if (json) throw new UsageError("--json prints one object for one runtime: name it, and run once for each");
  return runtimes;
}

export function parseArguments(args: readonly string[]): Arguments {
  const options = {
    dir: { type: "string" },
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    runtime: { type: "string", default: "node" },
    subject: { type: "string", default: "core" },
  } as const;
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>["values"];
  try {
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const subject = subjects.find((name) => name === values.subject);
  if (subject === undefined) {
    throw new UsageError(`--subject must be ${subjects.join(" or ")}, got ${JSON.stringify(values.subject)}`);
  }
  if (subject === "reference" && values.runtime !== "node") {
    throw new UsageError("--subject reference runs in node alone: the references are written over node:crypto");
  }
  const { dir, json, quick } = values;
  return { dir, json, quick, subject, runtimes: runtimesNamed(values.runtime, json) };
}

/** What the command line asks. */
import { parseArgs } from "node:util";
import { isRuntime, type Runtime, runtimes } from "../test/support/runtimes.ts";
import { type Subject, subjects } from "./subjects.ts";

/** A wrong call; the text says what was wanted. */
export class UsageError extends Error {}

export interface Call {
  readonly subject: Subject;
  readonly runtime: Runtime;
  readonly json: boolean;
  readonly save: boolean;
  readonly rounds?: number;
  readonly bits?: number;
  /** Where the distribution is drawn. */
  readonly plot?: string;
}

export const usage = [
  "npm run --silent bench -- SUBJECT [--runtime RUNTIME] [--rounds N] [--bits N] [--plot FILE] [--json] [--save]",
  "",
  "subjects:",
  ...Object.entries(subjects).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`),
  `runtimes: ${runtimes.join(", ")} (node unless said otherwise)`,
  "  --rounds N  samples of each row",
  "  --bits N    only this size of key, where keys are timed",
  "  --plot FILE the distribution of the times as SVG, where keys are timed",
  "  --json      the rows as JSON, and nothing else",
  "  --save      also write the rows to bench/results/<date>-<processor>.json",
].join("\n");

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: {
        runtime: { type: "string", default: "node" },
        rounds: { type: "string" },
        bits: { type: "string" },
        plot: { type: "string" },
        json: { type: "boolean", default: false },
        save: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function mustSuit(name: string, { sizes, plots }: Subject, bits: string | undefined, plot: string | undefined): void {
  if (bits !== undefined && sizes === undefined) throw new UsageError(`--bits is not for ${name}, which times no keys`);
  if (bits !== undefined && !sizes?.some((size) => String(size) === bits)) {
    throw new UsageError(`--bits must be one of ${sizes?.join(", ")}, got ${bits}`);
  }
  if (plot !== undefined && !plots)
    throw new UsageError(`--plot is not for ${name}, which has no distribution to draw`);
  if (plot === "") throw new UsageError("--plot wants the name of a file");
}

/** `"help"` when only help was asked. */
export function readCall(args: readonly string[]): Call | "help" {
  const { positionals, values } = parse(args);
  const [name, ...more] = positionals;
  const { runtime, rounds, bits, plot, json, save, help } = values;
  if (help) return "help";
  if (name === undefined) throw new UsageError(`subject is missing; wanted one of ${Object.keys(subjects).join(", ")}`);
  if (more.length > 0) throw new UsageError(`one subject was wanted, got also ${more.join(" ")}`);
  const subject = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
  if (subject === undefined)
    throw new UsageError(`subject must be one of ${Object.keys(subjects).join(", ")}, got ${name}`);
  if (!isRuntime(runtime)) throw new UsageError(`--runtime must be one of ${runtimes.join(", ")}, got ${runtime}`);
  if (subject.runtimes?.includes(runtime) === false) {
    throw new UsageError(`${name} runs in ${subject.runtimes.join(", ")} only, got ${runtime}`);
  }
  if (rounds !== undefined && !/^[1-9][0-9]{0,4}$/.test(rounds)) {
    throw new UsageError(`--rounds must be an integer from 1 to 99999, got ${rounds}`);
  }
  mustSuit(name, subject, bits, plot);
  return {
    subject,
    runtime,
    json,
    save,
    ...(rounds === undefined ? {} : { rounds: Number(rounds) }),
    ...(bits === undefined ? {} : { bits: Number(bits) }),
    ...(plot === undefined ? {} : { plot }),
  };
}

/** All vectors of a folder, in one runtime or in all, with a table or one JSON object for the outcome. */
import { fileURLToPath } from "node:url";
import { type Runtime, runIn } from "../support/runtimes.ts";
import { type Arguments, parseArguments, type SubjectName, UsageError, usage } from "./arguments.ts";
import { type Folder, openFolder, placeOf, readText } from "./folder.ts";
import { audited, type FileReport, type RunCounts, totals } from "./report.ts";
import type { FileInput } from "./run-file.ts";
import { diagnostics, tableFor } from "./table.ts";

/** What a process has and a test can stand in for. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  out(line: string): void;
  err(line: string): void;
}

export const ExitCode = { passed: 0, failed: 1, usage: 2, noVectors: 3 } as const;

const entries: Readonly<Record<SubjectName, URL>> = {
  core: new URL("./run-core.ts", import.meta.url),
  reference: new URL("./run-reference.ts", import.meta.url),
};

function* inputs(folder: Folder, quick: boolean): Generator<FileInput> {
  for (const file of folder.known) yield { file, text: readText(folder, file), quick };
}

async function runFolder(
  folder: Folder,
  runtime: Runtime,
  { subject, quick, json }: Arguments,
  { out, err }: Surroundings,
): Promise<RunCounts> {
  const table = tableFor(folder.known);
  const reports: FileReport[] = [];
  if (!json) out(`${subject} in ${runtime}, vectors of ${folder.path}\n\n${table.head}`);
  const take = (told: FileReport) => {
    const report = audited(told);
    reports.push(report);
    if (!json) out(table.row(report));
    for (const line of diagnostics(report)) err(line);
  };
  await runIn(runtime, fileURLToPath(entries[subject]), "runVectorFile", inputs(folder, quick), take);
  if (reports.length !== folder.known.length) {
    throw new Error(`${folder.known.length} files were sent to ${runtime}, and ${reports.length} reports came back`);
  }
  const counts = totals(reports);
  out(json ? JSON.stringify(counts) : `${table.foot(counts)}\n`);
  return counts;
}

async function runArguments(args: Arguments, surroundings: Surroundings): Promise<number> {
  const { environment, cwd, err } = surroundings;
  const place = placeOf(args.dir, environment);
  const folder = openFolder(place, cwd);
  if (folder === undefined) {
    err(
      `no vectors in ${place}: test/vectors/README.md says where to get them; name the folder by --dir or KEYWRIGHT_VECTORS`,
    );
    return ExitCode.noVectors;
  }
  for (const file of folder.unknown) err(`${file}: unknown, not run`);
  let failed = 0;
  for (const runtime of args.runtimes) failed += (await runFolder(folder, runtime, args, surroundings)).failed;
  return failed === 0 ? ExitCode.passed : ExitCode.failed;
}

export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await runArguments(parseArguments(args), surroundings);
  } catch (error) {
    if (error instanceof UsageError) {
      surroundings.err(`${error.message}\n${usage}`);
      return ExitCode.usage;
    }
    surroundings.err(`vectors: ${error instanceof Error ? error.stack : String(error)}`);
    return ExitCode.failed;
  }
}

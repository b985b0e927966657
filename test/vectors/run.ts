/** `npm run vectors`: all vectors of a folder, in one runtime or in all. Exit codes: 0 passed, 1 failed, 2 usage, 3 no vectors. */
import { fileURLToPath } from "node:url";
import { type Runtime, runIn } from "../support/runtimes.ts";
import { type Arguments, parseArguments, type SubjectName, UsageError, usage } from "./arguments.ts";
import { type Folder, openFolder, readText } from "./folder.ts";
import { audited, type FileReport, type RunCounts, totals } from "./report.ts";
import type { FileInput } from "./run-file.ts";
import { diagnostics, tableFor } from "./table.ts";

const entries: Readonly<Record<SubjectName, URL>> = {
  core: new URL("./run-core.ts", import.meta.url),
  reference: new URL("./run-reference.ts", import.meta.url),
};

const out = (text: string) => process.stdout.write(`${text}\n`);
const err = (text: string) => process.stderr.write(`${text}\n`);

function* inputs(folder: Folder, quick: boolean): Generator<FileInput> {
  for (const file of folder.known) yield { file, text: readText(folder, file), quick };
}

async function runFolder(folder: Folder, runtime: Runtime, { subject, quick, json }: Arguments): Promise<RunCounts> {
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
  const counts = totals(reports);
  if (reports.length !== folder.known.length) {
    throw new Error(`${folder.known.length} files were sent to ${runtime}, and ${reports.length} reports came back`);
  }
  out(json ? JSON.stringify(counts) : `${table.foot(counts)}\n`);
  return counts;
}

async function main(args: Arguments): Promise<number> {
  const folder = openFolder(args.dir);
  if (folder === undefined) {
    const place = args.dir ?? process.env.KEYWRIGHT_VECTORS ?? "./vectors";
    err(
      `no vectors in ${place}: test/vectors/README.md says where to get them; name the folder by --dir or KEYWRIGHT_VECTORS`,
    );
    return 3;
  }
  for (const file of folder.unknown) err(`${file}: unknown, not run`);
  let failed = 0;
  for (const runtime of args.runtimes) failed += (await runFolder(folder, runtime, args)).failed;
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(parseArguments(process.argv.slice(2)));
} catch (error) {
  const usageError = error instanceof UsageError;
  err(usageError ? `${error.message}\n${usage}` : `vectors: ${error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = usageError ? 2 : 1;
}

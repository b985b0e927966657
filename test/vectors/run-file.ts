/** One file through its reader: every case run or excused, and counted. Portable: it runs wherever the library does. */
import { type Lack, NotServed } from "../../src/acvp/not-served.ts";
import { readerFor } from "./known-files.ts";
import type { VectorCase, VectorFile } from "./readers/reader.ts";
import { type Failure, type FileReport, type Reason, reasons } from "./report.ts";
import type { Subject } from "./subject.ts";

/** One file on its way to a runtime. */
export interface FileInput {
  /** Relative to the folder of vectors, with slashes. */
  readonly file: string;
  readonly text: string;
  readonly quick: boolean;
}

/** The reasons for what the module does not have. */
const lacks: Readonly<Record<Lack, Reason>> = { "sha-1": "sha-1", "p-192": "p-192", variant: "not-built-yet" };

/** Failures beyond these are counted and not told. */
const TOLD = 5;

type Outcome = { readonly passed: true } | { readonly excused: Reason } | { readonly failed: string };

function inWords(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

async function runCase(subject: Subject, vector: VectorCase): Promise<Outcome> {
  try {
    const check = vector.read();
    if (typeof check === "string") return { excused: check };
    const difference = await check(subject);
    return difference === undefined ? { passed: true } : { failed: difference };
  } catch (error) {
    return error instanceof NotServed ? { excused: lacks[error.lack] } : { failed: inWords(error) };
  }
}

/** What is wrong with the file as a whole. */
function problemOf({ cases, stated }: VectorFile): string | undefined {
  if (cases.length === 0) return "it yields no case";
  if (stated === undefined || stated === cases.length) return undefined;
  return `it says it has ${stated} cases, and has ${cases.length}`;
}

async function runCases(subject: Subject, file: string, read: VectorFile): Promise<FileReport> {
  let passed = 0;
  let failed = 0;
  const excused = new Map<Reason, number>();
  const failures: Failure[] = [];
  for (const vector of read.cases) {
    const outcome = await runCase(subject, vector);
    if ("passed" in outcome) passed++;
    else if ("excused" in outcome) excused.set(outcome.excused, (excused.get(outcome.excused) ?? 0) + 1);
    else {
      failed++;
      if (failures.length < TOLD) failures.push({ group: vector.group, id: vector.id, why: outcome.failed });
    }
  }
  const notApplicable = reasons.flatMap((reason) => {
    const cases = excused.get(reason);
    return cases === undefined ? [] : [{ reason, cases }];
  });
  const counts = { file, cases: read.cases.length, passed, notApplicable, failures };
  const problem = problemOf(read);
  return problem === undefined ? { ...counts, failed } : { ...counts, failed: failed + 1, problem };
}

/** A file that cannot be run at all counts as one failure. */
function unreadable(file: string, problem: string): FileReport {
  return { file, cases: 0, passed: 0, failed: 1, notApplicable: [], failures: [], problem };
}

export async function runFile(
  openSubject: () => Promise<Subject>,
  { file, text, quick }: FileInput,
): Promise<FileReport> {
  const reader = readerFor(file);
  if (reader === undefined) throw new RangeError(`no reader is known for ${file}`);
  let read: VectorFile;
  try {
    read = reader(text, { quick });
  } catch (error) {
    return unreadable(file, inWords(error));
  }
  let subject: Subject;
  try {
    subject = await openSubject();
  } catch (error) {
    return unreadable(file, inWords(error));
  }
  try {
    return await runCases(subject, file, read);
  } finally {
    subject.close();
  }
}

/** The report for people: one line a file as it finishes, and the totals. */
import type { FileCounts, FileReport, RunCounts } from "./report.ts";

const COUNT = 8;
const count = (value: number | string) => String(value).padStart(COUNT);
const excuses = ({ notApplicable }: FileCounts) =>
  notApplicable.map(({ reason, cases }) => `${cases} ${reason}`).join(", ");

export interface Table {
  readonly head: string;
  row(report: FileCounts): string;
  foot(totals: RunCounts): string;
}

function line(width: number, file: string, ...counts: readonly (number | string)[]): string {
  return `${file.padEnd(width)}${counts.map(count).join("")}`;
}

export function tableFor(files: readonly string[]): Table {
  const width = Math.max(...files.map((file) => file.length), "total".length);
  const excused = (words: string) => (words === "" ? "" : `  ${words}`);
  return {
    head: `${line(width, "file", "cases", "passed", "failed")}  not applicable`,
    row: (report) => line(width, report.file, report.cases, report.passed, report.failed) + excused(excuses(report)),
    foot: ({ files: reports, passed, failed, notApplicable }) => {
      const cases = reports.reduce((sum, report) => sum + report.cases, 0);
      return line(width, "total", cases, passed, failed) + excused(notApplicable === 0 ? "" : String(notApplicable));
    },
  };
}

/** What went wrong in a file, a line each. */
export function diagnostics(report: FileReport): readonly string[] {
  const { file, failed, failures, problem } = report;
  if (failed === 0) return [];
  const untold = failed - failures.length - (problem === undefined ? 0 : 1);
  return [
    ...(problem === undefined ? [] : [`${file}: ${problem}`]),
    ...failures.map(({ group, id, why }) => `${file}: ${group}, ${id}: ${why}`),
    ...(untold > 0 ? [`${file}: and ${untold} more`] : []),
  ];
}

/** What a run says of a file: the closed list of reasons, the counts, and the words for a case that failed. */

/** Why a case is not for us. The list is closed: whatever else keeps a case from passing is a failure. */
export const reasons = [
  "sha-1", // the library has no SHA-1
  "p-192", // nor a curve of 96 bits of strength
  "ffc", // nor finite-field keys (safe primes)
  "not-built-yet", // of an algorithm, or a variant, that a later version brings
  "negative-number", // primality is asked of a negative number
  "inverse-cipher", // AES key wrap with the inverse cipher, which RFC 3394 does not have
  "slow", // left out by --quick, and only by it
] as const;

export type Reason = (typeof reasons)[number];

/** Where a case stands and what went wrong, without the bytes. */
export interface Failure {
  readonly group: string;
  readonly id: string;
  readonly why: string;
}

export interface NotApplicable {
  readonly reason: Reason;
  readonly cases: number;
}

/** The counts of one file, as `--json` prints them. */
export interface FileCounts {
  readonly file: string;
  /** How many cases the file holds, counted, whatever the file says of itself. */
  readonly cases: number;
  readonly passed: number;
  /** Cases that failed, and one more if the file as a whole is not what it says. */
  readonly failed: number;
  readonly notApplicable: readonly NotApplicable[];
}

export interface FileReport extends FileCounts {
  /** The first few cases that failed. */
  readonly failures: readonly Failure[];
  /** What is wrong with the file as a whole. */
  readonly problem?: string;
}

export interface RunCounts {
  readonly files: readonly FileCounts[];
  readonly passed: number;
  readonly failed: number;
  readonly notApplicable: number;
}

const add = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

export function notApplicableCases({ notApplicable }: FileCounts): number {
  return add(notApplicable.map(({ cases }) => cases));
}

/** The object of `--json`: the counts, and nothing else that a report holds. */
export function totals(reports: readonly FileCounts[]): RunCounts {
  return {
    files: reports.map(({ file, cases, passed, failed, notApplicable }) => ({
      file,
      cases,
      passed,
      failed,
      notApplicable,
    })),
    passed: add(reports.map(({ passed }) => passed)),
    failed: add(reports.map(({ failed }) => failed)),
    notApplicable: add(reports.map(notApplicableCases)),
  };
}

/** The report, with one failure more if its counts do not add up: a case that was lost on the way must not pass. */
export function audited(report: FileReport): FileReport {
  if (report.problem !== undefined) return report;
  const counted = report.passed + report.failed + notApplicableCases(report);
  if (counted === report.cases) return report;
  return { ...report, failed: report.failed + 1, problem: `it has ${report.cases} cases, and ${counted} were told` };
}

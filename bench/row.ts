/** The rows that a benchmark prints: what `--json` shows, and nothing else. */
import type { Runtime } from "../test/support/runtimes.ts";
import type { Measured, Timing, Unit } from "./harness.ts";
import { median, ratioByRound, type Summary, summarize } from "./statistics.ts";

export interface Row extends Summary {
  readonly subject: string;
  readonly work: string;
  readonly runtime: Runtime;
  readonly implementation: string;
  readonly unit: Unit;
  /** Ours / native, lower is better; null in rows of others and where the runtime has no native. */
  readonly ratioToNative: number | null;
  /** Ours / the fastest JavaScript library of this run; null in rows of others and where there is none. */
  readonly ratioToBestJs: number | null;
}

function fastest(timings: readonly Timing[]): Timing | undefined {
  return [...timings].sort((a, b) => median(a.samples) - median(b.samples))[0];
}

/** Ours / theirs, of two series of samples. */
export type Ratio = (ours: readonly number[], theirs: readonly number[]) => number;

/** Both ratios stand in our own row, the one the bars are on. */
export function rowsOf(
  subject: string,
  runtime: Runtime,
  { work, unit, timings }: Measured,
  ratioOf: Ratio = ratioByRound,
): Row[] {
  const native = timings.find(({ kind }) => kind === "native");
  const bestJs = fastest(timings.filter(({ kind }) => kind === "javascript"));
  const ratio = ({ kind, samples }: Timing, theirs: Timing | undefined) =>
    kind === "keywright" && theirs !== undefined ? ratioOf(samples, theirs.samples) : null;
  return timings.map((timing) => {
    const { n, median, p10, p90, mean } = summarize(timing.samples);
    return {
      subject,
      work,
      runtime,
      implementation: timing.implementation,
      unit,
      n,
      median,
      p10,
      p90,
      mean,
      ratioToNative: ratio(timing, native),
      ratioToBestJs: ratio(timing, bestJs),
    };
  });
}

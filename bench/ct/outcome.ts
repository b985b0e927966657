/** The subject `ct`: all targets, what was seen and what could have been, in plain words. */
import { openInnerCore } from "../core.ts";
import { figure } from "../report.ts";
import { type Row, rowsOf } from "../row.ts";
import { mean } from "../statistics.ts";
import type { Options, Outcome } from "../subjects.ts";
import { keyTarget } from "./key-target.ts";
import { laneTargets } from "./lane-targets.ts";
import { lucasTarget } from "./lucas-target.ts";
import { type Samples, sampleTarget } from "./measure.ts";
import { drbgTarget, exponentiationTargets, type Target } from "./targets.ts";
import { compare, THRESHOLD, type Verdict } from "./welch.ts";

/** Samples of both classes together, for a target with share 1. */
const DEFAULT_ROUNDS = 2000;
/** Below this one class may have too few for a test. */
const LEAST_ROUNDS = 40;

const percent = (part: number, whole: number) => `${figure((100 * part) / whole)} %`;

/** What the verdict means, by what was expected. */
export function describe(name: string, expected: Target["expect"], verdict: Verdict, average: number): string {
  const { t, kept, caught, smallest, difference, degreesOfFreedom } = verdict;
  const found = `t = ${t.toFixed(1)} (${Math.round(degreesOfFreedom)} degrees of freedom, ${kept * 100} % of the samples)`;
  const least = `a difference of ${figure(smallest)} us (${percent(smallest, average)}) would have been caught 95 times in 100`;
  const seen = `the two classes differ by ${figure(Math.abs(difference))} us (${percent(Math.abs(difference), average)})`;
  const words = {
    leak: caught ? `caught, as it must be: ${seen}` : `NOT caught: this run proves nothing; ${least}`,
    none: caught
      ? `${seen}, WHERE NOTHING LEAKS: this run proves nothing`
      : `no difference seen, as it must be; ${least}`,
    unknown: caught ? `LEAK: ${seen}` : `no difference seen; ${least}`,
  };
  return `${name}: ${words[expected]}; ${found}`;
}

/** Whether the run must fail: a control that was not as it must be, or a leak. */
export function isBad(expected: Target["expect"], { caught }: Verdict): boolean {
  return expected === "leak" ? !caught : caught;
}

function rowsFor(target: Target, { fixed, random }: Samples): Row[] {
  const timings = [
    { implementation: "fixed", kind: "keywright" as const, samples: fixed },
    { implementation: "random", kind: "keywright" as const, samples: random },
  ];
  return rowsOf("ct", "node", { work: target.name, unit: "us", timings });
}

export async function leakOutcome({ rounds = DEFAULT_ROUNDS }: Options): Promise<Outcome> {
  const inner = openInnerCore();
  const lanes = laneTargets(inner);
  const targets = [
    ...exponentiationTargets(inner),
    ...lanes,
    drbgTarget(inner, "SHA-256"),
    drbgTarget(inner, "SHA-512"),
    lucasTarget(inner),
    await keyTarget(),
  ];
  const [seed = 1] = crypto.getRandomValues(new Uint32Array(1));
  const rows: Row[] = [];
  const lines = lanes.length === 4 ? [] : ["a kernel of two lanes does not serve in this engine, and was not timed"];
  const failures: string[] = [];
  for (const target of targets) {
    const samples = sampleTarget(target, Math.max(LEAST_ROUNDS, Math.round(rounds * target.share)), seed);
    const verdict = compare(samples.fixed, samples.random);
    const average = mean([...samples.fixed, ...samples.random]);
    const line = describe(target.name, target.expect, verdict, average);
    rows.push(...rowsFor(target, samples));
    lines.push(line);
    if (isBad(target.expect, verdict)) failures.push(line);
  }
  return {
    rows,
    lines: [...lines, `a difference counts when |t| is above ${THRESHOLD}; order of the classes: seed ${seed}`, ""],
    failures,
  };
}

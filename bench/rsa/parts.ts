/** The parts of a key's time that luck does not move, and their sum beside the mean that it does. */
import type { RsaRounds } from "../rsa.bench.ts";
import { mean, median } from "../statistics.ts";
import type { Dissection } from "./dissect.ts";
import { expectedTestsPerPrime } from "./expected.ts";

export interface FixedParts {
  /** Tests a key, mean over the timed keys, and what the formula says. */
  readonly tests: number;
  readonly formula: number;
  /** Milliseconds of one test, and of the sieving for one, and of what every key costs: medians. */
  readonly test: number;
  readonly sieving: number;
  readonly fixed: number;
  readonly sum: number;
  /** Of the timed keys. */
  readonly mean: number;
}

/** Without the tests that are counted as such already. */
export function fixedOf(dissected: readonly Dissection[]): number[] {
  const test = median(dissected.flatMap((one) => one.tests));
  return dissected.map(({ fixed, passed }) => fixed - passed * test);
}

export function fixedParts({ bits, ours, dissected }: Pick<RsaRounds, "bits" | "ours" | "dissected">): FixedParts {
  const tests = mean(ours.map((one) => one.tests));
  const test = median(dissected.flatMap((one) => one.tests));
  const sieving = median(dissected.map((one) => one.sieving));
  const fixed = median(fixedOf(dissected));
  const sum = tests * (test + sieving) + fixed;
  const formula = 2 * expectedTestsPerPrime(bits / 2);
  return { tests, formula, test, sieving, fixed, sum, mean: mean(ours.map((one) => one.key)) };
}

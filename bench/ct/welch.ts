/**
 * Fixed versus random: whether two series of times have different means, as Reparaz, Balasch and Verbauwhede propose it
 * ("Dude, is my code constant time?", 2017): Welch's t test, of all samples and of those below some thresholds, since a
 * busy machine makes a long tail that hides what differs below it.
 */
import { mean } from "../statistics.ts";

export interface Welch {
  /** Difference of the means, fixed - random, in standard errors. */
  readonly t: number;
  /** By Welch and Satterthwaite. */
  readonly degreesOfFreedom: number;
  readonly difference: number;
  readonly standardError: number;
}

export interface Verdict extends Welch {
  /** The share of all samples that was kept: 1 is all. */
  readonly kept: number;
  /** |t| is above the threshold for at least one of the shares. */
  readonly caught: boolean;
  /** The least difference that would have been caught 95 times in 100, if it moved all samples alike. */
  readonly smallest: number;
}

/** What the field takes for evidence: by chance alone one t in 150,000 is as large. */
export const THRESHOLD = 4.5;
/** 95 % of a normal distribution lie above its mean - 1.645 standard deviations. */
const POWER = 1.645;
/** Samples on a side below which nothing is said. */
const LEAST = 10;
/** Bisections: the smallest shift is told to within a thousandth of where the search begins. */
const SHIFT_STEPS = 10;
const shares: readonly number[] = [1, 0.99, 0.95, 0.9, 0.75, 0.5];

/** The mean of squared differences from the mean, without bias. */
function variance(samples: readonly number[]): number {
  const centre = mean(samples);
  return samples.reduce((sum, sample) => sum + (sample - centre) ** 2, 0) / (samples.length - 1);
}

export function welch(a: readonly number[], b: readonly number[]): Welch {
  if (a.length < 2 || b.length < 2) {
    throw new RangeError(`a t test wants at least two samples on both sides, got ${a.length} and ${b.length}`);
  }
  const [partA, partB] = [variance(a) / a.length, variance(b) / b.length];
  const difference = mean(a) - mean(b);
  const standardError = Math.sqrt(partA + partB);
  const degreesOfFreedom = (partA + partB) ** 2 / (partA ** 2 / (a.length - 1) + partB ** 2 / (b.length - 1));
  // Two constant series: they differ for sure, or not at all.
  const t =
    standardError === 0 ? (difference === 0 ? 0 : Math.sign(difference) * Infinity) : difference / standardError;
  return { t, degreesOfFreedom, difference, standardError };
}

interface Cropped extends Welch {
  readonly kept: number;
}

/** The tests of all samples and of the fastest shares of both sides together. */
function tests(fixed: readonly number[], random: readonly number[]): Cropped[] {
  const sorted = Float64Array.from([...fixed, ...random]).sort();
  return shares.flatMap((kept) => {
    const limit = sorted[Math.ceil(kept * sorted.length) - 1] ?? Number.POSITIVE_INFINITY;
    const below = (samples: readonly number[]) => samples.filter((sample) => sample <= limit);
    const [a, b] = [below(fixed), below(random)];
    // Where one side has next to nothing below the limit the two differ so much that the other shares tell.
    return a.length < LEAST || b.length < LEAST ? [] : [{ kept, ...welch(a, b) }];
  });
}

function strongest(fixed: readonly number[], random: readonly number[]): Cropped {
  const [first] = tests(fixed, random).sort((a, b) => Math.abs(b.t) - Math.abs(a.t));
  if (first === undefined) {
    throw new RangeError(
      `a comparison wants at least ${LEAST} samples on both sides, got ${fixed.length} and ${random.length}`,
    );
  }
  return first;
}

/**
 * The least shift of all samples of one side, either way, that lifts |t| above the threshold by what chance takes away 5
 * times in 100. Found by shifting these very samples, since cropping takes away a part of any difference.
 */
export function smallestShift(fixed: readonly number[], random: readonly number[]): number {
  const wanted = THRESHOLD + POWER;
  const seen = (shift: number) =>
    [shift, -shift].every((by) => {
      const shifted = fixed.map((sample) => sample + by);
      return Math.abs(strongest(shifted, random).t) >= wanted;
    });
  let high = wanted * welch(fixed, random).standardError;
  if (high === 0) return 0;
  while (!seen(high)) high *= 2;
  let low = 0;
  for (let i = 0; i < SHIFT_STEPS; i++) {
    const middle = (low + high) / 2;
    if (seen(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The largest |t| is the verdict's. */
export function compare(fixed: readonly number[], random: readonly number[]): Verdict {
  const found = strongest(fixed, random);
  return { ...found, caught: Math.abs(found.t) > THRESHOLD, smallest: smallestShift(fixed, random) };
}

/**
 * How far a ratio of two means can be trusted. A key's time is mostly luck, so that the mean of a few hundred is itself
 * uncertain by some per cent; resampling the rounds that were measured shows by how many.
 */
import { randomFrom } from "./random.ts";
import { mean, quantile } from "./statistics.ts";

export interface Interval {
  /** Of the samples themselves. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export const RESAMPLES = 2000;
export const RESAMPLING_SEED = 1;

/** Ours / theirs, as a ratio of means: what a caller saves who makes many keys. */
export function ratioOfMeans(ours: readonly number[], theirs: readonly number[]): number {
  return mean(ours) / mean(theirs);
}

/**
 * The interval that holds the ratio of means with probability `level`, by the percentile bootstrap. Whole rounds are
 * drawn, both sides of each, since what slowed the machine down in a round slowed both.
 */
export function ratioInterval(
  ours: readonly number[],
  theirs: readonly number[],
  level = 0.9,
  resamples = RESAMPLES,
): Interval {
  if (ours.length !== theirs.length || ours.length === 0) {
    throw new RangeError(`ratio wants as many samples on both sides, got ${ours.length} and ${theirs.length}`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`level must be between 0 and 1, got ${level}`);
  const random = randomFrom(RESAMPLING_SEED);
  const ratios = Array.from({ length: resamples }, () => {
    let sumOurs = 0;
    let sumTheirs = 0;
    for (let i = 0; i < ours.length; i++) {
      const round = Math.floor(random() * ours.length);
      sumOurs += ours[round] ?? Number.NaN;
      sumTheirs += theirs[round] ?? Number.NaN;
    }
    return sumOurs / sumTheirs;
  });
  const tail = (1 - level) / 2;
  return { ratio: ratioOfMeans(ours, theirs), low: quantile(ratios, tail), high: quantile(ratios, 1 - tail) };
}

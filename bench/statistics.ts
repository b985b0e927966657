/** What is said about a series of samples. Pure; knows nothing of clocks. */

export interface Summary {
  readonly n: number;
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly mean: number;
}

/** The q-quantile by linear interpolation between order statistics: 0 gives the least sample, 1 the greatest. */
export function quantile(samples: readonly number[], q: number): number {
  if (samples.length === 0) throw new RangeError("quantile wants at least one sample, got none");
  if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile must be from 0 to 1, got ${q}`);
  const sorted = [...samples].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

export function mean(samples: readonly number[]): number {
  if (samples.length === 0) throw new RangeError("mean wants at least one sample, got none");
  return samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
}

export function summarize(samples: readonly number[]): Summary {
  return {
    n: samples.length,
    median: median(samples),
    p10: quantile(samples, 0.1),
    p90: quantile(samples, 0.9),
    mean: mean(samples),
  };
}

/**
 * Ours / theirs, as the median over rounds of the ratio within each round. What slows the machine for a while slows
 * both sides of a round, so it drops out here, where it would not from a ratio of two medians.
 */
export function ratioByRound(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) {
    throw new RangeError(`ratio wants as many samples on both sides, got ${ours.length} and ${theirs.length}`);
  }
  return median(ours.map((sample, round) => sample / (theirs[round] ?? Number.NaN)));
}

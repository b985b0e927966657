/** The figures of the benchmarks, on samples whose statistics are known. */
import { describe, expect, test } from "vitest";
import { mean, median, quantile, ratioByRound, summarize } from "../../bench/statistics.ts";

describe("statistics", () => {
  const shuffled = [7, 1, 11, 3, 5, 9, 2, 10, 4, 8, 6];

  test("of 1 to 11, in any order", () => {
    expect(summarize(shuffled)).toEqual({ n: 11, median: 6, p10: 2, p90: 10, mean: 6 });
  });

  test("a quantile between two samples lies between them in proportion", () => {
    expect(quantile([10, 20], 0.5)).toBe(15);
    expect(quantile([10, 20, 30, 40], 0.1)).toBeCloseTo(13, 12);
    expect(quantile(shuffled, 0)).toBe(1);
    expect(quantile(shuffled, 1)).toBe(11);
  });

  test("one outlier moves the mean and not the median", () => {
    expect(median([1, 1, 1, 1, 96])).toBe(1);
    expect(mean([1, 1, 1, 1, 96])).toBe(20);
  });

  test("samples are not reordered in place", () => {
    median(shuffled);
    expect(shuffled[0]).toBe(7);
  });

  test("nothing has no statistics, and a quantile lies from 0 to 1", () => {
    for (const of of [mean, median, summarize]) expect(() => of([])).toThrow(RangeError);
    expect(() => quantile([1], 1.5)).toThrow(RangeError);
    expect(() => quantile([1], Number.NaN)).toThrow(RangeError);
  });
});

describe("the ratio by round", () => {
  test("is the median of the ratios, not the ratio of the medians", () => {
    // A machine that slows down more and more: each round says 0.5, 0.5, 0.1; the medians would say 4/8, then 4/10.
    expect(ratioByRound([1, 4, 10], [2, 8, 100])).toBe(0.5);
    expect(ratioByRound([1, 10, 100], [100, 10, 1])).toBe(1);
    expect(ratioByRound([2, 2, 9], [8, 1, 3])).toBe(2);
  });

  test("wants as many samples on both sides", () => {
    expect(() => ratioByRound([1, 2], [1])).toThrow(RangeError);
    expect(() => ratioByRound([], [])).toThrow(RangeError);
  });
});

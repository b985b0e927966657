/** The interval of a ratio of means, on samples whose ratio is known. */
import { describe, expect, test } from "vitest";
import { ratioInterval, ratioOfMeans } from "../../bench/bootstrap.ts";
import { randomFrom } from "../../bench/random.ts";

/** A sum of two waiting times, as the time of a key is. */
function keyTimes(random: () => number, n: number, scale: number): number[] {
  const wait = () => -Math.log(1 - random());
  return Array.from({ length: n }, () => scale * (0.2 + wait() + wait()));
}

describe("the generator of resamples", () => {
  test("gives the same numbers for the same seed, others for another, and fills its range evenly", () => {
    const draw = (seed: number) => Array.from({ length: 20_000 }, randomFrom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    for (const at of [0, 0.25, 0.5, 0.75]) {
      const within = draw(3).filter((value) => value >= at && value < at + 0.25).length;
      expect(within / 20_000).toBeCloseTo(0.25, 1);
    }
  });
});

describe("the ratio of means", () => {
  test("is not the mean of the ratios", () => {
    expect(ratioOfMeans([1, 3], [2, 2])).toBe(1);
    expect(ratioOfMeans([10, 10], [5, 35])).toBe(0.5);
  });

  test("has no interval when nothing varies", () => {
    expect(ratioInterval([2, 2, 2], [4, 4, 4])).toEqual({ ratio: 0.5, low: 0.5, high: 0.5 });
  });

  test("lies within its interval, which narrows as samples come in and widens with the level", () => {
    const random = randomFrom(7);
    const [ours, theirs] = [keyTimes(random, 400, 40), keyTimes(random, 400, 80)];
    const many = ratioInterval(ours, theirs);
    const few = ratioInterval(ours.slice(0, 50), theirs.slice(0, 50));
    const sure = ratioInterval(ours, theirs, 0.99);
    expect(many.low).toBeLessThan(many.ratio);
    expect(many.high).toBeGreaterThan(many.ratio);
    expect(few.high - few.low).toBeGreaterThan(2 * (many.high - many.low));
    expect(sure.high - sure.low).toBeGreaterThan(many.high - many.low);
  });

  test("the 90 % interval holds the true ratio about nine times in ten", () => {
    const random = randomFrom(11);
    let held = 0;
    for (let i = 0; i < 200; i++) {
      const { low, high } = ratioInterval(keyTimes(random, 60, 1), keyTimes(random, 60, 2), 0.9, 300);
      if (low <= 0.5 && 0.5 <= high) held++;
    }
    expect(held).toBeGreaterThan(164); // 180 expected; the standard deviation is 4.2
    expect(held).toBeLessThan(196);
  });

  test("keeps both sides of a round together: what slowed both does not widen the interval", () => {
    const slow = Array.from({ length: 50 }, (_, i) => (i % 2 === 0 ? 1 : 10));
    const { low, high } = ratioInterval(
      slow.map((factor) => 3 * factor),
      slow.map((factor) => 6 * factor),
    );
    expect(low).toBeCloseTo(0.5, 12);
    expect(high).toBeCloseTo(0.5, 12);
  });

  test("wants as many samples on both sides, and a level that is one", () => {
    expect(() => ratioInterval([1, 2], [1])).toThrow(RangeError);
    expect(() => ratioInterval([], [])).toThrow(RangeError);
    for (const level of [0, 1, Number.NaN]) expect(() => ratioInterval([1], [1], level)).toThrow(RangeError);
  });
});

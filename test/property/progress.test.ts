/** `doneBy` is the distribution function of the search's length: at the end of a search it is uniform. */
import { expect, test } from "vitest";
import { doneBy } from "../../src/generate/progress.ts";
import { Random } from "../support/random.ts";

test("it starts at nothing, only grows, and never reaches certainty too soon", () => {
  const values = [0, 1, 2, 100, 1000, 3000].map((candidates) => doneBy(candidates, 1024, "A.1.3"));
  expect(values.slice(0, 2)).toEqual([0, 0]);
  expect(values.toSorted((a, b) => a - b)).toEqual(values);
  expect(values.at(-1)).toBeLessThan(1);
});

// One candidate in 1 / p is a prime in range: density of primes among odd numbers, times the part of A.1.3, step 4.4.
test.each([["A.1.3", 2 - Math.SQRT2] as const, ["A.1.6", 1] as const])(
  "at the end of simulated searches by %s it is spread evenly",
  (method, inRange) => {
    const random = new Random(`progress ${method}`);
    const bits = 1024;
    const p = (inRange * 2) / (bits * Math.LN2);
    const uniform = (): number => (random.below(2 ** 32) + 1) / (2 ** 32 + 1);
    const draws = (): number => Math.ceil(Math.log(uniform()) / Math.log1p(-p));
    const ends = Array.from({ length: 4000 }, () => doneBy(draws() + draws(), bits, method));
    for (const quantile of [0.1, 0.25, 0.5, 0.75, 0.9]) {
      const below = ends.filter((value) => value < quantile).length / ends.length;
      expect(Math.abs(below - quantile)).toBeLessThan(0.04); // five standard deviations
    }
  },
);

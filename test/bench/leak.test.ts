/** The leak harness: its statistics on known samples, and its controls on functions that leak and that do not. */
import { describe, expect, test } from "vitest";
import { openInnerCore } from "../../bench/core.ts";
import { keyTarget } from "../../bench/ct/key-target.ts";
import { laneTargets } from "../../bench/ct/lane-targets.ts";
import { lucasTarget } from "../../bench/ct/lucas-target.ts";
import { sampleTarget } from "../../bench/ct/measure.ts";
import { describe as inWords, isBad } from "../../bench/ct/outcome.ts";
import { drbgTarget, exponentiationTargets } from "../../bench/ct/targets.ts";
import { compare, smallestShift, THRESHOLD, welch } from "../../bench/ct/welch.ts";
import { randomFrom } from "../../bench/random.ts";

/** Normal, by Box and Muller. */
function normal(random: () => number, n: number, centre: number, deviation: number): number[] {
  return Array.from(
    { length: n },
    () => centre + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}

describe("Welch's t", () => {
  test("of two short series, worked by hand", () => {
    // Means 3 and 6, variances 2.5 and 10, five samples each: t = -3 / sqrt(2.5), (2.5)^2 / (0.25 / 4 + 4 / 4) degrees.
    const { t, degreesOfFreedom, difference, standardError } = welch([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]);
    expect(difference).toBe(-3);
    expect(standardError).toBeCloseTo(Math.sqrt(2.5), 12);
    expect(t).toBeCloseTo(-1.8973665961, 9);
    expect(degreesOfFreedom).toBeCloseTo(5.8823529412, 9);
  });

  test("of constant series is nothing or certainty", () => {
    expect(welch([1, 1], [1, 1]).t).toBe(0);
    expect(welch([2, 2], [1, 1]).t).toBe(Number.POSITIVE_INFINITY);
    expect(() => welch([1], [1, 2])).toThrow(RangeError);
  });
});

describe("the comparison of two classes", () => {
  test("of the same distribution catches nothing, a hundred times", () => {
    const random = randomFrom(5);
    for (let i = 0; i < 100; i++) {
      expect(compare(normal(random, 200, 100, 5), normal(random, 200, 100, 5)).caught).toBe(false);
    }
  });

  test("catches a shift of the smallest size that it names, 95 times in 100, and a fifth of it hardly ever", () => {
    const random = randomFrom(6);
    let [whole, part] = [0, 0];
    for (let i = 0; i < 100; i++) {
      const [a, b] = [normal(random, 300, 100, 5), normal(random, 300, 100, 5)];
      const smallest = smallestShift(a, b);
      const shifted = (by: number) => compare(normal(random, 300, 100 + by, 5), b).caught;
      if (shifted(smallest)) whole++;
      if (shifted(smallest / 5)) part++;
    }
    expect(whole).toBeGreaterThanOrEqual(85);
    expect(part).toBeLessThanOrEqual(5);
  });

  test("sees a difference below a long tail that hides it from the test of all samples", () => {
    const random = randomFrom(8);
    const tailed = (centre: number) => normal(random, 2000, centre, 1).map((one) => (random() < 0.05 ? one * 50 : one));
    const [a, b] = [tailed(100.5), tailed(100)];
    expect(Math.abs(welch(a, b).t)).toBeLessThan(THRESHOLD);
    const { caught, kept } = compare(a, b);
    expect(caught).toBe(true);
    expect(kept).toBeLessThan(1);
  });

  test("wants ten samples on both sides", () => {
    expect(() => compare([1, 2, 3], [1, 2, 3])).toThrow(RangeError);
  });
});

describe("the verdict in words", () => {
  const random = randomFrom(9);
  const same = compare(normal(random, 100, 50, 1), normal(random, 100, 50, 1));
  const other = compare(normal(random, 100, 60, 1), normal(random, 100, 50, 1));

  test.each([
    ["unknown", other, true, "LEAK"],
    ["unknown", same, false, "no difference seen"],
    ["leak", other, false, "caught, as it must be"],
    ["leak", same, true, "NOT caught: this run proves nothing"],
    ["none", other, true, "WHERE NOTHING LEAKS"],
    ["none", same, false, "as it must be"],
  ] as const)("expected %s", (expected, verdict, bad, told) => {
    expect(isBad(expected, verdict)).toBe(bad);
    const words = inWords("name", expected, verdict, 50);
    expect(words).toContain(told);
    if (verdict === same) expect(words).toContain("would have been caught 95 times in 100");
  });
});

describe("the measurement", () => {
  /** A clock that the target itself moves. */
  function made(cost: (which: string) => number) {
    let time = 0;
    let which = "";
    const prepare = (now: string) => {
      which = now;
      time += now === "fixed" ? 1000 : 1; // preparing is not timed
    };
    const run = () => {
      time += cost(which);
    };
    return sampleTarget({ prepare, run }, 400, 3, () => time);
  }

  test("times the run in microseconds, not the preparation, in both classes", () => {
    const { fixed, random } = made((which) => (which === "fixed" ? 2 : 3));
    expect(new Set(fixed)).toEqual(new Set([2000]));
    expect(new Set(random)).toEqual(new Set([3000]));
    expect(fixed.length + random.length).toBe(400);
    expect(Math.abs(fixed.length - 200)).toBeLessThan(60);
  });
});

describe("on the core", () => {
  const inner = openInnerCore();
  const targets = exponentiationTargets(inner);
  const lanes = laneTargets(inner);

  test("a comparison that stops at the first difference is caught", () => {
    const [control] = targets;
    if (control?.expect !== "leak") throw new Error("the first target must be the control that leaks");
    const { fixed, random } = sampleTarget(control, 1000, 4);
    expect(compare(fixed, random).caught).toBe(true);
  });

  test("every target runs, and more than once", async () => {
    const all = [
      ...targets,
      ...laneTargets(inner),
      drbgTarget(inner, "SHA-256"),
      drbgTarget(inner, "SHA-512"),
      lucasTarget(inner),
      await keyTarget(),
    ];
    expect(all.map(({ expect }) => expect).filter((expected) => expected === "unknown")).toHaveLength(7 + lanes.length);
    for (const target of all) {
      for (const which of ["fixed", "random", "fixed"] as const) {
        target.prepare(which);
        target.run();
      }
    }
  });

  test("where a kernel of two lanes computes otherwise it is left out, with a line that says so", () => {
    const broken = {
      ...inner,
      call: (name: string, ...args: number[]) => (name === "powerAll" ? 0 : inner.call(name, ...args)),
    };
    expect(laneTargets(broken)).toEqual([]);
    expect([2, 4]).toContain(lanes.length); // no fused ones on a processor without fused multiplication
  });

  test("a function that the core does not have is refused", () => {
    expect(() => inner.call("none")).toThrow("no function none");
  });
});

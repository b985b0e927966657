/** The stop-watch under a clock that the test owns: each run advances it by what the run is said to cost. */
import { describe, expect, test } from "vitest";
import { mustAgree } from "../../bench/drbg.bench.ts";
import { clockStep, type Implementation, type Kind, measure } from "../../bench/harness.ts";

/** A clock in steps of `step` milliseconds; reading it costs a ten-thousandth of one. */
function fakeClock(step: number) {
  let real = 0;
  return {
    now: () => {
      real += step / 10_000;
      return Math.floor(real / step) * step;
    },
    spend: (ms: number) => {
      real += ms;
    },
  };
}

function costing(name: string, kind: Kind, spend: () => void, calls: string[] = []): Implementation {
  return {
    name,
    kind,
    run: () => {
      calls.push(name);
      spend();
    },
  };
}

/** The calls with repetitions removed: who had a turn, in order. */
function turns(calls: readonly string[]): string[] {
  return calls.filter((name, i) => name !== calls[i - 1]);
}

describe("measure", () => {
  test("finds the cost of each implementation to within a step of the clock", async () => {
    const { now, spend } = fakeClock(0.1);
    const ours = costing("ours", "keywright", () => spend(0.02));
    const theirs = costing("theirs", "native", () => spend(40));
    const { work, unit, timings } = await measure(
      { work: "w", unit: "us", implementations: [ours, theirs] },
      { now, rounds: 5 },
    );
    expect({ work, unit }).toEqual({ work: "w", unit: "us" });
    expect(timings.map(({ implementation, kind }) => [implementation, kind])).toEqual([
      ["ours", "keywright"],
      ["theirs", "native"],
    ]);
    for (const [i, us] of [20, 40_000].entries()) {
      expect(timings[i]?.samples).toHaveLength(5);
      for (const sample of timings[i]?.samples ?? []) expect(Math.abs(sample / us - 1)).toBeLessThan(0.025);
    }
  });

  test("takes turns, and each round starts with another implementation", async () => {
    const { now, spend } = fakeClock(0.001);
    const calls: string[] = [];
    const implementations = ["a", "b", "c"].map((name) => costing(name, "javascript", () => spend(20), calls));
    await measure({ work: "w", unit: "ms", implementations }, { now, rounds: 3, warmUpMs: 0 });
    // Warm-up and batch size come first, one implementation after the other; then abc, bca, cab.
    expect(turns(calls).join("")).toBe("abcabcbcacab");
  });

  test.each([
    [0.001, 20],
    [0.1, 20],
    [1, 50],
  ])(
    "with clock steps of %d ms a sample lasts %d ms or longer, even if the code becomes faster",
    async (step, least) => {
      const { now, spend } = fakeClock(step);
      const calls: string[] = [];
      const turn = (name: string, cost: () => number) => costing(name, "javascript", () => spend(cost()), calls);
      // A millisecond while its batch is sized, a twentieth of that from the first turn of the other on.
      const quickening = turn("quick", () => (calls.includes("mark") ? 0.05 : 1));
      const mark = turn("mark", () => least * 2);
      await measure({ work: "w", unit: "ms", implementations: [quickening, mark] }, { now, rounds: 5, warmUpMs: 0 });
      const samples = calls
        .join(" ")
        .split(/(?:mark ?)+/)
        .slice(1) // before the first mark lie warm-up and batch size
        .map((sample) => sample.split(" ").filter((name) => name === "quick").length * 0.05)
        .filter((ms) => ms > 0);
      expect(samples.length).toBeGreaterThan(1);
      for (const ms of samples) expect(ms).toBeGreaterThanOrEqual(least - step);
    },
  );

  test("awaits promises", async () => {
    const { now, spend } = fakeClock(0.1);
    const slow: Implementation = { name: "slow", kind: "native", run: () => Promise.resolve().then(() => spend(7)) };
    const { timings } = await measure({ work: "w", unit: "ms", implementations: [slow] }, { now, rounds: 3 });
    for (const sample of timings[0]?.samples ?? []) expect(Math.abs(sample - 7)).toBeLessThan(0.2);
  });

  test("refuses a clock that stands still, as in deployed Workers, and a number of rounds that is none", async () => {
    expect(() => clockStep(() => 0)).toThrow("the clock does not advance");
    await expect(measure({ work: "w", unit: "ms", implementations: [] }, { rounds: 0 })).rejects.toThrow(RangeError);
  });
});

test("implementations that draw different bytes from one seed are not timed", () => {
  const counting = (from: number) => (length: number) => Array.from({ length }, (_, i) => from + i);
  expect(() =>
    mustAgree(
      [
        ["a", counting(0)],
        ["b", counting(0)],
      ],
      4,
    ),
  ).not.toThrow();
  expect(() =>
    mustAgree(
      [
        ["a", counting(0)],
        ["b", counting(1)],
      ],
      4,
    ),
  ).toThrow("b and a draw different bytes");
});

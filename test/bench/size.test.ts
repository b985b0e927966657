/** The budgets of bench/budgets.json, held. */
import { describe, expect, test } from "vitest";
import { barOf } from "../../bench/bars.ts";
import budgets from "../../bench/budgets.json" with { type: "json" };
import { bundleSize, overBudget, sizeRows } from "../../bench/size.ts";

describe.each(["chromium", "workerd"] as const)("sizes for %s", async (runtime) => {
  const rows = await sizeRows(runtime);

  test("are within budget, and every budget is on a size", () => {
    const works = rows.filter((row) => barOf(row) !== undefined).map(({ work }) => work);
    expect(works.sort()).toEqual(Object.keys(budgets).sort());
    expect(overBudget(rows).map(({ work, median }) => `${work}: ${median}`)).toEqual([]);
  });

  test("one byte too many is seen", () => {
    const larger = rows.map((row) => ({ ...row, median: (barOf(row)?.atMost ?? 0) + 1 }));
    expect(overBudget(larger)).toHaveLength(Object.keys(budgets).length);
  });

  test("the core is not counted as JavaScript, and the library is", async () => {
    const { inputs, bytes } = await bundleSize("import { openKeygen }", runtime);
    expect(inputs).toContain("src/keygen.ts");
    expect(inputs.filter((input) => /generated\/core/.test(input))).toEqual([]);
    expect(bytes).toBeGreaterThan(20_000);
  });

  test("verifying needs neither core nor generator", async () => {
    const { inputs } = await bundleSize("import { verifyRecord }", runtime);
    expect(inputs).toContain("src/record/verify.ts");
    expect(inputs.filter((input) => /^src\/(core|drbg\/(?!facts)|keygen|entropy\/(?!cutoffs))/.test(input))).toEqual(
      [],
    );
  });
});

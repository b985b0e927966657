/** Rows, bars, tables and result files, from samples that are known. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { barOf, meets } from "../../bench/bars.ts";
import type { Measured } from "../../bench/harness.ts";
import { flagsOf, type Machine, slug } from "../../bench/machine.ts";
import { describeMachine, figure, table } from "../../bench/report.ts";
import { merge, type Results, save } from "../../bench/results.ts";
import { rowsOf } from "../../bench/row.ts";

const measured: Measured = {
  work: "HMAC_DRBG SHA-256, 64 KiB",
  unit: "ms",
  timings: [
    { implementation: "keywright", kind: "keywright", samples: [1, 2, 3] },
    { implementation: "createHmac", kind: "native", samples: [10, 20, 60] },
    { implementation: "slow", kind: "javascript", samples: [500, 500, 500] },
    { implementation: "fast", kind: "javascript", samples: [20, 40, 40] },
  ],
};

const machine: Machine = {
  cpu: "Intel(R) Xeon(R) Processor",
  cpus: 2,
  flags: { FMA: true, "SHA extensions": false },
  system: "linux x64",
  date: "2026-11-21",
  commit: "0123456789",
};

describe("rows", () => {
  const rows = rowsOf("drbg", "node", measured);

  test("ours has both ratios: to native, and to the fastest JavaScript of the run", () => {
    expect(rows[0]).toEqual({
      subject: "drbg",
      work: "HMAC_DRBG SHA-256, 64 KiB",
      runtime: "node",
      implementation: "keywright",
      unit: "ms",
      n: 3,
      median: 2,
      p10: 1.2,
      p90: 2.8,
      mean: 2,
      ratioToNative: 0.1,
      ratioToBestJs: 0.05,
    });
  });

  test("others have none, and where there is no native the ratio to it is null", () => {
    for (const { ratioToNative, ratioToBestJs } of rows.slice(1))
      expect([ratioToNative, ratioToBestJs]).toEqual([null, null]);
    const alone = rowsOf("drbg", "workerd", { ...measured, timings: measured.timings.slice(0, 1) });
    expect(alone.map(({ ratioToNative, ratioToBestJs }) => [ratioToNative, ratioToBestJs])).toEqual([[null, null]]);
  });

  test("a bar stands on our row in its runtimes only; it can be missed, and a missing value misses it", () => {
    const [ours, native] = rows;
    if (ours === undefined || native === undefined) throw new Error("there are four rows");
    const bar = barOf(ours);
    expect(bar).toMatchObject({ of: "ratioToBestJs", atMost: 0.1 });
    expect(barOf(native)).toBeUndefined();
    expect(barOf({ ...ours, runtime: "chromium" })).toBeUndefined();
    if (bar === undefined) throw new Error("the bar is there");
    expect(meets(ours, bar)).toBe(true);
    expect(meets({ ...ours, ratioToBestJs: 0.11 }, bar)).toBe(false);
    expect(meets({ ...ours, ratioToBestJs: null }, bar)).toBe(false);
  });

  test("the table shows each work once, every implementation, and whether the bar is met", () => {
    const lines = table(rows).split("\n");
    expect(lines).toHaveLength(6);
    expect(lines[1]).toBe("HMAC_DRBG SHA-256, 64 KiB");
    expect(lines[2]).toMatch(/^ {2}keywright +ms +3 +2 +1\.2 +2\.8 +2 +0\.100 +0\.050 +<= 0\.1: met$/);
    expect(lines[3]).toMatch(/^ {2}createHmac +ms +3 +20 +12 +52 +30 +- +-$/);
  });

  test("figures keep three digits, or their whole part", () => {
    expect([0.012345, 2.3509, 60.94, 25411.4].map(figure)).toEqual(["0.0123", "2.35", "60.9", "25411"]);
  });
});

describe("the machine", () => {
  test("flags are read from what Linux states, on x86-64 and arm64; unknown is not no", () => {
    expect(flagsOf("model name\t: X\nflags\t\t: fpu fma sha_ni avx2\n")).toMatchObject({
      "SHA extensions": true,
      FMA: true,
      "AVX-512 IFMA": false,
    });
    expect(flagsOf("Features\t: fp asimd sha2 sha512\n")).toMatchObject({
      "SHA extensions": true,
      "SHA-512 extensions": true,
      AVX2: false,
    });
    expect(flagsOf("")).toEqual({});
    expect(describeMachine({ ...machine, flags: {} }, "Node 24")).toContain("the system does not say");
  });

  test("is told with its flags, engine, date and commit", () => {
    expect(describeMachine(machine, "Node 24.21.0")).toBe(
      "Intel(R) Xeon(R) Processor, 2 processors, linux x64\nflags: FMA yes, SHA extensions no\nNode 24.21.0; 2026-11-21; commit 0123456789",
    );
  });

  test("a result file is named after the processor", () => {
    expect(slug("Intel(R) Core(TM) i7-8650U CPU @ 1.90GHz")).toBe("intel-core-i7-8650u-cpu-1-90ghz");
  });
});

describe("results", () => {
  const node = rowsOf("drbg", "node", measured);
  const chromium = rowsOf("drbg", "chromium", measured);

  test("new rows replace those of the same subject and runtime, and no others", () => {
    const first = merge(undefined, machine, "Node 24", node);
    const both = merge(first, machine, "Chromium 156", chromium);
    expect(both.rows).toHaveLength(8);
    const again = merge(both, { ...machine, commit: "next" }, "Node 25", node.slice(0, 1));
    expect(again.rows.map(({ runtime }) => runtime)).toEqual(["chromium", "chromium", "chromium", "chromium", "node"]);
    expect(again).toMatchObject({ commit: "next", engines: { node: "Node 25", chromium: "Chromium 156" } });
  });

  test("are written under the date and the processor", () => {
    const folder = mkdtempSync(join(tmpdir(), "keywright-bench-"));
    try {
      const url = pathToFileURL(`${folder}/`);
      save(url, machine, "Node 24", node);
      expect(save(url, machine, "Chromium 156", chromium)).toBe("2026-11-21-intel-xeon-processor.json");
      const read = JSON.parse(readFileSync(join(folder, "2026-11-21-intel-xeon-processor.json"), "utf8")) as Results;
      expect(read).toMatchObject({ cpu: machine.cpu, engines: { node: "Node 24", chromium: "Chromium 156" } });
      expect(read.rows).toHaveLength(8);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** `npm run bench` as it is called: exit codes, and the shape of what it prints. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const script = fileURLToPath(new URL("../../bench/run.ts", import.meta.url));

function bench(...args: readonly string[]) {
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
}

const fields = [
  "subject",
  "work",
  "runtime",
  "implementation",
  "unit",
  "n",
  "median",
  "p10",
  "p90",
  "mean",
  "ratioToNative",
  "ratioToBestJs",
];

function rowsFrom(stdout: string): Record<string, unknown>[] {
  const rows: unknown = JSON.parse(stdout);
  if (!Array.isArray(rows)) throw new TypeError("--json prints an array");
  return rows as Record<string, unknown>[];
}

describe("a wrong call exits 2 and names what there is", () => {
  test.each([
    ["an unknown subject", ["speed"], "got speed"],
    ["a name that every object has", ["constructor"], "got constructor"],
    ["no subject", [], "subject is missing"],
    ["two subjects", ["size", "drbg"], "got also drbg"],
    ["an unknown runtime", ["size", "--runtime", "deno"], "got deno"],
    ["an unknown option", ["size", "--fast"], "--fast"],
    ["a size of key that is not timed", ["rsa", "--bits", "1024"], "got 1024"],
    ["a size of key for what times no keys", ["drbg", "--bits", "2048"], "--bits is not for drbg"],
    ["a plot of what has no distribution", ["size", "--plot", "x.svg"], "--plot is not for size"],
    ["a plot without a name", ["rsa", "--plot", ""], "--plot wants the name of a file"],
    ["a runtime that a subject cannot use", ["ct", "--runtime", "workerd"], "ct runs in node only, got workerd"],
    ["no rounds", ["drbg", "--rounds", "0"], "got 0"],
  ])("%s", (_, args, told) => {
    const { status, stdout, stderr } = bench(...args);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(told);
    for (const name of [
      "drbg",
      "kdf",
      "hash",
      "ec",
      "rsa",
      "pqc",
      "ct",
      "startup",
      "size",
      "node",
      "chromium",
      "workerd",
    ])
      expect(stderr).toContain(name);
    expect(stderr).not.toContain("    at ");
  });
});

test("help is no mistake", () => {
  const { status, stdout } = bench("--help");
  expect(status).toBe(0);
  expect(stdout).toContain("subjects:");
});

describe("--json prints rows with exactly these fields", () => {
  test("timings, with every implementation of the table", { timeout: 120_000 }, () => {
    const { status, stdout, stderr } = bench("drbg", "--json", "--rounds", "1");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const rows = rowsFrom(stdout);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(fields);
      expect(row).toMatchObject({ subject: "drbg", runtime: "node", n: 1 });
      for (const name of ["median", "p10", "p90", "mean"]) expect(row[name]).toBeGreaterThan(0);
    }
    for (const work of ["HMAC_DRBG SHA-256, 64 KiB", "HMAC_DRBG SHA-512, 64 KiB", "HMAC_DRBG SHA-256, 32 bytes"]) {
      const names = rows.filter((row) => row.work === work).map(({ implementation }) => implementation);
      expect(names).toEqual(["keywright", "node:crypto createHmac", "@noble/hashes hmac", "hmac-drbg"]);
      const [ours] = rows.filter((row) => row.work === work);
      expect(ours?.ratioToNative).toBeGreaterThan(0);
      expect(ours?.ratioToBestJs).toBeGreaterThan(0);
    }
    expect(rows).toHaveLength(12);
  });

  test("derivations, beside the platform's and a library's", { timeout: 120_000 }, () => {
    const { status, stdout, stderr } = bench("kdf", "--json", "--rounds", "1");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const rows = rowsFrom(stdout);
    expect(rows).toHaveLength(12);
    for (const row of rows) expect(Object.keys(row)).toEqual(fields);
    const ours = rows.filter(({ implementation }) => implementation === "keywright");
    expect(ours.map(({ work }) => work)).toEqual([
      "PBKDF2-SHA-256, 100,000",
      "PBKDF2-SHA-512, 100,000",
      "PBKDF2-SHA-256, 100,000, 128 bytes",
      "HKDF-SHA-256, 32 bytes",
    ]);
    for (const row of ours) {
      expect(row.ratioToNative).toBeGreaterThan(0);
      expect(row.ratioToBestJs).toBeGreaterThan(0);
    }
  });

  test("sizes, in bytes", () => {
    const rows = rowsFrom(bench("size", "--json").stdout);
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(fields);
      expect(row).toMatchObject({
        implementation: "keywright",
        unit: "bytes",
        ratioToNative: null,
        ratioToBestJs: null,
      });
    }
  });

  test("RSA keys, with their parts, and a plot", { timeout: 300_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "keywright-"));
    try {
      const plot = join(folder, "rsa.svg");
      const { status, stdout, stderr } = bench("rsa", "--json", "--rounds", "1", "--bits", "2048", "--plot", plot);
      expect(stderr).toBe(`drew ${plot}\n`);
      expect(status).toBe(0);
      const svg = readFileSync(plot, "utf8");
      expect(svg.startsWith("<svg ") && svg.includes("RSA-2048 key") && svg.endsWith("</svg>\n")).toBe(true);
      const rows = rowsFrom(stdout);
      for (const row of rows) expect(Object.keys(row)).toEqual(fields);
      const ours = (work: string) => rows.find((row) => row.work === work && row.implementation === "keywright");
      for (const work of ["RSA-2048 key", "RSA-2048 key, PKCS#8 + SPKI"]) {
        expect(ours(work)).toMatchObject({ unit: "ms", n: 1 });
        expect(ours(work)?.ratioToNative).toBeGreaterThan(0);
        expect(rows.filter((row) => row.work === work)[1]?.implementation).toBe("node:crypto generateKeyPairSync");
      }
      expect(ours("RSA-2048 generate()")).toMatchObject({ unit: "ms", n: 1, ratioToNative: null, ratioToBestJs: null });
      expect(ours("RSA-2048 generateFromSeed()")).toMatchObject({ unit: "ms", n: 1, ratioToNative: null });
      expect(ours("RSA-2048 generateFromSeed()")?.ratioToBestJs).toBeGreaterThan(0); // to generate()
      expect(ours("RSA-2048 key: tests")).toMatchObject({ unit: "tests", n: 1 });
      for (const part of ["key: one test", "key: sieving, per test", "key: fixed", "generate(): pairwise test"])
        expect(ours(`RSA-2048 ${part}`)?.unit, part).toBe("ms");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

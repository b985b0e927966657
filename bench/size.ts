/**
 * Sizes that users pay for: the core, and what `openKeygen` and `verifyRecord` add to a page or a Worker, in bytes.
 *
 * The bundles are made by esbuild from the sources that the package's entry points are compiled from, by the conditions
 * that the package exports have: minified, with splitting. In a page the core comes as base64 in a chunk of its own,
 * loaded when first needed; in a Worker as a module beside the script. Neither is counted as JavaScript.
 */
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Runtime } from "../test/support/runtimes.ts";
import { barOf, meets } from "./bars.ts";
import { root } from "./machine.ts";
import type { Row } from "./row.ts";

export interface Size {
  readonly bytes: number;
  /** By zlib at level 9, which is `gzip -9n` to within a few bytes. */
  readonly gzip: number;
  readonly brotli: number;
}

export interface Bundle extends Size {
  /** Files that are in the counted part, relative to the package. */
  readonly inputs: readonly string[];
}

const entries = {
  "import { openKeygen }": 'export { openKeygen } from "#keywright";',
  "import { verifyRecord }": 'export { verifyRecord } from "#keywright/verify";',
} as const;

export type Entry = keyof typeof entries;

/** The base64 of the core, as against the short file of its digests. */
const embedded = /^src\/core\/generated\/core(-relaxed)?\.ts$/;

function sizeOf(bytes: Uint8Array): Size {
  return { bytes: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
}

export function coreSize(name: "core" | "core-relaxed"): Size {
  return sizeOf(readFileSync(`${root}build/${name}.wasm`));
}

/** All JavaScript but the chunks of the core; each chunk is compressed by itself, as servers do. */
export async function bundleSize(entry: Entry, runtime: Runtime): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entries[entry], resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    conditions: runtime === "workerd" ? ["workerd"] : [],
    external: ["*.wasm"],
    outdir: `${root}build/size`,
    absWorkingDir: root,
    metafile: true,
    write: false,
  });
  const counted = Object.entries(metafile.outputs).filter(
    ([, { inputs }]) => !Object.keys(inputs).some((input) => embedded.test(input)),
  );
  const sizes = counted.map(([path]) => {
    const file = outputFiles.find((output) => output.path === `${root}${path}`);
    if (file === undefined) throw new Error(`esbuild lists ${path} and did not write it`);
    return sizeOf(file.contents);
  });
  const total = (pick: (size: Size) => number) => sizes.reduce((sum, size) => sum + pick(size), 0);
  return {
    bytes: total(({ bytes }) => bytes),
    gzip: total(({ gzip }) => gzip),
    brotli: total(({ brotli }) => brotli),
    inputs: counted.flatMap(([, { inputs }]) => Object.keys(inputs)),
  };
}

/** What is above its budget (budgets.json). */
export function overBudget(rows: readonly Row[]): Row[] {
  return rows.filter((row) => {
    const budget = barOf(row);
    return budget !== undefined && !meets(row, budget);
  });
}

function row(work: string, runtime: Runtime, value: number): Row {
  const exact = { n: 1, median: value, p10: value, p90: value, mean: value };
  return {
    subject: "size",
    work,
    runtime,
    implementation: "keywright",
    unit: "bytes",
    ...exact,
    ratioToNative: null,
    ratioToBestJs: null,
  };
}

export async function sizeRows(runtime: Runtime): Promise<Row[]> {
  const named: [string, Size][] = [
    ["core.wasm", coreSize("core")],
    ["core-relaxed.wasm", coreSize("core-relaxed")],
  ];
  for (const entry of Object.keys(entries) as Entry[]) named.push([entry, await bundleSize(entry, runtime)]);
  return named.flatMap(([name, { bytes, gzip, brotli }]) => [
    row(name, runtime, bytes),
    row(`${name}, gzip`, runtime, gzip),
    row(`${name}, brotli`, runtime, brotli),
  ]);
}

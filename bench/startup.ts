/** Runs `startup.bench.ts` in one fresh realm a sample, and in Node also the whole way from a new process. */
import { execFile } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { type Runtime, runIn } from "../test/support/runtimes.ts";
import type { Measured } from "./harness.ts";
import { root } from "./machine.ts";
import { type Row, rowsOf } from "./row.ts";
import type { Start } from "./startup.bench.ts";

const run = promisify(execFile);
const entry = fileURLToPath(new URL("startup.bench.ts", import.meta.url));
/** Fresh realms; each takes a second or two in Chromium and workerd. */
export const DEFAULT_STARTS = 11;

/** Node's own start is not counted: the clock starts in the process. */
const coldScript = `
const start = performance.now();
const { openKeygen } = await import("keywright");
await openKeygen({ policy: "nist", environment: "test" });
console.log(performance.now() - start);
`;

async function evaluate(script: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: root });
  return JSON.parse(stdout);
}

/** One file, as the other runtimes get it: what is timed is the library, not the search for its files. */
async function bundleForNode(): Promise<string> {
  const outfile = `${root}build/bench/startup.mjs`;
  await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", outfile, logLevel: "error" });
  return outfile;
}

async function freshStarts(runtime: Runtime, rounds: number): Promise<Start[]> {
  const input = { options: { rounds: 1 } };
  const starts: Start[] = [];
  const file = runtime === "node" ? await bundleForNode() : entry;
  const script = `import { measureStart } from ${JSON.stringify(file)}; console.log(JSON.stringify(await measureStart(${JSON.stringify(input)})));`;
  for (let i = 0; i < rounds; i++) {
    if (runtime === "node")
      starts.push((await evaluate(script)) as Start); // what measureStart returned, through JSON
    else await runIn<typeof input, Start>(runtime, entry, "measureStart", [input], (start) => starts.push(start));
  }
  return starts;
}

function newest(pattern: string): number {
  return Math.max(...globSync(pattern, { cwd: root }).map((file) => statSync(`${root}${file}`).mtimeMs));
}

/** The package is imported as its users import it: compiled, file by file. */
async function buildLibraryIfStale(): Promise<void> {
  const built = statSync(`${root}dist/index.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built >= newest("src/**/*.ts")) return;
  try {
    await run("npm", ["run", "--silent", "build:library"], { cwd: root });
  } catch (error) {
    const said = error instanceof Error && "stdout" in error ? `:\n${error.stdout}` : "";
    throw new Error(`the library does not compile, so it cannot be started${said}`, { cause: error });
  }
}

async function coldProcesses(rounds: number): Promise<number[]> {
  await buildLibraryIfStale();
  const samples: number[] = [];
  for (let i = 0; i < rounds; i++) samples.push(Number(await evaluate(coldScript)));
  return samples;
}

function measured(work: string, samples: readonly number[]): Measured {
  return { work, unit: "ms", timings: [{ implementation: "keywright", kind: "keywright", samples }] };
}

export async function startupRows(runtime: Runtime, rounds: number = DEFAULT_STARTS): Promise<Row[]> {
  const cold = runtime === "node" ? [measured("import + openKeygen, cold process", await coldProcesses(rounds))] : [];
  const starts = await freshStarts(runtime, rounds);
  const names = Object.keys(starts[0]?.steps ?? {});
  // A Worker's core is compiled when it is deployed: there is nothing to load.
  const works = names.filter((work) => runtime !== "workerd" || work !== "load module");
  const series = works.map((work) =>
    measured(
      work,
      starts.map(({ steps }) => steps[work] ?? Number.NaN),
    ),
  );
  const again = starts.flatMap(({ again }) => again.timings.flatMap(({ samples }) => samples));
  series.push(measured(starts[0]?.again.work ?? "", again));
  return [...series, ...cold].flatMap((one) => rowsOf("startup", runtime, one));
}

/** Compiles `core-entry.ts` with the product's own options, and opens it. Node only: a page gets no compiler. */
import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { globSync, mkdirSync, readFileSync, renameSync, statSync } from "node:fs";
import { type Core, openCore } from "../src/core/core.ts";
import { chooseBuild } from "../src/core/load.ts";
import { root } from "./machine.ts";

/** What the entry adds to the product's exports; all are numbers. */
export type InnerCall = (...args: readonly number[]) => number;

export interface InnerCore {
  readonly core: Core;
  /** A function of the core by its name. */
  call(name: string, ...args: readonly number[]): number;
  /** The address of one of eight operands of 1024 bytes. */
  operand(slot: number): number;
}

function written(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NEGATIVE_INFINITY;
}

function compile(build: "simd" | "relaxed"): Uint8Array<ArrayBuffer> {
  const file = `build/bench/core-${build}.wasm`;
  const sources = globSync(["assembly/**/*.ts", "bench/core-entry.ts", "asconfig.json"], { cwd: root });
  if (sources.some((source) => written(`${root}${source}`) >= written(`${root}${file}`))) {
    mkdirSync(`${root}build/bench`, { recursive: true });
    const { options, targets } = JSON.parse(readFileSync(`${root}asconfig.json`, "utf8")) as AscConfig; // the compiler's own file
    const { enable = [] } = targets[build] ?? {};
    const given = Object.entries({ ...options, enable }).flatMap(([name, value]) => flagsFor(name, value));
    const asc = `${root}node_modules/assemblyscript/bin/asc.js`;
    const own = file.replace(".wasm", `.${randomUUID()}.wasm`);
    execFileSync(process.execPath, [asc, "bench/core-entry.ts", "--config", "none", "--outFile", own, ...given], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
    renameSync(`${root}${own}`, `${root}${file}`); // whole at once: others may compile it, and read it, at the same time
  }
  return new Uint8Array(readFileSync(`${root}${file}`));
}

interface AscConfig {
  readonly options: Readonly<Record<string, unknown>>;
  readonly targets: Readonly<Record<string, { readonly enable?: readonly string[] }>>;
}

/** An option of asconfig.json as the command line spells it. */
export function flagsFor(name: string, value: unknown): string[] {
  if (value === false || (Array.isArray(value) && value.length === 0)) return [];
  if (value === true) return [`--${name}`];
  return [`--${name}`, Array.isArray(value) ? value.join(",") : String(value)];
}

export function openInnerCore(build: "simd" | "relaxed" = chooseBuild()): InnerCore {
  const module = new WebAssembly.Module(compile(build));
  const core = openCore({ module, build, digest: "sha256:bench", digestBy: "caller" });
  const functions = core.exports as unknown as Readonly<Record<string, InnerCall>>; // what the entry exports
  const call = (name: string, ...args: readonly number[]) => {
    const found = functions[name];
    if (found === undefined) throw new RangeError(`no function ${name} in the core of the benchmarks`);
    return found(...args) >>> 0;
  };
  const start = call("operandsPtr");
  return { core, call, operand: (slot) => start + slot * 1024 };
}

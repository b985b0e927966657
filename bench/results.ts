/** `--save`: results/<date>-<processor>.json holds the newest rows of each subject and runtime of that day. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Runtime } from "../test/support/runtimes.ts";
import { type Machine, slug } from "./machine.ts";
import type { Row } from "./row.ts";

export interface Results extends Machine {
  readonly engines: Readonly<Partial<Record<Runtime, string>>>;
  readonly rows: readonly Row[];
}

/** New rows take the place of those of the same subject and runtime. */
export function merge(old: Results | undefined, machine: Machine, engine: string, rows: readonly Row[]): Results {
  const replaced = (row: Row) =>
    rows.some(({ subject, runtime }) => subject === row.subject && runtime === row.runtime);
  const kept = old?.rows.filter((row) => !replaced(row)) ?? [];
  const engines = Object.fromEntries(rows.map(({ runtime }) => [runtime, engine]));
  return { ...machine, engines: { ...old?.engines, ...engines }, rows: [...kept, ...rows] };
}

/** Returns the name of the file. */
export function save(folder: URL, machine: Machine, engine: string, rows: readonly Row[]): string {
  const name = `${machine.date}-${slug(machine.cpu)}.json`;
  const path = new URL(name, folder);
  mkdirSync(folder, { recursive: true });
  const old = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Results) : undefined; // written by this function
  writeFileSync(path, `${JSON.stringify(merge(old, machine, engine, rows), null, 2)}\n`);
  return name;
}

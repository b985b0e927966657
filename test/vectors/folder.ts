/** The vectors on disk. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { readerFor } from "./known-files.ts";

export interface Folder {
  readonly path: string;
  /** Relative paths with slashes, in order. */
  readonly known: readonly string[];
  readonly unknown: readonly string[];
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

function filesOf(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith(".") && entry.name !== "README.md")
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** Where vectors are looked for: the place that is named, the environment's, or ./vectors. It need not be there. */
export function placeOf(named: string | undefined, environment: Readonly<Record<string, string | undefined>>): string {
  return named ?? environment.KEYWRIGHT_VECTORS ?? "vectors";
}

/** A folder without one known file is as good as none. */
export function openFolder(place: string, cwd: string): Folder | undefined {
  const path = resolve(cwd, place);
  if (!isFolder(path)) return undefined;
  const files = filesOf(path);
  const known = files.filter((file) => readerFor(file) !== undefined);
  if (known.length === 0) return undefined;
  return { path, known, unknown: files.filter((file) => readerFor(file) === undefined) };
}

export function readText({ path }: Folder, file: string): string {
  return readFileSync(join(path, file), "utf8");
}

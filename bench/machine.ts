/** What a figure depends on, stated beside it: processor, engine, date, commit. Never the name of a machine or a path. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Processor flags that decide what native code is compared with, by the names of Linux, on x86-64 and arm64. */
const telling: readonly (readonly [string, readonly string[]])[] = [
  ["SHA extensions", ["sha_ni", "sha2"]],
  ["SHA-512 extensions", ["sha512"]],
  ["FMA", ["fma", "asimd"]],
  ["AVX2", ["avx2"]],
  ["ADX", ["adx"]],
  ["AVX-512 IFMA", ["avx512ifma"]],
];

export interface Machine {
  readonly cpu: string;
  readonly cpus: number;
  /** `"SHA extensions": true`; empty where the system does not say. */
  readonly flags: Readonly<Record<string, boolean>>;
  readonly system: string;
  /** YYYY-MM-DD, UTC. */
  readonly date: string;
  readonly commit: string;
}

export function flagsOf(cpuinfo: string): Record<string, boolean> {
  const line = /^(?:flags|Features)\s*:(.*)$/m.exec(cpuinfo)?.[1];
  if (line === undefined) return {};
  const present = new Set(line.trim().split(/\s+/));
  return Object.fromEntries(telling.map(([name, flags]) => [name, flags.some((flag) => present.has(flag))]));
}

function cpuinfo(): string {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return ""; // not Linux: the flags are then unknown, and the report says so
  }
}

function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

function commit(): string {
  const head = git("rev-parse", "--short=10", "HEAD");
  if (head === undefined) return "unknown";
  return git("status", "--porcelain", "--untracked-files=no") === "" ? head : `${head}, changed`;
}

export function machine(now: Date = new Date()): Machine {
  const all = cpus();
  return {
    cpu: (all[0]?.model ?? "unknown processor").trim().replace(/\s+/g, " "),
    cpus: all.length,
    flags: flagsOf(cpuinfo()),
    system: `${process.platform} ${process.arch}`,
    date: now.toISOString().slice(0, 10),
    commit: commit(),
  };
}

/** `Intel(R) Xeon(R) Processor` becomes `intel-xeon-processor`: the host in a result file's name. */
export function slug(cpu: string): string {
  return cpu
    .replace(/\((?:R|TM|C)\)/gi, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** The `keywright` command as a user types it, run in a folder of its own. */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandFolder {
  readonly folder: string;
  keywright(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  read(name: string): string;
  remove(): void;
}

export function commandFolder(): CommandFolder {
  const folder = mkdtempSync(join(tmpdir(), "keywright-"));
  return {
    folder,
    keywright: (args, env = {}) =>
      new Promise((resolve) => {
        execFile(
          process.execPath,
          [join(root, "src/cli.ts"), ...args],
          { cwd: folder, env: { ...process.env, ...env } },
          (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
        );
      }),
    read: (name) => readFileSync(join(folder, name), "utf8"),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

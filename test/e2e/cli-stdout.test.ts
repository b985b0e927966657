/** Standard output: one thing goes there, and what could not be written is told, with nothing left that speaks of it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CommandFolder, commandFolder, root } from "./command.ts";

let run: CommandFolder;
beforeEach(() => {
  run = commandFolder();
});
afterEach(() => run.remove());

const cli = join(root, "src/cli.ts");
const aes = ["generate", "AES-256", "--policy", "nist"];
const rsa = ["generate", "RSA-2048", "--policy", "nist"];
const record = ["--record", "r.json"];

test.each([
  ["a key without a place for its record", [...aes, "--out", "-"], "--record is missing"],
  ["a key and its record", [...aes, "--out", "-", "--record", "-"], "only one of them goes to stdout"],
  ["both halves", [...rsa, "--out", "-", "--public-out", "-", ...record], "only one of them goes to stdout"],
  ["public key and record", [...rsa, "--out", "k", "--public-out", "-", "--record", "-"], "only one of them"],
])("%s on it is a usage error", async (_, args, reason) => {
  expect(await run.keywright(args)).toEqual({ code: 2, stdout: "", stderr: expect.stringContaining(reason) });
  expect(readdirSync(run.folder)).toEqual([]);
});

test("the key goes there and its record to its file", async () => {
  const { code, stdout, stderr } = await run.keywright([...rsa, "--out", "-", ...record]);
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^-----BEGIN PRIVATE KEY-----\n[^-]*-----END PRIVATE KEY-----\n$/);
  expect(readdirSync(run.folder)).toEqual(["r.json"]);
});

/** Each ends with the exit code of the command. The reader of a pipe is gone before the command begins. */
const lost = [
  ["EPIPE", 'set -o pipefail; (sleep 0.3; exec "$@") | true'],
  ["ENOSPC", 'exec "$@" > /dev/full'],
] as const;

async function shell(script: string, args: readonly string[]): Promise<{ code: number; stderr: string }> {
  const child = spawn("bash", ["-c", script, "bash", process.execPath, cli, ...args], {
    cwd: run.folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, "close");
  return { code, stderr };
}

describe.each(lost)("where it cannot be written (%s)", (why, script) => {
  const line = (what: string) => `keywright: ${what} could not be written to standard output (${why})`;

  test.each([
    ["a key is lost", [...aes, "--out", "-", ...record], `${line("the key")}: it is lost\n`],
    [
      "a record takes its key with it",
      [...aes, "--out", "k", "--record", "-"],
      `${line("the record")}: the key is lost, make another\n`,
    ],
    [
      "a public key takes its private key with it",
      [...rsa, "--out", "k", "--public-out", "-"],
      `${line("the public key")}: the key is lost, make another\n`,
    ],
    ["a decision is told to be lost", ["decide", "AES-256", "--policy", "nist"], `${line("the answer")}\n`],
    ["so is help", ["--help"], `${line("the answer")}\n`],
  ])("%s: one line, exit code 1 and no file", async (_, args, stderr) => {
    expect(await shell(script, args)).toEqual({ code: 1, stderr });
    expect(readdirSync(run.folder)).toEqual([]);
  });
});

test("a reader of stderr that is gone takes no key away", async () => {
  const script = 'set -o pipefail; (sleep 0.3; exec "$@") 2>&1 | true';
  expect(await shell(script, [...aes, "--out", "k"])).toMatchObject({ code: 0 });
  expect(readdirSync(run.folder).sort()).toEqual(["k", "k.record.json"]);
});

/** `npm start` on a copy of the repository, so that no secrets file of the developer is read or made. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { compactDecrypt } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./command.ts";

const copy = mkdtempSync(join(tmpdir(), "keywright-start-"));
const notCopied = /^(?:node_modules|dist|coverage|vectors|\.git|\.wrangler|\.vitest|\.dev\.vars.*)$/;
const running = new Set<ChildProcess>();

beforeAll(() => {
  const filter = (path: string): boolean => !notCopied.test(relative(root, path));
  cpSync(root, copy, { recursive: true, preserveTimestamps: true, filter });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => {
  for (const child of running) child.kill("SIGTERM");
  rmSync(copy, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  /** Resolves with the text once it holds `mark`; rejects if the process ends before. */
  shows(mark: string): Promise<string>;
  stderr(): string;
}

function start(
  port: number,
  [command = "", ...args]: readonly string[] = [process.execPath, "worker/start.ts"],
): Started {
  const env = { ...process.env, PORT: String(port) };
  const child = spawn(command, args, { cwd: copy, env, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  const shows = (mark: string) =>
    new Promise<string>((resolve, reject) => {
      child.stdout.on("data", (chunk) => {
        stdout += chunk;
        if (stdout.includes(mark)) resolve(stdout);
      });
      void ended.then((code) => reject(new Error(`ended with ${code} before ${JSON.stringify(mark)}: ${stderr}`)));
    });
  return { child, ended, shows, stderr: () => stderr };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the loopback server has no port");
  return address.port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Every process below `pid`. */
function descendants(pid: number): number[] {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const parents = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    parents.flatMap(([child = 0, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What the README prints under "Over HTTP", on this port. */
function readmeExample(port: number): string {
  const [, example] =
    /\*\*Over HTTP\.\*\*[^`]*(?:`[^`]+`[^`]*)*?```sh\n(.+?)```/s.exec(readFileSync(join(root, "README.md"), "utf8")) ??
    [];
  if (example === undefined) throw new Error("the README has no example under Over HTTP");
  return example.replace("127.0.0.1:8787", `127.0.0.1:${port}`);
}

test("a port that is taken is refused at once, even where a server answers /healthz there", async () => {
  const other = createServer((_, response) => response.end("ok"));
  const port = await listen(other);
  try {
    const started = start(port);
    expect(await started.ended).toBe(1);
    expect(started.stderr()).toMatch(new RegExp(`^npm start: port ${port} of 127\\.0\\.0\\.1 is in use; .+\n$`));
    expect(existsSync(join(copy, ".dev.vars"))).toBe(false);
  } finally {
    other.close();
  }
});

test("serves page and API, prints a command that works, and ends with its children on SIGTERM", async () => {
  const port = await freePort();
  const { child, ended, shows } = start(port);
  const banner = await shows("Ctrl-C ends it.");
  const address = `http://127.0.0.1:${port}`;
  expect(banner).toContain(`Keywright is at ${address}\n`);
  const token = /development token {2}(\S+)/.exec(banner)?.[1] ?? "";
  expect(token).toMatch(/^[\w-]{43}$/);

  expect(readFileSync(join(copy, ".dev.vars"), "utf8")).toContain(`API_TOKEN=${token}\n`);
  expect(statSync(join(copy, ".dev.vars")).mode & 0o777).toBe(0o600);
  expect(execFileSync("git", ["check-ignore", ".dev.vars"], { cwd: root, encoding: "utf8" })).toBe(".dev.vars\n");

  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  const page = await fetch(address);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("<title>");

  const command = /^ {2}(KEYWRIGHT_TOKEN=.+)$/m.exec(banner)?.[1] ?? "";
  expect(command).toContain(`--url ${address} --out my.key`);
  execFileSync("sh", ["-c", command], { cwd: copy, stdio: "pipe" });
  expect(statSync(join(copy, "my.key"))).toMatchObject({ size: 32 });

  const answer = JSON.parse(
    execFileSync("sh", ["-c", readmeExample(port)], { cwd: copy, encoding: "utf8", stdio: "pipe" }),
  );
  const { plaintext } = await compactDecrypt(
    answer.wrapped,
    createPrivateKey(readFileSync(join(copy, "my.pem"), "utf8")),
  );
  expect(JSON.parse(new TextDecoder().decode(plaintext))).toMatchObject({ kty: "oct" });

  const children = descendants(child.pid ?? 0);
  expect(children.length).toBeGreaterThan(0);
  child.kill("SIGTERM");
  await ended;
  await expect.poll(() => children.filter(alive), { timeout: 10_000 }).toEqual([]);
  await expect(fetch(address)).rejects.toThrow();
});

test("leaves nothing behind when npm, which started it, gets the SIGTERM", async () => {
  const { child, shows } = start(await freePort(), ["npm", "start"]);
  await shows("Ctrl-C ends it.");
  const children = descendants(child.pid ?? 0);
  expect(children.length).toBeGreaterThan(1);
  child.kill("SIGTERM");
  try {
    await expect.poll(() => children.filter(alive), { timeout: 15_000 }).toEqual([]);
  } finally {
    for (const pid of children.filter(alive)) process.kill(pid, "SIGKILL");
  }
});

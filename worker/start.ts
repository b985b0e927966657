/**
 * `npm start`: builds what is missing or stale, makes development secrets on the first start, and serves page and API on
 * the loopback address until it is interrupted.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const secretsFile = `${root}.dev.vars`;
const READY_MS = 60_000;
const PARENT_MS = 1000;
const parent = process.ppid;

function readPort(): number {
  const port = Number(process.env.PORT ?? "8787");
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`PORT must be a number from 1 to 65535, got ${process.env.PORT}`);
}

/** Before anything is made or built: a stranger's answer on this port would be taken for ours. */
async function requireFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is in use" : `cannot be listened on (${error.code})`;
      reject(new Error(`port ${port} of 127.0.0.1 ${why}; PORT=8788 npm start takes another`));
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

/** The development token: made once, kept in a file that git ignores, readable by its owner only. */
function developmentToken(): string {
  if (!existsSync(secretsFile)) {
    const token = randomBytes(32).toString("base64url");
    writeFileSync(secretsFile, `ENVIRONMENT=development\nAPI_TOKEN=${token}\n`, { mode: 0o600, flag: "wx" });
  }
  const token = /^API_TOKEN=(.+)$/m.exec(readFileSync(secretsFile, "utf8"))?.[1];
  if (token === undefined) throw new Error(".dev.vars has no API_TOKEN line; remove the file, and it is made anew");
  return token;
}

function build(): void {
  execFileSync("npm", ["run", "--silent", "build:page"], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
}

async function ready(address: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null)
      throw new Error(`the server ended at once (exit code ${server.exitCode}); is the port in use?`);
    const answer = await fetch(`${address}/healthz`).catch(() => undefined);
    if (answer?.ok && server.exitCode === null) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the server did not answer within ${READY_MS / 1000} s`);
}

process.once("uncaughtException", (error) => {
  console.error(`npm start: ${error.message}`);
  process.exit(1);
});

const port = readPort();
await requireFree(port);
const address = `http://127.0.0.1:${port}`;
const token = developmentToken();
build();

const server = spawn(
  process.execPath,
  [
    `${root}node_modules/wrangler/bin/wrangler.js`,
    "dev",
    "--ip",
    "127.0.0.1",
    "--port",
    String(port),
    "--inspector-port",
    "0",
    "--show-interactive-dev-session=false",
  ],
  {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      WRANGLER_LOG: process.env.WRANGLER_LOG ?? "warn",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
    },
  },
);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.kill(signal));
if (process.env.npm_lifecycle_event === "start") {
  // npm hands SIGTERM to its shell only, which ends and tells nobody: what is left of it is that it is no parent any more.
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    server.kill("SIGTERM");
  }, PARENT_MS);
  watch.unref();
}
server.once("exit", (code) => process.exit(code ?? 0));

try {
  await ready(address, server);
} catch (error) {
  server.kill("SIGTERM");
  throw error;
}
const portOption = port === 8787 ? "" : ` --url ${address}`;
console.log(`
Keywright is at ${address}

  development token  ${token}

Ask the API for a key, wrapped to a recipient key of this one request, and unwrap it:

  KEYWRIGHT_TOKEN=${token} npm run --silent keywright -- request AES-256${portOption} --out my.key

Ctrl-C ends it.`);

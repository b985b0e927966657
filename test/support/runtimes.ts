/**
 * Runs an exported function of a portable module where the library runs: in Node as it is, in Chromium and workerd as a
 * bundle, made by esbuild and by wrangler with the conditions that users' bundlers have. Inputs and results are JSON.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findBrowser } from "../browser.ts";

export const runtimes = ["node", "chromium", "workerd"] as const;
export type Runtime = (typeof runtimes)[number];

export function isRuntime(name: string): name is Runtime {
  return runtimes.some((runtime) => runtime === name);
}

/** The function in its runtime, until it is closed. */
interface Running {
  call(input: unknown): Promise<unknown>;
  close(): Promise<void>;
}

type Launch = (entryFile: string, exportName: string) => Promise<Running>;

const root = fileURLToPath(new URL("../../", import.meta.url));
const HOST = "127.0.0.1";

const inNode: Launch = async (entryFile, exportName) => {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(entryFile).href);
  const run = module[exportName];
  if (typeof run !== "function") throw new TypeError(`${relative(root, entryFile)} exports no function ${exportName}`);
  return { call: async (input) => await run(input), close: async () => {} };
};

/** An import of the function as `run`, for a file in `folder`. */
function importOf(entryFile: string, exportName: string, folder: string): string {
  const path = relative(folder, entryFile).split(sep).join("/");
  return `import { ${exportName} as run } from ${JSON.stringify(path.startsWith(".") ? path : `./${path}`)};`;
}

// As strict as the page of the library may be, and isolated, so that clocks have their full resolution.
const headers = {
  "content-security-policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
// `new URL("../../build/core.wasm", import.meta.url)` in src/core must also hold in the bundle.
const BUNDLE = "/src/core/bundle.js";
const wasmPath = /^\/build\/core(-relaxed)?\.wasm$/;
const page = `<!doctype html><meta charset="utf-8"><title>keywright</title><script type="module" src="${BUNDLE}"></script>`;

async function bundle(entryFile: string, exportName: string): Promise<string> {
  const { build } = await import("esbuild");
  const contents = `${importOf(entryFile, exportName, root)}\nglobalThis.keywrightRun = run;`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, sourcefile: "page.ts", loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2023",
    write: false,
  });
  return outputFiles.map(({ text }) => text).join("\n");
}

async function servePage(script: string): Promise<{ url: string; close(): void }> {
  const server = createServer(async ({ url = "/" }, response) => {
    const send = (type: string, body: string | Uint8Array) =>
      response.writeHead(200, { ...headers, "content-type": type }).end(body);
    if (url === "/") send("text/html; charset=utf-8", page);
    else if (url === BUNDLE) send("text/javascript; charset=utf-8", script);
    else if (wasmPath.test(url)) send("application/wasm", await readFile(join(root, url)));
    else response.writeHead(404, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the loopback server has no port");
  return { url: `http://${HOST}:${address.port}/`, close: () => server.close() };
}

const inChromium: Launch = async (entryFile, exportName) => {
  const { chromium } = await import("playwright");
  const server = await servePage(await bundle(entryFile, exportName));
  const browser = await chromium.launch({ executablePath: await findBrowser() });
  const close = async () => {
    await browser.close();
    server.close();
  };
  try {
    const tab = await browser.newPage();
    const errors: string[] = [];
    tab.on("pageerror", (error) => errors.push(error.message));
    await tab.goto(server.url, { waitUntil: "load" });
    if (!(await tab.evaluate(() => "keywrightRun" in globalThis))) {
      throw new Error(`the bundle did not start in Chromium: ${errors.join("; ")}`);
    }
    const call = (input: unknown) =>
      tab.evaluate(
        (given) => (globalThis as unknown as { keywrightRun(input: unknown): unknown }).keywrightRun(given),
        input,
      );
    return { call, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const workerSource = `
export default {
  async fetch(request) {
    try {
      return Response.json({ result: await run(await request.json()) });
    } catch (error) {
      return Response.json({ error: error instanceof Error ? error.stack : String(error) });
    }
  },
};
`;

/** POST by node:http, which waits as long as it takes: fetch gives up on headers after five minutes. */
function post(url: URL, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers: { "content-type": "application/json" } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const inWorkerd: Launch = async (entryFile, exportName) => {
  process.env.WRANGLER_SEND_METRICS = "false";
  process.env.WRANGLER_HIDE_BANNER = "true";
  process.env.WRANGLER_LOG ??= "error";
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false";
  const { createTestHarness } = await import("wrangler");
  // Inside the package, so that `#keywright` is found by the Worker's bundler as by everyone's.
  await mkdir(join(root, "build"), { recursive: true });
  const folder = await mkdtemp(join(root, "build", "workerd-"));
  const main = join(folder, "worker.ts");
  await writeFile(main, `${importOf(entryFile, exportName, dirname(main))}\n${workerSource}`);
  const config = { name: "keywright-run", main, compatibility_date: "2026-10-01" };
  const harness = createTestHarness({ root: folder, workers: [{ config }] });
  const close = async () => {
    await harness.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const { url } = await harness.listen();
    const call = async (input: unknown) => {
      const text = await post(url, JSON.stringify(input));
      const answer = JSON.parse(text) as { result?: unknown; error?: string }; // written by workerSource
      if (answer.error !== undefined) throw new Error(`in workerd: ${answer.error}`);
      return answer.result;
    };
    return { call, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const launches: Readonly<Record<Runtime, Launch>> = { node: inNode, chromium: inChromium, workerd: inWorkerd };

/**
 * Calls `exportName` of `entryFile` (an absolute path) with each input, one after the other in one instance of the
 * runtime. What the function throws is thrown here. The result type is the caller's word for what the function returns.
 */
export async function runIn<Input, Result>(
  runtime: Runtime,
  entryFile: string,
  exportName: string,
  inputs: Iterable<Input>,
  onResult: (result: Result, input: Input) => void,
): Promise<void> {
  const running = await launches[runtime](entryFile, exportName);
  try {
    for (const input of inputs) onResult((await running.call(input)) as Result, input);
  } finally {
    await running.close();
  }
}

/** Finds a Chromium for the tests, or gets one: five ways, in order, and an error that names them all. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = fileURLToPath(new URL("../build/browser/", import.meta.url));
const SPARTICUZ = "@sparticuz/chromium@153.0.0";
const INSTALL_MS = 300_000;

function works(path: string | undefined): path is string {
  if (path === undefined || path === "" || !existsSync(path)) return false;
  try {
    execFileSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

function attempt(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, {
      stdio: ["ignore", "ignore", "ignore"],
      timeout: INSTALL_MS,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    return true;
  } catch {
    return false;
  }
}

function installed(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
  const folders = (process.env.PATH ?? "").split(":");
  const paths = folders.flatMap((path) => names.map((name) => `${path}/${name}`));
  return [...paths, "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"].find(works);
}

async function fromPlaywright(): Promise<string | undefined> {
  const { chromium } = await import("playwright");
  if (!works(chromium.executablePath())) attempt("npx", ["playwright", "install", "chromium"]);
  return works(chromium.executablePath()) ? chromium.executablePath() : undefined;
}

function fromDebian(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (!attempt("apt-get", ["update", "-qq"])) return undefined;
  attempt("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  return installed();
}

/** The package unpacks its browser when asked for the path; it is installed outside the lockfile, only if needed. */
async function fromNpm(): Promise<string | undefined> {
  if (!attempt("npm", ["install", "--prefix", folder, "--no-save", "--no-audit", "--no-fund", SPARTICUZ]))
    return undefined;
  try {
    const entry = createRequire(folder).resolve("@sparticuz/chromium");
    const { default: chromium } = (await import(pathToFileURL(entry).href)) as {
      default: { executablePath(): Promise<string> };
    };
    const path = await chromium.executablePath();
    return works(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

export async function findBrowser(): Promise<string> {
  const given = process.env.CHROMIUM_PATH;
  if (works(given)) return given;
  const found = installed() ?? (await fromPlaywright()) ?? fromDebian() ?? (await fromNpm());
  if (found !== undefined) return found;
  throw new Error(
    [
      "no Chromium was found, and none could be got. What was tried:",
      "  1. the environment variable CHROMIUM_PATH",
      "  2. an installed chromium, chromium-browser, google-chrome or microsoft-edge",
      "  3. npx playwright install chromium",
      "  4. apt-get install chromium (as root, on Debian)",
      "  5. the npm package @sparticuz/chromium",
      "Install one of them, or set CHROMIUM_PATH.",
    ].join("\n"),
  );
}

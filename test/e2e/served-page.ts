/** The built page behind the real Worker, in a real browser: what the tests of this folder stand on. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page, type Request } from "playwright";
import { createTestHarness } from "wrangler";

export const TOKEN = "end-to-end-token-of-more-than-32-characters";
const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Served {
  readonly url: URL;
  fetch(path: string): Promise<Response>;
  open(options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** A page with all that it did: requests, console and policy violations. */
export interface OpenPage {
  readonly page: Page;
  readonly requests: readonly Request[];
  /** Errors and warnings of the console, uncaught errors, and violations of the content security policy. */
  readonly complaints: readonly string[];
}

export async function servePage(): Promise<Served> {
  if (!existsSync(`${root}dist-page/index.html`)) throw new Error("dist-page is missing: npm run build:page makes it");
  Object.assign(process.env, { CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false" });
  const server = createTestHarness({
    workers: [{ configPath: `${root}wrangler.toml`, secrets: { ENVIRONMENT: "development", API_TOKEN: TOKEN } }],
  });
  const { url } = await server.listen();
  const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  const browser = await chromium.launch({ executablePath });
  return {
    url,
    // The address as a browser would use it: the harness's own fetch knows no assets' headers but those of the Worker.
    fetch: (path) => fetch(new URL(path, url)),
    open: (options) => openPage(browser, url, options),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function openPage(browser: Browser, url: URL, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const requests: Request[] = [];
  const complaints: string[] = [];
  context.on("request", (request) => requests.push(request));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  await page.addInitScript(() => {
    // Reported by the console as well, but not for every directive.
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`violates ${violatedDirective}: ${blockedURI}`);
    });
  });
  await page.goto(url.href);
  // The first decision stands: the worker has its core, and nothing more is loaded.
  await page.locator("#panel-here .decision[data-state]").waitFor();
  return { page, requests, complaints };
}

/** Makes a key in the first tab, in the place of one that is there, and waits for it; if none comes, the error has what the page says. */
export async function makeKey(page: Page, algorithm: string): Promise<void> {
  await page.getByLabel("Algorithm").first().selectOption(algorithm);
  const keyIds = page.locator("#panel-here .key-id code");
  const [before] = await keyIds.allInnerTexts();
  await page.getByRole("button", { name: "Make the key" }).click();
  const replace = page.getByRole("button", { name: "Replace it" });
  if (await replace.isVisible()) await replace.click();
  try {
    await keyIds.filter(before === undefined ? {} : { hasNotText: before }).waitFor();
  } catch (error) {
    const said = await page.locator("#panel-here .aside").innerText();
    throw new Error(`no ${algorithm} key; the page says: ${said}`, { cause: error });
  }
}

/** The private or secret key as text, after the click that asks for it. */
export async function showSecret(page: Page, panel: "here" | "edge"): Promise<string> {
  await page
    .locator(`#panel-${panel}`)
    .getByRole("button", { name: /^Show the (private|secret) key$/ })
    .click();
  const shown = page.locator(`#${panel}-secret-text`);
  await shown.waitFor();
  return await shown.innerText();
}

/** The record as the page offers it as JSON. */
export async function recordOf(page: Page, panel: "here" | "edge") {
  return JSON.parse(await page.locator(`#${panel}-record-json`).inputValue());
}

/** The first tab of the page: keys that are made, shown, used and recorded in the browser alone. */
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNSIGNED } from "#keywright/verify";
import { makeKey, recordOf, type Served, servePage, showSecret } from "./served-page.ts";

let served: Served;
beforeAll(async () => {
  served = await servePage();
});
afterAll(async () => await served.close());

const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

test("page, scripts and worker are sent with a strict policy, and nothing in the page is inline", async () => {
  const { page } = await served.open();
  const addresses = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const html = await (await served.fetch("/")).text();
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of ["/", ...addresses]) {
    const { headers } = await served.fetch(address);
    expect(headers.get("content-security-policy"), address).toBe(CSP);
    expect(headers.get("cross-origin-embedder-policy"), address).toBe("require-corp");
    expect(headers.get("x-content-type-options"), address).toBe("nosniff");
    expect(headers.get("referrer-policy"), address).toBe("no-referrer");
  }
  expect((await served.fetch("/")).headers.get("cache-control")).toBe("no-store");
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|https?:/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test("an AES-256 key leaves the worker on a click, and the page sends nothing at all", async () => {
  const { page, requests, complaints } = await served.open();
  const loaded = requests.length;
  // The worker's own requests are among those that are watched.
  expect(requests.map((request) => request.url())).toContainEqual(
    expect.stringMatching(/\/core(-relaxed)?-[^/]+\.js$/),
  );
  await makeKey(page, "AES-256");
  expect(await page.locator("#here-secret-text").isVisible()).toBe(false);
  const raw = await showSecret(page, "here");
  expect(raw).toMatch(/^[0-9a-f]{64}$/);
  await page.locator(".secret-card").getByLabel("JWK").check();
  await expect.poll(() => page.locator("#here-secret-text").innerText()).toContain('"kty": "oct"');
  await page.getByRole("button", { name: "Hide the secret key" }).click();
  expect(await page.locator("#here-secret-text").textContent()).toBe("");
  const { predicate } = await recordOf(page, "here");
  expect(predicate.algorithm).toMatchObject({ name: "AES-256", strengthBits: 256 });
  expect(await page.locator(".facts").allInnerTexts()).toEqual(
    expect.arrayContaining([expect.stringContaining("HMAC_DRBG"), expect.stringContaining(predicate.module.digest)]),
  );
  expect(requests.slice(loaded).map((request) => request.url())).toEqual([]);
  expect(complaints).toEqual([]);
});

test("a copy says that it was made, and a download has the bytes that were shown", async () => {
  const { page } = await served.open({ permissions: ["clipboard-write"] });
  await makeKey(page, "AES-128");
  const raw = await showSecret(page, "here");
  await page.locator(".secret-card").getByRole("button", { name: "Copy" }).click();
  await page.locator(".secret-card").getByText("Copied", { exact: true }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".secret-card").getByRole("button", { name: "Download" }).click(),
  ]);
  expect((await readFile(await download.path())).toString("hex")).toBe(raw);
  expect(download.suggestedFilename()).toMatch(/^[0-9a-f-]{36}\.key\.bin$/);
});

test("an RSA-2048 pair loads into OpenSSL, and is the one of its record", async () => {
  const { page, requests, complaints } = await served.open();
  const loaded = requests.length;
  await makeKey(page, "RSA-2048");
  const publicPem = await page.getByRole("region", { name: "Public key", exact: true }).first().innerText();
  const privateKey = createPrivateKey(await showSecret(page, "here"));
  const spki = createPublicKey(publicPem).export({ type: "spki", format: "der" });
  expect(createPublicKey(privateKey).export({ type: "spki", format: "der" })).toEqual(spki);
  expect(privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  const { subject } = await recordOf(page, "here");
  expect(subject[0].digest.sha256).toBe(createHash("sha256").update(spki).digest("hex"));
  expect(requests.length).toBe(loaded);
  expect(complaints).toEqual([]);
});

const isFocused = (node: Element): boolean => node === document.activeElement;

/** False while the button shows without the focus. A search that is over has hidden it; so both are asked at once. */
const hasFocusWhileShown = (button: Element): boolean => !button.checkVisibility() || button === document.activeElement;

/** Starts a search and cancels it at the first sign of progress; false if luck ended it before. */
async function cancelSearch(page: Page): Promise<boolean> {
  const progress = page.getByText(/^\d+ % of searches are done by now$/);
  const cancel = page.locator("#panel-here .progress").getByRole("button", { name: "Cancel", includeHidden: true });
  const result = page.locator("#here-result");
  const notice = page.locator("#panel-here .notice[role=alert]");
  const wipe = page.getByRole("button", { name: "Wipe this key" });
  if (await wipe.isVisible()) await wipe.click(); // of a search that luck ended
  await page.getByRole("button", { name: "Make the key" }).click();
  await expect.poll(async () => (await progress.isVisible()) || (await result.isVisible())).toBe(true);
  expect(await cancel.evaluate(hasFocusWhileShown)).toBe(true);
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await notice.isVisible()) || (await result.isVisible())).toBe(true);
  return await notice.isVisible();
}

test("an RSA-4096 search tells its progress and ends on Cancel, and the form is as it was", async () => {
  const { page, complaints } = await served.open();
  await page.getByLabel("Purpose").first().selectOption("encrypt");
  await page.getByLabel("Algorithm").first().selectOption("RSA-4096");
  let isCancelled = false;
  for (let attempts = 0; attempts < 5 && !isCancelled; attempts++) isCancelled = await cancelSearch(page);
  expect(isCancelled).toBe(true);
  const notice = page.locator("#panel-here .notice[role=alert]");
  expect(await notice.innerText()).toContain("Cancelled: there is no new key.");
  expect(await notice.evaluate(isFocused)).toBe(true);
  expect(await page.getByLabel("Algorithm").first().inputValue()).toBe("RSA-4096");
  expect(await page.getByLabel("Purpose").first().inputValue()).toBe("encrypt");
  await makeKey(page, "AES-256");
  expect(await notice.isVisible()).toBe(false);
  expect(complaints).toEqual([]);
});

describe("the decision", () => {
  test("follows the form, and names each broken rule with its clause", async () => {
    const { page } = await served.open();
    const decision = page.locator("#panel-here .decision");
    expect(await decision.getAttribute("data-state")).toBe("allowed");
    await page.getByLabel("Algorithm").first().selectOption("RSA-2048");
    await page.getByLabel("Protect until").first().fill("2040-01-01");
    await expect.poll(() => decision.getAttribute("data-state")).toBe("refused");
    const text = await decision.innerText();
    expect(text).toContain("nist/strength-128");
    expect(text).toContain("Disallowed");
    expect(text).toContain("SP 800-57 Part 1 Rev. 5, 5.6.3, Table 4");
    await page.getByRole("button", { name: "Make the key" }).click();
    const notice = page.locator("#panel-here").getByRole("alert").filter({ hasText: "nist/strength-128" });
    await notice.waitFor();
    expect(await page.locator("#here-result").count()).toBe(0);
    expect(await page.getByLabel("Protect until").first().inputValue()).toBe("2040-01-01");
  });

  test("says where a pasted policy is wrong, and takes the one that is put right", async () => {
    const { page, complaints } = await served.open();
    await page.getByLabel("Policy", { exact: true }).selectOption("pasted");
    const document = page.getByLabel("Policy document (JSON)");
    const sample = await document.inputValue();
    await document.fill(sample.replace('"nist"', '"nest"'));
    await page.getByText(/extends\[0\]/).waitFor();
    expect(await document.getAttribute("aria-invalid")).toBe("true");
    await document.fill(`${sample}}`);
    await page.getByText(/This is not JSON/).waitFor();
    await document.fill(sample);
    await page.getByText("example-development", { exact: true }).waitFor();
    expect(await document.getAttribute("aria-invalid")).toBeNull();
    expect(complaints).toEqual([]);
  });
});

test("a record is checked against key, core and policy; a changed one shows what is broken", async () => {
  const { page } = await served.open();
  await makeKey(page, "HMAC-SHA-256");
  const check = page.getByRole("button", { name: "Check the record" });
  await check.click();
  await page.getByText(UNSIGNED).waitFor();
  await page.getByText("JSON", { exact: true }).click();
  const json = page.locator("#here-record-json");
  const text = await json.inputValue();
  await json.fill(text.replace('"strengthBits": 256', '"strengthBits": 512'));
  await check.click();
  await page.getByText("Not consistent", { exact: true }).waitFor();
  expect(await page.locator(".check .outcome").innerText()).toContain("strength");
  await page.getByRole("button", { name: "Restore" }).click();
  expect(await json.inputValue()).toBe(text);
});

describe("a sealed key", () => {
  test("signs with RSA, and only what it signed verifies", async () => {
    const { page } = await served.open();
    await page.getByLabel("is sealed in this browser").check();
    await makeKey(page, "RSA-2048");
    expect(await page.getByRole("button", { name: /Show the/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText("Signed.").waitFor();
    await page.getByRole("button", { name: "Verify with the public key" }).click();
    await page.getByText("Valid: this key signed this text.").waitFor();
    await page.getByLabel("Text", { exact: true }).fill("Keep this unsafe.");
    await page.getByRole("button", { name: "Verify with the public key" }).click();
    await page.getByText(/^Not valid/).waitFor();
  });

  test("encrypts with AES, and decrypts only what it encrypted", async () => {
    const { page } = await served.open();
    await page.getByLabel("is sealed in this browser").check();
    await makeKey(page, "AES-256");
    await page.getByRole("button", { name: "Encrypt" }).click();
    await page.getByText("Encrypted.").waitFor();
    await page.getByRole("button", { name: "Decrypt" }).click();
    await page.getByText("Decrypted: Keep this safe.").waitFor();
    const result = page.locator("#here-use-result");
    const ciphertext = await result.inputValue();
    await result.fill((ciphertext.startsWith("A") ? "B" : "A") + ciphertext.slice(1));
    await page.getByRole("button", { name: "Decrypt" }).click();
    await page.getByText(/^Not decrypted/).waitFor();
  });

  test("signs with P-256", async () => {
    const { page } = await served.open();
    await page.getByLabel("is sealed in this browser").check();
    await makeKey(page, "P-256");
    await page.getByRole("button", { name: "Sign", exact: true }).click();
    await page.getByText("Signed.").waitFor();
    await page.getByRole("button", { name: /^Verify/ }).click();
    await page.getByText("Valid: this key signed this text.").waitFor();
  });

  test("of X25519 decrypts what was encrypted to its public key, and nothing else", async () => {
    const { page } = await served.open();
    await page.locator("#here-policy").selectOption("open");
    await page.getByLabel("is sealed in this browser").check();
    await makeKey(page, "X25519");
    await page.getByRole("button", { name: "Encrypt to the public key" }).click();
    await page.getByText("Encrypted.").waitFor();
    await page.getByRole("button", { name: "Decrypt", exact: true }).click();
    await page.getByText("Decrypted: Keep this safe.").waitFor();
    const result = page.locator("#here-use-result");
    const ciphertext = await result.inputValue();
    await result.fill(ciphertext.slice(0, -8) + (ciphertext.at(-8) === "A" ? "B" : "A") + ciphertext.slice(-7));
    await page.getByRole("button", { name: "Decrypt", exact: true }).click();
    await page.getByText(/^Not decrypted/).waitFor();
  });

  test("is not made where the browser cannot hold it", async () => {
    const { page } = await served.open();
    await page.getByLabel("is sealed in this browser").check();
    await page.getByLabel("Algorithm").first().selectOption("AES-192");
    await page.getByRole("button", { name: "Make the key" }).click();
    await page
      .locator("#panel-here .notice[role=alert]")
      .getByText("This browser's WebCrypto holds no AES-192 key")
      .waitFor();
  });
});

test("a new key, another tab and leaving the page take the secret away; coming back reseeds", async () => {
  const { page } = await served.open();
  await makeKey(page, "AES-256");
  const first = await showSecret(page, "here");
  await page.getByRole("tab", { name: "From the edge API" }).click();
  await page.getByRole("tab", { name: "In this browser" }).click();
  expect(await page.locator("#here-secret-text").textContent()).toBe("");
  await makeKey(page, "AES-256");
  const before = (await recordOf(page, "here")).predicate.rng.reseedCounter;
  expect(await showSecret(page, "here")).not.toBe(first);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  expect(await page.locator("#here-result").count()).toBe(0);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await makeKey(page, "AES-256");
  expect((await recordOf(page, "here")).predicate.rng.reseedCounter).toBeLessThan(before);
});

describe("a browser that cannot make keys", () => {
  /** Sends the page's scripts, its worker's too, with other headers or with a first line of the test's own. */
  async function openWith(change: { headers?: Record<string, string>; firstLine?: string }): Promise<string> {
    const { page } = await served.open();
    await page.context().route("**/*.js", async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), ...change.headers };
      await route.fulfill({ response, headers, body: `${change.firstLine ?? ""}${await response.text()}` });
    });
    await page.reload();
    const decision = page.locator("#panel-here .decision[data-state=problem]");
    await decision.waitFor();
    return await decision.innerText();
  }

  test("is told which line allows WebAssembly where the page's policy blocks it", async () => {
    const text = await openWith({ headers: { "content-security-policy": "script-src 'self'" } });
    expect(text).toContain("script-src 'self' 'wasm-unsafe-eval'");
  });

  test("is told that its randomness is missing", async () => {
    const text = await openWith({
      firstLine: "Object.defineProperty(crypto, 'getRandomValues', { configurable: true, value: undefined });",
    });
    expect(text).toContain("Crypto.getRandomValues is missing");
  });

  test("is told that its randomness fails the health tests", async () => {
    const firstLine =
      "Object.defineProperty(crypto, 'getRandomValues', { configurable: true, value: (bytes) => bytes.fill(7) });";
    expect(await openWith({ firstLine })).toContain("repetition count test (SP 800-90B, 4.4.1)");
  });
});

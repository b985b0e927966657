/** Keys that the browser's own WebCrypto makes in the first tab: they can be read, or stay there for good. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import type { Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UNSIGNED } from "#keywright/verify";
import { makeKey, recordOf, type Served, servePage, showSecret } from "./served-page.ts";

let served: Served;
beforeAll(async () => {
  served = await servePage();
});
afterAll(async () => await served.close());

async function openForPlatform(policy = "nist"): Promise<Page> {
  const { page } = await served.open();
  await page.locator("#here-policy").selectOption(policy);
  await page.getByLabel("this browser's WebCrypto").check();
  return page;
}

async function checkRecord(page: Page): Promise<void> {
  const { predicate } = await recordOf(page, "here");
  expect(predicate.provider).toBe("platform");
  expect(await page.getByText("the runtime's own Web Cryptography").isVisible()).toBe(true);
  await page.getByRole("button", { name: "Check the record" }).click();
  await page.getByText(UNSIGNED).waitFor();
}

test("a pair that can be read loads into OpenSSL, and its record says who made it", async () => {
  const page = await openForPlatform();
  await makeKey(page, "P-256");
  const publicPem = await page.getByRole("region", { name: "Public key", exact: true }).first().innerText();
  const privateKey = createPrivateKey(await showSecret(page, "here"));
  const spki = createPublicKey(publicPem).export({ type: "spki", format: "der" });
  expect(createPublicKey(privateKey).export({ type: "spki", format: "der" })).toEqual(spki);
  await checkRecord(page);
});

test("a secret key that can be read has the length of its algorithm", async () => {
  const page = await openForPlatform();
  await makeKey(page, "AES-256");
  expect(await showSecret(page, "here")).toMatch(/^[0-9a-f]{64}$/);
  await checkRecord(page);
});

test("a pair that stays there signs, and its public half verifies that", async () => {
  const page = await openForPlatform();
  await page.getByLabel("is sealed in this browser").check();
  await makeKey(page, "RSA-2048");
  await page.getByText("the page never had its bytes").waitFor();
  expect(await page.getByRole("button", { name: /Show the/ }).count()).toBe(0);
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await page.getByText("Signed.").waitFor();
  await page.getByRole("button", { name: "Verify with the public key" }).click();
  await page.getByText("Valid: this key signed this text.").waitFor();
  await page.getByLabel("Text", { exact: true }).fill("Keep this unsafe.");
  await page.getByRole("button", { name: "Verify with the public key" }).click();
  await page.getByText(/^Not valid/).waitFor();
  await checkRecord(page);
});

test.each(["X25519", "AES-256"])(
  "a key of %s that stays there decrypts what was encrypted to it",
  async (algorithm) => {
    const page = await openForPlatform("open");
    await page.getByLabel("is sealed in this browser").check();
    await makeKey(page, algorithm);
    await page.getByRole("button", { name: /^Encrypt/ }).click();
    await page.getByText("Encrypted.").waitFor();
    await page.getByRole("button", { name: "Decrypt", exact: true }).click();
    await page.getByText("Decrypted: Keep this safe.").waitFor();
    await checkRecord(page);
  },
);

test.each([
  { algorithm: "SLH-DSA-SHA2-128f", purpose: "sign", says: /^The provider cannot serve SLH-DSA-SHA2-128f/ },
  {
    algorithm: "AES-256",
    purpose: "wrap",
    says: /^This page has no use for sealed AES-256 keys to wrap/,
  },
])("what it cannot make, or this page not show by use, is told: $algorithm to $purpose", async (asked) => {
  const page = await openForPlatform();
  await page.getByLabel("is sealed in this browser").check();
  await page.getByLabel("Algorithm").first().selectOption(asked.algorithm);
  await page.getByLabel("Purpose").first().selectOption(asked.purpose);
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.locator("#panel-here .notice[role=alert]").getByText(asked.says).waitFor();
});

// Last, since the browser goes on until it is closed: such a key takes it seconds.
test("Cancel gives up at once, and what the browser comes to later is not shown", async () => {
  const page = await openForPlatform("open");
  await page.getByLabel("Algorithm").first().selectOption("RSA-8192");
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.getByRole("button", { name: "Cancel" }).first().click();
  await page
    .locator("#panel-here .notice[role=alert]")
    .getByText("Cancelled: there is no new key.")
    .waitFor({ timeout: 5000 });
  expect(await page.getByRole("button", { name: "Make the key" }).isEnabled()).toBe(true);
  expect(await page.locator("#here-result").count()).toBe(0);
});

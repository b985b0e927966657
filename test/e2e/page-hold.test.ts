/** A key that the page shows stays until the next one is there, and goes unasked only if its user has it elsewhere. */
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey, type Served, servePage, showSecret, TOKEN } from "./served-page.ts";

let served: Served;
beforeAll(async () => {
  served = await servePage();
});
afterAll(async () => await served.close());

const here = (page: Page) => page.locator("#panel-here");
const keyIdOf = (page: Page, panel: "here" | "edge") => page.locator(`#panel-${panel} .key-id code`).innerText();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** The one that was shown, and its bytes are there to be had. */
async function expectHeld(page: Page, panel: "here" | "edge", keyId: string): Promise<void> {
  expect(await keyIdOf(page, panel)).toBe(keyId);
  expect(await showSecret(page, panel)).toMatch(/^[0-9a-f]{64}$/);
  await page.locator(`#panel-${panel}`).getByRole("button", { name: "Check the record" }).click();
  await page.locator(`#panel-${panel} .check`).getByText("not signed").waitFor();
}

describe("a key of this page is held", () => {
  test("when the next one is refused", async () => {
    const { page } = await served.open();
    await makeKey(page, "AES-256");
    const keyId = await keyIdOf(page, "here");
    await page.getByLabel("Algorithm").first().selectOption("X-Wing-draft-10");
    await press(page, "Make the key");
    await press(page, "Replace it");
    await here(page).getByRole("alert").filter({ hasText: "broken rules are listed" }).waitFor();
    await expectHeld(page, "here", keyId);
  });

  test("when the next one is cancelled", async () => {
    const { page } = await served.open();
    await makeKey(page, "AES-256");
    const keyId = await keyIdOf(page, "here");
    await page.getByLabel("Algorithm").first().selectOption("RSA-8192");
    await press(page, "Make the key");
    await press(page, "Replace it");
    await press(page, "Cancel");
    await page.getByText("Cancelled: there is no new key.").waitFor();
    await expectHeld(page, "here", keyId);
  });

  test("until its user lets go of it", async () => {
    const { page } = await served.open();
    await makeKey(page, "AES-256");
    const keyId = await keyIdOf(page, "here");
    await press(page, "Make the key");
    await here(page).getByText("The AES-256 key below was neither copied nor downloaded.").waitFor();
    await press(page, "Keep it");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Make the key");
    await expectHeld(page, "here", keyId);
    await press(page, "Make the key");
    await press(page, "Replace it");
    await expect.poll(() => keyIdOf(page, "here")).not.toBe(keyId);
    expect(await here(page).locator(".result > .label").count()).toBe(1);
  });

  test("and goes without a question once it was downloaded", async () => {
    const { page } = await served.open();
    await makeKey(page, "AES-256");
    const keyId = await keyIdOf(page, "here");
    await Promise.all([
      page.waitForEvent("download"),
      here(page).locator(".secret-card").getByRole("button", { name: "Download" }).click(),
    ]);
    await press(page, "Make the key");
    await expect.poll(() => keyIdOf(page, "here")).not.toBe(keyId);
  });

  test("unless it is sealed, which nobody can have elsewhere", async () => {
    const { page } = await served.open();
    await page.getByLabel("is sealed in this browser").check();
    await makeKey(page, "AES-256");
    await press(page, "Make the key");
    await here(page).getByText("The AES-256 key below is sealed").waitFor();
    await press(page, "Keep it");
    await press(page, "Encrypt");
    await page.getByText("Encrypted.").waitFor();
  });
});

test("a key of the service is held when the next request fails", async () => {
  const { page } = await served.open();
  const edge = page.locator("#panel-edge");
  await page.getByRole("tab", { name: "From the edge API" }).click();
  await page.getByLabel("Token").fill(TOKEN);
  await press(page, "Ask for the key");
  await page.locator("#edge-result").waitFor();
  const keyId = await keyIdOf(page, "edge");
  await page.route("**/v1/keys", (route) => route.abort());
  await press(page, "Ask for the key");
  await press(page, "Replace it");
  await edge.getByRole("alert").filter({ hasText: "could not be reached" }).waitFor();
  await expectHeld(page, "edge", keyId);
  await page.unroute("**/v1/keys");
  await press(page, "Ask for the key");
  await press(page, "Replace it");
  await expect.poll(() => keyIdOf(page, "edge")).not.toBe(keyId);
});

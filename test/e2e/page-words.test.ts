/** What the page says is true: of a decision, of a check, of what it offers; and it can be read. */
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey, type Served, servePage, TOKEN } from "./served-page.ts";

let served: Served;
beforeAll(async () => {
  served = await servePage();
});
afterAll(async () => await served.close());

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function openEdge(): Promise<Page> {
  const { page } = await served.open();
  await page.getByRole("tab", { name: "From the edge API" }).click();
  await page.getByLabel("Token").fill(TOKEN);
  return page;
}

describe("a decision of the service", () => {
  test("names its algorithm, and is out of date once another key is described", async () => {
    const page = await openEdge();
    const decision = page.locator("#panel-edge .decision");
    await press(page, "Ask for a decision");
    await decision.getByText("Allowed", { exact: true }).waitFor();
    expect(await decision.innerText()).toContain("AES-256, by policy example-development");
    await page.locator("#edge-algorithm").selectOption("X25519");
    expect(await decision.getAttribute("data-state")).toBe("problem");
    expect(await decision.locator(".verdict").innerText()).toBe("Out of date");
    expect(await decision.innerText()).toContain("AES-256, by policy example-development");
  });

  test("is out of date at once if the form changed on its way", async () => {
    const page = await openEdge();
    await page.route("**/v1/decisions", async (route) => {
      await page.locator("#edge-algorithm").selectOption("X25519");
      await route.continue();
    });
    await press(page, "Ask for a decision");
    await page.locator("#panel-edge .decision .verdict").getByText("Out of date").waitFor();
  });
});

test("the service is asked only for what it can wrap", async () => {
  const page = await openEdge();
  const offered = await page.locator("#edge-algorithm option").allInnerTexts();
  expect(offered).toContain("P-256");
  expect(offered).not.toContain("P-224");
  expect(offered).not.toContain("X-Wing-draft-10");
});

test.each(["P-224", "AES-192"])("that this browser cannot seal %s is told with the decision", async (algorithm) => {
  const { page } = await served.open();
  const decision = page.locator("#panel-here .decision");
  await page.getByLabel("is sealed in this browser").check();
  await page.locator("#here-algorithm").selectOption(algorithm);
  await decision.locator(".decision-body").getByText(`This browser's WebCrypto holds no ${algorithm} key`).waitFor();
  expect(await decision.locator(".verdict").innerText()).toBe("Allowed, but not possible");
  await page.getByLabel("can be read").check();
  await decision.getByText("Allowed", { exact: true }).waitFor();
});

test.each(["", "{"])("what is no record, as %j, was compared with nothing", async (text) => {
  const { page } = await served.open();
  await makeKey(page, "AES-256");
  await page.getByText("JSON", { exact: true }).click();
  await page.locator("#here-record-json").fill(text);
  await press(page, "Check the record");
  const outcome = page.locator("#panel-here .check .outcome");
  await outcome.getByText("Not a readable record", { exact: true }).waitFor();
  expect(await outcome.innerText()).not.toContain("Compared");
});

test("headings leave out no level, without a key and with one", async () => {
  const { page } = await served.open();
  const jumps = () =>
    page.evaluate(() => {
      const levels = [...document.querySelectorAll("h1, h2, h3, h4")]
        .filter((node) => node.checkVisibility())
        .map((node) => Number(node.tagName.slice(1)));
      return levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1);
    });
  expect(await jumps()).toEqual([]);
  await makeKey(page, "AES-256");
  expect(await jumps()).toEqual([]);
  await page.getByRole("tab", { name: "From the edge API" }).click();
  expect(await jumps()).toEqual([]);
});

test("the labels of the curve can be read on a narrow screen", async () => {
  const { page } = await served.open({ viewport: { width: 360, height: 740 } });
  await page.locator("#here-algorithm").selectOption("RSA-8192");
  await press(page, "Make the key");
  const label = page.locator(".plot").getByText(/^\d+ candidates$/);
  expect((await label.boundingBox())?.height).toBeGreaterThan(13);
  await press(page, "Cancel");
});

/** The page for everybody: by keyboard alone, on narrow screens, with enough contrast in light and dark. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeKey, type Served, servePage, showSecret } from "./served-page.ts";

let served: Served;
beforeAll(async () => {
  served = await servePage();
});
afterAll(async () => await served.close());

test("a key is made, shown and hidden by keyboard alone", async () => {
  const { page } = await served.open();
  const { keyboard } = page;
  const focused = () =>
    page.evaluate(() => {
      const node = document.activeElement;
      return node === null ? "" : node.id || (node.textContent ?? "").trim();
    });
  const tabTo = async (wanted: string): Promise<void> => {
    for (let presses = 0; presses < 40; presses++) {
      if ((await focused()) === wanted) return;
      await keyboard.press("Tab");
    }
    throw new Error(`no Tab reaches ${wanted}`);
  };
  await tabTo("tab-here");
  await keyboard.press("ArrowRight");
  expect(await focused()).toBe("tab-edge");
  expect(await page.locator("#panel-edge").isVisible()).toBe(true);
  expect(await page.locator("#panel-here").isVisible()).toBe(false);
  await keyboard.press("Home");
  expect(await focused()).toBe("tab-here");
  await tabTo("here-algorithm");
  await keyboard.type("AES-1");
  expect(await page.locator("#here-algorithm").inputValue()).toBe("AES-128");
  await tabTo("here-extractable-readable");
  await keyboard.press("ArrowDown");
  expect(await focused()).toBe("here-extractable-sealed");
  await keyboard.press("ArrowUp");
  await tabTo("Make the key");
  await keyboard.press("Enter");
  await page.locator("#here-result").waitFor();
  expect(await focused()).toBe("here-result");
  await tabTo("Show the secret key");
  await keyboard.press("Space");
  await expect.poll(() => page.locator("#here-secret-text").innerText()).toMatch(/^[0-9a-f]{32}$/);
  expect(await focused()).toBe("Hide the secret key");
  await keyboard.press("Space");
  expect(await page.locator("#here-secret-text").isVisible()).toBe(false);
});

test("a press counts though the decision changes, and its height, before the button is let go", async () => {
  const { page } = await served.open();
  const decision = page.locator("#panel-here .decision");
  const heightOf = async () => (await decision.boundingBox())?.height;
  const policy = page.locator("#here-policy");
  await page.getByLabel("Algorithm").first().selectOption("X25519");
  await decision.getByText("Refused", { exact: true }).waitFor();
  const height = await heightOf();
  await page.getByRole("button", { name: "Make the key" }).hover();
  await page.mouse.down();
  // By script, as the button is held.
  await policy.evaluate((select: HTMLSelectElement) => {
    select.value = "open";
    select.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await decision.getByText("Allowed", { exact: true }).waitFor();
  expect(await heightOf()).not.toBe(height);
  await page.mouse.up();
  await page.locator("#here-result").waitFor({ timeout: 10_000 });
});

test("every control has a name, and what is focused shows it", async () => {
  const { page } = await served.open();
  await makeKey(page, "RSA-2048");
  const controls = page.locator("button:visible, input:visible, select:visible, textarea:visible");
  const count = await controls.count();
  expect(count).toBeGreaterThan(20);
  for (let i = 0; i < count; i++) {
    const control = controls.nth(i);
    const html = await control.evaluate((node) => node.outerHTML);
    const [, role, name] = /^- '?(\w+)(?: "([^"]+)")?/.exec(await control.ariaSnapshot()) ?? [];
    expect(role, html).toBeDefined();
    expect(name, html).toBeDefined();
  }
  await page.locator("#here-algorithm").focus();
  await page.keyboard.press("Tab");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
  expect(outline).toBe("solid");
});

describe.each([
  ["320 px wide", { viewport: { width: 320, height: 640 } }],
  // Zoom of 200 % leaves half of the CSS pixels.
  ["1280 px wide at 200 %", { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
])("%s", (_, options) => {
  test("nothing needs scrolling sideways", async () => {
    const { page } = await served.open(options);
    const sideways = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(await sideways()).toBeLessThanOrEqual(0);
    await makeKey(page, "RSA-2048");
    await showSecret(page, "here");
    expect(await sideways()).toBeLessThanOrEqual(0);
    await page.getByRole("tab", { name: "From the edge API" }).click();
    expect(await sideways()).toBeLessThanOrEqual(0);
  });
});

/** Texts of the page whose contrast with what is behind them is under WCAG 2.2, 1.4.3 (AA). Runs in the page. */
function findFaint(): string[] {
  const parse = (color: string): number[] => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    if (canvas === null) throw new Error("no canvas");
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color: readonly number[]): number => {
    const linear = color
      .slice(0, 3)
      .map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
  };
  const behind = (node: Element | null): number[] => {
    if (node === null) return parse("white");
    const color = parse(getComputedStyle(node).backgroundColor);
    return color[3] === 255 ? color : behind(node.parentElement);
  };
  const faint: string[] = [];
  for (const node of document.querySelectorAll("body *")) {
    const text = [...node.childNodes]
      .filter((child) => child.nodeType === Node.TEXT_NODE)
      .map((child) => child.textContent?.trim())
      .join("");
    const style = getComputedStyle(node);
    if (text === "" || node.closest("[hidden], .visually-hidden, :disabled, noscript, option") !== null) continue;
    const [a, b] = [luminance(parse(node instanceof SVGElement ? style.fill : style.color)), luminance(behind(node))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) faint.push(`${contrast.toFixed(2)} ${text.slice(0, 40)}`);
  }
  return faint;
}

test.each(["light", "dark"] as const)("texts have enough contrast in %s", async (colorScheme) => {
  const { page } = await served.open({ colorScheme });
  await page.locator("#here-policy").selectOption("cnsa-2");
  await page.getByLabel("Algorithm").first().selectOption("RSA-2048");
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.locator("#panel-here .decision[data-state=refused]").waitFor();
  expect(await page.evaluate(findFaint)).toEqual([]);
  await page.locator("#here-policy").selectOption("nist");
  await makeKey(page, "AES-256");
  await showSecret(page, "here");
  await page.getByRole("button", { name: "Check the record" }).click();
  await page.locator(".check .verdict").waitFor();
  expect(await page.evaluate(findFaint)).toEqual([]);
  // The check can fail: a grey that is too light is seen.
  await page.locator("h1").evaluate((node) => {
    node.style.color = "gray";
    node.style.fontSize = "12px";
    node.style.background = "darkgray";
  });
  expect((await page.evaluate(findFaint)).length).toBe(1);
});

test("motion is left out for those who prefer it", async () => {
  const moving = () =>
    [...document.querySelectorAll("button")].filter((node) => getComputedStyle(node).transitionDuration !== "0s")
      .length;
  const { page: still } = await served.open({ reducedMotion: "reduce" });
  expect(await still.evaluate(moving)).toBe(0);
  const { page } = await served.open({ reducedMotion: "no-preference" });
  expect(await page.evaluate(moving)).toBeGreaterThan(0);
});

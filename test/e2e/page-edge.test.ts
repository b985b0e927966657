/** The second tab of the page: keys from the edge API, wrapped to a key of the page. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UNSIGNED } from "#keywright/verify";
import { type OpenPage, recordOf, type Served, servePage, showSecret, TOKEN } from "./served-page.ts";

let served: Served;
beforeAll(async () => {
  served = await servePage();
});
afterAll(async () => await served.close());

async function openEdge(token = TOKEN): Promise<OpenPage> {
  const opened = await served.open();
  await opened.page.getByRole("tab", { name: "From the edge API" }).click();
  await opened.page.getByLabel("Token").fill(token);
  return opened;
}

test("a pair arrives wrapped, is unwrapped here, and no request carries its private half", async () => {
  const { page, requests, complaints } = await openEdge();
  const edge = page.locator("#panel-edge");
  await edge.getByRole("button", { name: "Show the policy in force" }).click();
  await edge.getByText('"id": "example-development"').waitFor();
  await edge.getByLabel("Algorithm").selectOption("RSA-2048");
  await edge.getByLabel("Purpose").selectOption("sign");
  await edge.getByRole("button", { name: "Ask for a decision" }).click();
  await edge.locator(".decision[data-state=allowed]").waitFor();
  await edge.getByRole("button", { name: "Ask for the key" }).click();
  await page.locator("#edge-result").waitFor();
  const privatePem = await showSecret(page, "edge");
  const publicPem = await edge.getByRole("region", { name: "Public key", exact: true }).first().innerText();
  expect(createPublicKey(createPrivateKey(privatePem)).equals(createPublicKey(publicPem))).toBe(true);
  await edge.getByRole("button", { name: "Check the record" }).click();
  await edge.getByText(UNSIGNED).waitFor();
  await edge.getByText(/the policy in force\./).waitFor();
  expect((await recordOf(page, "edge")).predicate).toMatchObject({
    purpose: "sign",
    module: { runtime: { name: "workerd" } },
  });

  const { d } = createPrivateKey(privatePem).export({ format: "jwk" });
  expect(d).toMatch(/^[\w-]{300,}$/);
  const calls = requests.filter((request) => request.url().includes("/v1/"));
  expect(calls.map((request) => `${request.method()} ${new URL(request.url()).pathname}`)).toEqual([
    "GET /v1/policy",
    "POST /v1/decisions",
    "POST /v1/keys",
  ]);
  for (const request of requests) {
    expect(`${request.url()} ${request.postData() ?? ""}`).not.toContain(d);
    expect(request.url()).not.toContain(TOKEN);
  }
  const { recipient } = calls[2]?.postDataJSON() ?? {};
  expect(Object.keys(recipient).sort()).toEqual(["crv", "kty", "x", "y"]);
  expect(
    await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie, location.href]),
  ).toEqual([0, 0, "", served.url.href]);
  expect(complaints).toEqual([]);
});

test("a secret key is unwrapped and checked against its record", async () => {
  const { page } = await openEdge();
  const edge = page.locator("#panel-edge");
  await edge.getByLabel("Algorithm").selectOption("HMAC-SHA-512");
  await edge.getByRole("button", { name: "Ask for the key" }).click();
  await page.locator("#edge-result").waitFor();
  expect(await showSecret(page, "edge")).toMatch(/^[0-9a-f]{128}$/);
  await edge.getByRole("button", { name: "Check the record" }).click();
  await edge.getByText(/itself, the secret key/).waitFor();
  expect(await edge.locator(".check .outcome").innerText()).toMatch(new RegExp(UNSIGNED, "i"));
});

test("a wrong token is told beside its field, and nothing in the form is lost", async () => {
  const { page, complaints } = await openEdge("not-the-token");
  const edge = page.locator("#panel-edge");
  await edge.getByLabel("Algorithm").selectOption("AES-128");
  await edge.getByRole("button", { name: "Ask for the key" }).click();
  await edge.getByRole("alert").filter({ hasText: "401" }).waitFor();
  expect(await edge.getByLabel("Token").getAttribute("aria-invalid")).toBe("true");
  expect(await edge.getByLabel("Token").inputValue()).toBe("not-the-token");
  expect(await edge.getByLabel("Algorithm").inputValue()).toBe("AES-128");
  // The browser itself reports the status; nothing else complains.
  expect(complaints.filter((text) => !text.includes("status of 401"))).toEqual([]);
});

test("a bad field is told beside it, a refusal by its rules", async () => {
  const { page } = await openEdge();
  const edge = page.locator("#panel-edge");
  await edge.getByLabel("Classification").fill("x".repeat(65));
  await edge.getByRole("button", { name: "Ask for the key" }).click();
  await edge.getByRole("alert").filter({ hasText: "/classification" }).waitFor();
  expect(await edge.getByLabel("Classification").getAttribute("aria-invalid")).toBe("true");
  await edge.getByLabel("Classification").fill("no-such-class");
  await edge.getByRole("button", { name: "Ask for the key" }).click();
  await edge.locator(".decision[data-state=refused]").waitFor();
  expect(await edge.locator(".decision").innerText()).toContain("policy/classification");
  expect(await edge.getByLabel("Classification").getAttribute("aria-invalid")).toBeNull();
});

test("a request ends on Cancel; leaving the page takes the token away", async () => {
  const { page } = await openEdge();
  const edge = page.locator("#panel-edge");
  // Held back, so that there is something to cancel whatever the luck of the search.
  await page.route("**/v1/keys", () => undefined);
  await edge.getByRole("button", { name: "Ask for the key" }).click();
  await edge.getByText("Waiting for the service").waitFor();
  await edge.getByRole("button", { name: "Cancel" }).click();
  await edge.getByText("Cancelled.").waitFor();
  expect(await edge.getByRole("button", { name: "Ask for the key" }).isEnabled()).toBe(true);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  expect(await edge.getByLabel("Token").inputValue()).toBe("");
});

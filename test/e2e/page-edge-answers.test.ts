/** The second tab against a service that answers wrongly, or too late: keys that are real, in an answer that is made here. */
import { CompactEncrypt, importJWK } from "jose";
import type { Page, Route } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeJwk, openKeygen } from "#keywright";
import { type Served, servePage, TOKEN } from "./served-page.ts";

type PairName = "Ed25519" | "P-256" | "ML-DSA-44" | "SLH-DSA-SHAKE-128f" | "RSA-2048";

interface Answer {
  readonly key: object;
  readonly publicKey: object;
  readonly record: object;
}

let served: Served;
beforeAll(async () => {
  served = await servePage();
});
afterAll(async () => await served.close());

async function makeAnswer(name: PairName): Promise<Answer> {
  using keygen = await openKeygen({ policy: "open", environment: "development" });
  const { privateKey, publicKey, record } = await keygen.generate(name);
  return { key: encodeJwk(privateKey), publicKey: encodeJwk(publicKey), record };
}

/** What a private JWK holds besides its public half. */
function privateMembers({ key, publicKey }: Answer): object {
  return Object.fromEntries(Object.entries(key).filter(([member]) => !Object.hasOwn(publicKey, member)));
}

/** The private half of another; of SLH-DSA its secret seeds, before a public half that is right (FIPS 205, 9.1). */
function strangeMembers(name: PairName, own: Answer, other: Answer): object {
  if (!name.startsWith("SLH-DSA")) return privateMembers(other);
  const [mine, theirs] = [own, other].map(({ key }) => Buffer.from((key as { priv: string }).priv, "base64url"));
  if (mine === undefined || theirs === undefined) throw new TypeError("two keys were wanted");
  const half = mine.length / 2;
  return { priv: Buffer.concat([theirs.subarray(0, half), mine.subarray(half)]).toString("base64url") };
}

async function fulfill(route: Route, { key, publicKey, record }: Answer): Promise<void> {
  const { recipient } = route.request().postDataJSON();
  const header = { alg: "ECDH-ES+A256KW", enc: "A256GCM" };
  const wrapped = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(key)))
    .setProtectedHeader(header)
    .encrypt(await importJWK(recipient, header.alg));
  await route.fulfill({ json: { record, publicKey, wrapped } });
}

async function askFor(name: string, answer: Answer, page: Page) {
  const edge = page.locator("#panel-edge");
  await page.getByRole("tab", { name: "From the edge API" }).click();
  await page.getByLabel("Token").fill(TOKEN);
  await page.route("**/v1/keys", (route) => fulfill(route, answer));
  await edge.getByLabel("Algorithm").selectOption(name);
  await edge.getByRole("button", { name: "Ask for the key" }).click();
  return edge;
}

describe.each<[PairName, string]>([
  ["Ed25519", "does not belong to the private key"],
  ["P-256", "does not belong to the private key"],
  ["ML-DSA-44", "does not belong to the private key"],
  ["SLH-DSA-SHAKE-128f", "do not belong together"],
  ["RSA-2048", "FIPS 186-5"],
])("%s", (name, reason) => {
  test("a pair is taken; the private half of another under this one's name is not", async () => {
    const [own, other] = [await makeAnswer(name), await makeAnswer(name)];
    const right = await served.open();
    await (await askFor(name, own, right.page)).locator(".result h2").filter({ hasText: name }).waitFor();
    expect(right.complaints).toEqual([]);
    const { page } = await served.open();
    const stranger = { ...own, key: { ...own.key, ...strangeMembers(name, own, other) } };
    await (await askFor(name, stranger, page))
      .getByRole("alert")
      .filter({ hasText: reason })
      .waitFor({ timeout: 10_000 });
    expect(await page.locator("#edge-result").count()).toBe(0);
  });
});

/** The key of an answer comes out of its wrapping only when the test says so. */
async function openHeldBack(): Promise<{ readonly page: Page; release(): Promise<void> }> {
  const { page } = await served.open();
  await page.evaluate(() => {
    const { deriveBits } = SubtleCrypto.prototype;
    const released = new Promise<void>((resolve) => Object.assign(window, { release: resolve }));
    SubtleCrypto.prototype.deriveBits = async function (...args) {
      document.title = "held back";
      await released;
      return await deriveBits.apply(this, args);
    };
  });
  const release = () => page.evaluate(() => (window as unknown as { release(): void }).release());
  return { page, release };
}

describe("an answer that is opened too late", () => {
  test.each([
    ["Cancel", (page: Page) => page.getByRole("button", { name: "Cancel" }).click()],
    [
      "leaving the page",
      (page: Page) =>
        page.evaluate(() => {
          window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
        }),
    ],
  ])("after %s is not shown", async (_, end) => {
    const { page, release } = await openHeldBack();
    const edge = await askFor("Ed25519", await makeAnswer("Ed25519"), page);
    await page.waitForFunction(() => document.title === "held back");
    await end(page);
    await release();
    await edge.getByText("Cancelled.").waitFor({ timeout: 10_000 });
    expect(await page.locator("#edge-result").count()).toBe(0);
  });
});

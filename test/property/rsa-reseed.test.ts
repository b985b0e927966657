/** A generator that comes to its reseed interval in the middle of a search is reseeded, and the search goes on. */
import { expect, test } from "vitest";
import { rsa2048 } from "../../src/algorithms/rsa.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { generateRsa } from "../../src/generate/rsa.ts";
import { freshCore } from "../support/core.ts";
import { brokenNumbers } from "../support/openssl.ts";

// A.1.3 draws every candidate; A.1.6 draws some twenty times in all.
test.each([
  { method: "A.1.3", reseedInterval: 7, atLeast: 10 },
  { method: "A.1.6", reseedInterval: 2, atLeast: 4 },
] as const)("a search by $method outlives many reseed intervals", async ({ method, reseedInterval, atLeast }) => {
  const core = await freshCore();
  const fresh = () => crypto.getRandomValues(new Uint8Array(48));
  const drbg = HmacDrbg.instantiate(core, { hash: "SHA-256", strengthBits: 256, entropy: fresh(), reseedInterval });
  let reseeds = 0;
  const reseedIfDue = () => {
    if (!drbg.needsReseed) return;
    drbg.reseed(fresh());
    reseeds++;
  };
  const generator = { pointer: drbg.pointer, epoch: 0, freshen: reseedIfDue, reseedIfDue };
  const parts = await generateRsa(core, generator, rsa2048, { method, refuseIfEnded: () => undefined });
  expect(reseeds).toBeGreaterThanOrEqual(atLeast);
  expect(brokenNumbers(parts, 2048)).toEqual([]);
});

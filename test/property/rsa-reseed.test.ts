/** A generator that comes to its reseed interval in the middle of a search is reseeded, and the search goes on. */
import { expect, test } from "vitest";
import { rsa2048 } from "../../src/algorithms/rsa.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { generateRsa } from "../../src/generate/rsa.ts";
import { freshCore } from "../support/core.ts";
import { brokenNumbers } from "../support/openssl.ts";

test("a search outlives many reseed intervals", async () => {
  const core = await freshCore();
  const fresh = () => crypto.getRandomValues(new Uint8Array(48));
  const drbg = HmacDrbg.instantiate(core, { hash: "SHA-256", strengthBits: 256, entropy: fresh(), reseedInterval: 7 });
  let asked = 0;
  let reseeds = 0;
  const generator = {
    pointer: drbg.pointer,
    freshen() {
      if (asked === reseeds && !drbg.needsReseed) return;
      drbg.reseed(fresh());
      reseeds = asked;
    },
    reseed: () => void asked++,
  };
  const parts = await generateRsa(core, generator, rsa2048, { refuseIfEnded: () => undefined });
  expect(asked).toBeGreaterThan(10);
  expect(brokenNumbers(parts, 2048)).toEqual([]);
});

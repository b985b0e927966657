/** Generated pairs hold every criterion of FIPS 186-5, A.1.1, and work in OpenSSL. More of them: `npm run soak`. */
import { describe, expect, test } from "vitest";
import { openKeygen } from "#keywright";
import { brokenCriteria, brokenUses } from "../support/openssl.ts";

describe.each([
  ["RSA-2048", 2048, 20],
  ["RSA-3072", 3072, 3],
  ["RSA-4096", 4096, 2],
] as const)("%s", (name, bits, count) => {
  test(`${count} pairs`, { timeout: 180_000 }, async () => {
    using keygen = await openKeygen({ policy: "nist", environment: "test" });
    for (let i = 0; i < count; i++) {
      const pair = await keygen.generate(name);
      expect([...brokenCriteria(pair, bits), ...brokenUses(pair)]).toEqual([]);
    }
  });
});

test("a pair that was tampered with is seen", async () => {
  using keygen = await openKeygen({ policy: "nist", environment: "test" });
  const pair = await keygen.generate("RSA-2048");
  expect(brokenCriteria(pair, 4096)).toContain("n has its size");
});

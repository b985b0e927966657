/** A record claims what is true of its kind of key, and the claims of another kind do not hold for it. */
import { expect, test } from "vitest";
import { openKeygen, verifyRecord } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";
import { claimsFor } from "../../src/record/record.ts";

const keygen = await openKeygen({ policy: "open", environment: "test" });

test.each(["AES-128", "HMAC-SHA3-512", "ChaCha20-Poly1305"] as const)(
  "no algorithm is claimed for %s, but where its bits come from",
  async (name) => {
    const { record } = await keygen.generate(name);
    const { claims } = record.predicate;
    expect(claims.claimed[0]).toMatch(/^key bits from functions implemented from the standards named, tested/);
    expect(claims.claimed.join()).not.toContain("algorithms implemented");
    expect((await verifyRecord(record)).broken).toEqual([]);
    const ofPair = { ...record, predicate: { ...record.predicate, claims: claimsFor(registry["P-256"], "core") } };
    expect((await verifyRecord(ofPair)).broken.map(({ id }) => id)).toEqual(["claims"]);
  },
);

test("published vectors are claimed for pairs that have any", () => {
  const first = (name: keyof typeof registry) => claimsFor(registry[name], "core").claimed[0];
  expect(first("P-256")).toMatch(/^algorithms implemented .* tested against published NIST and C2SP vectors$/);
  for (const name of ["X-Wing-draft-10", "secp256k1"] as const) {
    expect(first(name)).toMatch(/^algorithms implemented .* compared with independent implementations$/);
  }
});

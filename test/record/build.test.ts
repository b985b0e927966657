/** What the library writes, its own verifier reads: also where names are many, long, odd or missing. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { openKeygen, verifyRecord } from "#keywright";
import { buildRecord, MAX_WHY } from "../../src/record/record.ts";
import { documentWith } from "../policy/support.ts";

afterEach(() => vi.unstubAllGlobals());

const open = (options: object) => openKeygen({ policy: "nist", environment: "test", ...options });

describe.each([12, 200])("a policy of %i classifications with long names", (count) => {
  test("may be listed by a warning", async () => {
    const names = Array.from({ length: count }, (_, i) => `${i}-`.padEnd(63, "x"));
    const classifications = Object.fromEntries(names.map((name) => [name, { minStrengthBits: 112 }]));
    using keygen = await open({
      policy: documentWith({
        classifications,
        environments: ["test"],
        export: { plaintext: [], wrapped: [], extractable: ["test"] },
        onReviewOverdue: "warn",
        providers: { core: { accepted: "any" } },
      }),
    });
    const { record, secretKey } = await keygen.generate("AES-256", { purpose: "encrypt" });
    const { warnings } = record.predicate.decision;
    const why = warnings.find(({ id }) => id === "policy/classification-stated")?.why ?? "";
    expect(why.length).toBeGreaterThan(512);
    expect(why.length).toBeLessThanOrEqual(MAX_WHY);
    expect((await verifyRecord(record, { secretKey })).broken).toEqual([]);
  });
});

test("a reason of exactly the longest length is not cut, a longer one is", async () => {
  using keygen = await open({});
  const { record } = await keygen.generate("AES-256", { purpose: "encrypt" });
  const { predicate, subject } = record;
  const whyAfter = (length: number): string | undefined => {
    const warning = { id: "x", source: "x", state: "deprecated", why: "y".repeat(length) } as const;
    const decision = { ...predicate.decision, warnings: [warning] };
    return buildRecord(subject[0].name, subject[0].digest, { ...predicate, decision }).predicate.decision.warnings[0]
      ?.why;
  };
  expect(whyAfter(MAX_WHY)).toBe("y".repeat(MAX_WHY));
  expect(whyAfter(MAX_WHY + 1)).toBe(`${"y".repeat(MAX_WHY - 1)}…`);
});

test.each([
  ["no user agent", undefined, undefined],
  ["an empty user agent", "", undefined],
  ["a user agent that is no text", 7, undefined],
  ["a user agent of any length", "x".repeat(5000), "x".repeat(256)],
])("a record holds with %s", async (_, userAgent, version) => {
  using keygen = await open({});
  vi.stubGlobal("document", {});
  vi.stubGlobal("navigator", { userAgent });
  const { record } = await keygen.generate("AES-256", { purpose: "encrypt" });
  const { runtime } = record.predicate.module;
  expect([runtime.name, runtime.version]).toEqual(["browser", version]);
  expect((await verifyRecord(record)).broken).toEqual([]);
});

test("the longest names hold, longer ones are refused", async () => {
  const longest = "x".repeat(256);
  using keygen = await open({ tenant: longest, jurisdiction: longest });
  const { record } = await keygen.generate("AES-256", { purpose: "encrypt", protectUntil: "2030-02-28" });
  expect((await verifyRecord(record)).broken).toEqual([]);
  for (const field of ["tenant", "jurisdiction"]) {
    for (const name of ["", "x".repeat(257)]) {
      await expect(open({ [field]: name })).rejects.toThrow(`${field} must have 1 to 256 characters`);
    }
  }
});

/** The policies in `worker/policies/`, and the JSON Schema that the package publishes. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { digests } from "../../src/core/generated/digest.ts";
import { decide } from "../../src/policy/decide.ts";
import { parsePolicy, resolvePolicy } from "../../src/policy/policy.ts";
import type { PolicyRequest } from "../../src/policy/request.ts";
import type { PolicyDocument } from "../../src/policy/schema.ts";
import { acceptDigests } from "../../worker/policies/acceptance.ts";
import { policyJsonSchema } from "../../worker/policies/json-schema.ts";
import { document, documentWith, documentWithout, now, request } from "./support.ts";

function readSample(name: "development" | "production"): string {
  return readFileSync(new URL(`../../worker/policies/${name}.json`, import.meta.url), "utf8");
}

const development: unknown = JSON.parse(readSample("development"));
const production: unknown = JSON.parse(readSample("production"));
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(policyJsonSchema());

describe("the published JSON Schema", () => {
  test("is of draft 2020-12, refuses unknown keys, and describes every field of the document", () => {
    const schema = policyJsonSchema() as { properties: Record<string, { description?: string }> };
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      additionalProperties: false,
    });
    for (const [field, { description }] of Object.entries(schema.properties))
      expect([field, description]).toEqual([field, expect.stringMatching(/\.$/)]);
  });

  test.each([
    ["development", development],
    ["production", production],
    ["test", document],
  ])("accepts the %s policy", (_, policy) => {
    expect(isValid(policy) || isValid.errors).toBe(true);
  });

  test("is as strict as parsePolicy about form", () => {
    const malformed: readonly Record<string, unknown>[] = [
      { color: "blue" },
      { pairwise: "core" },
      { providers: { core: { accepted: [] }, platform: { accepted: [{ runtime: "node", generator: {} }] } } },
      { id: "Acme" },
      { version: 0 },
      { version: "1" },
      { owner: "" },
      { owner: "a\nb" },
      { owner: "x".repeat(201) },
      { approvedOn: "21.11.2026" },
      { onReviewOverdue: "ignore" },
      { extends: [] },
      { extends: ["fips"] },
      { extends: ["nist", "nist"] },
      { environments: [] },
      { classifications: {} },
      { classifications: { A: { minStrengthBits: 128 } } },
      { classifications: { a: { minStrengthBits: 80 } } },
      { algorithms: ["AES-512"] },
      { purposes: ["sign", "sign"] },
      { export: { plaintext: [], wrapped: [] } },
      { providers: { core: { accepted: "some" } } },
      { providers: { core: { accepted: [{ digest: "sha256:00" }] } } },
      { seeds: { allowed: false, origins: [] } },
      { seeds: { allowed: true } },
      { generator: { minStrengthBits: 64 } },
      { jurisdictions: [] },
      { cryptoperiods: { signing: {} } },
    ];
    for (const fields of malformed) {
      expect(() => parsePolicy(documentWith(fields))).toThrow("policy: ");
      expect([fields, isValid(documentWith(fields))]).toEqual([fields, false]);
    }
    for (const field of Object.keys(document))
      expect(isValid(documentWithout(field as keyof PolicyDocument))).toBe(false);
  });
});

describe("the sample policies", () => {
  test("serve the environments that they are named for, and hand out no plaintext", () => {
    for (const policy of [
      resolvePolicy(development, "development"),
      resolvePolicy(development, "test"),
      resolvePolicy(production, "production"),
    ]) {
      expect(policy.export.plaintext).toEqual([]);
      expect(policy.seeds).toEqual({ allowed: false });
      expect(policy.approval?.owner).toContain("(placeholder)");
      expect(policy.approval?.approver).toContain("(placeholder)");
    }
    expect(parsePolicy(development).environments).toEqual(["development", "test"]);
    expect(parsePolicy(production).environments).toEqual(["production"]);
  });

  test("the production policy accepts both builds of the core as built now", () => {
    const { accepted } = parsePolicy(production).providers.core;
    if (accepted === "any") throw new Error("production must accept the core by digest");
    expect(
      accepted.map(({ build, digest }) => [build, digest]),
      "the core has changed: review the change, then run npm run accept:core and commit the acceptance with it",
    ).toEqual(Object.entries(digests));
  });

  test.each(Object.entries(digests))(
    "a production request is allowed with the core built for %s, and refused with another",
    (_, digest) => {
      const policy = parsePolicy(production);
      const { accepted } = policy.providers.core;
      if (accepted === "any") throw new Error("production must accept the core by digest");
      const now = new Date(
        accepted
          .map(({ acceptedOn }) => acceptedOn)
          .sort()
          .at(-1) ?? "",
      ); // before it nothing is allowed
      const asked: PolicyRequest = {
        ...request,
        classification: "confidential",
        export: "wrapped",
        provider: "core",
        module: { digest },
      };
      expect(decide(policy, asked, now)).toMatchObject({ allowed: true, broken: [], warnings: [] });
      const other = { ...asked, module: { digest: `sha256:${"0".repeat(64)}` } };
      expect(decide(policy, other, now).broken.map(({ id }) => id)).toEqual(["policy/provider"]);
      expect(decide(policy, { ...asked, export: "plaintext" }, now).broken.map(({ id }) => id)).toEqual([
        "policy/export-plaintext",
      ]);
      expect(decide(policy, { ...asked, algorithm: "RSA-2048" }, now).broken.map(({ id }) => id)).toEqual([
        "policy/classification-strength",
        "nist/strength-128",
      ]);
    },
  );

  test("a key for development is allowed without ceremony, and told what production would ask", () => {
    const { purpose: _, classification: __, ...bare } = request;
    const decision = decide(parsePolicy(development), { ...bare, environment: "development", extractable: true }, now);
    expect(decision).toMatchObject({ allowed: true, policy: { approved: true } });
    expect(decision.warnings.map(({ id }) => id)).toEqual(["policy/purpose-stated", "policy/classification-stated"]);
  });
});

describe("accepting a core", () => {
  const text = readSample("production");
  const built = { simd: `sha256:${"1".repeat(64)}`, relaxed: `sha256:${"2".repeat(64)}` };

  test("changes digests, the day, and the version, and nothing else", () => {
    const before = JSON.parse(text) as PolicyDocument;
    const after = parsePolicy(JSON.parse(acceptDigests(text, built, "2026-12-24")));
    expect(after.version).toBe(before.version + 1);
    const { accepted } = before.providers.core;
    if (accepted === "any") throw new Error("production must accept the core by digest");
    expect(after.providers.core.accepted).toEqual(
      accepted.map((each) => ({ ...each, digest: built[each.build], acceptedOn: "2026-12-24" })),
    );
    const lines = (changed: string) => changed.split("\n").length;
    expect(lines(acceptDigests(text, built, "2026-12-24"))).toBe(lines(text));
  });

  test("leaves a policy alone that accepts it already", () => {
    const once = acceptDigests(text, built, "2026-12-24");
    expect(acceptDigests(once, built, "2027-01-01")).toBe(once);
  });

  test("does not touch the build that has not changed", () => {
    const once = acceptDigests(text, built, "2026-12-24");
    const twice = acceptDigests(once, { ...built, relaxed: `sha256:${"3".repeat(64)}` }, "2027-01-01");
    expect(parsePolicy(JSON.parse(twice)).providers.core.accepted).toMatchObject([
      { build: "simd", digest: built.simd, acceptedOn: "2026-12-24" },
      { build: "relaxed", digest: `sha256:${"3".repeat(64)}`, acceptedOn: "2027-01-01" },
    ]);
  });
});

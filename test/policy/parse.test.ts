/** What `parsePolicy` refuses, and that it says where, what it wanted and what came. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/canonical.ts";
import { KeygenError } from "../../src/errors.ts";
import { isPolicy, parsePolicy, policyFromProfile, resolvePolicy } from "../../src/policy/policy.ts";
import type { PolicyDocument } from "../../src/policy/schema.ts";
import { thrown, thrownCode } from "../support/errors.ts";
import { digest, document, documentWith, documentWithout } from "./support.ts";

const required = Object.keys(document) as (keyof PolicyDocument)[];

test.each(required)("without %s it is refused, and the field named", (field) => {
  const error = thrown(() => parsePolicy(documentWithout(field)));
  expect(error).toBeInstanceOf(KeygenError);
  expect(error).toMatchObject({ code: "policy-invalid", details: { path: field, problems: 1 } });
  expect(error.message).toBe(`policy: ${field}: missing`);
});

const core = (accepted: unknown) => ({ core: { accepted } });
const acceptance = document.providers.core.accepted[0] as object;
const { digest: _, build: __, ...accepted } = acceptance as Record<string, string>;
const generatorOn = (hash: string) => ({ mechanism: "HMAC_DRBG", hash, strengthBits: 256 });
const node = { ...accepted, runtime: "node" };

const malformed: readonly (readonly [text: string, fields: Record<string, unknown>])[] = [
  ["color: unknown key", { color: "blue" }],
  ["exports: unknown key", { exports: {} }],
  ["generator.strength: unknown key", { generator: { minStrengthBits: 256, strength: 1 } }],
  ["providers.core.accepted[0].note: unknown key", { providers: core([{ ...acceptance, note: "x" }]) }],
  ["constructor: unknown key", { constructor: {} }],
  ["classifications.constructor: unknown key", { classifications: { constructor: { minStrengthBits: 128 } } }],
  ['id: wanted a name in lower case, such as acme-prod, got "Acme"', { id: "Acme" }],
  ['version: wanted an integer from 1 to 1000000 (version), got "3"', { version: "3" }],
  ["version: wanted an integer from 1 to 1000000 (version), got 1.5", { version: 1.5 }],
  ["version: wanted an integer from 1 to 1000000 (version), got 0", { version: 0 }],
  ['owner: wanted the owner: 1 to 200 printable characters, got ""', { owner: "" }],
  ['owner: wanted the owner: 1 to 200 printable characters, got "a\nb"', { owner: "a\nb" }],
  ['approvedOn: wanted a date such as 2026-11-21, got "21.11.2026"', { approvedOn: "21.11.2026" }],
  ['reviewBy: wanted a date that exists, got "2027-02-29"', { reviewBy: "2027-02-29" }],
  ['onReviewOverdue: wanted one of warn, refuse, got "ignore"', { onReviewOverdue: "ignore" }],
  ['extends[0]: wanted one of nist, cnsa-2, open, got "fips"', { extends: ["fips"] }],
  ["extends: wanted a list of different names out of nist, cnsa-2, open, at least one, got 0", { extends: [] }],
  [
    "extends: wanted a list of different names out of nist, cnsa-2, open, at least one, got a list",
    { extends: ["nist", "nist"] },
  ],
  ['environments[1]: wanted one of development, test, production, got "prod"', { environments: ["test", "prod"] }],
  ["classifications: wanted at least one classification, got 0", { classifications: {} }],
  ["classifications.a.minStrengthBits: missing", { classifications: { a: {} } }],
  [
    "classifications.a.minStrengthBits: wanted an integer from 112 to 512 (bits of security strength), got 80",
    { classifications: { a: { minStrengthBits: 80 } } },
  ],
  ["algorithms[0]: wanted one of AES-128, AES-192, AES-256, ", { algorithms: ["AES-512"] }],
  [
    'purposes[0]: wanted one of sign, encrypt, wrap, authenticate, derive, establish, got "signing"',
    { purposes: ["signing"] },
  ],
  ["export.wrapped: missing", { export: { plaintext: [], extractable: [] } }],
  [
    'providers.core.accepted[0].digest: wanted sha256: and 64 hexadecimal digits in lower case, got "sha256:abc"',
    { providers: core([{ ...acceptance, digest: "sha256:abc" }]) },
  ],
  [
    "providers.platform.accepted[0].generator.hash: wanted one of SHA-224, SHA-256, SHA-384, ",
    { providers: { ...core([acceptance]), platform: { accepted: [{ ...node, generator: generatorOn("MD5") }] } } },
  ],
  ['pairwise: wanted "platform", or nothing, got "core"', { pairwise: "core" }],
  ['providers.core.accepted: wanted a list of acceptances, or "any"', { providers: core("some") }],
  ['seeds: wanted { "allowed": false }, or { "allowed": true, "origins": [...] }, got null', { seeds: null }],
  ["seeds.origins: unknown key", { seeds: { allowed: false, origins: [] } }],
  [
    "seeds.origins: wanted at least one origin, with origin and minBits, got 0",
    { seeds: { allowed: true, origins: [] } },
  ],
  ["generator.minStrengthBits: wanted an integer from 112 to 256", { generator: { minStrengthBits: 257 } }],
  ["generator.hashes[0]: wanted one of SHA-224, ", { generator: { minStrengthBits: 128, hashes: ["SHA-1"] } }],
  ["rsaMethods[0]: wanted one of A.1.6, A.1.3, ", { rsaMethods: ["A.1.1"] }],
  ['rsaLucas: wanted true or false, got "yes"', { rsaLucas: "yes" }],
  ["jurisdictions: wanted different jurisdictions, got a list", { jurisdictions: ["eu", "eu"] }],
  ["cryptoperiods.signing: unknown key", { cryptoperiods: { signing: { originatorUsageDays: 1 } } }],
  [
    "cryptoperiods.sign.originatorUsageDays: wanted an integer from 1 to 36500 (days), got 0",
    { cryptoperiods: { sign: { originatorUsageDays: 0 } } },
  ],
  ["wanted plain JSON: $.title must be a JSON value, got undefined", { title: undefined }],
  ["wanted plain JSON: $.title must be well-formed Unicode", { title: "\ud800" }],
];

test.each(malformed)("%s", (text, fields) => {
  const error = thrown(() => parsePolicy(documentWith(fields)));
  expect(error).toMatchObject({ name: "KeygenError", code: "policy-invalid" });
  expect(error.message).toContain(`policy: ${text}`);
});

test.each([
  [undefined, "undefined"],
  [null, "null"],
  ["a file by mistake", '"a file by mistake"'],
  [[], "a list"],
])("%j is no document", (input, got) => {
  const error = thrown(() => parsePolicy(input));
  expect(error).toMatchObject({ code: "policy-invalid" });
  expect(error.message).toContain(got);
});

test("a key named __proto__, as JSON.parse makes it, is an unknown key", () => {
  const input: unknown = JSON.parse(JSON.stringify(document).replace("{", '{"__proto__":{"owner":"me"},'));
  expect(thrown(() => parsePolicy(input)).message).toBe("policy: __proto__: unknown key");
});

test("long values are cut in messages", () => {
  const error = thrown(() => parsePolicy(documentWith({ id: "x".repeat(5000) })));
  expect(error.message.length).toBeLessThan(200);
});

test("several problems are told at once", () => {
  const error = thrown(() =>
    parsePolicy(documentWith({ id: "", version: 0, owner: "", approver: "", seeds: 1, color: 2 })),
  );
  expect(error).toMatchObject({ details: { problems: 6 } });
  expect(error.message).toMatch(/; and 1 more$/);
});

test("the digest is SHA-256 of the RFC 8785 form, whatever the order of the members", () => {
  const reversed = Object.fromEntries(Object.entries(document).reverse());
  const expected = `sha256:${createHash("sha256").update(canonicalJson(document)).digest("hex")}`;
  expect(parsePolicy(document).digest).toBe(expected);
  expect(parsePolicy(reversed).digest).toBe(expected);
  expect(parsePolicy(documentWith({ version: 4 })).digest).not.toBe(expected);
  expect(parsePolicy(documentWith({ $schema: "./policy.schema.json" })).digest).not.toBe(expected);
});

test("a policy is a frozen copy: neither the caller's document nor a reader changes it", () => {
  const input = structuredClone(document);
  const policy = parsePolicy(input);
  input.environments.push("development");
  expect(policy.environments).toEqual(["test", "production"]);
  expect(() => (policy.environments as string[]).push("development")).toThrow(TypeError);
  expect(policy.approval).toEqual({
    owner: "Platform Security",
    approver: "CISO",
    approvedOn: "2026-11-21",
    reviewBy: "2027-11-21",
    onReviewOverdue: "refuse",
  });
  expect(policy.providers.core.accepted).toMatchObject([{ digest }]);
});

test("a profile's name makes a policy that nobody approved, for development and test", () => {
  const policy = policyFromProfile("nist");
  expect(policy).toMatchObject({ id: "profile-nist", extends: ["nist"], environments: ["development", "test"] });
  expect(policy.approval).toBeUndefined();
  expect(policy.export.plaintext).toEqual([]);
  expect(policyFromProfile("cnsa-2").digest).not.toBe(policy.digest);
});

test("resolvePolicy takes a document, a policy or a profile's name, and production only the first two", () => {
  expect(resolvePolicy("nist", "development").id).toBe("profile-nist");
  expect(resolvePolicy(document, "production").id).toBe("acme-prod");
  const policy = parsePolicy(document);
  expect(resolvePolicy(policy, "test")).toBe(policy);
  expect(isPolicy(policy)).toBe(true);
  expect(isPolicy({ ...policy })).toBe(false);
});

test("resolvePolicy refuses with the reason", () => {
  expect(thrownCode(() => resolvePolicy("nist", "production"))).toBe("policy-refused");
  expect(thrownCode(() => resolvePolicy(policyFromProfile("nist"), "production"))).toBe("policy-refused");
  expect(thrownCode(() => resolvePolicy("fips", "development"))).toBe("policy-invalid");
  expect(thrownCode(() => resolvePolicy("toString", "development"))).toBe("policy-invalid");
  expect(thrownCode(() => resolvePolicy({}, "development"))).toBe("policy-invalid");
  expect(thrownCode(() => resolvePolicy(document, "development"))).toBe("policy-refused");
  expect(thrown(() => resolvePolicy(document, "development")).message).toBe(
    "policy acme-prod 3 serves test, production, not development",
  );
  expect(thrown(() => resolvePolicy(undefined, "development"))).toBeInstanceOf(TypeError);
  expect(thrown(() => resolvePolicy(document, "prod" as "production"))).toBeInstanceOf(RangeError);
});

/** What `parsePolicy` refuses of documents whose form is right, and what it does not. */
import { expect, test } from "vitest";
import { parsePolicy } from "../../src/policy/policy.ts";
import { thrown } from "../support/errors.ts";
import { document, documentWith } from "./support.ts";

const core = (accepted: unknown) => ({ core: { accepted } });
const acceptance = document.providers.core.accepted[0] as object;
const { digest: _, build: __, ...accepted } = acceptance as Record<string, string>;
const node = { ...accepted, runtime: "node" };

const production = { environments: ["production"], export: { plaintext: [], wrapped: [], extractable: [] } };
const seeds = (...origins: string[]) => ({
  allowed: true,
  origins: origins.map((origin) => ({ origin, minBits: 256 })),
});

const contradictory: readonly (readonly [text: string, fields: Record<string, unknown>])[] = [
  [
    "purposes: wanted one that an allowed algorithm serves, got sign",
    { purposes: ["sign"], algorithms: ["AES-256"], classifications: { a: { minStrengthBits: 112 } } },
  ],
  [
    "purposes: wanted one that an allowed algorithm serves, got encrypt, wrap",
    {
      extends: ["cnsa-2"],
      purposes: ["encrypt", "wrap"],
      algorithms: ["P-384", "ML-KEM-1024"],
      classifications: { a: { minStrengthBits: 112 } },
    },
  ],
  [
    "derivations.hashes: wanted hashes that cnsa-2 allows, got SHA-256 (CNSA 2.0 FAQ",
    {
      extends: ["cnsa-2"],
      classifications: { a: { minStrengthBits: 112 } },
      derivations: { hashes: ["SHA-384", "SHA-256"] },
    },
  ],
  [
    "reviewBy: wanted a date not before approvedOn (0050-01-01), got 0049-06-01",
    { approvedOn: "0050-01-01", reviewBy: "0049-06-01" },
  ],
  [
    "reviewBy: wanted a date at most 12 months after approvedOn (0051-01-01), got 1950-06-01",
    { approvedOn: "0050-01-01", reviewBy: "1950-06-01" },
  ],
  ["reviewBy: wanted a date not before approvedOn (2026-11-21), got 2026-11-20", { reviewBy: "2026-11-20" }],
  [
    "reviewBy: wanted a date at most 12 months after approvedOn (2027-11-21), got 2027-11-22",
    { reviewBy: "2027-11-22" },
  ],
  [
    "reviewBy: wanted a date at most 12 months after approvedOn (2029-02-28), got 2029-03-01",
    { approvedOn: "2028-02-29", reviewBy: "2029-03-01" },
  ],
  [
    "providers.core.accepted: wanted at least one acceptance, since the policy serves production, got none",
    { ...production, providers: core([]) },
  ],
  [
    'providers.core.accepted: wanted acceptances by digest, since the policy serves production, got "any"',
    { ...production, providers: core("any") },
  ],
  [
    "providers.core.accepted[1].digest: wanted each digest once, got sha256:abab",
    { providers: core([acceptance, { ...acceptance, basis: "another" }]) },
  ],
  [
    'providers.platform.accepted: wanted acceptances by runtime, since the policy serves production, got "any"',
    { providers: { ...core([acceptance]), platform: { accepted: "any" } } },
  ],
  [
    "providers.platform.accepted[1].runtime: wanted each runtime once, got node again",
    { providers: { ...core([acceptance]), platform: { accepted: [node, node] } } },
  ],
  [
    "seeds.origins[1].origin: wanted each origin once, got hsm again",
    { environments: ["test"], providers: core("any"), seeds: seeds("hsm", "hsm") },
  ],
  [
    "generator.hashes: wanted hashes that give a generator 256 bits (minStrengthBits), got SHA-224, which gives 192",
    { generator: { minStrengthBits: 256, hashes: ["SHA-512", "SHA-224"] } },
  ],
  [
    "export.plaintext: wanted environments that the policy serves (test, production), got development",
    { export: { plaintext: ["development"], wrapped: [], extractable: [] } },
  ],
  [
    "classifications.a.algorithms: wanted algorithms that the policy lists, got AES-128",
    {
      algorithms: ["AES-256"],
      classifications: { a: { minStrengthBits: 112, algorithms: ["AES-128"] }, b: { minStrengthBits: 112 } },
    },
  ],
  [
    "classifications.a.algorithms: wanted algorithms of at least 192 bits (minStrengthBits), got AES-128 of 128",
    { classifications: { a: { minStrengthBits: 192, algorithms: ["AES-256", "AES-128"] } } },
  ],
  [
    "classifications.a.minStrengthBits: wanted a strength that a listed algorithm reaches, got 512",
    { classifications: { a: { minStrengthBits: 512 } } },
  ],
  [
    "algorithms: wanted algorithms that a classification lets through, got RSA-2048",
    { algorithms: ["AES-256", "RSA-2048"], classifications: { a: { minStrengthBits: 128 } } },
  ],
  [
    "algorithms: wanted algorithms that cnsa-2 allows, got AES-128: AES must have 256-bit keys",
    {
      extends: ["nist", "cnsa-2"],
      algorithms: ["AES-256", "AES-128"],
      classifications: { a: { minStrengthBits: 112 } },
    },
  ],
  [
    "classifications.a.algorithms: wanted algorithms that cnsa-2 allows, got RSA-2048: an RSA modulus must have at least 3072 bits",
    { extends: ["cnsa-2"], classifications: { a: { minStrengthBits: 112, algorithms: ["AES-256", "RSA-2048"] } } },
  ],
  [
    "extends: wanted profiles that together allow an algorithm, got cnsa-2",
    { extends: ["cnsa-2"], algorithms: ["HMAC-SHA-256"], classifications: { a: { minStrengthBits: 112 } } },
  ],
  [
    "generator.hashes: wanted hashes that cnsa-2 allows, got SHA-256",
    { extends: ["cnsa-2"], generator: { minStrengthBits: 256, hashes: ["SHA-512", "SHA-256"] } },
  ],
  [
    "cryptoperiods.wrap.recipientUsageDays: wanted at least originatorUsageDays (30), got 29",
    { cryptoperiods: { wrap: { originatorUsageDays: 30, recipientUsageDays: 29 } } },
  ],
];

test.each(contradictory)("a contradiction is refused: %s", (text, fields) => {
  const error = thrown(() => parsePolicy(documentWith(fields)));
  expect(error).toMatchObject({ code: "policy-invalid" });
  expect(error.message).toContain("policy acme-prod 3: ");
  expect(error.message).toContain(text);
});

test.each([
  ["reviewBy on the last day", { reviewBy: "2027-11-21" }],
  ["the last day after a leap day", { approvedOn: "2028-02-29", reviewBy: "2029-02-28" }],
  ["the same bytes accepted as both builds", { providers: core([acceptance, { ...acceptance, build: "relaxed" }]) }],
  [
    "no core accepted where there is no production",
    { environments: ["test"], export: { plaintext: [], wrapped: [], extractable: [] }, providers: core([]) },
  ],
  [
    "RSA under cnsa-2, which disallows it from a date on",
    { extends: ["cnsa-2"], algorithms: ["RSA-3072"], classifications: { a: { minStrengthBits: 112 } } },
  ],
  ["equal cryptoperiods", { cryptoperiods: { wrap: { originatorUsageDays: 30, recipientUsageDays: 30 } } }],
])("no contradiction: %s", (_, fields) => {
  expect(parsePolicy(documentWith(fields)).id).toBe("acme-prod");
});

/** Each rule is broken once, in a request that satisfies all others; and the words of the sources are kept apart. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { algorithmNames } from "../../src/algorithms/registry.ts";
import { decide, type Finding } from "../../src/policy/decide.ts";
import { parsePolicy, policyFromProfile } from "../../src/policy/policy.ts";
import { profileNames, profiles } from "../../src/policy/profiles.ts";
import type { PolicyRequest } from "../../src/policy/request.ts";
import type { Rule } from "../../src/policy/rule.ts";
import { beyondRegistry } from "./beyond-registry.ts";
import { catalogueRules } from "./catalogue-rules.ts";
import { periodCases } from "./period-cases.ts";
import { platformCases } from "./platform-cases.ts";
import { document, documentWith, now, request } from "./support.ts";

interface Case {
  readonly id: string;
  readonly in: "broken" | "warnings";
  readonly state: Finding["state"];
  readonly document?: Record<string, unknown>;
  readonly request?: Partial<Record<keyof PolicyRequest, unknown>>;
  readonly on?: string;
  /** Rules that cannot hold either in this case. */
  readonly also?: readonly string[];
}

const cnsa = { extends: ["cnsa-2"] };
const hash = (name: string) => ({ generator: { mechanism: "HMAC_DRBG", hash: name, strengthBits: 256 } });
const seeds = { seeds: { allowed: true, origins: [{ origin: "hsm-backup", minBits: 128 }] } };
const seed = (origin: string, bits: number) => ({ generation: "seed", seed: { origin, bits } });
const refused = (id: string, fields: Omit<Case, "id" | "in" | "state">): Case => ({
  id,
  in: "broken",
  state: "disallowed",
  ...fields,
});
const advised = (id: string, fields: Omit<Case, "id" | "in" | "state">): Case => ({
  id,
  in: "warnings",
  state: "recommended-against",
  ...fields,
});

const cases: readonly Case[] = [
  refused("policy/environment", { request: { environment: "development" } }),
  advised("policy/approved-on", { on: "2026-11-20", request: { environment: "test" } }),
  refused("policy/approved-on", { on: "2026-11-20" }),
  refused("policy/review-overdue", { on: "2027-11-22" }),
  advised("policy/review-overdue", { on: "2027-11-22", document: { onReviewOverdue: "warn" } }),
  refused("policy/algorithm", {
    document: { algorithms: ["AES-256"], classifications: { secret: { minStrengthBits: 128 } } },
  }),
  refused("policy/purpose-stated", { request: { purpose: undefined } }),
  advised("policy/purpose-stated", { request: { purpose: undefined, environment: "test" } }),
  refused("policy/purpose-stated", {
    document: { purposes: ["sign"] },
    request: { purpose: undefined, environment: "test" },
  }),
  refused("policy/purpose", { request: { purpose: "signing" } }),
  refused("policy/purpose", { document: { purposes: ["encrypt"] } }),
  refused("policy/jurisdiction", { document: { jurisdictions: ["eu"] }, request: { jurisdiction: "us" } }),
  refused("policy/jurisdiction", { document: { jurisdictions: ["eu"] } }),
  refused("policy/classification-stated", { request: { classification: undefined } }),
  advised("policy/classification-stated", { request: { classification: undefined, environment: "test" } }),
  advised("policy/protect-until-past", { request: { protectUntil: "2025-12-31" } }),
  refused("policy/classification", { request: { classification: "top-secret" } }),
  refused("policy/classification", { request: { classification: "toString" } }),
  refused("policy/classification-strength", {
    document: { classifications: { secret: { minStrengthBits: 152 } } },
  }),
  refused("policy/classification-algorithm", { request: { algorithm: "HMAC-SHA-256", purpose: "authenticate" } }),
  refused("policy/provider", { request: { module: { digest: `sha256:${"cd".repeat(32)}` } } }),
  refused("policy/provider", { request: { provider: "platform", module: { runtime: "node" } } }),
  refused("policy/seed", { request: seed("hsm-backup", 256) }),
  refused("policy/seed-origin", { document: seeds, request: { generation: "seed" } }),
  refused("policy/seed-origin", { document: seeds, request: seed("password", 256) }),
  refused("policy/seed-bits", { document: seeds, request: seed("hsm-backup", 127) }),
  refused("policy/rsa-method", { document: { rsaMethods: ["A.1.2", "A.1.4"] }, request: { rsaMethod: "A.1.6" } }),
  refused("policy/rsa-lucas", { document: { rsaLucas: true }, request: { rsaMethod: "A.1.6", rsaLucas: false } }),
  refused("policy/generator-strength", {
    request: { generator: { mechanism: "HMAC_DRBG", hash: "SHA-256", strengthBits: 192 } },
  }),
  refused("policy/generator-hash", {
    document: { generator: { minStrengthBits: 256, hashes: ["SHA-512"] } },
    request: hash("SHA-256"),
  }),
  refused("policy/export-plaintext", { request: { export: "plaintext" } }),
  refused("policy/export-wrapped", {
    document: { export: { plaintext: [], wrapped: ["test"], extractable: [] } },
    request: { export: "wrapped" },
  }),
  refused("policy/extractable", { request: { extractable: true } }),
  refused("policy/extractable", { request: { extractable: true, export: "sealed" } }),
  refused("nist/strength-128", {
    request: { algorithm: "RSA-2048", classification: "internal" },
    on: "2031-01-01",
    document: { approvedOn: "2030-12-01", reviewBy: "2031-11-01" },
    also: ["nist/draft-rsa-112-2031"],
  }),
  refused("nist/strength-128", {
    request: { algorithm: "RSA-2048", classification: "internal", protectUntil: "2031-01-01" },
    also: ["nist/draft-rsa-112-2031"],
  }),
  refused("nist/purpose-fits", { request: { purpose: "derive" } }),
  refused("nist/drbg-approved", {
    request: { generator: { mechanism: "Dual_EC_DRBG", hash: "SHA-512", strengthBits: 256 } },
  }),
  refused("nist/drbg-covers-key", {
    document: { generator: { minStrengthBits: 112 } },
    request: { generator: { mechanism: "HMAC_DRBG", hash: "SHA-512", strengthBits: 127 } },
  }),
  refused("nist/drbg-covers-key", {
    document: { generator: { minStrengthBits: 112 } },
    request: {
      algorithm: "ML-DSA-44",
      classification: "internal",
      generator: { mechanism: "CTR_DRBG", hash: "AES-128", strengthBits: 128 },
    },
  }),
  refused("policy/recovery", {
    document: { export: { plaintext: [], wrapped: [], extractable: [] } },
    request: { recovery: { algorithm: "P-521", strengthBits: 256 } },
  }),
  refused("policy/recovery-strength", {
    request: { recovery: { algorithm: "RSA-2048", strengthBits: 112 } },
    also: ["nist/strength-128", "nist/draft-rsa-112-2031"], // the copy must be safe as long as the key
  }),
  refused("policy/recovery-algorithm", { request: { recovery: { algorithm: "RSA-5120", strengthBits: 256 } } }),
  refused("nist/key-agreement-curve", { request: { recovery: { algorithm: "X448", strengthBits: 224 } } }),
  refused("nist/strength-128", {
    document: { cryptoperiods: { sign: { originatorUsageDays: 1096 * 2 } } },
    request: { algorithm: "RSA-2048", classification: "internal", purpose: "sign" },
    also: ["nist/draft-rsa-112-2031", "nist/cryptoperiod-sign"],
  }),
  advised("policy/recovery-quantum", {
    request: {
      algorithm: "ML-DSA-65",
      classification: "internal",
      recovery: { algorithm: "P-521", strengthBits: 256 },
    },
  }),
  ...["AES-256", "HMAC-SHA-256"].map((algorithm) =>
    advised("policy/recovery-quantum", {
      request: {
        algorithm,
        purpose: "authenticate",
        classification: "internal",
        recovery: { algorithm: "P-521", strengthBits: 256 },
      },
    }),
  ),
  advised("open/draft", {
    document: { extends: ["open"] },
    request: { algorithm: "X-Wing-draft-10", purpose: "establish", classification: "internal" },
  }),
  refused("open/purpose-fits", { document: { extends: ["open"] }, request: { purpose: "derive" } }),
  refused("open/drbg-covers-key", {
    document: { extends: ["open"], generator: { minStrengthBits: 112 } },
    request: { generator: { mechanism: "HMAC_DRBG", hash: "SHA-512", strengthBits: 127 } },
  }),
  advised("nist/cryptoperiod-sign", { document: { cryptoperiods: { sign: { originatorUsageDays: 1097 } } } }),
  ...periodCases,
  {
    id: "nist/draft-drbg-short-hash",
    in: "warnings",
    state: "deprecated",
    request: hash("SHA-512/224"),
    on: "2030-12-31",
    document: { approvedOn: "2030-12-01", reviewBy: "2031-11-01" },
  },
  {
    id: "nist/draft-drbg-short-hash-2031",
    in: "warnings",
    state: "disallowed",
    request: hash("SHA-512/224"),
    on: "2031-01-01",
    document: { approvedOn: "2030-12-01", reviewBy: "2031-11-01" },
  },
  {
    id: "nist/draft-rsa-112-2031",
    in: "warnings",
    state: "deprecated",
    request: { algorithm: "RSA-2048", classification: "internal", protectUntil: "2031-06-30" },
    also: ["nist/strength-128"],
  },
  { id: "nist/draft-rsa-2036", in: "warnings", state: "disallowed", request: { protectUntil: "2036-01-01" } },
  refused("nist/cipher-approved", {
    request: { algorithm: "ChaCha20-Poly1305", purpose: "encrypt", classification: "internal" },
  }),
  refused("cnsa-2/aes-256", {
    document: cnsa,
    request: { algorithm: "AES-192", purpose: "encrypt", classification: "internal" },
  }),
  refused("cnsa-2/hmac-hash", {
    document: cnsa,
    request: { algorithm: "HMAC-SHA-256", purpose: "derive", classification: "internal" },
  }),
  refused("cnsa-2/drbg-hash", {
    document: cnsa,
    request: { ...hash("SHA-256"), algorithm: "AES-256", purpose: "wrap" },
  }),
  refused("cnsa-2/drbg-covers-key", {
    document: { ...cnsa, generator: { minStrengthBits: 112 } },
    request: {
      algorithm: "AES-256",
      purpose: "wrap",
      generator: { mechanism: "CTR_DRBG", hash: "AES-192", strengthBits: 192 },
    },
  }),
  refused("cnsa-2/purpose-fits", { document: cnsa, request: { purpose: "authenticate", classification: "internal" } }),
  refused("cnsa-2/rsa-3072", { document: cnsa, request: { algorithm: "RSA-2048", classification: "internal" } }),
  {
    id: "cnsa-2/rsa-acquisitions-2027",
    in: "warnings",
    state: "deprecated",
    document: cnsa,
    on: "2027-01-01",
    request: { classification: "internal" },
  },
  advised("cnsa-2/rsa-signing-2030", {
    document: { ...cnsa, approvedOn: "2029-12-01", reviewBy: "2030-11-01" },
    on: "2030-01-01",
    request: { classification: "internal" },
    also: ["cnsa-2/rsa-acquisitions-2027"],
  }),
  refused("cnsa-2/rsa-mandated-2032", {
    document: { ...cnsa, approvedOn: "2031-12-01", reviewBy: "2032-11-01" },
    on: "2032-01-01",
    request: { classification: "internal" },
  }),
  advised("cnsa-2/rsa-harvested", { document: cnsa, request: { purpose: "encrypt", protectUntil: "2032-01-01" } }),
  ...platformCases,
];

function decideCase({ document: fields = {}, request: asked = {}, on }: Case) {
  const policy = parsePolicy(documentWith(fields));
  const instant = on === undefined ? now : new Date(`${on}T12:00:00Z`);
  return decide(policy, { ...request, ...asked } as PolicyRequest, instant); // a table of fields, checked by decide itself
}

test("the request that the cases bend satisfies every rule", () => {
  expect(decide(parsePolicy(document), request, now)).toEqual({
    allowed: true,
    broken: [],
    warnings: [],
    obligations: [
      {
        id: "not-extractable",
        source: "policy acme-prod 3, export.extractable",
        what: "the key must be made non-extractable",
      },
    ],
    policy: { id: "acme-prod", version: 3, digest: parsePolicy(document).digest, approved: true },
  });
});

test.each(cases)("$id is in $in, as $state", (c) => {
  const decision = decideCase(c);
  const found = decision[c.in].find(({ id }) => id === c.id);
  expect(found).toMatchObject({ id: c.id, state: c.state });
  expect(found?.source).toMatch(
    c.id.startsWith("policy/") ? /^policy acme-prod 3, [a-z]/ : /^(SP 800|FIPS|NIST IR|CNSA|CNSSP|RFC)/,
  );
  expect(found?.why).not.toMatch(/undefined|NaN|\.$/);
  const others = [...decision.broken, ...decision.warnings].map(({ id }) => id).filter((id) => id !== c.id);
  expect(others.filter((id) => !(c.also ?? []).includes(id))).toEqual([]);
  expect(decision.allowed).toBe(decision.broken.length === 0);
  if (!decision.allowed) expect(decision.obligations).toEqual([]);
});

const allRules = profileNames.flatMap((name) =>
  profiles[name].rules.map((rule): readonly [string, Rule] => [`${name}/${rule.id}`, rule]),
);

test.each(beyondRegistry)("%s refuses what the registry does not have", (id, asked) => {
  const rule = new Map(allRules).get(id);
  expect(rule?.holds(asked)).toBe(false);
  expect(rule?.why(asked)).toMatch(/at least|even/);
  for (const name of algorithmNames) {
    const known = decide(policyFromProfile("nist"), { ...request, algorithm: name, environment: "test" }, now);
    expect(known.broken.map((finding) => finding.id)).not.toContain(id);
  }
});

test("every rule of every profile, and every rule that a document can state, is broken in some case here or in catalogue.test.ts", () => {
  const source = readFileSync(new URL("../../src/policy/own-rules.ts", import.meta.url), "utf8");
  const own = [...source.matchAll(/id: ["`]([a-z-]+)(\$\{form\})?["`]/g)].flatMap(([, id, form]) =>
    form === undefined ? [`policy/${id}`] : [`policy/${id}plaintext`, `policy/${id}wrapped`],
  );
  expect(own.length).toBeGreaterThan(18);
  const spokenAgainst = catalogueRules.filter(({ rows }) => rows.length > 0).map(({ id }) => id);
  const reached = new Set([
    ...cases.map(({ id }) => id),
    ...beyondRegistry.map(([id]) => id),
    ...spokenAgainst,
    "policy/approved",
  ]);
  expect([...own, ...allRules.map(([id]) => id)].filter((id) => !reached.has(id))).toEqual([]);
});

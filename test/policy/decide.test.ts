/** Dates, words, profiles without a document, and obligations. That each rule is broken once is in rules.test.ts. */
import { describe, expect, test } from "vitest";
import { algorithmNames } from "../../src/algorithms/registry.ts";
import { decide } from "../../src/policy/decide.ts";
import { parsePolicy, policyFromProfile } from "../../src/policy/policy.ts";
import { profileNames, profiles } from "../../src/policy/profiles.ts";
import type { PolicyRequest } from "../../src/policy/request.ts";
import { digest, document, documentWith, now, request } from "./support.ts";

const hash = (name: string) => ({ generator: { mechanism: "HMAC_DRBG", hash: name, strengthBits: 256 } });

describe("dated rules", () => {
  const approved = { approvedOn: "2030-12-01", reviewBy: "2031-11-01" };
  const asked = { ...request, algorithm: "RSA-2048", classification: "internal" };
  const idsOn = (instant: string, more = {}) =>
    decide(parsePolicy(documentWith(approved)), { ...asked, ...more }, new Date(instant)).broken.map(({ id }) => id);

  test("112 bits hold until the last moment of 2030, UTC", () => {
    expect(idsOn("2030-12-31T23:59:59.999Z")).toEqual([]);
    expect(idsOn("2031-01-01T00:00:00.000Z")).toEqual(["nist/strength-128"]);
  });

  test("cnsa-2 ends use, so it looks at the last day of use and not at how long data must be safe", () => {
    const found = (instant: string, days: number, more = {}) => {
      const fields = { extends: ["cnsa-2"], approvedOn: "2029-01-01", reviewBy: "2029-12-31", onReviewOverdue: "warn" };
      const policy = parsePolicy(documentWith({ ...fields, cryptoperiods: { sign: { originatorUsageDays: days } } }));
      const rsa = { ...request, classification: "internal", ...more };
      const { broken, warnings } = decide(policy, rsa, new Date(instant));
      return [...broken, ...warnings].map(({ id }) => id).filter((id) => /mandated|signing/.test(id));
    };
    expect(found("2029-06-01T00:00:00Z", 213)).toEqual([]);
    expect(found("2029-06-01T00:00:00Z", 214)).toEqual(["cnsa-2/rsa-signing-2030"]);
    expect(found("2031-12-01T00:00:00Z", 30)).toEqual(["cnsa-2/rsa-signing-2030"]);
    expect(found("2031-12-01T00:00:00Z", 31)).toContain("cnsa-2/rsa-mandated-2032");
    expect(found("2031-12-31T00:00:00Z", 1096, { algorithm: "P-384" })).toContain("cnsa-2/ec-mandated-2032");
    expect(found("2031-12-01T00:00:00Z", 30, { protectUntil: "2040-01-01" })).toEqual(["cnsa-2/rsa-signing-2030"]);
  });

  test("what must be safe beyond 2030 needs 128 bits today", () => {
    expect(idsOn("2030-12-15T00:00:00Z", { protectUntil: "2030-12-31" })).toEqual([]);
    expect(idsOn("2030-12-15T00:00:00Z", { protectUntil: "2031-01-01" })).toEqual(["nist/strength-128"]);
  });

  test("a request may lengthen the protection that its classification demands, and not shorten it", () => {
    const policy = parsePolicy(
      documentWith({ classifications: { long: { minStrengthBits: 112, protectUntil: "2040-01-01" } } }),
    );
    const long = { ...asked, classification: "long" };
    for (const protectUntil of ["2026-12-31", "2045-01-01"]) {
      expect(decide(policy, { ...long, protectUntil }, now).broken.map(({ id }) => id)).toEqual(["nist/strength-128"]);
    }
  });

  test("no rule ends before it begins, and ids are unique within a profile", () => {
    for (const { rules } of Object.values(profiles)) {
      for (const { from, until } of rules) expect((from ?? "") <= (until ?? "9")).toBe(true);
      expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    }
  });
});

describe("what is just enough is enough", () => {
  const idsOf = (fields: Record<string, unknown>, asked: Record<string, unknown>, instant: string) =>
    decide(parsePolicy(documentWith(fields)), { ...request, ...asked } as PolicyRequest, new Date(instant)).broken;

  test("on the days of approval and of review the policy holds, from their first moment to their last", () => {
    expect(idsOf({}, {}, "2026-11-21T00:00:00Z")).toEqual([]);
    expect(idsOf({}, {}, "2027-11-21T23:59:59Z")).toEqual([]);
  });

  test("strengths, seeds and generators at their floors", () => {
    const at = "2026-11-22T00:00:00Z";
    const classifications = { secret: { minStrengthBits: 128 } };
    expect(idsOf({ classifications }, { algorithm: "RSA-3072" }, at)).toEqual([]);
    const seeds = { allowed: true, origins: [{ origin: "hsm-backup", minBits: 128 }] };
    expect(idsOf({ seeds }, { generation: "seed", seed: { origin: "hsm-backup", bits: 128 } }, at)).toEqual([]);
    const generator = { mechanism: "HMAC_DRBG", hash: "SHA-512", strengthBits: 128 };
    expect(idsOf({ generator: { minStrengthBits: 128 } }, { generator }, at)).toEqual([]);
  });

  test("cryptoperiods as long as Table 1 gives them, and processing that ends with 2030", () => {
    const told = (algorithm: string, purpose: string, originatorUsageDays: number, recipientUsageDays?: number) => {
      const period = recipientUsageDays === undefined ? {} : { recipientUsageDays };
      const policy = parsePolicy(
        documentWith({ cryptoperiods: { [purpose]: { originatorUsageDays, ...period } }, onReviewOverdue: "warn" }),
      );
      const asked = { ...request, algorithm, purpose, classification: "internal" } as PolicyRequest;
      const { broken, warnings } = decide(policy, asked, new Date("2027-01-01T00:00:00Z"));
      return [...broken, ...warnings].map(({ id }) => id);
    };
    expect(told("AES-256", "encrypt", 731, 1827)).toEqual([]);
    expect(told("HMAC-SHA-256", "derive", 366)).toEqual([]);
    expect(told("ML-KEM-768", "establish", 731)).toEqual([]);
    expect(told("RSA-3072", "sign", 1096, 36_500)).toEqual([]);
    expect(told("RSA-2048", "wrap", 365, 1460)).toEqual([]);
    expect(told("RSA-2048", "wrap", 365, 1461)).toEqual(["nist/processing-112"]);
  });

  test("a seed must cover the key, whatever its origin allows", () => {
    const seeds = { allowed: true, origins: [{ origin: "hsm-backup", minBits: 128 }] };
    const asked = {
      algorithm: "AES-256",
      purpose: "encrypt",
      generation: "seed",
      seed: { origin: "hsm-backup", bits: 255 },
    };
    expect(idsOf({ seeds }, asked, "2026-11-22T00:00:00Z").map(({ id }) => id)).toEqual(["policy/seed-bits"]);
  });
});

describe("the words of the sources are kept apart", () => {
  const everyDecision = function* () {
    for (const profile of profileNames) {
      for (const algorithm of algorithmNames) {
        for (const day of ["2026-11-22", "2028-01-01", "2030-06-01", "2031-06-01", "2033-01-01", "2040-01-01"]) {
          for (const name of ["SHA-224", "SHA-512"]) {
            const asked = { ...request, ...hash(name), algorithm, environment: "test" } as PolicyRequest;
            yield decide(policyFromProfile(profile), asked, new Date(day));
          }
        }
      }
    }
  };

  test("deprecated and recommended against never refuse; drafts never refuse; disallowed always does", () => {
    const seen = new Set<string>();
    for (const { broken, warnings, allowed } of everyDecision()) {
      expect(
        broken.every(({ state, draft }) => (state === "disallowed" || state === "legacy") && draft === undefined),
      ).toBe(true);
      expect(
        warnings.every(
          ({ state, draft }) => draft === true || state === "deprecated" || state === "recommended-against",
        ),
      ).toBe(true);
      expect(allowed).toBe(broken.length === 0);
      for (const { state, draft } of [...broken, ...warnings]) seen.add(`${state}${draft === true ? " (draft)" : ""}`);
    }
    expect([...seen].sort()).toEqual([
      "deprecated",
      "deprecated (draft)",
      "disallowed",
      "disallowed (draft)",
      "recommended-against",
    ]);
  });

  test("a rule whose clause was not checked at all is advice at most", () => {
    for (const { rules } of Object.values(profiles)) {
      for (const { verified, state } of rules) if (verified === "memory") expect(state).toBe("recommended-against");
    }
  });

  test("a source names the clause, and pages of the FAQ, which are counted in two ways, are not cited", () => {
    for (const { rules, derivations } of Object.values(profiles)) {
      for (const { source } of [...rules, ...derivations]) {
        expect(source).not.toMatch(/FAQ[^;]*, pp?\. /);
        expect(source).not.toMatch(/ IG(?! [A-Z0-9]+\.[A-Z])/);
      }
    }
    const [kem] = profiles.nist.rules.filter(({ id }) => id === "kem-approved");
    expect(kem).toMatchObject({ source: expect.stringContaining("SP 800-227, 4.6"), verified: "secondary" });
  });

  test("a finding of a profile says how far its clause was checked, and from when it applies", () => {
    const { warnings } = decide(parsePolicy(document), { ...request, protectUntil: "2036-01-01" }, now);
    expect(warnings).toEqual([
      {
        id: "nist/draft-rsa-2036",
        source: "NIST IR 8547 ipd (November 2024), 4.1",
        state: "disallowed",
        why: "RSA of any size (RSA-3072) would be disallowed after 2035: a quantum computer would break it",
        from: "2036-01-01",
        draft: true,
        verified: "secondary",
      },
    ]);
  });
});

describe("a profile without a document", () => {
  const asked = { ...request, environment: "development", extractable: true } as const;

  test("allows any digest of the core, and says that nobody approved it", () => {
    const { classification: _, ...open } = asked;
    const decision = decide(policyFromProfile("nist"), open, now);
    expect(decision).toMatchObject({ allowed: true, policy: { id: "profile-nist", approved: false } });
    expect(decision.warnings.map(({ id }) => id)).toEqual(["policy/approved"]);
    expect(decision.obligations.map(({ id }) => id)).toEqual(["mark-not-approved"]);
  });

  test("knows no classification, and refuses one", () => {
    expect(decide(policyFromProfile("nist"), asked, now).broken.map(({ id }) => id)).toEqual(["policy/classification"]);
  });

  test("refuses production twice over", () => {
    const { classification: _, ...open } = asked;
    const { broken } = decide(policyFromProfile("nist"), { ...open, environment: "production" }, now);
    expect(broken.map(({ id }) => id)).toEqual(["policy/environment", "policy/approved", "policy/extractable"]);
  });
});

describe("obligations", () => {
  const obligations = (fields: Record<string, unknown>, asked: Record<string, unknown>) =>
    decide(parsePolicy(documentWith(fields)), { ...request, ...asked } as PolicyRequest, now).obligations;

  test("prediction resistance, for keys from the generator", () => {
    const origins = [{ origin: "hsm-backup", minBits: 128 }];
    const seeds = { allowed: true, origins };
    const fields = { generator: { minStrengthBits: 256, predictionResistance: true }, seeds };
    const fromSeed = { generation: "seed", seed: { origin: "hsm-backup", bits: 256 } };
    expect(obligations(fields, {}).map(({ id }) => id)).toContain("prediction-resistance");
    expect(obligations(fields, fromSeed).map(({ id }) => id)).not.toContain("prediction-resistance");
  });

  test("a wrapped key must be wrapped, and may then be read by the door that wraps it", () => {
    expect(obligations({}, { export: "wrapped", extractable: true }).map(({ id }) => id)).toEqual(["wrap"]);
  });

  test("an extractable key, and one that leaves in plaintext, need not be sealed", () => {
    expect(obligations({}, { environment: "test", extractable: true })).toEqual([]);
    const fields = { export: { plaintext: ["test"], wrapped: [], extractable: [] } };
    expect(obligations(fields, { environment: "test", export: "plaintext" })).toEqual([]);
  });

  test("cryptoperiods end on days that are counted from today", () => {
    const fields = { cryptoperiods: { sign: { originatorUsageDays: 365, recipientUsageDays: 1000 } } };
    expect(obligations(fields, {})[1]).toEqual({
      id: "cryptoperiod",
      source: "policy acme-prod 3, cryptoperiods.sign; SP 800-57 Part 1 Rev. 5, 5.3",
      what: "the key must protect nothing new after 2027-11-22, nor process anything after 2029-08-18",
      originatorUsageEnds: "2027-11-22",
      recipientUsageEnds: "2029-08-18",
    });
  });
});

test("two builds of the core may be accepted, and a platform by its runtime", () => {
  const who = { acceptedBy: "Crypto Board", acceptedOn: "2026-11-21", basis: "OpenSSL 3, CMVP certificate checked" };
  const other = `sha256:${"ef".repeat(32)}`;
  const accepted = [
    { digest, build: "simd", ...who },
    { digest: other, build: "relaxed", ...who },
  ];
  const policy = parsePolicy(
    documentWith({ providers: { core: { accepted }, platform: { accepted: [{ runtime: "node", ...who }] } } }),
  );
  expect(decide(policy, { ...request, provider: "core", module: { digest: other } }, now).allowed).toBe(true);
  expect(decide(policy, { ...request, provider: "platform", module: { runtime: "node" } }, now).allowed).toBe(true);
  expect(decide(policy, { ...request, provider: "platform", module: { runtime: "workerd" } }, now).allowed).toBe(false);
});

test("nothing is accepted before the day of its acceptance", () => {
  const who = { acceptedBy: "Crypto Board", acceptedOn: "2026-11-23", basis: "vector report 12" };
  const core = { accepted: [{ digest, build: "simd", ...who }] };
  const generator = { mechanism: "CTR_DRBG", strengthBits: 256 };
  const policy = parsePolicy(
    documentWith({ providers: { core, platform: { accepted: [{ runtime: "node", generator, ...who }] } } }),
  );
  const platform = { ...request, provider: "platform", module: { runtime: "node" } } as const;
  for (const asked of [request, platform]) {
    const early = decide(policy, asked, now);
    expect(early.broken.map(({ id }) => id)).toEqual(["policy/provider"]);
    expect(early.broken[0]?.why).toContain("not accepted on 2026-11-22");
    expect(decide(policy, asked, new Date("2026-11-23T00:00:00Z")).broken).toEqual([]);
  }
});

test("a decision depends on its three arguments alone, and changes none of them", () => {
  const policy = parsePolicy(document);
  const asked = structuredClone(request);
  const first = decide(policy, asked, now);
  expect(decide(policy, asked, new Date(now))).toEqual(first);
  expect(asked).toEqual(request);
});

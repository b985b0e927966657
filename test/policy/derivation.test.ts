/** What policies say of derivations: each rule refuses or warns with its clause, and what is just enough is enough. */
import { describe, expect, test } from "vitest";
import { type Decision, decideDerivation, parsePolicy } from "#keywright";
import { policyFromProfile, profileNames, profiles } from "#keywright/policies";
import type { DerivationRequest } from "../../src/policy/request.ts";
import { thrown } from "../support/errors.ts";
import { digest, documentWith, now } from "./support.ts";

const asked: DerivationRequest = {
  derivation: "PBKDF2-HMAC-SHA-256",
  environment: "test",
  provider: "core",
  module: { digest },
  saltBits: 128,
  iterations: 600_000,
  outputBits: 256,
};
const hkdf = { derivation: "HKDF-SHA-256", iterations: undefined, keyBits: 256, saltBits: 0 };

const decided = (fields: Record<string, unknown>, request: Record<string, unknown>, on = now): Decision => {
  const whole = Object.entries({ ...asked, ...request }).filter(([, value]) => value !== undefined);
  return decideDerivation(
    parsePolicy(documentWith(fields)),
    Object.fromEntries(whole) as unknown as DerivationRequest,
    on,
  );
};
const ids = (findings: Decision["broken"]) => findings.map(({ id }) => id);
const pbkdf2 = (part: Record<string, unknown>) => ({ derivations: { pbkdf2: part } });
const steps = [
  { from: "2026-01-01", iterations: 600_000 },
  { from: "2028-01-01", iterations: 1_000_000 },
];

describe("each rule speaks", () => {
  test.each<readonly [string, "broken" | "warnings", Record<string, unknown>, Record<string, unknown>]>([
    ["nist/derivation-key-112", "broken", {}, { ...hkdf, keyBits: 111 }],
    ["nist/pbkdf2-salt-128", "broken", {}, { saltBits: 120 }],
    ["nist/pbkdf2-iterations-1000", "warnings", {}, { iterations: 999 }],
    ["open/pbkdf2-iterations-1000", "warnings", { extends: ["open"] }, { iterations: 1 }],
    ["nist/pbkdf2-output-112", "broken", {}, { outputBits: 104 }],
    ["nist/pbkdf2-iterations-owasp", "warnings", {}, { iterations: 599_999 }],
    ...["SHA-384", "SHA-512", "SHA-512/224", "SHA-512/256"].map(
      (hash) =>
        [
          "nist/pbkdf2-iterations-owasp",
          "warnings",
          {},
          { derivation: `PBKDF2-HMAC-${hash}`, iterations: 219_999 },
        ] as const,
    ),
    ...["SHA-224", "SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"].map(
      (hash) =>
        [
          "open/pbkdf2-iterations-owasp",
          "warnings",
          { extends: ["open"] },
          { derivation: `PBKDF2-HMAC-${hash}`, iterations: 599_999 },
        ] as const,
    ),
    ["nist/pbkdf2-storage", "warnings", {}, { purpose: "sign" }],
    ["open/derivation-key-112", "broken", { extends: ["open"] }, { ...hkdf, keyBits: 8 }],
    ["open/pbkdf2-salt-128", "broken", { extends: ["open"] }, { saltBits: 64 }],
    ["cnsa-2/derivation-hash", "broken", { extends: ["cnsa-2"] }, hkdf],
    ["policy/purpose", "broken", { purposes: ["encrypt"] }, hkdf],
    ["policy/purpose", "broken", {}, { ...hkdf, purpose: "banana" }],
    ["policy/derivation-function", "broken", { derivations: { functions: ["HKDF"] } }, {}],
    ["policy/derivation-hash", "broken", { derivations: { hashes: ["SHA-512"] } }, {}],
    ["policy/derivation-key", "broken", { derivations: { minKeyBits: 257 } }, hkdf],
    ["policy/pbkdf2-salt", "broken", pbkdf2({ minSaltBits: 256 }), {}],
    [
      "policy/pbkdf2-iterations",
      "broken",
      pbkdf2({ minIterations: [{ from: "2026-01-01", iterations: 600_001 }] }),
      {},
    ],
    ["policy/purpose", "broken", { purposes: ["sign"] }, { ...hkdf, purpose: "wrap" }],
    ["policy/provider", "broken", {}, { module: { digest: `sha256:${"cd".repeat(32)}` } }],
    ["policy/environment", "broken", {}, { environment: "development" }],
  ])("%s in %s", (id, where, document, request) => {
    const decision = decided(document, request);
    expect(ids(decision[where])).toContain(id);
    expect(decision.allowed).toBe(where === "warnings");
    const finding = decision[where].find((each) => each.id === id);
    expect(finding?.why).not.toMatch(/undefined|NaN|Infinity|\.$/);
    expect(finding?.source).toMatch(/SP 800-|OWASP|policy acme-prod 3, |FAQ/);
  });

  test("every rule of every profile has a case above or is one that another profile has", () => {
    const told = new Set([
      "derivation-key-112",
      "derivation-key-128",
      "draft-short-hash",
      "draft-short-hash-2031",
      "pbkdf2-salt-128",
      "pbkdf2-iterations-1000",
      "pbkdf2-output-112",
      "pbkdf2-iterations-owasp",
      "pbkdf2-storage",
      "derivation-hash",
    ]);
    for (const name of profileNames) for (const { id } of profiles[name].derivations) expect(told.has(id)).toBe(true);
  });
});

describe("what is just enough is enough", () => {
  test.each<readonly [Record<string, unknown>, Record<string, unknown>]>([
    [{}, {}],
    [{}, { iterations: 1000, outputBits: 112 }],
    [{}, { ...hkdf, keyBits: 112, outputBits: 8 }],
    [{ extends: ["cnsa-2"] }, { ...hkdf, derivation: "HKDF-SHA-384" }],
    [
      {
        derivations: { functions: ["PBKDF2-HMAC"], hashes: ["SHA-256"], minKeyBits: 512, pbkdf2: { minSaltBits: 128 } },
      },
      {},
    ],
    [pbkdf2({ minIterations: [{ from: "2026-01-01", iterations: 600_000 }] }), {}],
    [pbkdf2({ minSaltBits: 256 }), hkdf],
  ])("%j, %j", (document, request) => expect(decided(document, request).broken).toEqual([]));

  test("the sheet's own numbers earn no warning", () => {
    const told = (hash: string, iterations: number) =>
      ids(decided({ extends: ["open"] }, { derivation: `PBKDF2-HMAC-${hash}`, iterations }).warnings);
    for (const hash of ["SHA-384", "SHA-512", "SHA-512/224", "SHA-512/256"]) expect(told(hash, 220_000)).toEqual([]);
    for (const hash of ["SHA-224", "SHA-256", "SHA3-512"]) expect(told(hash, 600_000)).toEqual([]);
  });

  test("112 bits hold through 2030, and the draft ends short hashes with it", () => {
    const on = (day: string, request: object, profile = "nist") => {
      const document = { extends: [profile], approvedOn: "2030-12-01", reviewBy: "2031-11-30" };
      const { broken, warnings } = decided(document, { ...hkdf, ...request }, new Date(`${day}T12:00:00Z`));
      return [...ids(broken), ...ids(warnings).map((id) => `warns: ${id}`)];
    };
    const weak = { derivation: "KBKDF-HMAC-SHA-256", keyBits: 112 };
    expect(on("2030-12-31", weak)).toEqual([]);
    expect(on("2031-01-01", weak)).toEqual(["nist/derivation-key-128"]);
    expect(on("2031-01-01", { ...weak, keyBits: 127 })).toEqual(["nist/derivation-key-128"]);
    expect(on("2031-01-01", { ...weak, keyBits: 128 })).toEqual([]);
    expect(on("2031-01-01", weak, "open")).toEqual([]);
    for (const hash of ["SHA-224", "SHA-512/224", "SHA3-224"]) {
      expect(on("2030-12-31", { derivation: `HKDF-${hash}` })).toEqual(["warns: nist/draft-short-hash"]);
      expect(on("2031-01-01", { derivation: `HKDF-${hash}` })).toEqual(["warns: nist/draft-short-hash-2031"]);
    }
    const { iterations, saltBits } = asked;
    const password = { ...asked, derivation: "PBKDF2-HMAC-SHA-256", keyBits: undefined, iterations, saltBits };
    expect(on("2031-01-01", password)).toEqual([]);
  });

  test("the floor of iterations is that of the day", () => {
    const on = (day: string) => {
      const document = { approvedOn: "2027-12-01", reviewBy: "2028-11-30", ...pbkdf2({ minIterations: steps }) };
      return ids(decided(document, {}, new Date(`${day}T12:00:00Z`)).broken);
    };
    expect(on("2027-12-31")).toEqual([]);
    expect(on("2028-01-01")).toEqual(["policy/pbkdf2-iterations"]);
    expect(ids(decided(pbkdf2({ minIterations: [steps[1]] }), { iterations: 1000 }).broken)).toEqual([]);
  });
});

test("a decision is the same each time, and freezes nothing of the request", () => {
  const request = Object.freeze({ ...asked });
  const policy = policyFromProfile("nist");
  expect(decideDerivation(policy, request, now)).toEqual(decideDerivation(policy, request, now));
});

test.each([
  [{ derivation: "HKDF" }, /derivation must be one of HKDF, one-step.*got "HKDF"/],
  [{ derivation: "HKDF-SHA-1" }, /followed by -SHA-256 or another hash/],
  [{ saltBits: 1.5 }, /saltBits of the request must be a whole number/],
  [{ keyBits: "256" }, /keyBits/],
  [{ environment: "prod" }, /environment/],
  [{ module: null }, /module/],
  [{ provider: "me" }, /provider/],
])("a request that is none is a wrong call: %j", (fields, reason) => {
  expect(() => decideDerivation(policyFromProfile("nist"), { ...asked, ...fields } as never, now)).toThrow(reason);
});

test.each([
  [{ functions: ["scrypt"] }, "derivations.functions"],
  [{ functions: [] }, "derivations.functions"],
  [{ minKeyBits: 80 }, "derivations.minKeyBits"],
  [{ pbkdf2: { minSaltBits: 64 } }, "derivations.pbkdf2.minSaltBits"],
  [{ pbkdf2: { minIterations: [] } }, "derivations.pbkdf2.minIterations"],
  [{ pbkdf2: { minIterations: [{ from: "2026-01-01", iterations: 10 }] } }, "minIterations[0].iterations"],
  [{ pbkdf2: { minIterations: [...steps].reverse() } }, "minIterations[1].from: wanted a date after"],
  [{ pbkdf2: { minIterations: [steps[0], steps[0]] } }, "minIterations[1].from"],
  [{ argon2: {} }, "derivations.argon2: unknown key"],
])("a document that says %j is refused by its place", (derivations, place) => {
  expect(thrown(() => parsePolicy(documentWith({ derivations })))).toMatchObject({
    code: "policy-invalid",
    message: expect.stringContaining(place),
  });
});

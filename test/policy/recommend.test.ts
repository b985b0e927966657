import { expect, test } from "vitest";
import { algorithmNames, registry } from "../../src/algorithms/registry.ts";
import { decide, recommend } from "../../src/policy/decide.ts";
import { parsePolicy } from "../../src/policy/policy.ts";
import { documentWith, now, request } from "./support.ts";

const { algorithm: _, ...open } = request;
const free = { classifications: { internal: { minStrengthBits: 112 } } };
const policyWith = (fields: Record<string, unknown>) => parsePolicy(documentWith({ ...free, ...fields }));
const longer = ["RSA-8192", "RSA-7680", "RSA-6144"];

test("what satisfies comes strongest first", () => {
  const { algorithms, refused, summary } = recommend(policyWith({}), { ...open, classification: "internal" }, now);
  const strengths = algorithms.map((name) => registry[name].strengthBits);
  expect(strengths).toEqual(strengths.toSorted((a, b) => b - a));
  expect(algorithms.filter((name) => name.startsWith("RSA"))).toEqual([...longer, "RSA-4096", "RSA-3072", "RSA-2048"]);
  expect(summary).toBe(`P-521 satisfies best; so do ${algorithms.slice(1).join(", ")}`);
  const signs = (name: keyof typeof registry) => registry[name].purposes.some((purpose) => purpose === "sign");
  expect(refused.map(({ algorithm }) => algorithm).filter(signs)).toEqual(["secp256k1"]);
  expect(refused[0]?.broken.map(({ id }) => id)).toEqual(["nist/purpose-fits"]);
});

test("fewer warnings go before more strength", () => {
  const asked = { ...open, classification: "internal", purpose: "encrypt", protectUntil: "2040-01-01" };
  const { algorithms } = recommend(policyWith({}), asked, now);
  expect(algorithms).toEqual(["AES-256", "AES-192", "AES-128", ...longer, "RSA-4096", "RSA-3072"]);
});

test("where nothing satisfies, the summary says what stands in the way of everything", () => {
  const late = new Date("2028-01-01");
  const nothing = recommend(policyWith({}), { ...open, classification: "internal" }, late);
  expect(nothing.algorithms).toEqual([]);
  expect(nothing.summary).toBe("no algorithm of this version satisfies the policy: each breaks policy/review-overdue");
});

test("where rules exclude each other, the summary says so", () => {
  const named = { algorithms: ["RSA-3072", "P-384", "AES-256"] }; // no key of these signs after 2031 under both
  const policy = policyWith({
    ...named,
    extends: ["nist", "cnsa-2"],
    approvedOn: "2032-01-01",
    reviewBy: "2032-12-31",
  });
  const { algorithms, summary } = recommend(policy, { ...open, classification: "internal" }, new Date("2032-06-01"));
  expect(algorithms).toEqual([]);
  expect(summary).toBe("no algorithm of this version satisfies the policy: the rules exclude each other");
});

test("it recommends exactly what decide allows", () => {
  const policy = policyWith({});
  for (const purpose of ["sign", "encrypt", "wrap", "authenticate", "derive"]) {
    const asked = { ...open, classification: "internal", purpose };
    const { algorithms, refused } = recommend(policy, asked, now);
    for (const algorithm of algorithmNames) {
      expect(algorithms.includes(algorithm)).toBe(decide(policy, { ...asked, algorithm }, now).allowed);
    }
    expect(algorithms.length + refused.length).toBe(algorithmNames.length);
  }
});

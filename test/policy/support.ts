/** A policy document and a request that satisfy everything, for tests to bend. */
import type { PolicyRequest } from "../../src/policy/request.ts";
import type { PolicyDocument } from "../../src/policy/schema.ts";

export const digest = `sha256:${"ab".repeat(32)}`;
export const now = new Date("2026-11-22T12:00:00Z");

export const document: PolicyDocument = {
  id: "acme-prod",
  version: 3,
  owner: "Platform Security",
  approver: "CISO",
  approvedOn: "2026-11-21",
  reviewBy: "2027-11-21",
  onReviewOverdue: "refuse",
  extends: ["nist"],
  environments: ["test", "production"],
  classifications: {
    internal: { minStrengthBits: 112 },
    secret: { minStrengthBits: 128, protectUntil: "2035-12-31", algorithms: ["AES-256", "RSA-3072", "RSA-4096"] },
  },
  export: { plaintext: [], wrapped: ["test", "production"], extractable: ["test"] },
  providers: {
    core: {
      accepted: [
        { digest, build: "simd", acceptedBy: "Crypto Board", acceptedOn: "2026-11-20", basis: "vector report 12" },
      ],
    },
  },
  seeds: { allowed: false },
  generator: { minStrengthBits: 256 },
};

export const request: Extract<PolicyRequest, { provider: "core" }> = {
  algorithm: "RSA-3072",
  environment: "production",
  tenant: "acme",
  scope: "tenant",
  purpose: "sign",
  classification: "secret",
  provider: "core",
  module: { digest },
  generator: { mechanism: "HMAC_DRBG", hash: "SHA-512", strengthBits: 256 },
  generation: "random",
};

/** The document with some fields replaced, as a stranger might send it: unchecked. */
export function documentWith(fields: Readonly<Record<string, unknown>>): unknown {
  return { ...structuredClone(document), ...fields };
}

/** The document without a field. */
export function documentWithout(field: keyof PolicyDocument): unknown {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== field));
}

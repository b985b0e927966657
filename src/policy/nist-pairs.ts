/**
 * The profile `nist`, for what is not approved whatever its strength, and for the quantum transition.
 * ML-KEM, ML-DSA and SLH-DSA (FIPS 203, 204, 205), EdDSA (FIPS 186-5, 7) and the NIST curves are approved, so no rule
 * speaks of them. What ends P-224 is its strength: `strength-128`, from 2031 on.
 */
import type { Facts, Rule } from "./rule.ts";

export const notApproved: readonly Rule[] = [
  {
    id: "curve-approved",
    source: "SP 800-186, Appendix H; FIPS 186-5, 6",
    state: "disallowed",
    verified: "secondary",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.name !== "secp256k1",
    why: () => "secp256k1 is allowed for blockchain-related applications only; use P-256",
  },
  {
    id: "key-agreement-curve",
    source: "FIPS 140-3 IG C.K, resolution 5; SP 800-56A Rev. 3, Appendix D",
    state: "disallowed",
    verified: "quoted",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "okp" || !algorithm.purposes.includes("establish"),
    why: ({ algorithm }) => `${algorithm.name} is not approved for key agreement; use ML-KEM, or ECDH on a NIST curve`,
  },
  {
    id: "kem-approved",
    // SP 800-227 (September 2025), known from what others report: 4.6 approves combiners of which one part is an approved KEM.
    // They do not agree whether X-Wing's combiner and the expansion of its seed are approved ways, so it stays refused.
    source: "SP 800-63-4, glossary: approved cryptography; SP 800-227, 4.6; FIPS 203",
    state: "disallowed",
    verified: "secondary",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "x-wing",
    why: ({ algorithm }) =>
      `${algorithm.name} is made by ${algorithm.standard}, which is no FIPS and no recommendation of NIST; use ML-KEM`,
  },
  {
    id: "cipher-approved",
    source: "SP 800-131A Rev. 2, 2, Table 1",
    state: "disallowed",
    verified: "secondary",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "chacha20",
    why: ({ algorithm }) => `${algorithm.name} is not an approved cipher; use AES`,
  },
];

/** What the drafts announce for RSA and for curves, each in words of its own. */
export function quantumDrafts(family: "rsa" | "ec", what: string, isOther: (facts: Facts) => boolean): readonly Rule[] {
  const rule = { reaches: "protectUntil", draft: true, subject: "algorithm" } as const;
  return [
    {
      ...rule,
      id: `draft-${family}-112-2031`,
      source: "SP 800-131A Rev. 3 ipd (2024-10-21), 3; NIST IR 8547 ipd (November 2024), 4.1",
      state: "deprecated",
      from: "2031-01-01",
      verified: "read",
      holds: (facts) => isOther(facts) || facts.algorithm.strengthBits >= 128,
      why: ({ algorithm }) => `${what} below 128 bits of strength (${algorithm.name}) would be deprecated after 2030`,
    },
    {
      ...rule,
      id: `draft-${family}-2036`,
      source: "NIST IR 8547 ipd (November 2024), 4.1",
      state: "disallowed",
      from: "2036-01-01",
      verified: "secondary",
      holds: isOther,
      why: ({ algorithm }) =>
        `${what} of any size (${algorithm.name}) would be disallowed after 2035: a quantum computer would break it`,
    },
  ];
}

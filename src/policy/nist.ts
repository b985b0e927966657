/**
 * The profile `nist`: SP 800-131A Rev. 2 (March 2019) and SP 800-57 Part 1 Rev. 5 (May 2020), the last final revisions
 * known when this was written (2026-11-21), with what their drafts announce. Drafts only warn:
 * SP 800-131A Rev. 3 ipd (2024-10-21) and NIST IR 8547 ipd (November 2024).
 *
 * The two disagree on one point, and both are told: Rev. 5 of SP 800-57 ends 112-bit strength with 2030 (disallowed),
 * the draft of SP 800-131A Rev. 3 only deprecates it for signatures.
 */
import { isKeyPair } from "../algorithms/algorithm.ts";
import { nistDerivations, shortHashDrafts } from "./derivation-rules.ts";
import { notApproved, quantumDrafts } from "./nist-pairs.ts";
import type { Facts, Profile, Rule } from "./rule.ts";

const approvedDrbgs = ["Hash_DRBG", "HMAC_DRBG", "CTR_DRBG"];

/** The profile `open` takes this over. */
export const strength112: Rule = {
  id: "strength-112",
  source: "SP 800-131A Rev. 2, 3 and 8; SP 800-57 Part 1 Rev. 5, 5.6.3, Table 4",
  state: "disallowed",
  verified: "quoted",
  subject: "algorithm",
  holds: ({ algorithm }) => algorithm.strengthBits >= 112,
  why: ({ algorithm }) => `strength must be at least 112 bits, ${algorithm.name} has ${algorithm.strengthBits}`,
};

const strength128: Rule = {
  id: "strength-128",
  source: "SP 800-57 Part 1 Rev. 5, 5.6.3, Table 4",
  state: "disallowed",
  from: "2031-01-01",
  reaches: "protectUntil",
  verified: "secondary",
  subject: "algorithm",
  holds: ({ algorithm }) => algorithm.strengthBits >= 128,
  why: ({ algorithm, protectUntil }) =>
    `strength must be at least 128 bits to protect anything after 2030 (here until ${protectUntil}), ${algorithm.name} has ${algorithm.strengthBits}`,
};

const strengths: readonly Rule[] = [
  strength112,
  strength128,
  {
    ...strength128,
    id: "processing-112",
    state: "recommended-against", // the table's word is legacy use, for which nothing new is made; here it is planned
    reaches: "processedUntil",
    subject: "request",
    why: ({ algorithm, processedUntil }) =>
      `after 2030 ${algorithm.name} may process what it protected as legacy use, here until ${processedUntil}`,
  },
  {
    id: "rsa-2048",
    source: "SP 800-131A Rev. 2, 3; FIPS 186-5, 5.1",
    state: "disallowed",
    verified: "quoted",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "rsa" || algorithm.modulusBits >= 2048,
    why: ({ algorithm }) => `an RSA modulus must have at least 2048 bits, ${algorithm.name} has fewer`,
  },
  {
    id: "rsa-even-size",
    source: "FIPS 186-5, 5.1",
    state: "disallowed",
    verified: "quoted",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "rsa" || algorithm.modulusBits % 2 === 0,
    why: ({ algorithm }) => `the length of an RSA modulus must be even, that of ${algorithm.name} is odd`,
  },
  {
    id: "hmac-key-112",
    source: "SP 800-131A Rev. 2, 10, Table 9",
    state: "disallowed",
    verified: "secondary",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "hmac" || algorithm.keyLen * 8 >= 112,
    why: ({ algorithm }) => `an HMAC key must have at least 112 bits, one for ${algorithm.name} has fewer`,
  },
];

/** A key serves one purpose, and one that its algorithm can. The profile `cnsa-2` takes this over. */
export const purposeFits: Rule = {
  id: "purpose-fits",
  source: "SP 800-57 Part 1 Rev. 5, 5.2",
  state: "disallowed",
  verified: "quoted",
  subject: "request",
  holds: ({ algorithm, purpose }) => purpose === undefined || algorithm.purposes.includes(purpose),
  why: ({ algorithm, purpose }) =>
    `a key of ${algorithm.name} serves to ${algorithm.purposes.join(", ")}, not to ${purpose}`,
};

/** A key is no stronger, nor of a higher category, than the generator that made it lets it be. The profile `cnsa-2` takes this over. */
export const drbgCoversKey: Rule = {
  id: "drbg-covers-key",
  source: "SP 800-90A Rev. 1, 9.3.1",
  state: "disallowed",
  verified: "secondary",
  subject: "generator",
  holds: ({ algorithm, generator }) => generator.strengthBits >= algorithm.drbgBits,
  why: ({ algorithm, generator }) =>
    `the generator must have at least ${algorithm.drbgBits} bits of strength for ${algorithm.name}, got ${generator.strengthBits}`,
};

const generation: readonly Rule[] = [
  purposeFits,
  {
    id: "drbg-approved",
    source: "SP 800-131A Rev. 2, 4, Table 3; SP 800-90A Rev. 1, 10",
    state: "disallowed",
    verified: "quoted",
    subject: "generator",
    holds: ({ generator }) => approvedDrbgs.includes(generator.mechanism),
    why: ({ generator }) => `the generator must be one of ${approvedDrbgs.join(", ")}, got ${generator.mechanism}`,
  },
  drbgCoversKey,
];

/** Table 1 calls its periods rough guidelines, so a longer one is advised against and no more. Leap days are granted. */
function cryptoperiod(
  id: string,
  rows: string,
  years: number,
  isMeant: (facts: Facts) => boolean,
  isRecipient?: true,
): Rule {
  const days = ({ cryptoperiod: given = { originatorUsageDays: 0 } }: Facts): number =>
    isRecipient ? (given.recipientUsageDays ?? 0) - given.originatorUsageDays : given.originatorUsageDays;
  const most = years * 365 + 1;
  return {
    id: `cryptoperiod-${id}`,
    source: `SP 800-57 Part 1 Rev. 5, 5.3.6, Table 1, ${rows}`,
    state: "recommended-against",
    verified: "quoted",
    subject: "request",
    holds: (facts) => !isMeant(facts) || days(facts) <= most,
    why: (facts) =>
      `the policy gives ${days(facts)} days${isRecipient ? " more to process" : ""}, Table 1 at most ${most}`,
  };
}

const symmetric = "symmetric authentication, data encryption and key-wrapping keys";

function isSymmetric({ algorithm, purpose }: Facts): boolean {
  return !isKeyPair(algorithm) && purpose !== "derive";
}

const cryptoperiods: readonly Rule[] = [
  cryptoperiod("sign", "private signature key", 3, ({ purpose }) => purpose === "sign"),
  cryptoperiod("derive", "key derivation key", 1, ({ purpose }) => purpose === "derive"),
  cryptoperiod(
    "pair",
    "private key transport and static key agreement keys",
    2,
    ({ algorithm, purpose }) => isKeyPair(algorithm) && purpose !== "sign",
  ),
  cryptoperiod("secret", symmetric, 2, isSymmetric),
  cryptoperiod("recipient", symmetric, 3, isSymmetric, true),
];

const drafts: readonly Rule[] = [
  ...shortHashDrafts(
    "draft-drbg-short-hash",
    "4",
    ({ generator: { mechanism, hash } }: Facts) => `${mechanism} with ${hash}`,
  ).map((rule) => ({ ...rule, subject: "generator" as const })),
  ...quantumDrafts("rsa", "RSA", ({ algorithm: { kind } }) => kind !== "rsa"),
  ...quantumDrafts("ec", "elliptic-curve cryptography", ({ algorithm: { kind } }) => kind !== "ec" && kind !== "okp"),
];

export const nist: Profile = {
  id: "nist",
  title: "NIST SP 800-131A Rev. 2 and SP 800-57 Part 1 Rev. 5",
  population: "agencies of the United States government, for unclassified information",
  rules: [...strengths, ...notApproved, ...generation, ...cryptoperiods, ...drafts],
  derivations: nistDerivations,
};

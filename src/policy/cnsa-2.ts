/**
 * The profile `cnsa-2`: the NSA's Commercial National Security Algorithm Suite 2.0, by its FAQ, version 2.1 (December
 * 2024), and the advisory of September 2022. It binds National Security Systems only.
 *
 * The suite has no RSA and no curves. Until it is mandated, CNSA 1.0 goes on, with RSA of 3072 bits or more and P-384, and
 * three dates of the FAQ (under "Timeframe", each with "unless otherwise noted") end that in steps: 2027-01-01 for new
 * acquisitions, 2030-12-31 for equipment that cannot support CNSA 2.0, 2031-12-31 for use. A key request does not show what
 * was bought, so the first deprecates, and the second, which looks at equipment and not at keys, has no rule; the third
 * disallows, by the last day on which the key is used. The advisory's "exclusively use by 2033" for browsers, servers and
 * cloud services is later, and the FAQ newer. Files that quote the FAQ count its pages differently: places are named by the
 * title of the section or table.
 */
import { nistDerivations } from "./derivation-rules.ts";
import { drbgCoversKey, purposeFits } from "./nist.ts";
import type { Facts, Profile, Rule } from "./rule.ts";

const hashes = ["SHA-384", "SHA-512"];

const FAQ = "CNSA 2.0 FAQ v2.1 (December 2024)";

/** What goes on from CNSA 1.0 until 2032: family by family, in words of its own. */
function transition(family: "rsa" | "ec"): readonly Rule[] {
  const isOther = ({ algorithm }: Facts): boolean => algorithm.kind !== family;
  return [
    {
      id: `${family}-acquisitions-2027`,
      source: `${FAQ}, Timeframe`,
      state: "deprecated",
      from: "2027-01-01",
      until: "2031-12-31",
      verified: "quoted",
      subject: "algorithm",
      holds: isOther,
      why: ({ algorithm }) =>
        `new acquisitions must be CNSA 2.0 compliant from 2027-01-01 unless otherwise noted, and ${algorithm.name} is not`,
    },
    {
      id: `${family}-signing-2030`,
      source: "CNSA 2.0 advisory (September 2022), pp. 5-6",
      state: "recommended-against",
      from: "2030-01-01",
      until: "2031-12-31",
      reaches: "usedUntil",
      verified: "quoted",
      subject: "request",
      holds: (facts) => isOther(facts) || facts.purpose !== "sign",
      why: ({ algorithm }) =>
        `software and firmware must be signed by CNSA 2.0 algorithms alone by 2030, and ${algorithm.name} is not one`,
    },
    {
      id: `${family}-mandated-2032`,
      source: `${FAQ}, Timeframe`,
      state: "disallowed",
      from: "2032-01-01",
      reaches: "usedUntil",
      verified: "quoted",
      subject: "algorithm",
      holds: isOther,
      why: ({ algorithm, usedUntil }) =>
        `CNSA 2.0 algorithms are mandated for use by 2031-12-31 unless otherwise noted, and ${algorithm.name}, to be used until ${usedUntil}, is not one`,
    },
    {
      id: `${family}-harvested`,
      source: "CNSA 2.0 advisory (September 2022), executive summary",
      state: "recommended-against",
      from: "2032-01-01",
      reaches: "protectUntil",
      verified: "secondary",
      subject: "request",
      holds: (facts) => isOther(facts) || facts.purpose === "sign",
      why: ({ algorithm, protectUntil }) =>
        `what ${algorithm.name} protects can be kept and broken later by a quantum computer, and it must be safe until ${protectUntil}`,
    },
  ];
}

/** One parameter set of each lattice algorithm is in the suite; what is not in it by name is not approved. */
const suite: readonly Rule[] = [
  {
    id: "ml-kem-1024",
    source: `${FAQ}, table: ML-KEM`,
    state: "disallowed",
    verified: "quoted",
    subject: "algorithm",
    holds: ({ algorithm: { kind, name } }) => (kind !== "ml-kem" && kind !== "x-wing") || name === "ML-KEM-1024",
    why: ({ algorithm }) => `encapsulation must be ML-KEM-1024 at all classification levels, got ${algorithm.name}`,
  },
  {
    id: "ml-dsa-87",
    source: `${FAQ}, table: ML-DSA`,
    state: "disallowed",
    verified: "quoted",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "ml-dsa" || algorithm.name === "ML-DSA-87",
    why: ({ algorithm }) => `ML-DSA must be ML-DSA-87 at all classification levels, got ${algorithm.name}`,
  },
  {
    id: "slh-dsa",
    source: `${FAQ}, "Can I use SLH-DSA"`,
    state: "disallowed",
    verified: "quoted",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "slh-dsa",
    why: ({ algorithm }) => `SLH-DSA is not part of CNSA and not approved for any use in NSS, got ${algorithm.name}`,
  },
  {
    id: "ec-p-384",
    source: "CNSSP 15 (CNSA 1.0), Annex B, which holds until CNSA 2.0 is mandated",
    state: "disallowed",
    verified: "secondary",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "okp" && (algorithm.kind !== "ec" || algorithm.name === "P-384"),
    why: ({ algorithm }) => `a curve must be P-384, got ${algorithm.name}`,
  },
  {
    id: "cipher-aes",
    source: `${FAQ}, table: AES`,
    state: "disallowed",
    verified: "quoted",
    subject: "algorithm",
    holds: ({ algorithm }) => algorithm.kind !== "chacha20",
    why: ({ algorithm }) => `information must be protected by AES with 256-bit keys, got ${algorithm.name}`,
  },
];

export const cnsa2: Profile = {
  id: "cnsa-2",
  title: "NSA Commercial National Security Algorithm Suite 2.0",
  population: "National Security Systems of the United States",
  rules: [
    {
      id: "aes-256",
      source: `${FAQ}, table: AES`,
      state: "disallowed",
      verified: "quoted",
      subject: "algorithm",
      holds: ({ algorithm }) => algorithm.kind !== "aes" || algorithm.keyLen === 32,
      why: ({ algorithm }) => `AES must have 256-bit keys at all classification levels, got ${algorithm.name}`,
    },
    {
      id: "hmac-hash",
      source: `${FAQ}, table: SHA`,
      state: "disallowed",
      verified: "quoted",
      subject: "algorithm",
      holds: ({ algorithm }) => algorithm.kind !== "hmac" || hashes.includes(algorithm.hash),
      why: ({ algorithm }) => `the hash must be SHA-384 or SHA-512 at all classification levels, got ${algorithm.name}`,
    },
    {
      id: "drbg-hash",
      source: `${FAQ}, table: SHA (read to cover the hash of a generator, which it does not name)`,
      state: "disallowed",
      verified: "quoted",
      subject: "generator",
      holds: ({ generator }) => generator.mechanism === "CTR_DRBG" || hashes.includes(generator.hash),
      why: ({ generator }) => `the generator's hash must be SHA-384 or SHA-512, got ${generator.hash}`,
    },
    purposeFits,
    drbgCoversKey,
    {
      id: "rsa-3072",
      source: "CNSSP 15 (CNSA 1.0), Annex B, which holds until CNSA 2.0 is mandated",
      state: "disallowed",
      verified: "secondary",
      subject: "algorithm",
      holds: ({ algorithm }) => algorithm.kind !== "rsa" || algorithm.modulusBits >= 3072,
      why: ({ algorithm }) => `an RSA modulus must have at least 3072 bits, got ${algorithm.name}`,
    },
    ...suite,
    ...transition("rsa"),
    ...transition("ec"),
  ],
  derivations: [
    {
      id: "derivation-hash",
      source: `${FAQ}, table: SHA (read to cover the hash of a derivation, which it does not name)`,
      state: "disallowed",
      verified: "quoted",
      holds: ({ hash }) => hashes.includes(hash),
      why: ({ hash }) => `the hash of a derivation must be SHA-384 or SHA-512, got ${hash}`,
    },
    ...nistDerivations,
  ],
};

/**
 * The rules that profiles have for derivations: SP 800-131A Rev. 2, 8, and SP 800-132 (December 2010). What was read is not
 * the documents but OpenSSL, which quotes them (commit 23fd48da, and providers/implementations/kdfs/pbkdf2.c), and of
 * SP 800-132, 5.2, a quotation of its sentence on iterations.
 */
import type { DerivationFacts, DerivationRule, RuleOf } from "./rule.ts";

/** Hashes of 224 bits of output or fewer, which the draft of SP 800-131A Rev. 3 lets run out with 2030. */
const shortHash = /^SHA-1$|224$/;

/** What that draft says of them; `nameOf` ends with the name of the hash. */
export function shortHashDrafts<F>(id: string, section: string, nameOf: (facts: F) => string): readonly RuleOf<F>[] {
  const rule = {
    source: `SP 800-131A Rev. 3 ipd (2024-10-21), ${section}`,
    draft: true,
    verified: "read",
    holds: (facts: F) => !shortHash.test(nameOf(facts)),
  } as const;
  return [
    {
      ...rule,
      id,
      state: "deprecated",
      until: "2030-12-31",
      why: (facts) => `${nameOf(facts)} would be deprecated through 2030`,
    },
    {
      ...rule,
      id: `${id}-2031`,
      state: "disallowed",
      from: "2031-01-01",
      why: (facts) => `${nameOf(facts)} would be disallowed after 2030`,
    },
  ];
}

function isPbkdf2({ kdf }: DerivationFacts): boolean {
  return kdf === "PBKDF2-HMAC";
}

/** A password has no bits to count: of it `keyBits` says nothing. */
export const keyOf112: DerivationRule = {
  id: "derivation-key-112",
  source: "SP 800-131A Rev. 2, 8",
  state: "disallowed",
  verified: "quoted",
  holds: ({ keyBits }) => keyBits === undefined || keyBits >= 112,
  why: ({ keyBits }) => `a key that others are derived from must have at least 112 bits, got ${keyBits}`,
};

const keyOf128: DerivationRule = {
  ...keyOf112,
  id: "derivation-key-128",
  source: "SP 800-57 Part 1 Rev. 5, 5.6.3, Table 4",
  from: "2031-01-01",
  verified: "secondary",
  holds: ({ keyBits = 128 }) => keyBits >= 128,
  why: ({ keyBits }) => `a key that others are derived from must have at least 128 bits after 2030, got ${keyBits}`,
};

export const pbkdf2Salt: DerivationRule = {
  id: "pbkdf2-salt-128",
  source: "SP 800-132, 5.1",
  state: "disallowed",
  verified: "quoted",
  holds: (facts) => !isPbkdf2(facts) || facts.saltBits >= 128,
  why: ({ saltBits }) => `the random part of a salt must have at least 128 bits, and the whole salt has ${saltBits}`,
};

/** "A minimum iteration count of 1,000 is recommended": modules that refuse less, such as OpenSSL's, do so by their own rule. */
export const pbkdf2Iterations: DerivationRule = {
  id: "pbkdf2-iterations-1000",
  source: "SP 800-132, 5.2",
  state: "recommended-against",
  verified: "quoted",
  holds: (facts) => !isPbkdf2(facts) || (facts.iterations ?? 0) >= 1000,
  why: ({ iterations }) => `there should be at least 1000 iterations, got ${iterations}`,
};

export const pbkdf2Output: DerivationRule = {
  id: "pbkdf2-output-112",
  source: "SP 800-132, 5, as the FIPS provider of OpenSSL enforces it",
  state: "disallowed",
  verified: "secondary",
  holds: (facts) => !isPbkdf2(facts) || facts.outputBits >= 112,
  why: ({ outputBits }) => `the output must have at least 112 bits, got ${outputBits}`,
};

/**
 * What the sheet says of HMAC-SHA-256 and HMAC-SHA-512 (its revision 02bfdad of 2026-03-26, which raised 210,000
 * to 220,000; read in public copies of its text). It names no other hash of this library, so the two stand for the compression functions: SHA-384 and SHA-512/t
 * have that of SHA-512. Of SHA-3 nothing is said, and what holds for SHA-256 is taken as the least.
 */
function borne(hash: string): number {
  return /^SHA-(384|512)/.test(hash) ? 220_000 : 600_000;
}

export const pbkdf2Owasp: DerivationRule = {
  id: "pbkdf2-iterations-owasp",
  source: "OWASP Password Storage Cheat Sheet (2026-03-26; read by compression function)",
  state: "recommended-against",
  verified: "quoted",
  holds: (facts) => !isPbkdf2(facts) || (facts.iterations ?? 0) >= borne(facts.hash),
  why: ({ iterations, hash }) => `a password needs at least ${borne(hash)} iterations with ${hash}, got ${iterations}`,
};

const pbkdf2Storage: DerivationRule = {
  id: "pbkdf2-storage",
  source: "SP 800-132, 1 and 5.4",
  state: "recommended-against",
  verified: "memory",
  holds: (facts) => !isPbkdf2(facts) || (facts.purpose !== "sign" && facts.purpose !== "establish"),
  why: ({ purpose }) => `keys from passwords are approved for the protection of stored data alone, not to ${purpose}`,
};

/** Those of `nist`. */
export const nistDerivations: readonly DerivationRule[] = [
  keyOf112,
  keyOf128,
  ...shortHashDrafts("draft-short-hash", "hash functions", ({ kdf, hash }: DerivationFacts) => `${kdf} with ${hash}`),
  pbkdf2Salt,
  pbkdf2Iterations,
  pbkdf2Output,
  pbkdf2Owasp,
  pbkdf2Storage,
];

/** Those of `open`: what holds for any secret. */
export const openDerivations: readonly DerivationRule[] = [keyOf112, pbkdf2Salt, pbkdf2Iterations, pbkdf2Owasp];

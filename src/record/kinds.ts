/**
 * What a record states of each kind of key, as data: a verifier carries no generator. What the core tested before it
 * made the key, what was tested about a pair, and which parameters name the key.
 */
import { type Algorithm, isKeyPair, isOctetKeyPair } from "../algorithms/algorithm.ts";
import type { MadeKind } from "../algorithms/registry.ts";
import type { Predicate } from "./record.ts";

interface KindFacts {
  /** The self-test of what is computed with the key; of secret keys, their check value. */
  readonly selfTest: string;
  /** The pairwise consistency test. Null for secret keys. */
  readonly pairwise: string | null;
}

const secret: KindFacts = { selfTest: "HMAC-SHA-256", pairwise: null };

export const kinds: Readonly<Record<MadeKind, KindFacts>> = {
  aes: secret,
  hmac: secret,
  chacha20: secret,
  rsa: { selfTest: "RSA-exponentiation", pairwise: "encrypt with (n, e), decrypt by CRT; d agrees with dP and dQ" },
};

export function factsOfKind(row: Algorithm): KindFacts {
  return kinds[row.kind as MadeKind]; // rows come from the registry
}

type Parameters = Predicate["algorithm"]["parameters"];

/** The parameters of any key but RSA's. */
export function parametersOf(row: Exclude<Algorithm, { kind: "rsa" }>): Parameters {
  if (!isKeyPair(row)) return { keyBits: row.keyLen * 8 };
  if (!isOctetKeyPair(row) || row.kind === "okp") return { curve: row.name };
  return { parameterSet: row.name, category: row.category };
}

/**
 * What a record states of each kind of key, as data: a verifier carries no generator. What the core tested before it
 * made the key, what was tested about a pair, and which parameters name the key.
 */
import { type Algorithm, isKeyPair, isOctetKeyPair } from "../algorithms/algorithm.ts";
import type { MadeKind } from "../algorithms/registry.ts";
import type { Predicate } from "./record.ts";

interface KindFacts {
  /** The self-test of what is computed with the key; of secret keys, their check value. */
  readonly selfTest: (row: Algorithm) => string;
  /** The pairwise consistency test. Null for secret keys. */
  readonly pairwise: string | null;
  /** Whether the public half alone is checked in the core; what takes no computation there needs no self-test. */
  readonly checksPublic?: true;
}

const itself = ({ name }: Algorithm): string => name;
const secret: KindFacts = { selfTest: () => "HMAC-SHA-256", pairwise: null };

/** The set that stands for the hashes of a set: SHA-256 alone, SHA-256 with SHA-512, or SHAKE256. */
function slhDsaTest({ name }: Algorithm): string {
  if (name.startsWith("SLH-DSA-SHAKE")) return "SLH-DSA-SHAKE-128f";
  return name.startsWith("SLH-DSA-SHA2-128") ? "SLH-DSA-SHA2-128f" : "SLH-DSA-SHA2-192f";
}

export const kinds: Readonly<Record<MadeKind, KindFacts>> = {
  aes: secret,
  hmac: secret,
  chacha20: secret,
  ec: {
    selfTest: ({ name }) => `EC-${name}`,
    pairwise: "public key recomputed from d by another table",
    checksPublic: true,
  },
  okp: { selfTest: itself, pairwise: "sign and verify, or public key recomputed by the ladder", checksPublic: true },
  "ml-kem": { selfTest: itself, pairwise: "encapsulate and decapsulate" },
  "x-wing": { selfTest: itself, pairwise: "encapsulate and decapsulate" },
  "ml-dsa": { selfTest: itself, pairwise: "sign and verify" },
  "slh-dsa": { selfTest: slhDsaTest, pairwise: "sign and verify" },
  rsa: {
    selfTest: () => "RSA-exponentiation",
    pairwise: "encrypt with (n, e), decrypt by CRT; d agrees with dP and dQ",
  },
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

/**
 * How a key follows from a seed: one row a scheme. A name stays with its bytes for ever, so that a seed kept today gives the
 * same key in any later version; other bytes would be another name.
 */
import { type Algorithm, isKeyPair } from "./algorithm.ts";
import type { RsaMethodName } from "./rsa-methods.ts";

export interface SeedScheme {
  /** What defines the way from seed to key. */
  readonly standard: string;
  /** Whether the scheme has a key of that algorithm. */
  serves(row: Algorithm): boolean;
  /** Bytes of a seed for `row`: exactly so many, or `most` of none. */
  seedLength(row: Algorithm): { readonly least: number; readonly most: number; readonly source: string };
}

/** Bytes of the string that the standard of an octet key pair expands into it. */
export function standardSeedLength(row: Algorithm): number {
  if (!("privateKeyLen" in row)) return 0;
  return row.kind === "slh-dsa" ? (3 * row.privateKeyLen) / 4 : row.privateKeyLen; // SK.seed, SK.prf and PK.seed
}

function standardSeed(standard: string, source: string, serves: SeedScheme["serves"]): SeedScheme {
  return {
    standard,
    serves,
    seedLength: (row) => ({ least: standardSeedLength(row), most: standardSeedLength(row), source }),
  };
}

/** What the core takes in one call. */
const MOST = 65_536;
/** det-keygen hashes seed and personalization as one string. */
const MOST_DET = 1024;

/** How det-keygen makes primes: FIPS 186-5, A.1.3. */
export const SEEDED_RSA_METHOD: RsaMethodName = "A.1.3";

/** A curve of det-keygen, or RSA. */
function inDetKeygen({ kind, name }: Algorithm): boolean {
  return kind === "rsa" || (kind === "ec" && name !== "secp256k1");
}

export const seedSchemes = {
  "c2sp-det-keygen": {
    standard: "C2SP det-keygen; FIPS 186-5, A.1.3 and A.2.2",
    serves: inDetKeygen,
    // The seed stands for entropy input and nonce together.
    seedLength: ({ drbgBits }) => ({
      least: Math.ceil((drbgBits * 3) / 16),
      most: MOST_DET,
      source: "SP 800-90A Rev. 1, 8.6.7",
    }),
  },
  "fips-203": standardSeed("FIPS 203, Algorithm 16", "FIPS 203, 3.3", ({ kind }) => kind === "ml-kem"),
  "fips-204": standardSeed("FIPS 204, Algorithm 6", "FIPS 204, 3.6.1", ({ kind }) => kind === "ml-dsa"),
  "fips-205": standardSeed("FIPS 205, Algorithm 18", "FIPS 205, 9.1", ({ kind }) => kind === "slh-dsa"),
  "rfc-8032": standardSeed(
    "RFC 8032, 5.1.5 and 5.2.5",
    "RFC 8032, 5.1.5 and 5.2.5",
    ({ kind, name }) => kind === "okp" && name.startsWith("Ed"),
  ),
  "keywright-hkdf-v1": {
    standard: "RFC 5869 with SHA-512, then the standard of the key; RSA and EC by C2SP det-keygen",
    serves: (row) => !isKeyPair(row) || row.kind !== "ec" || inDetKeygen(row),
    // It serves many keys, so it must carry the strongest of them.
    seedLength: () => ({ least: 32, most: MOST, source: "keywright-hkdf-v1; 256 bits, the most that any key needs" }),
  },
} as const satisfies Readonly<Record<string, SeedScheme>>;

export type SeedSchemeName = keyof typeof seedSchemes;

export const seedSchemeNames = Object.keys(seedSchemes) as readonly SeedSchemeName[]; // the keys of a literal are its keys

/** The row of a scheme. RangeError if there is none; the text lists what there is. */
export function findSeedScheme(name: unknown): SeedScheme {
  if (typeof name === "string" && Object.hasOwn(seedSchemes, name)) return seedSchemes[name as SeedSchemeName];
  throw new RangeError(`scheme must be one of ${seedSchemeNames.join(", ")}, got ${JSON.stringify(name)}`);
}

/**
 * How a key follows from a seed: one row a scheme. A name stays with its bytes for ever, so that a seed kept today gives the
 * same key in any later version; other bytes would be another name.
 */
import { quote } from "../errors.ts";
import type { Algorithm } from "./algorithm.ts";
import { ML_DSA_OF_SEED } from "./ml-dsa.ts";
import { ML_KEM_OF_SEED } from "./ml-kem.ts";
import type { RsaMethodName } from "./rsa-methods.ts";
import { SLH_DSA_OF_SEED } from "./slh-dsa.ts";

export interface SeedScheme {
  /** What defines the way from seed to key. */
  readonly standard: string;
  /** Whether the scheme has a key of that algorithm. */
  serves(row: Algorithm): boolean;
}

/** How det-keygen makes primes: FIPS 186-5, A.1.3. */
export const SEEDED_RSA_METHOD: RsaMethodName = "A.1.3";

/** The hash of its HMAC_DRBG, which the key comes from in the place of the instance's generator. */
export const SEEDED_DRBG_HASH = "SHA-256";

/** A curve of det-keygen, or RSA: whatever the scheme, keys of these come from its HMAC_DRBG. */
export function inDetKeygen({ kind, name }: Algorithm): boolean {
  return kind === "rsa" || (kind === "ec" && name !== "secp256k1");
}

export const seedSchemes = {
  "c2sp-det-keygen": { standard: "C2SP det-keygen; FIPS 186-5, A.1.3 and A.2.2", serves: inDetKeygen },
  "fips-203": { standard: ML_KEM_OF_SEED, serves: ({ kind }) => kind === "ml-kem" },
  "fips-204": { standard: ML_DSA_OF_SEED, serves: ({ kind }) => kind === "ml-dsa" },
  "fips-205": { standard: SLH_DSA_OF_SEED, serves: ({ kind }) => kind === "slh-dsa" },
  "rfc-8032": { standard: "RFC 8032, 5.1.5 and 5.2.5", serves: ({ name }) => name.startsWith("Ed") },
  "keywright-hkdf-v1": {
    standard: "RFC 5869 with SHA-512, then the standard of the key; RSA and EC by C2SP det-keygen",
    serves: (row) => row.kind !== "ec" || inDetKeygen(row),
  },
} as const satisfies Readonly<Record<string, SeedScheme>>;

export type SeedSchemeName = keyof typeof seedSchemes;

export const seedSchemeNames = Object.keys(seedSchemes) as readonly SeedSchemeName[]; // the keys of a literal are its keys

/** The row of a scheme. RangeError if there is none; the text lists what there is. */
export function findSeedScheme(name: unknown): SeedScheme {
  if (typeof name === "string" && Object.hasOwn(seedSchemes, name)) return seedSchemes[name as SeedSchemeName];
  throw new RangeError(`scheme must be one of ${seedSchemeNames.join(", ")}, got ${quote(name)}`);
}

/** What callers say of a key that is made of more than the generator: of a seed, or of components. */
import type { SeedSchemeName } from "./algorithms/seed-schemes.ts";
import { quote } from "./errors.ts";
import type { CombineWish } from "./generate/combined.ts";
import { type AnyGenerateOptions, type GenerateOptions, namesOf, nonEmpty } from "./options.ts";

/** Where a seed comes from: a generator like this one's, a key derivation, or elsewhere. A policy may know other names. */
export type SeedOrigin = "drbg" | "kdf" | "external" | (string & {});

/** The method of an RSA key, and its e of 65537, are those of the scheme. */
export interface SeedOptions extends Omit<GenerateOptions, "method" | "lucas" | "publicExponent"> {
  /**
   * How the key follows from the seed. `c2sp-det-keygen`: RSA and the NIST curves, from 3/2 of the strength on (21 bytes for
   * RSA-2048, 24 for P-256, 48 for P-521). `fips-203`: d || z, 64 bytes. `fips-204`: xi, 32. `fips-205`: SK.seed || SK.prf ||
   * PK.seed, 48, 72 or 96. `rfc-8032`: 32, Ed448 57. `keywright-hkdf-v1`: any key but secp256k1, from 32 bytes on, many keys
   * of one seed, each by its `path`.
   */
  readonly scheme: SeedSchemeName;
  /** The caller's word, recorded as such; the policy's `seeds` must allow it. */
  readonly seedOrigin: SeedOrigin;
  /** Bits of entropy that the seed holds, by the caller's word. Default: all of its bits. */
  readonly seedBits?: number;
  /** `keywright-hkdf-v1`: the name of the key below the seed, 1 to 256 characters; not recorded. */
  readonly path?: string;
}

/** What a key of a seed takes besides the options of every key. */
export const seedOptions: readonly string[] = namesOf<Exclude<keyof SeedOptions, keyof AnyGenerateOptions>>({
  scheme: true,
  seedOrigin: true,
  seedBits: true,
  path: true,
});

/** What is combined, and as what the key is asked for. */
export interface CombineOptions
  extends CombineWish,
    Omit<GenerateOptions, "method" | "lucas" | "publicExponent" | "onProgress"> {}

/** What a request and a record say of a seed. */
export interface SeedFacts {
  readonly origin: string;
  readonly bits: number;
  readonly scheme: SeedSchemeName;
}

/** Of one of `length` bytes. */
export function seedFacts(options: SeedOptions, length: number): SeedFacts {
  const all: AnyGenerateOptions = options;
  for (const option of ["method", "lucas", "publicExponent"] as const) {
    if (all[option] !== undefined)
      throw new RangeError(`${option} of a key from a seed is that of its scheme, got one`);
  }
  const { scheme, seedOrigin, seedBits: bits = 8 * length } = options;
  if (!Number.isInteger(bits) || bits < 1 || bits > 8 * length) {
    throw new RangeError(
      `seedBits must be an integer from 1 to ${8 * length}, the bits of the seed, got ${quote(bits)}`,
    );
  }
  return { origin: nonEmpty("seedOrigin", seedOrigin), bits, scheme };
}

/** What callers of a Keygen say, what is asked of it, and what they get. */
import type { Algorithm, KeyPairAlgorithm } from "./algorithms/algorithm.ts";
import type { PrivateKey, PublicKey, SecretKey } from "./algorithms/key.ts";
import type { AlgorithmName, registry } from "./algorithms/registry.ts";
import type { RsaMethodName } from "./algorithms/rsa-methods.ts";
import type { SeedSchemeName } from "./algorithms/seed-schemes.ts";
import type { OwnCore } from "./core/load.ts";
import type { CombineWish } from "./generate/combined.ts";
import type { Progress } from "./generate/progress.ts";
import type { ExportForm } from "./policy/request.ts";
import type { Environment } from "./policy/schema.ts";
import type { KeyRecord } from "./record/record.ts";

export type Scope = "tenant" | "system";

export interface KeygenOptions {
  /** A policy document, or in development and test the name of a profile. There is no default. */
  readonly policy: unknown;
  readonly environment: Environment;
  /** Whose keys these are; part of the generator's personalization. Default `"default"`. */
  readonly tenant?: string;
  /** Tenant keys and system keys never share a generator. Default `"tenant"`. */
  readonly scope?: Scope;
  /** Where this generator runs, if that is known: recorded, and checked against the policy. */
  readonly jurisdiction?: string;
  /** This release's core, compiled by the caller. */
  readonly core?: OwnCore;
}

/** What a key is for and how it may leave: the part of a request that the caller states. */
export interface DecideOptions {
  readonly purpose?: string;
  readonly classification?: string;
  /** The date (YYYY-MM-DD) until which what the key protects must stay safe. */
  readonly protectUntil?: string;
  /** Whether the encoders may read the private or secret key. Default true. */
  readonly extractable?: boolean;
  /**
   * RSA: how the primes are made, a clause of FIPS 186-5, A.1. Default: what the policy puts first, or the fastest, A.1.6.
   */
  readonly method?: RsaMethodName;
  /**
   * For services: how the key will be handed on, `"wrapped"` to a recipient's key, as `"plaintext"`, or `"sealed"` in a
   * CryptoKey. The policy's rule for that form then takes the place of the one for extractable keys, since a service has
   * to read what it wraps; that it does so, and nothing else, is the service's word.
   */
  readonly export?: ExportForm;
}

export interface GenerateOptions extends DecideOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** RSA: e, odd, above 2^16 and below 2^33. Default 65537. */
  readonly publicExponent?: number;
}

/** Where a seed comes from: a generator like this one's, a key derivation, or elsewhere. A policy may know other names. */
export type SeedOrigin = "drbg" | "kdf" | "external" | (string & {});

/** The method of an RSA key, and its e of 65537, are those of the scheme. */
export interface SeedOptions extends Omit<GenerateOptions, "method" | "publicExponent"> {
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

/** What is combined, and as what the key is asked for. */
export interface CombineOptions extends CombineWish, Omit<DecideOptions, "method"> {
  readonly signal?: AbortSignal;
}

export interface GeneratedPair {
  readonly publicKey: PublicKey;
  readonly privateKey: PrivateKey;
  readonly record: KeyRecord;
}

export interface GeneratedSecret {
  readonly secretKey: SecretKey;
  readonly record: KeyRecord;
}

type PairName = {
  [A in AlgorithmName]: (typeof registry)[A] extends KeyPairAlgorithm ? A : never;
}[AlgorithmName];

/** A pair for asymmetric algorithms, one secret key for the others. */
export type Generated<A extends AlgorithmName> = A extends PairName ? GeneratedPair : GeneratedSecret;

/** Extractable unless said otherwise; a sealed key never is. */
export function isExtractable({ extractable, export: form }: DecideOptions): boolean {
  if (form !== "sealed") return extractable ?? true;
  if (extractable === true) throw new RangeError('a key with export "sealed" cannot be extractable');
  return false;
}

/** An option that would have no effect is a mistake of the caller. */
export function refuseRsaOptions({ kind, name }: Algorithm, options: GenerateOptions): void {
  if (kind === "rsa") return;
  for (const option of ["method", "publicExponent"] as const) {
    if (options[option] !== undefined) throw new RangeError(`${option} is an option of RSA keys, got it for ${name}`);
  }
}

/** What a request and a record say of a seed. */
export interface SeedFacts {
  readonly origin: string;
  readonly bits: number;
  readonly scheme: SeedSchemeName;
}

/** Of one of `length` bytes. */
export function seedFacts(options: SeedOptions, length: number): SeedFacts {
  for (const option of ["method", "publicExponent"]) {
    if (option in options) throw new RangeError(`${option} of a key from a seed is that of its scheme, got one`);
  }
  const { scheme, seedOrigin, seedBits: bits = 8 * length } = options;
  if (!Number.isInteger(bits) || bits < 1 || bits > 8 * length) {
    throw new RangeError(`seedBits must be an integer from 1 to ${8 * length}, the bits of the seed, got ${bits}`);
  }
  return { origin: nonEmpty("seedOrigin", seedOrigin), bits, scheme };
}

export function knownScope(value: unknown): Scope {
  if (value === "tenant" || value === "system") return value;
  throw new RangeError(`scope must be tenant or system, got ${JSON.stringify(value)}`);
}

export function nonEmpty(what: string, value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`${what} must be a string, got ${typeof value}`);
  if (value.length === 0 || value.length > 256)
    throw new RangeError(`${what} must have 1 to 256 characters, got ${value.length}`);
  return value;
}

/** The same object without its undefined members, for types in which absent and undefined differ. */
export function defined<T extends Record<string, unknown>>(object: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}

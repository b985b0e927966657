/** What callers of a Keygen say, what is asked of it, and what they get. */
import type { Algorithm, KeyPairAlgorithm } from "./algorithms/algorithm.ts";
import type { PrivateKey, PublicKey, SecretKey } from "./algorithms/key.ts";
import type { AlgorithmName, registry } from "./algorithms/registry.ts";
import { DEFAULT_RSA_METHOD, isRsaMethodName, type RsaMethodName, rsaMethods } from "./algorithms/rsa-methods.ts";
import type { OwnCore } from "./core/load.ts";
import { KeygenError } from "./errors.ts";
import type { Progress } from "./generate/progress.ts";
import type { Policy } from "./policy/policy.ts";
import type { ExportForm, PolicyRequest } from "./policy/request.ts";
import type { Environment } from "./policy/schema.ts";
import type { KeyRecord } from "./record/record.ts";
import { RecoveryKey } from "./seal/recovery-key.ts";

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
   * RSA: whether the Lucas test of FIPS 186-5, B.3.3 follows the Miller-Rabin rounds of p and q, which stay as many. Not for
   * A.1.2 and A.1.4, whose primes are proved. Default: what the policy demands, or false.
   */
  readonly lucas?: boolean;
  /**
   * For services: how the key will be handed on, `"wrapped"` to a recipient's key, as `"plaintext"`, or `"sealed"` in a
   * CryptoKey. The policy's rule for that form then takes the place of the one for extractable keys, since a service has
   * to read what it wraps; that it does so, and nothing else, is the service's word.
   */
  readonly export?: ExportForm;
  /**
   * A copy of the private or secret key is wrapped to this key before the key itself leaves, extractable or not; see
   * `openRecovery`. The policy's rule for `"wrapped"` has to allow it, and the recovery key must be as strong as the key.
   */
  readonly recovery?: RecoveryKey;
}

export interface GenerateOptions extends DecideOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** RSA: e, odd, above 2^16 and below 2^33. Default 65537. */
  readonly publicExponent?: number;
}

export interface GeneratedPair {
  readonly publicKey: PublicKey;
  readonly privateKey: PrivateKey;
  readonly record: KeyRecord;
  /** With `recovery`: the private key as JWK, its `kid` that of the record, in a compact JWE. */
  readonly wrapped?: string;
}

export interface GeneratedSecret {
  readonly secretKey: SecretKey;
  readonly record: KeyRecord;
  /** With `recovery`: the key as JWK, its `kid` that of the record, in a compact JWE. */
  readonly wrapped?: string;
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
  for (const option of ["method", "lucas", "publicExponent"] as const) {
    if (options[option] !== undefined) throw new RangeError(`${option} is an option of RSA keys, got it for ${name}`);
  }
}

/** Whether the method proves its primes; a name that nobody checked yet proves nothing. */
function isProved(method: RsaMethodName | undefined): boolean {
  return isRsaMethodName(method) && rsaMethods[method].proved;
}

/**
 * What is asked of an RSA key: by the caller, or else by the policy. Who asks for the Lucas test and names no method asks for
 * one whose primes are not proved; the policy's demand for the test is none where they are.
 */
export function rsaTermsOf(
  { rsaMethods: listed, rsaLucas: demanded }: Policy,
  { method, lucas }: DecideOptions,
): Pick<{ [K in keyof PolicyRequest]?: PolicyRequest[K] | undefined }, "rsaMethod" | "rsaLucas"> {
  const first = lucas === true ? (listed?.find((name) => !isProved(name)) ?? DEFAULT_RSA_METHOD) : listed?.[0];
  const rsaMethod = method ?? first;
  return { rsaMethod, rsaLucas: lucas ?? (isProved(rsaMethod) ? undefined : demanded) };
}

/** Refused before there is a key: one that did not come from `openRecovery`, and a key that could not be written. */
export function checkRecovery({ name, formats }: Algorithm, { recovery }: DecideOptions): RecoveryKey | undefined {
  if (recovery === undefined) return undefined;
  if (!(recovery instanceof RecoveryKey)) throw new TypeError("recovery must come from openRecovery");
  if (formats.includes("jwk")) return recovery;
  throw new KeygenError("algorithm-unsupported", `no JWK is registered for ${name}, so no copy of it can be wrapped`, {
    algorithm: name,
  });
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

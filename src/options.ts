/** What callers of a Keygen say, what is asked of it, and what they get. */
import type { Algorithm, KeyPairAlgorithm } from "./algorithms/algorithm.ts";
import type { PrivateKey, PublicKey, SecretKey } from "./algorithms/key.ts";
import type { AlgorithmName, registry } from "./algorithms/registry.ts";
import { DEFAULT_RSA_METHOD, isRsaMethodName, type RsaMethodName, rsaMethods } from "./algorithms/rsa-methods.ts";
import type { OwnCore } from "./core/load.ts";
import { KeygenError, kindOf, quote, refuseUnknown } from "./errors.ts";
import type { Progress } from "./generate/progress.ts";
import type { Platform } from "./platform/web-crypto.ts";
import type { Policy } from "./policy/policy.ts";
import type { ExportForm, PolicyRequest } from "./policy/request.ts";
import type { Environment } from "./policy/schema.ts";
import type { CoreRecord, PlatformRecord } from "./record/record.ts";
import { RecoveryKey } from "./seal/recovery-key.ts";

export type Scope = "tenant" | "system";
/** Whose library makes a key: this one's core, or the runtime's own behind Web Cryptography. */
export type Provider = "core" | "platform";

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
  /**
   * `webCrypto`, where `provider: "platform"` is to make keys, or the policy asks for pairwise tests by the platform. Whoever
   * needs neither leaves it out, and it stays out of the bundle.
   */
  readonly platform?: Platform;
}

/** What a key is for and how it may leave: the part of a request that the caller states. */
export interface DecideOptions {
  readonly purpose?: string;
  readonly classification?: string;
  /** The date (YYYY-MM-DD) until which what the key protects must stay safe. */
  readonly protectUntil?: string;
  /** Who makes the key; the policy says whom it accepts. Default `"core"`. */
  readonly provider?: Provider;
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

/** A key by this library's core. */
export interface GenerateOptions extends DecideOptions {
  readonly provider?: "core";
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** RSA: e, odd, above 2^16 and below 2^33. Default 65537. */
  readonly publicExponent?: number;
}

/** A key by the runtime's own Web Cryptography, checked by the core. It tells no progress. */
export interface PlatformOptions extends Omit<GenerateOptions, "provider" | "method" | "onProgress"> {
  readonly provider: "platform";
}

/** As `PlatformOptions`, for a key that never leaves the platform. */
export type KeptOptions = PlatformOptions & ({ readonly extractable: false } | { readonly export: "sealed" });

/** Of a key whose bytes the encoders may read. */
export interface Readable {
  readonly extractable?: true;
  readonly export?: "plaintext" | "wrapped";
}

/** Whatever `generate` takes. */
export type AnyGenerateOptions = Omit<GenerateOptions, "provider"> & { readonly provider?: Provider };

/** By what this type demands, so that none is forgotten. */
export function namesOf<K extends string>(all: Readonly<Record<K, true>>): readonly string[] {
  return Object.keys(all);
}

const keyOptions = namesOf<keyof AnyGenerateOptions>({
  purpose: true,
  classification: true,
  protectUntil: true,
  provider: true,
  extractable: true,
  export: true,
  recovery: true,
  method: true,
  lucas: true,
  publicExponent: true,
  signal: true,
  onProgress: true,
});

const openOptions = namesOf<keyof KeygenOptions>({
  policy: true,
  environment: true,
  tenant: true,
  scope: true,
  jurisdiction: true,
  core: true,
  platform: true,
});

/** `more`: what one made of a seed takes besides. */
export function refuseUnknownOfKey(options: object & { signal?: unknown }, more: readonly string[] = []): void {
  refuseUnknown("a key", options, [...keyOptions, ...more]);
  const { signal } = options;
  if (signal === undefined || typeof (signal as AbortSignal | null)?.throwIfAborted === "function") return;
  throw new TypeError(`signal must be an AbortSignal, got ${kindOf(signal)}`);
}

export function refuseUnknownOfKeygen(options: object): void {
  refuseUnknown("openKeygen", options, openOptions);
}

export interface GeneratedPair<R = CoreRecord> {
  readonly publicKey: PublicKey;
  readonly privateKey: PrivateKey;
  readonly record: R;
  /** With `recovery`: the private key as JWK, its `kid` that of the record, in a compact JWE. */
  readonly wrapped?: string;
}

export interface GeneratedSecret<R = CoreRecord> {
  readonly secretKey: SecretKey;
  readonly record: R;
  /** With `recovery`: the key as JWK, its `kid` that of the record, in a compact JWE. */
  readonly wrapped?: string;
}

/** A pair whose private half stays in the platform: nobody reads it, nobody wipes it. */
export interface KeptPair {
  readonly publicKey: PublicKey;
  readonly privateKey: CryptoKey;
  readonly record: PlatformRecord;
}

/** A secret key that stays in the platform; its record names it by its id, since a check value would take its bytes. */
export interface KeptSecret {
  readonly secretKey: CryptoKey;
  readonly record: PlatformRecord;
}

type PairName = {
  [A in AlgorithmName]: (typeof registry)[A] extends KeyPairAlgorithm ? A : never;
}[AlgorithmName];

/** A pair for asymmetric algorithms, one secret key for the others. */
export type Generated<A extends AlgorithmName, R = CoreRecord> = A extends PairName
  ? GeneratedPair<R>
  : GeneratedSecret<R>;

/** The same, of keys that stay in the platform. */
export type GeneratedKept<A extends AlgorithmName> = A extends PairName ? KeptPair : KeptSecret;

/** Extractable unless said otherwise; a sealed key never is. */
export function isExtractable({ extractable, export: form }: DecideOptions): boolean {
  if (form !== "sealed") return extractable ?? true;
  if (extractable === true) throw new RangeError('a key with export "sealed" cannot be extractable');
  return false;
}

export function knownProvider(value: unknown): Provider {
  if (value === "core" || value === "platform") return value;
  throw new RangeError(`provider must be core or platform, got ${quote(value)}`);
}

/** For what the core alone makes. */
export function refuseOtherProviders(what: string, { provider = "core" }: { readonly provider?: unknown }): void {
  if (knownProvider(provider) === "core") return;
  throw new RangeError(`${what} are made by the core, got provider "platform"`);
}

/** The platform that an instance was opened with: a wrong call where there is none. */
export function wantPlatform(platform: Platform | undefined, forWhat: string): Platform {
  if (platform !== undefined) return platform;
  throw new TypeError(`${forWhat} needs openKeygen({ platform: webCrypto }), and this was opened without`);
}

/** An option that would have no effect is a mistake of the caller. */
export function refuseRsaOptions({ kind, name }: Algorithm, options: AnyGenerateOptions): void {
  for (const option of ["method", "lucas"] as const) {
    if (options.provider !== "platform" || options[option] === undefined) continue;
    throw new RangeError(`${option} is an option of the core: a platform does not say how it makes primes`);
  }
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
export function checkRecovery(
  { name, formats }: Algorithm,
  { recovery, provider, ...options }: DecideOptions,
): RecoveryKey | undefined {
  if (recovery === undefined) return undefined;
  if (!(recovery instanceof RecoveryKey)) throw new TypeError("recovery must come from openRecovery");
  if (provider === "platform" && !isExtractable(options)) {
    throw new RangeError(
      "recovery takes a copy, and a key that never leaves the platform has none: it must be extractable",
    );
  }
  if (formats.includes("jwk")) return recovery;
  throw new KeygenError("algorithm-unsupported", `no JWK is registered for ${name}, so no copy of it can be wrapped`, {
    algorithm: name,
  });
}

export function knownScope(value: unknown): Scope {
  if (value === "tenant" || value === "system") return value;
  throw new RangeError(`scope must be tenant or system, got ${quote(value)}`);
}

export function nonEmpty(what: string, value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`${what} must be a string, got ${typeof value}`);
  if (value.length === 0 || value.length > 256)
    throw new RangeError(`${what} must have 1 to 256 characters, got ${value.length}`);
  if (/\p{Cc}/u.test(value)) throw new RangeError(`${what} must have no control characters`);
  return value;
}

/** The same object without its undefined members, for types in which absent and undefined differ. */
export function defined<T extends Record<string, unknown>>(object: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(object)) if (value !== undefined) kept[name] = value;
  return kept as never;
}

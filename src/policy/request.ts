/** What is asked of a policy: one key, for one purpose, from one generator, in one form. */

import type { Purpose } from "../algorithms/algorithm.ts";
import { findAlgorithm } from "../algorithms/registry.ts";
import { type RsaMethodName, rsaMethodNames, rsaMethods } from "../algorithms/rsa-methods.ts";
import { kindOf, quote } from "../errors.ts";
import { isDate } from "./dates.ts";
import type { GeneratorFacts } from "./rule.ts";
import { type Environment, environments } from "./schema.ts";

/** In which form the key leaves: as it is, encrypted to a recipient, or as a non-extractable CryptoKey. */
export type ExportForm = "plaintext" | "wrapped" | "sealed";
const exportForms = ["plaintext", "wrapped", "sealed"] as const satisfies readonly ExportForm[];

interface Asked {
  readonly algorithm: string;
  readonly environment: Environment;
  /** Whose key it is. No rule looks at it: system and tenant keys follow the same standards (CEK-10, auditing 6). */
  readonly tenant: string;
  readonly scope: string;
  readonly purpose?: Purpose | (string & {});
  readonly classification?: string;
  /** The last day on which what the key protects must be safe: `2035-12-31`. */
  readonly protectUntil?: string;
  /** Whether the program that asks may read the key's bytes. Default: false. */
  readonly extractable?: boolean;
  readonly export?: ExportForm;
  /** A copy is wrapped to this key, for recovery, before the key leaves in whatever form. */
  readonly recovery?: { readonly algorithm: string; readonly strengthBits: number };
  readonly generation: "random" | "seed";
  /** Where a seed came from and how much entropy it holds. Needed if `generation` is `seed`. */
  readonly seed?: { readonly origin: string; readonly bits: number };
  /** How the primes of an RSA key are made, a clause of FIPS 186-5, A.1. Without it, by what the policy puts first. */
  readonly rsaMethod?: RsaMethodName;
  /** Whether the Lucas test follows the Miller-Rabin rounds of its primes (FIPS 186-5, B.3.3). Without it, as the policy demands. */
  readonly rsaLucas?: boolean;
  /** Where the generator runs. */
  readonly jurisdiction?: string;
}

interface ByCore {
  readonly provider: "core";
  readonly module: { readonly digest: string };
}

interface ByPlatform {
  readonly provider: "platform";
  readonly module: { readonly runtime: string };
}

/** Whose computation it is. */
export type FromProvider = ByCore | ByPlatform;

interface CoreKey extends ByCore {
  readonly generator: GeneratorFacts;
}

interface PlatformKey extends ByPlatform {
  /** Where the caller knows it; no runtime says it of itself. Without it, what the policy's acceptance states. */
  readonly generator?: GeneratorFacts;
}

export type PolicyRequest = Asked & (CoreKey | PlatformKey);

/** A request before its algorithm is chosen. */
export type OpenRequest = Omit<Asked, "algorithm"> & (CoreKey | PlatformKey);

/** What is asked of a policy about bytes that are derived: lengths, counts and names. */
export type DerivationRequest = FromProvider & {
  /** `HKDF-SHA-256`, `PBKDF2-HMAC-SHA-512`, ... */
  readonly derivation: string;
  readonly environment: Environment;
  /** What the output is for. */
  readonly purpose?: Purpose | (string & {});
  /** Of the strongest key that goes in; absent for a password, whose bits nobody knows. */
  readonly keyBits?: number;
  readonly saltBits: number;
  /** PBKDF2 alone has them. */
  readonly iterations?: number;
  readonly outputBits: number;
};

function want(is: boolean, field: string, wanted: string, got: unknown): void {
  if (!is) throw new TypeError(`${field} of the request must be ${wanted}, got ${kindOf(got)}`);
}

function wantOneOf(field: string, names: readonly string[], got: unknown): void {
  want(typeof got === "string", field, "a string", got);
  if (!names.includes(got as string)) {
    throw new RangeError(`${field} of the request must be one of ${names.join(", ")}, got ${quote(got)}`);
  }
}

function wantText(field: string, got: unknown): void {
  want(typeof got === "string" && got !== "", field, "a string that is not empty", got);
}

function wantProvider(request: FromProvider): void {
  wantOneOf("provider", ["core", "platform"], request.provider);
  want(typeof request.module === "object" && request.module !== null, "module", "an object", request.module);
  if (request.provider === "core") wantText("module.digest", request.module.digest);
  else wantText("module.runtime", request.module.runtime);
}

/** The same for a request of a derivation, but for its name. */
export function checkDerivationRequest(request: DerivationRequest): void {
  want(typeof request === "object" && request !== null, "the whole", "an object", request);
  wantOneOf("environment", environments, request.environment);
  wantProvider(request);
  if (request.purpose !== undefined) wantText("purpose", request.purpose);
  for (const field of ["saltBits", "outputBits"] as const) {
    want(Number.isInteger(request[field]), field, "a whole number", request[field]);
  }
  for (const field of ["keyBits", "iterations"] as const) {
    want(request[field] === undefined || Number.isInteger(request[field]), field, "a whole number", request[field]);
  }
}

/**
 * TypeError or RangeError for a request that is not one. A name that the policy does not know (a purpose, a classification)
 * passes: the decision answers it, since which names there are is the policy's matter.
 */
export function checkRequest(request: OpenRequest): void {
  want(typeof request === "object" && request !== null, "the whole", "an object", request);
  wantOneOf("environment", environments, request.environment);
  wantOneOf("generation", ["random", "seed"], request.generation);
  if (request.export !== undefined) wantOneOf("export", exportForms, request.export);
  if (request.rsaMethod !== undefined) wantOneOf("rsaMethod", rsaMethodNames, request.rsaMethod);
  if (request.rsaLucas === true && request.rsaMethod !== undefined && rsaMethods[request.rsaMethod].proved) {
    throw new RangeError(
      `rsaLucas of the request wants primes that are not proved, got rsaMethod ${request.rsaMethod}`,
    );
  }
  wantText("tenant", request.tenant);
  wantText("scope", request.scope);
  for (const field of ["purpose", "classification", "jurisdiction"] as const) {
    if (request[field] !== undefined) wantText(field, request[field]);
  }
  const { protectUntil, generator, seed, recovery } = request;
  for (const field of ["extractable", "rsaLucas"] as const) {
    const got = request[field];
    want(got === undefined || typeof got === "boolean", field, "true or false", got);
  }
  if (protectUntil !== undefined) {
    wantText("protectUntil", protectUntil);
    if (!isDate(protectUntil)) throw new RangeError("protectUntil of the request must be a date such as 2035-12-31");
  }
  wantProvider(request);
  if (request.provider === "core" || generator !== undefined) checkGenerator(generator);
  if (recovery !== undefined) {
    wantText("recovery.algorithm", recovery.algorithm);
    want(Number.isFinite(recovery.strengthBits), "recovery.strengthBits", "a number", recovery.strengthBits);
  }
  if (seed === undefined) return;
  wantText("seed.origin", seed.origin);
  want(Number.isFinite(seed.bits), "seed.bits", "a number", seed.bits);
}

function checkGenerator(generator: unknown): asserts generator is GeneratorFacts {
  want(typeof generator === "object" && generator !== null, "generator", "an object", generator);
  const { mechanism, hash, strengthBits } = generator as GeneratorFacts; // each of them is looked at now
  wantText("generator.mechanism", mechanism);
  wantText("generator.hash", hash);
  want(Number.isFinite(strengthBits), "generator.strengthBits", "a number", strengthBits);
}

export function checkAlgorithm(name: unknown): void {
  want(typeof name === "string", "algorithm", "a string", name);
  findAlgorithm(name as string);
}

/** Which method of FIPS 186-5, A.1 makes an RSA key, with what e and what tests: from a wish to a search under way. */
import type { RsaAlgorithm } from "../algorithms/algorithm.ts";
import {
  DEFAULT_PUBLIC_EXPONENT,
  DEFAULT_RSA_METHOD,
  isPublicExponent,
  isRsaMethodName,
  type RsaMethodName,
  rsaMethodNames,
  rsaMethods,
} from "../algorithms/rsa-methods.ts";
import type { Core } from "../core/core.ts";
import { rsaBegin } from "../core/rsa.ts";
import { type Four, rsaConstruct } from "../core/rsa-construct.ts";
import { quote } from "../errors.ts";

export interface RsaWish {
  /** A clause of FIPS 186-5, A.1. Default: the fastest, A.1.6. */
  readonly method?: RsaMethodName | undefined;
  /** Odd, above 2^16 and below 2^33. Default 65537. */
  readonly publicExponent?: number | undefined;
  /** Whether the Lucas test of FIPS 186-5, B.3.3 follows the Miller-Rabin rounds of p and q. Default false. */
  readonly lucas?: boolean | undefined;
}

/** The wish with nothing left open. */
export interface CompleteRsaWish {
  readonly method: RsaMethodName;
  readonly publicExponent: number;
  readonly lucas: boolean;
}

/** RangeError if the wish cannot be met. */
export function completeRsaWish({
  method = DEFAULT_RSA_METHOD,
  publicExponent = DEFAULT_PUBLIC_EXPONENT,
  lucas = false,
}: RsaWish): CompleteRsaWish {
  if (!isRsaMethodName(method)) {
    throw new RangeError(`method must be one of ${rsaMethodNames.join(", ")}, got ${quote(method)}`);
  }
  if (!isPublicExponent(publicExponent)) {
    throw new RangeError(
      `publicExponent must be odd and between 2^16 and 2^33, got ${quote(publicExponent)} (FIPS 186-5, A.1.1, criterion 1)`,
    );
  }
  if (typeof lucas !== "boolean") throw new TypeError(`lucas must be true or false, got ${typeof lucas}`);
  if (lucas && rsaMethods[method].proved) {
    throw new RangeError(
      `lucas wants primes that are probably prime, method ${method} proves them (FIPS 186-5, B.3.3)`,
    );
  }
  return { method, publicExponent, lucas };
}

/** e, big-endian. */
export function exponentBytes(e: number): Uint8Array {
  const bytes = new Uint8Array(5);
  new DataView(bytes.buffer).setUint32(1, e % 2 ** 32);
  bytes[0] = Math.floor(e / 2 ** 32);
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
}

/**
 * FIPS 186-5, Table A.1: the least length of an auxiliary prime. Read in OpenSSL (crypto/bn/bn_rsa_fips186_5.c). A.1.5 proves
 * them; the rounds for those of A.1.6 are in the core.
 */
export function auxiliaryLength(modulusBits: number): number {
  if (modulusBits < 3072) return 141;
  return modulusBits < 4096 ? 171 : 201;
}

/** Begins the search; `generator` is the address of what candidates, seeds and bases are drawn from. */
export function beginRsa(core: Core, generator: number, row: RsaAlgorithm, wish: RsaWish): void {
  const { method, publicExponent: e, lucas } = completeRsaWish(wish);
  const { modulusBits, millerRabinRounds, drbgBits: strengthBits } = row;
  const publicExponent = exponentBytes(e);
  const common = {
    candidates: generator,
    bases: generator,
    strengthBits,
    modulusBits,
    millerRabinRounds,
    publicExponent,
    lucas,
  };
  if (method === "A.1.3" || method === "A.1.6") {
    rsaBegin(core, { ...common, variant: `FIPS 186-5, ${method}` });
    return;
  }
  const bits = auxiliaryLength(modulusBits);
  const auxiliaryBits: Four<number> = [bits, bits, bits, bits];
  rsaConstruct(core, {
    ...common,
    method,
    auxiliaryRounds: 1, // none is tested: a seed proves them
    hash: "SHA-512", // covers the strength of any modulus
    seedLen: Math.ceil((2 * row.strengthBits) / 8), // A.1.2.1: twice the security strength
    ...(method === "A.1.2" ? {} : { auxiliaryBits }),
  });
}

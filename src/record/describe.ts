/** Small parts of a record that are derived from data: the key id and an algorithm's parameters. */
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Algorithm } from "../algorithms/algorithm.ts";
import {
  DEFAULT_PUBLIC_EXPONENT,
  DEFAULT_RSA_METHOD,
  FOREIGN_PRIME_ROUNDS,
  isPublicExponent,
  type RsaMethodName,
  rsaMethodNames,
  rsaMethods,
} from "../algorithms/rsa-methods.ts";
import { parametersOf } from "./kinds.ts";
import type { PlatformPredicate, Predicate } from "./record.ts";

/** Random bytes for a key id. */
export const KEY_ID_LEN = 16;

/** A UUID of version 4 (RFC 9562, 5.4) from 16 random bytes. */
export function keyId(random: Uint8Array): string {
  const text = bytesToHex(random);
  const part = (from: number, to: number) => text.slice(from, to);
  const variant = "89ab"[Number.parseInt(part(16, 17), 16) & 3];
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-${variant}${part(17, 20)}-${part(20, 32)}`;
}

/** How an RSA key was made, besides its length. */
export interface RsaMaking {
  readonly method: RsaMethodName;
  readonly publicExponent: number;
  readonly lucas: boolean;
}

/** A method as records say it. */
function sayMethod(method: RsaMethodName): string {
  return `FIPS 186-5, ${method}: ${rsaMethods[method].primes}`;
}

/** What a record's parameters say of the making of an RSA key; what they do not say is the default. */
export function rsaMakingOf({ method, publicExponent: e, lucas }: Readonly<Record<string, unknown>>): RsaMaking {
  return {
    method: rsaMethodNames.find((name) => sayMethod(name) === method) ?? DEFAULT_RSA_METHOD,
    publicExponent: isPublicExponent(e) ? e : DEFAULT_PUBLIC_EXPONENT,
    lucas: lucas === true,
  };
}

/** Of a key that the core made: `generation` tells which clause of its standard was followed. */
export function describeAlgorithm(
  row: Algorithm,
  generation: Predicate["generation"],
  making: RsaMaking = rsaMakingOf({}),
): Predicate["algorithm"] {
  const { name, strengthBits, standards } = row;
  const standard = standards?.[generation] ?? row.standard;
  if (row.kind !== "rsa") return { name, standard, strengthBits, parameters: parametersOf(row) };
  const { method, publicExponent, lucas } = making;
  return {
    name,
    standard,
    strengthBits,
    parameters: {
      modulusBits: row.modulusBits,
      publicExponent,
      method: sayMethod(method),
      ...(rsaMethods[method].proved
        ? { errorBound: "0: both primes are proved (FIPS 186-5, B.10)" }
        : {
            millerRabinRounds: row.millerRabinRounds,
            ...(lucas ? { lucas } : {}),
            errorBound: `2^-${strengthBits} (FIPS 186-5, ${row.modulusBits > 3072 ? "Appendix C.1" : "Table B.1"})`,
          }),
    },
  };
}

/** Of a key that the platform made: the standard by which it was asked for, and what was seen of an RSA key's primes. */
export function describePlatform(
  row: Algorithm,
  publicExponent: number,
  checked: PlatformPredicate["checked"],
): Predicate["algorithm"] {
  const { name, strengthBits } = row;
  const standard = "Web Cryptography Level 2, generateKey";
  if (row.kind !== "rsa") return { name, standard, strengthBits, parameters: parametersOf(row) };
  const seen =
    checked === "full"
      ? {
          millerRabinRounds: FOREIGN_PRIME_ROUNDS,
          errorBound: `2^-${2 * FOREIGN_PRIME_ROUNDS}, whoever chose the primes`,
        }
      : { errorBound: "unknown: nobody but the platform sees the primes" };
  const parameters = { modulusBits: row.modulusBits, publicExponent, method: "the platform does not say it", ...seen };
  return { name, standard, strengthBits, parameters };
}

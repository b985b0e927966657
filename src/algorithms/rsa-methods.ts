/** How FIPS 186-5, A.1 makes the primes of an RSA modulus: one row a method. */

export interface RsaMethod {
  /** What the clause calls the primes. */
  readonly primes: string;
  /** Whether p and q are proved to be prime, so that no round of Miller-Rabin speaks for them. */
  readonly proved: boolean;
}

/** Fastest first, as measured here; the first is what is taken where nobody asks for another. */
export const rsaMethods = {
  "A.1.6": { primes: "probable primes with conditions based on auxiliary probable primes", proved: false },
  "A.1.3": { primes: "random primes that are probably prime", proved: false },
  "A.1.5": { primes: "probable primes with conditions based on auxiliary provable primes", proved: false },
  "A.1.2": { primes: "random primes that are provably prime", proved: true },
  "A.1.4": { primes: "provable primes with conditions based on auxiliary provable primes", proved: true },
} as const satisfies Readonly<Record<string, RsaMethod>>;

export type RsaMethodName = keyof typeof rsaMethods;

export const rsaMethodNames = Object.keys(rsaMethods) as readonly RsaMethodName[];

export const DEFAULT_RSA_METHOD: RsaMethodName = "A.1.6";
export const DEFAULT_PUBLIC_EXPONENT = 65537;
/** Rounds of Miller-Rabin for primes from anywhere: 2^-128, whoever chose them (each base catches 3 of 4 at least). */
export const FOREIGN_PRIME_ROUNDS = 64;

export function isRsaMethodName(name: unknown): name is RsaMethodName {
  return typeof name === "string" && Object.hasOwn(rsaMethods, name);
}

/** FIPS 186-5, A.1.1, criterion 1 allows an odd e from 2^16 to 2^256; what verifiers take ends at 33 bits or before. */
export function isPublicExponent(e: unknown): e is number {
  return typeof e === "number" && Number.isInteger(e) && e > 2 ** 16 && e < 2 ** 33 && e % 2 === 1;
}

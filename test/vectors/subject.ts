/**
 * What the vectors are asked of. The core's test bench (`#keywright/testing`) is one subject; the references over
 * `node:crypto` and BigInt are the other, so that what the core is compared with has met the same vectors.
 */
import type { HashName } from "../../src/core/hash.ts";
import type { ShakeName } from "../../src/core/shake.ts";
import type { SlhDsaName } from "../../src/core/slh-dsa.ts";
import type { LatticeName } from "../../src/generate/lattice.ts";
import type { RsaInputs } from "../../src/testing/rsa-inputs.ts";

export type { HashName, LatticeName, RsaInputs, ShakeName, SlhDsaName };

export interface SubjectDrbg {
  reseed(entropy: Uint8Array, additionalInput?: Uint8Array): void;
  generate(
    length: number,
    options?: {
      readonly additionalInput?: Uint8Array;
      readonly predictionResistance?: { readonly entropy: Uint8Array };
    },
  ): Uint8Array;
  uninstantiate(): void;
}

export interface DrbgSeed {
  readonly hash: HashName;
  readonly strengthBits: number;
  readonly entropy: Uint8Array;
  readonly nonce: Uint8Array;
  readonly personalization: Uint8Array;
  readonly predictionResistance: boolean;
}

/** Big-endian numbers under the names that JWK gives them (RFC 7518, 6.3): dp = d mod (p - 1), qi = q^-1 mod p. */
export interface RsaParts {
  readonly n: Uint8Array;
  readonly e: Uint8Array;
  readonly d: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
  readonly dp: Uint8Array;
  readonly dq: Uint8Array;
  readonly qi: Uint8Array;
}

/** A key with its auxiliary primes, each 1 where there is none. */
export interface ConstructedRsaParts extends RsaParts {
  readonly p1: Uint8Array;
  readonly p2: Uint8Array;
  readonly q1: Uint8Array;
  readonly q2: Uint8Array;
}

export interface Subject {
  hash(name: HashName, message: Uint8Array): Uint8Array;
  createHash(name: HashName): { update(data: Uint8Array): void; digest(): Uint8Array };
  createShake(name: ShakeName): { absorb(data: Uint8Array): void; squeeze(length: number): Uint8Array; close(): void };
  hmac(name: HashName, key: Uint8Array, message: Uint8Array): Uint8Array;
  drbg(seed: DrbgSeed): SubjectDrbg;
  isProbablePrime(value: Uint8Array, rounds: number): Promise<boolean>;
  /** Completes a key, or throws an error with the code "key-invalid". */
  rsaFromPrimes(primes: { readonly e: Uint8Array; readonly p: Uint8Array; readonly q: Uint8Array }): Promise<RsaParts>;
  /** FIPS 186-5, A.1.2, A.1.4, A.1.5, A.1.6 with all that would be random given. */
  rsaFromInputs(inputs: RsaInputs): Promise<ConstructedRsaParts>;
  detKeygenRsa(bits: number, seed: Uint8Array): Promise<RsaParts>;
  /** ML-KEM or ML-DSA keys of a seed, the private one expanded; a RangeError if the seed has another length. */
  latticeKeys(name: LatticeName, seed: Uint8Array): { readonly publicKey: Uint8Array; readonly expanded: Uint8Array };
  /** The SLH-DSA key of SK.seed, SK.prf and PK.seed. */
  slhDsaKeys(
    name: SlhDsaName,
    seed: Uint8Array,
  ): Promise<{ readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }>;
  close(): void;
}

/**
 * What the vectors are asked of. The core's test bench (`#keywright/testing`) is one subject; the references over
 * `node:crypto` and BigInt are the other, so that what the core is compared with has met the same vectors.
 */
import type { EcCurve } from "../../src/core/ec.ts";
import type { HashName } from "../../src/core/hash.ts";
import type { OkpName } from "../../src/core/okp.ts";
import type { ShakeName } from "../../src/core/shake.ts";
import type { SlhDsaName } from "../../src/core/slh-dsa.ts";
import type { HkdfExpansion, HkdfInput } from "../../src/derive/hkdf.ts";
import type { KbkdfInput } from "../../src/derive/kbkdf.ts";
import type { OneStepInput } from "../../src/derive/one-step.ts";
import type { Pbkdf2Input } from "../../src/derive/pbkdf2.ts";
import type { LatticeName } from "../../src/generate/lattice.ts";
import type { RsaInputs } from "../../src/testing/rsa-inputs.ts";

export type { EcCurve, HashName, KbkdfInput, LatticeName, OkpName, RsaInputs, ShakeName, SlhDsaName };

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
  okpPublicKey(name: OkpName, privateKey: Uint8Array): Uint8Array;
  isOkpPublicKey(name: OkpName, publicKey: Uint8Array): boolean;
  /** Throws an error with the code "key-invalid" if the shared secret is zero. */
  okpAgree(name: "X25519" | "X448", privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array;
  detKeygenRsa(bits: number, seed: Uint8Array): Promise<RsaParts>;
  /** RFC 5869: one extraction, and an output for each expansion. RangeError for more than 255 blocks. */
  hkdf(input: HkdfInput, expansions: readonly HkdfExpansion[]): readonly Uint8Array[];
  /** SP 800-56C Rev. 2, Section 4. */
  oneStepKdf(input: OneStepInput): Uint8Array;
  /** SP 800-108 Rev. 1, 4.1 to 4.3. */
  kbkdf(input: KbkdfInput): Uint8Array;
  /** RFC 8018, 5.2; the password may be empty. */
  pbkdf2(input: Pbkdf2Input): Promise<Uint8Array>;
  /** ML-KEM or ML-DSA keys of a seed, the private one expanded; a RangeError if the seed has another length. */
  latticeKeys(name: LatticeName, seed: Uint8Array): { readonly publicKey: Uint8Array; readonly expanded: Uint8Array };
  /** The SLH-DSA key of SK.seed, SK.prf and PK.seed. */
  slhDsaKeys(
    name: SlhDsaName,
    seed: Uint8Array,
  ): Promise<{ readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }>;
  /** The point of d, as 04, x, y; d in the byte length of the order, in [1, n - 1]. */
  ecPublicPoint(curve: EcCurve, d: Uint8Array): Uint8Array;
  /** SP 800-56A Rev. 3, 5.6.2.3.3, of 04, x, y. */
  isEcPoint(curve: EcCurve, point: Uint8Array): boolean;
  /** C2SP det-keygen, ECDSA: not for secp256k1. */
  detKeygenEc(curve: EcCurve, seed: Uint8Array): { readonly d: Uint8Array; readonly point: Uint8Array };
  close(): void;
}

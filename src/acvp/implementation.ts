/**
 * The implementation under test: what ACVP asks of a module. The core's test bench is one; the references that the tests
 * are written with are another.
 */
import type { EcCurve, EcMethod } from "../core/ec.ts";
import type { HashName } from "../core/hash.ts";
import type { MlKemName } from "../core/ml-kem.ts";
import type { OkpName } from "../core/okp.ts";
import type { ShakeName } from "../core/shake.ts";
import type { SlhDsaName } from "../core/slh-dsa.ts";
import type { HkdfExpansion, HkdfInput } from "../derive/hkdf.ts";
import type { KbkdfInput, TwoStepInput } from "../derive/kbkdf.ts";
import type { OneStepInput } from "../derive/one-step.ts";
import type { Pbkdf2Input } from "../derive/pbkdf2.ts";
import type { LatticeName } from "../generate/lattice.ts";
import type { RsaInputs } from "../testing/rsa-inputs.ts";

export interface Drbg {
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

export interface Implementation {
  hash(name: HashName, message: Uint8Array): Uint8Array;
  createHash(name: HashName): { update(data: Uint8Array): void; digest(): Uint8Array };
  createShake(name: ShakeName): { absorb(data: Uint8Array): void; squeeze(length: number): Uint8Array; close(): void };
  hmac(name: HashName, key: Uint8Array, message: Uint8Array): Uint8Array;
  drbg(seed: DrbgSeed): Drbg;
  /** Bytes of a generator of its own. */
  random(length: number): Uint8Array;
  isProbablePrime(value: Uint8Array, rounds: number): Promise<boolean>;
  /** FIPS 186-5, A.1.3. */
  rsaKey(modulusBits: number, e: Uint8Array): Promise<RsaParts>;
  /** Completes a key, or throws an error with the code "key-invalid". */
  rsaFromPrimes(primes: { readonly e: Uint8Array; readonly p: Uint8Array; readonly q: Uint8Array }): Promise<RsaParts>;
  /** FIPS 186-5, A.1.2, A.1.4, A.1.5, A.1.6 with all that would be random given. */
  rsaFromInputs(inputs: RsaInputs): Promise<ConstructedRsaParts>;
  /** A new pair of random bytes. */
  okpKey(name: OkpName): { readonly privateKey: Uint8Array; readonly publicKey: Uint8Array };
  okpPublicKey(name: OkpName, privateKey: Uint8Array): Uint8Array;
  isOkpPublicKey(name: OkpName, publicKey: Uint8Array): boolean;
  /** RFC 5869: one extraction, and an output for each expansion. RangeError for more than 255 blocks. */
  hkdf(input: HkdfInput, expansions: readonly HkdfExpansion[]): readonly Uint8Array[];
  /** SP 800-56C Rev. 2, Section 4. */
  oneStepKdf(input: OneStepInput): Uint8Array;
  /** SP 800-56C Rev. 2, Section 5. */
  twoStepKdf(input: TwoStepInput): Uint8Array;
  /** SP 800-108 Rev. 1, 4.1 to 4.3. */
  kbkdf(input: KbkdfInput): Uint8Array;
  /** RFC 8018, 5.2; the password may be empty. */
  pbkdf2(input: Pbkdf2Input): Promise<Uint8Array>;
  /** ML-KEM or ML-DSA keys of a seed, the private one expanded; a RangeError if the seed has another length. */
  latticeKeys(name: LatticeName, seed: Uint8Array): { readonly publicKey: Uint8Array; readonly expanded: Uint8Array };
  /** FIPS 203, Algorithm 17, of 32 random bytes m. An error with the code "key-invalid" if ek fails its check. */
  mlKemEncapsulate(
    name: MlKemName,
    ek: Uint8Array,
    m: Uint8Array,
  ): { readonly ciphertext: Uint8Array; readonly sharedSecret: Uint8Array };
  /** FIPS 203, Algorithm 18. */
  mlKemDecapsulate(name: MlKemName, dk: Uint8Array, ciphertext: Uint8Array): Uint8Array;
  /** The checks of FIPS 203, 7.2 of ek, and of 7.3 of dk. */
  isMlKemKey(name: MlKemName, half: "ek" | "dk", key: Uint8Array): boolean;
  /** The SLH-DSA key of SK.seed, SK.prf and PK.seed. */
  slhDsaKeys(
    name: SlhDsaName,
    seed: Uint8Array,
  ): Promise<{ readonly publicKey: Uint8Array; readonly privateKey: Uint8Array }>;
  /** A new pair: d, and the point as 04, x, y. */
  ecKey(curve: EcCurve, method: EcMethod): { readonly d: Uint8Array; readonly point: Uint8Array };
  /** The point of d, as 04, x, y; d in the byte length of the order, in [1, n - 1]. */
  ecPublicPoint(curve: EcCurve, d: Uint8Array): Uint8Array;
  /** SP 800-56A Rev. 3, 5.6.2.3.3, of 04, x, y. */
  isEcPoint(curve: EcCurve, point: Uint8Array): boolean;
}

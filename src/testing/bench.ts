/**
 * The core's services without a policy, for known-answer work: vectors, comparisons with other implementations, det-keygen.
 * What leaves here is for tests and has no record.
 */
import type { RsaPrivateParts } from "../algorithms/key.ts";
import type { Bytes } from "../bytes.ts";
import { type Core, openCore } from "../core/core.ts";
import { type EcCurve, type EcPair, ecPublicPoint, isEcPoint } from "../core/ec.ts";
import { createHash, type HashName, type HashStream, hash } from "../core/hash.ts";
import { hmac } from "../core/hmac.ts";
import type { CoreLoader } from "../core/load.ts";
import { isOkpPublicKey, type OkpName, okpAgree, okpPublicKey } from "../core/okp.ts";
import { pause } from "../core/pause.ts";
import { pbkdf2 } from "../core/pbkdf2.ts";
import { isProbablePrime, RSA_STEP_WORK, rsaBegin, rsaBeginGiven, rsaEnd, rsaStep, rsaTake } from "../core/rsa.ts";
import { createShake, type ShakeName, type ShakeStream } from "../core/shake.ts";
import {
  type SlhDsaName,
  type SlhDsaPair,
  slhDsaBeginSeeded,
  slhDsaEnd,
  slhDsaStep,
  slhDsaStepWork,
  slhDsaTake,
} from "../core/slh-dsa.ts";
import { type HkdfExpansion, type HkdfInput, hkdfExpansions } from "../derive/hkdf.ts";
import { type KbkdfInput, kbkdf, type TwoStepInput, twoStepKdf } from "../derive/kbkdf.ts";
import { type OneStepInput, oneStepKdf } from "../derive/one-step.ts";
import type { Pbkdf2Input } from "../derive/pbkdf2.ts";
import { type DrbgOptions, HmacDrbg, MAX_RESEED_INTERVAL } from "../drbg/hmac-drbg.ts";
import { webCryptoSource } from "../entropy/web-crypto.ts";
import { beginDetKeygenRsa, detKeygenEc } from "../generate/det-keygen.ts";
import { expandLatticeSeed, type LatticeName, latticePublicKey } from "../generate/lattice.ts";
import { Turns } from "../generate/turns.ts";
import { type RsaInputs, type RsaInputsKey, rsaFromInputs } from "./rsa-inputs.ts";
import { type Services, servicesOf } from "./services.ts";

export interface PrimePair {
  /** Big-endian. */
  readonly e: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
}

export interface TestBench extends Services {
  readonly core: Core;
  hash(name: HashName, message: Uint8Array): Bytes;
  createHash(name: HashName): HashStream;
  createShake(name: ShakeName): ShakeStream;
  hmac(name: HashName, key: Uint8Array, message: Uint8Array): Bytes;
  drbg(options: DrbgOptions): HmacDrbg;
  /**
   * FIPS 186-5, B.3.1, with random bases, and after them the Lucas test of B.3.3 if that is asked; `value` is big-endian, of
   * any size up to 8192 bits.
   */
  isProbablePrime(value: Uint8Array, rounds: number, options?: { readonly lucas?: boolean }): Promise<boolean>;
  /** A new key by FIPS 186-5, A.1.3; e is big-endian, odd, above 2^16 and below 2^256. */
  rsaKey(bits: number, e: Uint8Array): Promise<RsaPrivateParts>;
  /** Completes a key pair; KeygenError "key-invalid" if e, p and q do not meet FIPS 186-5, A.1.1. */
  rsaFromPrimes(primes: PrimePair): Promise<RsaPrivateParts>;
  /**
   * The key that FIPS 186-5, A.1.2, A.1.4, A.1.5 or A.1.6 makes of what would be random, as ACVP has it. KeygenError
   * "key-invalid" or "search-limit" if these inputs give no key.
   */
  rsaFromInputs(inputs: RsaInputs): Promise<RsaInputsKey>;
  /** The public key of a seed (RFC 8032) or scalar (RFC 7748), and whether a string is a public key. */
  okpPublicKey(name: OkpName, privateKey: Uint8Array): Bytes;
  isOkpPublicKey(name: OkpName, publicKey: Uint8Array): boolean;
  /** X25519 or X448; KeygenError "key-invalid" if the shared secret is zero. */
  okpAgree(name: "X25519" | "X448", privateKey: Uint8Array, publicKey: Uint8Array): Bytes;
  /** C2SP det-keygen: the key of `bits` (2048 to 8192, a multiple of 16) that `seed` (16 bytes or more) stands for. */
  detKeygenRsa(bits: number, seed: Uint8Array, signal?: AbortSignal): Promise<RsaPrivateParts>;
  /** RFC 5869: one extraction, and an output for each expansion. */
  hkdf(input: HkdfInput, expansions: readonly HkdfExpansion[]): Bytes[];
  /** SP 800-56C Rev. 2, Section 4. */
  oneStepKdf(input: OneStepInput): Bytes;
  /** SP 800-56C Rev. 2, Section 5. */
  twoStepKdf(input: TwoStepInput): Bytes;
  /** SP 800-108 Rev. 1, 4.1 to 4.3. */
  kbkdf(input: KbkdfInput): Bytes;
  /** RFC 8018, 5.2, within what the core takes: the password may be empty, as it may be there. */
  pbkdf2(input: Pbkdf2Input): Promise<Bytes>;
  /** The keys of a seed, FIPS 203, Algorithm 16, or FIPS 204, Algorithm 6: d || z of 64 bytes, or xi of 32. */
  latticeKeys(name: LatticeName, seed: Uint8Array): { readonly publicKey: Bytes; readonly expanded: Bytes };
  /** The key of SK.seed, SK.prf and PK.seed (FIPS 205, Algorithm 18), after its pairwise test. */
  slhDsaKeys(name: SlhDsaName, seed: Uint8Array, signal?: AbortSignal): Promise<SlhDsaPair>;
  /** The point 04 || x || y of d, big-endian in the byte length of the order; KeygenError "key-invalid" out of [1, n - 1]. */
  ecPublicPoint(curve: EcCurve, d: Uint8Array): Bytes;
  /** SP 800-56A Rev. 3, 5.6.2.3.3. */
  isEcPoint(curve: EcCurve, point: Uint8Array): boolean;
  /** C2SP det-keygen: the key of a curve other than secp256k1 that `seed` (16 bytes or more) stands for. */
  detKeygenEc(curve: EcCurve, seed: Uint8Array): EcPair;
  close(): void;
}

/** Rounds of Miller-Rabin that FIPS 186-5, Table B.1 and Appendix C.1 give for a modulus of `bits`. */
function roundsFor(bits: number): number {
  if (bits < 2690) return 5;
  return bits < 7494 ? 4 : 3;
}

/** Bits of strength that are asked of the generators: 112 for all, since known-answer seeds may be as short as 16 bytes. */
const STRENGTH_BITS = 112;

export async function openBench(load: CoreLoader): Promise<TestBench> {
  const core = openCore(await load());
  const own = platformDrbg(core);
  const turns = new Turns(); // the core makes one key at a time

  async function finish(bits: number, signal?: AbortSignal): Promise<RsaPrivateParts> {
    try {
      while (!rsaStep(core, RSA_STEP_WORK)) {
        await pause();
        signal?.throwIfAborted();
      }
      return rsaTake(core, bits);
    } finally {
      rsaEnd(core);
    }
  }

  return {
    core,
    hash: (name, message) => hash(core, name, message),
    createHash: (name) => createHash(core, name),
    createShake: (name) => createShake(core, name),
    hmac: (name, key, message) => hmac(core, name, key, message),
    drbg: (options) => HmacDrbg.instantiate(core, options),
    ...servicesOf(core, own),
    isProbablePrime: (value, rounds, { lucas = false } = {}) =>
      turns.take(async () => isProbablePrime(core, value, { rounds, lucas, bases: own.pointer })),
    rsaKey: (bits, e) =>
      turns.take(async () => {
        const generators = { candidates: own.pointer, bases: own.pointer, strengthBits: STRENGTH_BITS };
        rsaBegin(core, { ...generators, modulusBits: bits, millerRabinRounds: roundsFor(bits), publicExponent: e });
        return await finish(bits);
      }),
    rsaFromPrimes: ({ e, p, q }) =>
      turns.take(async () => {
        const bits = p.length * 16;
        const millerRabinRounds = roundsFor(bits);
        const search = { bases: own.pointer, strengthBits: STRENGTH_BITS, modulusBits: bits, millerRabinRounds };
        rsaBeginGiven(core, { ...search, publicExponent: e, p, q });
        return await finish(bits);
      }),
    okpPublicKey: (name, privateKey) => okpPublicKey(core, name, privateKey),
    isOkpPublicKey: (name, publicKey) => isOkpPublicKey(core, name, publicKey),
    okpAgree: (name, privateKey, publicKey) => okpAgree(core, name, privateKey, publicKey),
    rsaFromInputs: (inputs) => turns.take(() => rsaFromInputs(core, own.pointer, inputs)),
    detKeygenRsa: (bits, seed, signal) =>
      turns.take(async () => {
        const candidates = beginDetKeygenRsa(core, seed, {
          modulusBits: bits,
          strengthBits: STRENGTH_BITS,
          millerRabinRounds: roundsFor(bits),
          bases: own.pointer,
        });
        try {
          return await finish(bits, signal);
        } finally {
          candidates.uninstantiate();
        }
      }, signal),
    hkdf: (input, expansions) => hkdfExpansions(core, input, expansions),
    oneStepKdf: (input) => oneStepKdf(core, input),
    twoStepKdf: (input) => twoStepKdf(core, input),
    kbkdf: (input) => kbkdf(core, input),
    pbkdf2: (input) => pbkdf2(core, input),
    latticeKeys: (name, seed) => ({
      publicKey: latticePublicKey(core, name, seed),
      expanded: expandLatticeSeed(core, name, seed),
    }),
    slhDsaKeys: (name, seed, signal) =>
      turns.take(async () => {
        slhDsaBeginSeeded(core, name, seed);
        try {
          while (!slhDsaStep(core, slhDsaStepWork(name))) {
            await pause();
            signal?.throwIfAborted();
          }
          return slhDsaTake(core, name);
        } finally {
          slhDsaEnd(core);
        }
      }, signal),
    ecPublicPoint: (curve, d) => ecPublicPoint(core, curve, d),
    isEcPoint: (curve, point) => isEcPoint(core, curve, point),
    detKeygenEc: (curve, seed) => detKeygenEc(core, curve, seed, STRENGTH_BITS),
    close: () => own.uninstantiate(),
  };
}

/** The generator of Miller-Rabin bases and of new keys, from the platform. No key of it is for use, so it is never reseeded. */
function platformDrbg(core: Core): HmacDrbg {
  const entropy = webCryptoSource.read(48);
  try {
    return HmacDrbg.instantiate(core, {
      hash: "SHA-256",
      strengthBits: 256,
      entropy,
      reseedInterval: MAX_RESEED_INTERVAL,
    });
  } finally {
    entropy.fill(0);
  }
}

/**
 * C2SP det-keygen: the key that a seed stands for, by FIPS 186-5, A.1.3 and A.2.2 over HMAC_DRBG with SHA-256, which is
 * instantiated once and never reseeded.
 */
import { SEEDED_DRBG_HASH } from "../algorithms/seed-schemes.ts";
import { type Bytes, concat, utf8 } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { type EcCurve, type EcPair, ecGenerate } from "../core/ec.ts";
import { rsaBegin } from "../core/rsa.ts";
import { HmacDrbg, MAX_RESEED_INTERVAL } from "../drbg/hmac-drbg.ts";

/** The least that the mechanism takes as entropy and nonce for 112 bits, SP 800-90A Rev. 1, 8.6.7. */
const LEAST_ENTROPY_LEN = 21;

/**
 * ECDSA, steps 2-7, and RSA, steps 2-7. Instantiation hashes entropy, nonce and personalization as one string; a seed of
 * fewer than 21 bytes is too short for any strength, so that there the string's first bytes count as the inputs that the
 * mechanism demands. Such seeds are for known answers: keys for use come from seeds that are long enough.
 */
function seededDrbg(core: Core, seed: Uint8Array, personalization: Uint8Array, strengthBits: number): HmacDrbg {
  if (seed.length < 16) throw new RangeError(`the seed must have at least 16 bytes, got ${seed.length}`);
  const material = concat(seed, personalization);
  const entropyLen = Math.max(seed.length, LEAST_ENTROPY_LEN);
  try {
    return HmacDrbg.instantiate(core, {
      hash: SEEDED_DRBG_HASH,
      strengthBits,
      entropy: material.subarray(0, entropyLen),
      personalization: material.subarray(entropyLen),
      reseedInterval: MAX_RESEED_INTERVAL,
    });
  } finally {
    material.fill(0);
  }
}

/** The pair of a curve other than secp256k1, not yet pairwise tested. The caller owns and wipes d. */
export function detKeygenEc(core: Core, curve: EcCurve, seed: Uint8Array, strengthBits: number): EcPair {
  if (curve === "secp256k1") throw new RangeError("det-keygen has no secp256k1");
  const drbg = seededDrbg(core, seed, utf8(`det ECDSA key gen ${curve}`), strengthBits);
  try {
    return ecGenerate(core, curve, "C2SP det-keygen", drbg.pointer, strengthBits);
  } finally {
    drbg.uninstantiate();
  }
}

/** RSA, step 1 */
function rsaPersonalization(bits: number): Bytes {
  if (!Number.isInteger(bits) || bits % 16 !== 0 || bits < 2048 || bits > 8192) {
    throw new RangeError(`bits must be a multiple of 16 from 2048 to 8192, got ${bits}`);
  }
  return concat(utf8("det RSA key gen"), Uint8Array.of(bits >> 8, bits & 255));
}

export interface DetRsa {
  readonly modulusBits: number;
  readonly strengthBits: number;
  readonly millerRabinRounds: number;
  /** The address of the generator of Miller-Rabin bases, which do not change the key. */
  readonly bases: number;
}

/** Begins the search for the key of `seed`. What comes back must be uninstantiated when the search has ended. */
export function beginDetKeygenRsa(core: Core, seed: Uint8Array, search: DetRsa): HmacDrbg {
  const candidates = seededDrbg(core, seed, rsaPersonalization(search.modulusBits), search.strengthBits);
  try {
    rsaBegin(core, { ...search, candidates: candidates.pointer, variant: "C2SP det-keygen" });
    return candidates;
  } catch (error) {
    candidates.uninstantiate();
    throw error;
  }
}

/**
 * One instance of HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2) in the core: its life from instantiate to uninstantiate.
 *
 * Deterministic by itself: all entropy is given by the caller, and nothing here asks the platform for any.
 */
import { type Bytes, secretBytes } from "../bytes.ts";
import { type Core, withInputs, withScratch } from "../core/core.ts";
import { type HashName, hashFacts } from "../core/hash.ts";
import { check, Status } from "../core/status.ts";
import { KeygenError } from "../errors.ts";

/** Table 2: at most 2^19 bits a request; the same limit is ours on each input. */
export const MAX_LENGTH = 1 << 16;
/** Requests that one seed serves unless the caller says otherwise; Table 2 would allow 2^48. */
export const DEFAULT_RESEED_INTERVAL = 2 ** 20;
export const MAX_RESEED_INTERVAL = 2 ** 48;
/** What `pend` takes at most. */
export const MAX_PENDING = 64;

export interface DrbgOptions {
  readonly hash: HashName;
  readonly strengthBits: number;
  readonly entropy: Uint8Array;
  /** Without a nonce the entropy input must be half as long again as the strength (8.6.7). */
  readonly nonce?: Uint8Array;
  readonly personalization?: Uint8Array;
  /** Whether `generate` may be asked for prediction resistance. */
  readonly predictionResistance?: boolean;
  readonly reseedInterval?: number;
}

export interface GenerateOptions {
  /** The strength that the output must have; the default is that of the instance. */
  readonly strengthBits?: number;
  readonly additionalInput?: Uint8Array;
  /** Fresh entropy: the instance is reseeded with it, and with the additional input, before it serves (9.3.1, step 7). */
  readonly predictionResistance?: { readonly entropy: Uint8Array };
}

const nothing = new Uint8Array(0);

function mustFit(what: string, input: Uint8Array): void {
  if (input.length > MAX_LENGTH) {
    throw new RangeError(`${what} must be at most ${MAX_LENGTH} bytes, got ${input.length}`);
  }
}

export class HmacDrbg {
  readonly hash: HashName;
  /** What was asked, rounded up to 112, 128, 192 or 256 (9.1, step 4). */
  readonly strengthBits: number;
  readonly predictionResistance: boolean;
  readonly #core: Core;
  #state: number | undefined;

  private constructor(core: Core, state: number, options: DrbgOptions) {
    this.#core = core;
    this.#state = state;
    this.hash = options.hash;
    this.strengthBits = roundStrength(options.strengthBits);
    this.predictionResistance = options.predictionResistance ?? false;
  }

  /** 9.1 and 10.1.2.3 */
  static instantiate(core: Core, options: DrbgOptions): HmacDrbg {
    const { hash, strengthBits, entropy, nonce = nothing, personalization = nothing } = options;
    const { predictionResistance = false, reseedInterval = DEFAULT_RESEED_INTERVAL } = options;
    const { id, drbgStrengthBits } = hashFacts(hash);
    if (!Number.isInteger(strengthBits) || strengthBits < 1) {
      throw new RangeError(`strengthBits must be a positive integer, got ${strengthBits}`);
    }
    if (!Number.isInteger(reseedInterval) || reseedInterval < 1 || reseedInterval > MAX_RESEED_INTERVAL) {
      throw new RangeError(`reseedInterval must be an integer from 1 to 2^48, got ${reseedInterval}`);
    }
    mustFit("entropy", entropy);
    mustFit("nonce", nonce);
    mustFit("personalization", personalization);
    if (strengthBits > drbgStrengthBits) {
      throw new KeygenError(
        "strength-unavailable",
        `HMAC_DRBG with ${hash} has at most ${drbgStrengthBits} bits of strength, asked ${strengthBits} (SP 800-57 Part 1 Rev. 5, Table 3)`,
      );
    }
    const strength = roundStrength(strengthBits);
    mustHoldEntropy(entropy, strength);
    if ((entropy.length + nonce.length) * 8 < strength * 1.5) {
      throw new RangeError(
        `entropy and nonce must have ${(strength * 1.5) / 8} bytes together, got ${entropy.length + nonce.length} (SP 800-90A Rev. 1, 8.6.7)`,
      );
    }
    const state = core.reserve(core.exports.drbgStateSize());
    try {
      withInputs(core, [entropy, nonce, personalization], (entropyAt = 0, nonceAt = 0, personalizationAt = 0) => {
        const status = core.exports.drbgInstantiate(
          state,
          id,
          strength,
          predictionResistance ? 1 : 0,
          BigInt(reseedInterval),
          entropyAt,
          entropy.length,
          nonceAt,
          nonce.length,
          personalizationAt,
          personalization.length,
        );
        check(status, "instantiate");
      });
      return new HmacDrbg(core, state, options);
    } catch (error) {
      core.release(state);
      throw error;
    }
  }

  /** Where the state stands in the core, for searches that draw from it there. */
  get pointer(): number {
    if (this.#state === undefined) check(Status.NOT_INSTANTIATED, "generator");
    return this.#state ?? 0;
  }

  /** Requests since the last seed, plus one (10.1.2.3, step 5). */
  get reseedCounter(): number {
    return Number(this.#core.exports.drbgReseedCounter(this.pointer));
  }

  get reseedInterval(): number {
    return Number(this.#core.exports.drbgReseedInterval(this.pointer));
  }

  /** Whether the seed has served its interval, so that `generate` would refuse. */
  get needsReseed(): boolean {
    return this.reseedCounter > this.reseedInterval;
  }

  /** 9.2 and 10.1.2.4 */
  reseed(entropy: Uint8Array, additionalInput: Uint8Array = nothing): void {
    const { pointer } = this;
    mustFit("entropy", entropy);
    mustFit("additionalInput", additionalInput);
    mustHoldEntropy(entropy, this.strengthBits);
    withInputs(this.#core, [entropy, additionalInput], (entropyAt = 0, additionalAt = 0) => {
      const { drbgReseed } = this.#core.exports;
      check(drbgReseed(pointer, entropyAt, entropy.length, additionalAt, additionalInput.length), "reseed");
    });
  }

  /** 9.3.1 and 10.1.2.5: at most 64 KiB a request, so callers that want more ask more than once. */
  generate(length: number, options: GenerateOptions = {}): Bytes {
    if (!Number.isInteger(length) || length < 0 || length > MAX_LENGTH) {
      throw new RangeError(
        `length must be an integer from 0 to ${MAX_LENGTH}, got ${length} (SP 800-90A Rev. 1, Table 2)`,
      );
    }
    const out = secretBytes(length);
    this.fill(out, options);
    return out;
  }

  /** As `generate`, into a buffer that the caller has: all of it is filled, or nothing is written. */
  fill(out: Uint8Array, options: GenerateOptions = {}): void {
    const { pointer } = this;
    const { length } = out;
    const { strengthBits = this.strengthBits, predictionResistance } = options;
    let { additionalInput = nothing } = options;
    mustFit("output", out);
    mustFit("additionalInput", additionalInput);
    if (!Number.isInteger(strengthBits) || strengthBits < 0) {
      throw new RangeError(`strengthBits must be a non-negative integer, got ${strengthBits}`);
    }
    if (predictionResistance !== undefined) {
      if (!this.predictionResistance) {
        throw new RangeError(
          "prediction resistance must be asked for at instantiate as well (SP 800-90A Rev. 1, 9.3.1)",
        );
      }
      if (strengthBits > this.strengthBits) check(Status.STRENGTH, "generate"); // before the entropy is spent
      this.reseed(predictionResistance.entropy, additionalInput);
      additionalInput = nothing;
    }
    withScratch(this.#core, length + additionalInput.length, (view, at) => {
      if (additionalInput.length > 0) view.set(additionalInput, length);
      const status = this.#core.exports.drbgGenerate(
        pointer,
        at,
        length,
        strengthBits,
        predictionResistance === undefined ? 0 : 1,
        at + length,
        additionalInput.length,
      );
      check(status, "generate");
      out.set(additionalInput.length > 0 ? view.subarray(0, length) : view);
    });
  }

  /**
   * Up to 64 bytes that the next request takes as additional input, wherever it comes from: also from within the core.
   * They replace bytes that no request has taken yet.
   */
  pend(bytes: Uint8Array): void {
    const { pointer } = this;
    if (bytes.length > MAX_PENDING) {
      throw new RangeError(`pending bytes must be at most ${MAX_PENDING}, got ${bytes.length}`);
    }
    withInputs(this.#core, [bytes], (at = 0) => {
      check(this.#core.exports.drbgPend(pointer, at, bytes.length), "pend");
    });
  }

  /** 9.4: the state becomes zeros. Once is enough, twice does no harm. */
  uninstantiate(): void {
    if (this.#state === undefined) return;
    this.#core.exports.drbgUninstantiate(this.#state);
    this.#core.release(this.#state);
    this.#state = undefined;
  }
}

function mustHoldEntropy(entropy: Uint8Array, strengthBits: number): void {
  if (entropy.length * 8 < strengthBits) {
    throw new RangeError(
      `entropy must have at least ${strengthBits / 8} bytes, got ${entropy.length} (SP 800-90A Rev. 1, 8.6.3)`,
    );
  }
}

/** 9.1, step 4 */
function roundStrength(bits: number): number {
  return [112, 128, 192].find((strength) => strength >= bits) ?? 256;
}

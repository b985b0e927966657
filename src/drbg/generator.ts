/**
 * A generator for one environment, tenant and scope, for life: HMAC_DRBG in an instance of the core of its own, seeded
 * and freshened from one entropy source whose bytes all pass the health tests.
 */
import { type Bytes, orWipe, utf8 } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { HashName } from "../core/hash.ts";
import { PROPORTION_CUTOFF, PROPORTION_WINDOW, REPETITION_CUTOFF, STARTUP_SAMPLES } from "../entropy/cutoffs.ts";
import { HealthTests } from "../entropy/health.ts";
import type { EntropySource } from "../entropy/source.ts";
import { DRBG_HASH, DRBG_STRENGTH_BITS, ENTROPY_LEN, FRESH_LEN, RESEED_INTERVAL } from "./facts.ts";
import { HmacDrbg } from "./hmac-drbg.ts";

/** Who a generator belongs to; bound into its state by the personalization string. */
export interface Owner {
  readonly environment: string;
  readonly tenant: string;
  readonly scope: string;
}

/** What whoever makes a key takes of a generator. */
export interface KeySource {
  /** Where the state lies in core memory, for operations that draw inside the core. */
  readonly pointer: number;
  /** How often all that was drawn before was given up, see `beginAnew`. */
  readonly epoch: number;
  freshen(): void;
  reseedIfDue(): void;
  reseed(): void;
  generate(length: number): Bytes;
}

/** What the record states about the generator. */
export interface GeneratorFacts {
  readonly mechanism: "HMAC_DRBG";
  readonly standard: "SP 800-90A Rev. 1, 10.1.2";
  readonly hash: HashName;
  readonly strengthBits: number;
  readonly reseedCounter: number;
  readonly reseedInterval: number;
  /** What the personalization string binds. */
  readonly personalization: ("environment" | "tenant" | "scope")[];
  readonly additionalInput: { readonly bytesPerGeneration: number; readonly credited: false };
  readonly entropy: {
    readonly source: string;
    readonly bits: number;
    readonly assertedBy: "platform" | "caller";
    readonly assessed: false;
  };
  readonly health: {
    readonly standard: "SP 800-90B, 4.4";
    readonly startUpSamples: number;
    readonly repetitionCutoff: number;
    readonly proportionCutoff: number;
    readonly proportionWindow: number;
    readonly result: "passed" | "not-run";
  };
}

/** Quoted by JSON, so that no two owners share a string. */
function personalization({ environment, tenant, scope }: Owner): Bytes {
  return utf8(JSON.stringify(["keywright generator v1", environment, tenant, scope]));
}

export class Generator implements KeySource {
  readonly #source: EntropySource;
  readonly #health = new HealthTests();
  readonly #drbg: HmacDrbg;
  #reseedAsked = false;
  #epoch = 0;

  /** Runs the start-up health test, then instantiates. Throws KeygenError "entropy-unavailable" or "entropy-failed". */
  constructor(core: Core, source: EntropySource, owner: Owner) {
    this.#source = source;
    if (!source.scripted) this.#read(STARTUP_SAMPLES).fill(0);
    const entropy = this.#read(ENTROPY_LEN);
    try {
      this.#drbg = HmacDrbg.instantiate(core, {
        hash: DRBG_HASH,
        strengthBits: DRBG_STRENGTH_BITS,
        entropy,
        personalization: personalization(owner),
        reseedInterval: RESEED_INTERVAL,
      });
    } finally {
      entropy.fill(0);
    }
  }

  /** Where the state lies in core memory, for operations that draw inside the core. */
  get pointer(): number {
    return this.#drbg.pointer;
  }

  /**
   * To be called first in each generation and at each resumption of a long search: reseeds if that is due, and mixes
   * fresh platform bytes into the next request. A scripted generator stays as its script says.
   */
  freshen(): void {
    this.reseedIfDue();
    if (this.#source.scripted) return;
    const fresh = this.#read(FRESH_LEN);
    try {
      this.#drbg.pend(fresh);
    } finally {
      fresh.fill(0);
    }
  }

  /** Marks the generator for a reseed before its next request. */
  reseed(): void {
    this.#reseedAsked = true;
  }

  /**
   * The same when this state may have been copied. What was drawn before stands in the copy as well: names that wait for
   * their keys are drawn again, and searches under way begin anew.
   */
  beginAnew(): void {
    this.reseed();
    this.#epoch++;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** `length` bytes at full strength, at most 65,536. The caller owns and wipes them. */
  generate(length: number): Bytes {
    this.reseedIfDue();
    return this.#drbg.generate(length, { strengthBits: DRBG_STRENGTH_BITS });
  }

  uninstantiate(): void {
    this.#drbg.uninstantiate();
  }

  facts(): GeneratorFacts {
    const { scripted, name } = this.#source;
    return {
      mechanism: "HMAC_DRBG",
      standard: "SP 800-90A Rev. 1, 10.1.2",
      hash: DRBG_HASH,
      strengthBits: DRBG_STRENGTH_BITS,
      reseedCounter: this.#drbg.reseedCounter,
      reseedInterval: RESEED_INTERVAL,
      personalization: ["environment", "tenant", "scope"],
      additionalInput: { bytesPerGeneration: scripted ? 0 : FRESH_LEN, credited: false },
      entropy: { source: name, bits: ENTROPY_LEN * 8, assertedBy: scripted ? "caller" : "platform", assessed: false },
      health: {
        standard: "SP 800-90B, 4.4",
        startUpSamples: scripted ? 0 : STARTUP_SAMPLES,
        repetitionCutoff: REPETITION_CUTOFF,
        proportionCutoff: PROPORTION_CUTOFF,
        proportionWindow: PROPORTION_WINDOW,
        result: scripted ? "not-run" : "passed",
      },
    };
  }

  reseedIfDue(): void {
    if (this.#reseedAsked || this.#drbg.needsReseed) this.#reseedNow();
  }

  #reseedNow(): void {
    const entropy = this.#read(ENTROPY_LEN);
    try {
      this.#drbg.reseed(entropy);
      this.#reseedAsked = false;
    } finally {
      entropy.fill(0);
    }
  }

  #read(length: number): Bytes {
    const bytes = this.#source.read(length);
    return orWipe([bytes], () => {
      if (!this.#source.scripted) this.#health.feed(bytes);
      return bytes;
    });
  }
}

/**
 * Health tests on the bytes of an entropy source, SP 800-90B, 4.4.1 (repetition count) and 4.4.2 (adaptive
 * proportion), with H = 8 bits a byte and alpha = 2^-40.
 *
 * `getRandomValues` is the output of a conditioned generator, not a noise source: these tests catch a platform that
 * is broken or stubbed (all zeros, a stuck byte). They are not an SP 800-90B validation and credit no entropy.
 */
import { KeygenError } from "../errors.ts";
import { PROPORTION_CUTOFF, PROPORTION_WINDOW, REPETITION_CUTOFF } from "./cutoffs.ts";

export class HealthTests {
  #failure: string | undefined;
  #last = -1;
  #repeats = 0;
  #sample = -1;
  #seen = 0;
  #matches = 0;

  /**
   * Runs both tests over `bytes`. Throws KeygenError "entropy-failed" on the first failure and on every call after it:
   * only a new instance leaves that state.
   */
  feed(bytes: Uint8Array): void {
    this.#refuseIfFailed();
    this.#countRepetitions(bytes);
    this.#measureProportion(bytes);
    this.#refuseIfFailed();
  }

  // Both loops keep their state in locals: at the start-up test this code is cold, and a private field costs a call.

  #countRepetitions(bytes: Uint8Array): void {
    let last = this.#last;
    let repeats = this.#repeats;
    let most = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      repeats = byte === last ? repeats + 1 : 1;
      last = byte;
      if (repeats > most) most = repeats;
    }
    this.#last = last;
    this.#repeats = repeats;
    if (most >= REPETITION_CUTOFF) this.#failure ??= "repetition count test (SP 800-90B, 4.4.1)";
  }

  #measureProportion(bytes: Uint8Array): void {
    let sample = this.#sample;
    let seen = this.#seen;
    let matches = this.#matches;
    let most = 0;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (seen === 0) {
        sample = byte;
        matches = 0;
      }
      if (byte === sample) matches++;
      if (matches > most) most = matches;
      seen = seen + 1 === PROPORTION_WINDOW ? 0 : seen + 1;
    }
    this.#sample = sample;
    this.#seen = seen;
    this.#matches = matches;
    if (most >= PROPORTION_CUTOFF) this.#failure ??= "adaptive proportion test (SP 800-90B, 4.4.2)";
  }

  #refuseIfFailed(): void {
    if (this.#failure === undefined) return;
    throw new KeygenError(
      "entropy-failed",
      `the entropy source failed its ${this.#failure}; this instance stays closed: check that crypto.getRandomValues is the platform's own`,
    );
  }
}

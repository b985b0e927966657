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
    for (const byte of bytes) {
      this.#repetition(byte);
      this.#proportion(byte);
    }
    this.#refuseIfFailed();
  }

  #repetition(byte: number): void {
    this.#repeats = byte === this.#last ? this.#repeats + 1 : 1;
    this.#last = byte;
    if (this.#repeats >= REPETITION_CUTOFF) this.#failure ??= "repetition count test (SP 800-90B, 4.4.1)";
  }

  #proportion(byte: number): void {
    if (this.#seen === 0) {
      this.#sample = byte;
      this.#matches = 0;
    }
    if (byte === this.#sample) this.#matches++;
    if (this.#matches >= PROPORTION_CUTOFF) this.#failure ??= "adaptive proportion test (SP 800-90B, 4.4.2)";
    this.#seen = (this.#seen + 1) % PROPORTION_WINDOW;
  }

  #refuseIfFailed(): void {
    if (this.#failure === undefined) return;
    throw new KeygenError(
      "entropy-failed",
      `the entropy source failed its ${this.#failure}; this instance stays closed: check that crypto.getRandomValues is the platform's own`,
    );
  }
}

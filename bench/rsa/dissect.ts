/**
 * One key of ours unit by unit, for the parts of its time that luck does not move: what a test costs, what the sieving
 * behind each test costs, and what every key costs besides. These keys are not those of the timed rows, so that the sum
 * of the parts can be held against the mean of those.
 */
import { rsaEnd, rsaProgress, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { mean } from "../statistics.ts";
import { algorithmOf, beginKey, isMaking, type Maker, type RsaBits } from "./key.ts";

export interface Dissection {
  /** Milliseconds of each test that found a composite. */
  readonly tests: readonly number[];
  /** Drawing and sieving candidates, milliseconds a candidate that came to a test. */
  readonly sieving: number;
  /** All else: the auxiliary primes, the tests that the two primes passed, derivation, the parts taken out. */
  readonly fixed: number;
  /** How many of the tests that were counted are in `fixed`: those of the primes, and of what shared the kernel with them. */
  readonly passed: number;
}

/** The least work that a step can do: one unit. */
const ONE_UNIT = 1;

/** The stop-watch of one key: where each unit's time belongs is known when the candidates after it are looked at. */
class Laps {
  readonly tests: number[] = [];
  sieving = 0;
  fixed = 0;
  passed = 0;
  /** Of the candidates under test, and how many they are: the kernel takes two at once. */
  #current = 0;
  #under = 0;

  sieved(took: number, tested: number): void {
    this.#endTests();
    this.sieving += took;
    this.#under += tested;
  }

  worked(took: number): void {
    this.#current += took;
  }

  /** A prime was found among the candidates under test. What its last rounds cost is nobody else's time. */
  found(): void {
    this.fixed += this.#current;
    this.passed += this.#under;
    this.#current = 0;
    this.#under = 0;
  }

  #endTests(): void {
    if (this.#current === 0 || this.#under === 0) return;
    for (let i = 0; i < this.#under; i++) this.tests.push(this.#current / this.#under);
    this.#current = 0;
    this.#under = 0;
  }
}

/** Where the clock is `coarse`, one test is a step of it or two, and only the mean over those of the key says anything. */
export function dissectKey(maker: Maker, bits: RsaBits, now: () => number, coarse: boolean): Dissection {
  const { core } = maker;
  const laps = new Laps();
  try {
    let last = now();
    const lap = () => {
      const at = now();
      const took = at - last;
      last = at;
      return took;
    };
    beginKey(maker, algorithmOf(bits));
    laps.fixed += lap();
    let before = rsaProgress(core);
    while (before.phase === "p" || before.phase === "q") {
      rsaStep(core, ONE_UNIT);
      const took = lap();
      const after = rsaProgress(core);
      if (after.candidates > before.candidates) laps.sieved(took, after.tested - before.tested);
      else if (after.tested === 0)
        laps.fixed += took; // auxiliary primes
      else laps.worked(took);
      if (after.phase !== before.phase) laps.found();
      before = after;
    }
    while (isMaking(core)) rsaStep(core, ONE_UNIT);
    laps.fixed += lap();
    while (!rsaStep(core, 0xffffffff));
    lap();
    rsaTake(core, bits);
    laps.fixed += lap();
    const { tests, sieving, fixed, passed } = laps;
    const composites = tests.length > 0 && coarse ? [mean(tests)] : tests;
    return { tests: composites, sieving: sieving / before.tested, fixed, passed };
  } finally {
    rsaEnd(core);
  }
}

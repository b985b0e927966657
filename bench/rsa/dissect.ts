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
  /** All else: the tests that the two primes passed, derivation, the parts taken out. */
  readonly fixed: number;
}

/** The least work that a step can do: one unit. */
const ONE_UNIT = 1;

/** Where the clock is `coarse`, one test is a step of it or two, and only the mean over those of the key says anything. */
export function dissectKey(maker: Maker, bits: RsaBits, now: () => number, coarse: boolean): Dissection {
  const { core } = maker;
  const tests: number[] = [];
  let sieving = 0;
  let fixed = 0;
  let current = 0; // of the candidate under test
  let testing = false;
  try {
    let last = now();
    const lap = () => {
      const at = now();
      const took = at - last;
      last = at;
      return took;
    };
    beginKey(maker, algorithmOf(bits));
    fixed += lap();
    let before = rsaProgress(core);
    while (before.phase === "p" || before.phase === "q") {
      rsaStep(core, ONE_UNIT);
      const took = lap();
      const { phase, candidates, tested, rounds } = rsaProgress(core);
      if (candidates > before.candidates) {
        // The candidate before this one, if one was under test, failed: its time is that of a test.
        if (testing) tests.push(current);
        current = 0;
        testing = false;
        sieving += took;
      } else {
        current += took;
      }
      if (tested > before.tested) testing = true;
      if (phase !== before.phase) {
        fixed += current; // a prime
        current = 0;
        testing = false;
      }
      before = { phase, candidates, tested, rounds };
    }
    while (isMaking(core)) rsaStep(core, ONE_UNIT);
    fixed += lap();
    while (!rsaStep(core, 0xffffffff));
    lap();
    rsaTake(core, bits);
    fixed += lap();
    const composites = tests.length > 0 && coarse ? [mean(tests)] : tests;
    return { tests: composites, sieving: sieving / before.tested, fixed };
  } finally {
    rsaEnd(core);
  }
}

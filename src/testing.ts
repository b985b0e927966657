/**
 * `keywright/testing`: known-answer work. Keys that come from here are marked deterministic for ever, and no product may
 * contain this module; of the command, `keywright acvp` alone loads it.
 */
import { loadCore } from "./core/load-embedded.ts";
import type { Keygen } from "./keygen.ts";
import { openBench, type TestBench } from "./testing/bench.ts";
import { type DeterministicOptions, openDeterministic } from "./testing/deterministic.ts";

export type { HashName, HashStream } from "./core/hash.ts";
export { type DrbgOptions, HmacDrbg } from "./drbg/hmac-drbg.ts";
export type { PrimePair, TestBench } from "./testing/bench.ts";
export type { DeterministicOptions } from "./testing/deterministic.ts";

/** The core's services without a policy. */
export function openTestBench(): Promise<TestBench> {
  return openBench(loadCore);
}

/** A Keygen whose entropy is scripted: the same script gives the same keys. Only in the environment `test`. */
export function deterministicKeygen(options: DeterministicOptions): Promise<Keygen> {
  return openDeterministic(loadCore, options);
}

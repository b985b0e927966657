/**
 * What this version's generator states of itself, as values: a verifier carries no core, so it cannot ask one. The types
 * tie these to the generator's own.
 */
import { FRESH_LEN } from "../drbg/facts.ts";
import type { GeneratorFacts } from "../drbg/generator.ts";
import { PROPORTION_CUTOFF, PROPORTION_WINDOW, REPETITION_CUTOFF, STARTUP_SAMPLES } from "../entropy/cutoffs.ts";

export const rngStandard: GeneratorFacts["standard"] = "SP 800-90A Rev. 1, 10.1.2";
export const personalization: readonly GeneratorFacts["personalization"][number][] = ["environment", "tenant", "scope"];

/** What depends on who answers for the entropy: a script is neither tested nor freshened. */
export interface SourceFacts {
  readonly name: string;
  readonly freshLen: number;
  readonly health: GeneratorFacts["health"];
}

const health = {
  standard: "SP 800-90B, 4.4",
  repetitionCutoff: REPETITION_CUTOFF,
  proportionCutoff: PROPORTION_CUTOFF,
  proportionWindow: PROPORTION_WINDOW,
} as const;

export const sources: Readonly<Record<GeneratorFacts["entropy"]["assertedBy"], SourceFacts>> = {
  platform: {
    name: "crypto.getRandomValues",
    freshLen: FRESH_LEN,
    health: { ...health, startUpSamples: STARTUP_SAMPLES, result: "passed" },
  },
  caller: { name: "script", freshLen: 0, health: { ...health, startUpSamples: 0, result: "not-run" } },
};

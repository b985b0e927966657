/**
 * What this version's generator states of itself, as values: a verifier carries no core, so it cannot ask one. The types
 * tie these to the generator's own.
 */
import type { HashName } from "../core/hash.ts";
import type { FRESH_LEN, GeneratorFacts } from "../drbg/generator.ts";
import { PROPORTION_CUTOFF, PROPORTION_WINDOW, REPETITION_CUTOFF, STARTUP_SAMPLES } from "../entropy/cutoffs.ts";

export const rngStandard: GeneratorFacts["standard"] = "SP 800-90A Rev. 1, 10.1.2";
export const personalization: readonly GeneratorFacts["personalization"][number][] = ["environment", "tenant", "scope"];
/** SP 800-90A Rev. 1, Table 2. */
export const MAX_RESEED_INTERVAL = 2 ** 48;

/** The most that HMAC_DRBG has on each hash: SP 800-57 Part 1 Rev. 5, Table 3. */
const hashStrengthBits: Readonly<Record<HashName, number>> = {
  "SHA-224": 192,
  "SHA-256": 256,
  "SHA-384": 256,
  "SHA-512": 256,
  "SHA-512/224": 192,
  "SHA-512/256": 256,
  "SHA3-224": 192,
  "SHA3-256": 256,
  "SHA3-384": 256,
  "SHA3-512": 256,
};

/** 0 for a hash that is not known. */
export function strengthOfHash(name: string): number {
  return Object.hasOwn(hashStrengthBits, name) ? hashStrengthBits[name as HashName] : 0; // just looked up
}

/** What depends on who answers for the entropy: a script is neither tested nor freshened. */
export interface SourceFacts {
  readonly name: string;
  readonly freshLen: number;
  readonly health: GeneratorFacts["health"];
}

const fresh: typeof FRESH_LEN = 32;
const health = {
  standard: "SP 800-90B, 4.4",
  repetitionCutoff: REPETITION_CUTOFF,
  proportionCutoff: PROPORTION_CUTOFF,
  proportionWindow: PROPORTION_WINDOW,
} as const;

export const sources: Readonly<Record<GeneratorFacts["entropy"]["assertedBy"], SourceFacts>> = {
  platform: {
    name: "crypto.getRandomValues",
    freshLen: fresh,
    health: { ...health, startUpSamples: STARTUP_SAMPLES, result: "passed" },
  },
  caller: { name: "script", freshLen: 0, health: { ...health, startUpSamples: 0, result: "not-run" } },
};

/** SLH-DSA key pairs, FIPS 205, 10.1: the core works in steps, and between two of them anybody may look, stop or go on. */
import type { Core } from "../core/core.ts";
import { pause } from "../core/pause.ts";
import {
  type SlhDsaName,
  type SlhDsaPair,
  slhDsaBegin,
  slhDsaBeginSeeded,
  slhDsaEnd,
  slhDsaLeaves,
  slhDsaState,
  slhDsaStep,
  slhDsaStepWork,
  slhDsaTake,
} from "../core/slh-dsa.ts";

/** What the seed needs of a generator. */
export interface SeedGenerator {
  readonly pointer: number;
  readonly epoch: number;
  freshen(): void;
}

/** What a waiting caller may be told: all of it is exact, since the work of a key is known beforehand. */
export interface SlhDsaProgress {
  /** The tree that makes the key, or its pairwise test. */
  readonly phase: "tree" | "pairwise";
  /** Leaves of the tree that are done, and all of them. */
  readonly leaves: number;
  readonly ofLeaves: number;
  /** The share of the hash calls that are done, those of the pairwise test included: 0 to 1. */
  readonly share: number;
}

export interface SlhDsaOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SlhDsaProgress) => void;
  /** Asked between steps: throws if the owner of the generator ended meanwhile. */
  readonly refuseIfEnded: () => void;
}

/**
 * A new key pair that passed its pairwise test: it signed, and the signature was verified. The caller owns and wipes it.
 * Throws the signal's reason when aborted. Nothing of the work stays in the core's memory on any way out.
 */
export async function generateSlhDsa(
  core: Core,
  generator: SeedGenerator,
  name: SlhDsaName,
  options: SlhDsaOptions,
): Promise<SlhDsaPair> {
  for (;;) {
    generator.freshen(); // the seed is all that is drawn, and it is drawn now
    slhDsaBegin(core, name, generator.pointer);
    const { epoch } = generator;
    // A copy of a state that was copied meanwhile has the same seed.
    const pair = await finishPair(core, name, options, () => generator.epoch === epoch);
    if (pair !== undefined) return pair;
  }
}

/** The pair of SK.seed, SK.prf and PK.seed that are given (FIPS 205, Algorithm 18), in the same steps and as well tested. */
export async function slhDsaPairOf(
  core: Core,
  name: SlhDsaName,
  seed: Uint8Array,
  options: SlhDsaOptions,
): Promise<SlhDsaPair> {
  slhDsaBeginSeeded(core, name, seed);
  return (await finishPair(core, name, options, () => true)) as SlhDsaPair; // what is given is never given up
}

/** Undefined when its seed is to be given up. */
async function finishPair(
  core: Core,
  name: SlhDsaName,
  { signal, onProgress, refuseIfEnded }: SlhDsaOptions,
  isOurs: () => boolean,
): Promise<SlhDsaPair | undefined> {
  try {
    const work = slhDsaStepWork(name);
    while (!slhDsaStep(core, work)) {
      onProgress?.(progressOf(core, name));
      await pause();
      refuseIfEnded();
      signal?.throwIfAborted();
      if (!isOurs()) return undefined;
    }
    return slhDsaTake(core, name);
  } finally {
    slhDsaEnd(core);
  }
}

function progressOf(core: Core, name: SlhDsaName): SlhDsaProgress {
  const { phase, leaves, done, work } = slhDsaState(core);
  return { phase: phase === "tree" ? phase : "pairwise", leaves, ofLeaves: slhDsaLeaves(name), share: done / work };
}

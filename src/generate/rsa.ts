/** RSA key pairs, FIPS 186-5, A.1: the core searches in steps, and between two of them anybody may look, stop or go on. */
import type { RsaAlgorithm } from "../algorithms/algorithm.ts";
import type { RsaPrivateParts } from "../algorithms/key.ts";
import type { RsaMethodName } from "../algorithms/rsa-methods.ts";
import type { Core } from "../core/core.ts";
import { pause } from "../core/pause.ts";
import { RSA_STEP_WORK, rsaEnd, rsaProgress, rsaStep, rsaTake } from "../core/rsa.ts";
import { KeygenError } from "../errors.ts";
import { doneBy, type Progress } from "./progress.ts";
import { beginRsa, completeRsaWish, type RsaWish } from "./rsa-method.ts";

/** What a search needs of a generator. */
export interface SearchGenerator {
  readonly pointer: number;
  freshen(): void;
  reseed(): void;
}

export interface SearchOptions extends RsaWish {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Asked between steps: throws if the owner of the generator ended meanwhile. */
  readonly refuseIfEnded: () => void;
}

/**
 * The parts of a new key pair that passed its pairwise test; the caller owns and wipes them. Throws the signal's reason
 * when aborted. Nothing of the search stays in the core's memory on any way out.
 */
export async function generateRsa(
  core: Core,
  generator: SearchGenerator,
  row: RsaAlgorithm,
  { signal, onProgress, refuseIfEnded, ...wish }: SearchOptions,
): Promise<RsaPrivateParts> {
  generator.freshen();
  const { modulusBits } = row;
  const { method } = completeRsaWish(wish);
  beginRsa(core, generator.pointer, row, wish);
  try {
    while (!step(core, generator)) {
      onProgress?.(progressOf(core, modulusBits, method));
      await pause();
      refuseIfEnded();
      signal?.throwIfAborted();
      generator.freshen();
    }
    return rsaTake(core, modulusBits);
  } finally {
    rsaEnd(core);
  }
}

/** One step; a generator that served its reseed interval in the middle is reseeded before the next, and the search goes on. */
function step(core: Core, generator: SearchGenerator): boolean {
  try {
    return rsaStep(core, RSA_STEP_WORK);
  } catch (error) {
    if (!(error instanceof KeygenError && error.code === "reseed-required")) throw error;
    generator.reseed();
    return false;
  }
}

function progressOf(core: Core, modulusBits: number, method: RsaMethodName): Progress {
  const { phase, candidates } = rsaProgress(core);
  const shown = phase === "p" || phase === "q" || phase === "derive" ? phase : "pairwise";
  return { phase: shown, candidates, doneBy: doneBy(candidates, modulusBits / 2, method) };
}

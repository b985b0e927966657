/** RSA key pairs, FIPS 186-5, A.1: the core searches in steps, and between two of them anybody may look, stop or go on. */
import type { RsaAlgorithm } from "../algorithms/algorithm.ts";
import type { RsaPrivateParts } from "../algorithms/key.ts";
import type { RsaMethodName } from "../algorithms/rsa-methods.ts";
import type { Core } from "../core/core.ts";
import { pause } from "../core/pause.ts";
import { RSA_STEP_WORK, rsaEnd, rsaProgress, rsaStep, rsaTake } from "../core/rsa.ts";
import { KeygenError } from "../errors.ts";
import { beginDetKeygenRsa } from "./det-keygen.ts";
import { doneBy, type Progress } from "./progress.ts";
import { beginRsa, completeRsaWish, type RsaWish } from "./rsa-method.ts";

/** What a search needs of a generator. */
export interface SearchGenerator {
  readonly pointer: number;
  freshen(): void;
  reseed(): void;
}

export interface WatchOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Asked between steps: throws if the owner of the generator ended meanwhile. */
  readonly refuseIfEnded: () => void;
}

export interface SearchOptions extends RsaWish, WatchOptions {}

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
  const { method } = completeRsaWish(wish);
  beginRsa(core, generator.pointer, row, wish);
  return await searchRsa(core, generator, row, method, {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
    refuseIfEnded,
  });
}

/** The rest of a search that was begun, by `method`. */
async function searchRsa(
  core: Core,
  generator: SearchGenerator,
  { modulusBits }: RsaAlgorithm,
  method: RsaMethodName,
  { signal, onProgress, refuseIfEnded }: WatchOptions,
): Promise<RsaPrivateParts> {
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

/** The same for the pair that `seed` stands for by C2SP det-keygen; `generator` gives the Miller-Rabin bases alone. */
export async function detKeygenRsa(
  core: Core,
  generator: SearchGenerator,
  row: RsaAlgorithm,
  seed: Uint8Array,
  watch: WatchOptions,
): Promise<RsaPrivateParts> {
  generator.freshen();
  const { modulusBits, drbgBits: strengthBits, millerRabinRounds } = row;
  const search = { modulusBits, strengthBits, millerRabinRounds, bases: generator.pointer };
  const candidates = beginDetKeygenRsa(core, seed, search);
  try {
    // A.1.3 with both high bits set, so that no candidate is out of range: as likely as those of A.1.6.
    return await searchRsa(core, generator, row, "A.1.6", watch);
  } finally {
    candidates.uninstantiate();
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

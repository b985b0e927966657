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
  readonly epoch: number;
  freshen(): void;
  reseedIfDue(): void;
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
  options: SearchOptions,
): Promise<RsaPrivateParts> {
  const { signal, onProgress, refuseIfEnded, ...wish } = options;
  const { method } = completeRsaWish(wish);
  for (;;) {
    generator.freshen();
    beginRsa(core, generator.pointer, row, wish);
    const { epoch } = generator;
    const key = await searchRsa(core, generator, row, method, options, () => generator.epoch === epoch);
    if (key !== undefined) return key;
  }
}

/**
 * The rest of a search that was begun, by `method`. Undefined when it is to be given up, as a copy of the generator's state would
 * come to the same key.
 *
 * Fresh bytes are mixed in until a prime stands, and no more: of two copies of the state both would keep p and find another
 * q each, and whoever sees both moduli has p as their common divisor.
 */
async function searchRsa(
  core: Core,
  generator: SearchGenerator,
  { modulusBits }: RsaAlgorithm,
  method: RsaMethodName,
  { signal, onProgress, refuseIfEnded }: WatchOptions,
  isOurs: () => boolean,
): Promise<RsaPrivateParts | undefined> {
  try {
    while (!step(core)) {
      const progress = progressOf(core, modulusBits, method);
      onProgress?.(progress);
      await pause();
      refuseIfEnded();
      signal?.throwIfAborted();
      if (!isOurs()) return undefined;
      if (progress.phase === "p") generator.freshen();
      else generator.reseedIfDue();
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
  const { modulusBits, drbgBits: strengthBits, millerRabinRounds } = row;
  generator.freshen();
  const search = { modulusBits, strengthBits, millerRabinRounds, bases: generator.pointer };
  const candidates = beginDetKeygenRsa(core, seed, search);
  try {
    // A.1.3 with both high bits set, so that no candidate is out of range: as likely as those of A.1.6.
    const key = await searchRsa(core, generator, row, "A.1.6", watch, () => true);
    return key as RsaPrivateParts; // what a seed stands for is never given up
  } finally {
    candidates.uninstantiate();
  }
}

/** One step. Where a generator has served its reseed interval in the middle it is due for a reseed, and the search goes on after it. */
function step(core: Core): boolean {
  try {
    return rsaStep(core, RSA_STEP_WORK);
  } catch (error) {
    if (!(error instanceof KeygenError && error.code === "reseed-required")) throw error;
    return false;
  }
}

function progressOf(core: Core, modulusBits: number, method: RsaMethodName): Progress {
  const { phase, candidates } = rsaProgress(core);
  const shown = phase === "p" || phase === "q" || phase === "derive" ? phase : "pairwise";
  return { phase: shown, candidates, doneBy: doneBy(candidates, modulusBits / 2, method) };
}

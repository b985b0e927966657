/**
 * PBKDF2 (RFC 8018, 5.2; SP 800-132, 5.3) in the core, in steps, so that the event loop has its turn and the work can be
 * aborted. Several derivations may be under way in one instance, each in a state of its own.
 */
import { type Bytes, secretBytes } from "../bytes.ts";
import { type Core, withInputs, withScratch } from "./core.ts";
import { type HashName, hashFacts } from "./hash.ts";
import { pause } from "./pause.ts";
import { check, Status } from "./status.ts";

export interface Pbkdf2Work {
  readonly hash: HashName;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  /** Bytes of output. */
  readonly length: number;
}

export interface Pbkdf2Progress {
  /** Iterations done so far and in all, over all blocks of the output. */
  readonly done: number;
  readonly total: number;
}

export interface Pbkdf2Options {
  readonly signal?: AbortSignal;
  /** Called after each step, and once at the end. */
  onProgress?(progress: Pbkdf2Progress): void;
  /** Asked between steps: throws if the owner of the instance ended meanwhile. */
  refuseIfEnded?(): void;
}

/** Iterations of one step of about 10 ms at 2.5 GHz: an amount, not a time, since a deployed Worker's clock stands still. */
export const PBKDF2_STEP_ROUNDS = 10_000;

/** The derived key. What was derived before an abort or an error is wiped. */
export async function pbkdf2(core: Core, work: Pbkdf2Work, options: Pbkdf2Options = {}): Promise<Bytes> {
  const { hash, password, salt, iterations, length } = work;
  const { signal, onProgress, refuseIfEnded } = options;
  signal?.throwIfAborted();
  const { exports } = core;
  const what = `PBKDF2-HMAC-${hash}`;
  const facts = hashFacts(hash);
  const total = iterations * Math.ceil(length / facts.length);
  const state = core.reserve(exports.pbkdf2StateSize());
  const out = secretBytes(length);
  try {
    withInputs(core, [password, salt], (atP = 0, atS = 0) => {
      const { pbkdf2Begin } = exports;
      check(pbkdf2Begin(state, facts.id, atP, password.length, atS, salt.length, iterations, length), what);
    });
    let paused = 0;
    for (let at = 0; at < length; ) {
      const rounds = PBKDF2_STEP_ROUNDS - (exports.pbkdf2Done(state) - paused);
      const status = rounds > 0 ? exports.pbkdf2Step(state, rounds) : Status.CONTINUE;
      check(status, what);
      if (status === Status.OK) at += take(core, state, out.subarray(at), what);
      else {
        paused = exports.pbkdf2Done(state);
        onProgress?.({ done: paused, total });
        await pause();
        refuseIfEnded?.();
        signal?.throwIfAborted();
      }
    }
    onProgress?.({ done: total, total });
    return out;
  } catch (error) {
    out.fill(0);
    throw error;
  } finally {
    exports.pbkdf2End(state);
    core.release(state);
  }
}

/** Moves the group that stands into `out`, as far as there is room; returns its length. */
function take(core: Core, state: number, out: Uint8Array, what: string): number {
  const size = core.exports.pbkdf2Group(state);
  withScratch(core, size, (view, at) => {
    check(core.exports.pbkdf2Take(state, at), what);
    out.set(view.subarray(0, out.length));
  });
  return size;
}

/** Whole images of a core's memory: what an operation leaves behind is what differs between two of them. */
import type { Core } from "../../src/core/core.ts";

/** A part of the memory that may differ. */
export interface Region {
  readonly at: number;
  readonly length: number;
}

export function image(core: Core): Uint8Array {
  return new Uint8Array(core.memory.buffer).slice();
}

const CHUNK = 4096;

/** The addresses at which the memory differs from `before`, outside the regions; at most ten of them. */
export function leftovers(core: Core, before: Uint8Array, ...except: readonly Region[]): number[] {
  const now = new Uint8Array(core.memory.buffer);
  const found: number[] = [];
  for (let chunk = 0; chunk < now.length && found.length < 10; chunk += CHUNK) {
    const end = chunk + CHUNK; // memory is whole pages, so whole chunks
    if (Buffer.compare(now.subarray(chunk, end), before.subarray(chunk, end)) === 0) continue;
    for (let at = chunk; at < end && found.length < 10; at++) {
      if (now[at] === before[at]) continue;
      if (!except.some((region) => at >= region.at && at < region.at + region.length)) found.push(at);
    }
  }
  return found;
}

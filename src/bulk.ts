/**
 * Many keys, one after the other: in groups that share a decision, fresh platform bytes and what their records have in
 * common. A key is made when it is asked for, so that none waits in memory.
 */
import { type Algorithm, isKeyPair } from "./algorithms/algorithm.ts";
import { pause } from "./core/pause.ts";
import type { Desk, States } from "./desk.ts";
import type { KeySource } from "./drbg/generator.ts";
import { finish } from "./finish.ts";
import type { Made } from "./generate/makers.ts";
import type { GeneratedPair, GeneratedSecret } from "./options.ts";
import { MAX_GROUP } from "./record/record.ts";

/** More than anybody waits for; a wrong number here would be a loop without end. */
const MAX_COUNT = 2 ** 32;

export function checkCount(count: unknown): asserts count is number {
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= MAX_COUNT) return;
  throw new RangeError(`count must be an integer from 0 to 2^32, got ${String(count)}`);
}

/** Keys between two turns of the event loop, about 10 ms of them: a number, not a time, since a deployed Worker's clock stands still. */
function keysATurn(row: Algorithm): number {
  if (!isKeyPair(row)) return 16 * MAX_GROUP;
  const isSlow = row.kind === "ml-dsa" || (row.kind !== "ml-kem" && row.strengthBits > 128);
  return isSlow ? 4 : MAX_GROUP;
}

/**
 * `count` keys that are made at once. `ask` decides anew for each group, so that a policy's dates hold, and throws when there
 * is to be no more; the event loop has its turn.
 */
export async function* makeMany(
  desk: Desk,
  row: Algorithm,
  count: number,
  make: (source: KeySource) => Made,
  signal: AbortSignal | undefined,
  ask: () => States,
): AsyncGenerator<GeneratedPair | GeneratedSecret, void, undefined> {
  const turn = keysATurn(row);
  let done = 0;
  while (done < count) {
    const asked = ask();
    const renews = asked.decision.obligations.some(({ id }) => id === "prediction-resistance");
    const keys = renews ? 1 : Math.min(MAX_GROUP, count - done);
    const states = keys === 1 ? asked : { ...asked, group: { keys } };
    if (renews) desk.generator.reseed();
    for (let i = 0; i < keys; i++) {
      if (done > 0 && done % turn === 0) await pause();
      desk.refuseIfEnded();
      signal?.throwIfAborted();
      const source = i === 0 ? desk.generator : desk.generator.unfreshened();
      done++;
      yield finish(desk, row, make(source), states);
    }
  }
}

/**
 * Many keys, one after the other: in groups that share a decision, fresh platform bytes and what their records have in
 * common. A key is made when it is asked for, so that none waits in memory, and a record says how many its group has at most.
 */
import { type Algorithm, isKeyPair } from "./algorithms/algorithm.ts";
import { pause } from "./core/pause.ts";
import { askFor, type Desk, isObliged, orEnd } from "./desk.ts";
import { DRBG_STRENGTH_BITS } from "./drbg/facts.ts";
import { quote } from "./errors.ts";
import type { Finished } from "./finish.ts";
import { makerOf } from "./generate/makers.ts";
import { finishTested, makeKey } from "./make-key.ts";
import type { GenerateOptions } from "./options.ts";
import { dayNumber } from "./policy/dates.ts";
import { KEY_ID_LEN } from "./record/describe.ts";
import { KCV_SALT_LEN } from "./record/kcv.ts";
import { MAX_GROUP } from "./record/record.ts";

/** More than anybody waits for; a wrong number here would be a loop without end. */
const MAX_COUNT = 2 ** 32;

export function checkCount(count: unknown): asserts count is number {
  if (typeof count === "number" && Number.isInteger(count) && count >= 0 && count <= MAX_COUNT) return;
  throw new RangeError(`count must be an integer from 0 to 2^32, got ${quote(count)}`);
}

/** Keys between two turns of the event loop, about 10 ms of them: a number, not a time, since a deployed Worker's clock stands still. */
function keysATurn(row: Algorithm): number {
  if (!isKeyPair(row)) return 16 * MAX_GROUP;
  const isSlow = row.kind === "ml-dsa" || (row.kind !== "ml-kem" && row.strengthBits > 128);
  return isSlow ? 4 : MAX_GROUP;
}

/** What of the generator's output a key's record tells: its id, and the salt of its check value. */
function publicBytes(row: Algorithm): number {
  return isKeyPair(row) ? KEY_ID_LEN : KEY_ID_LEN + KCV_SALT_LEN;
}

/**
 * Random bytes for records, `total` of them by one request to the generator, which costs little more than a short one. None
 * outlives the epoch of the generator, which ends when the state may have been copied: two keys must not get one name.
 */
function drawing(desk: Desk, total: number): (length: number) => Uint8Array {
  const { generator } = desk;
  let left: Uint8Array = new Uint8Array(0);
  let drawnAt = generator.epoch;
  return (length) => {
    if (left.length < length || drawnAt !== generator.epoch) {
      drawnAt = generator.epoch;
      left = desk.random(total);
    }
    const part = left.subarray(0, length);
    left = left.subarray(length);
    return part;
  };
}

/**
 * `count` keys. Of those that are made at once a group shares a decision, which is made anew for each group, and of a group
 * whose consumer took until another day for what is left of it, so that a policy's dates hold; the event loop has its turn.
 */
export async function* makeMany(
  desk: Desk,
  row: Algorithm,
  count: number,
  options: GenerateOptions,
): AsyncGenerator<Finished, void, undefined> {
  const maker = makerOf(row, DRBG_STRENGTH_BITS);
  if ("search" in maker) {
    for (let i = 0; i < count; i++) yield await makeKey(desk, row, options, askFor(desk, row, options), () => maker);
    return;
  }
  const { core, generator } = desk;
  const turn = keysATurn(row);
  let done = 0;
  while (done < count) {
    const asked = askFor(desk, row, options);
    const renews = isObliged(asked.decision, "prediction-resistance");
    const isAlone = renews || isObliged(asked.decision, "pairwise-platform"); // a test by the platform is of one pair
    const keys = isAlone ? 1 : Math.min(MAX_GROUP, count - done);
    const states = keys === 1 ? asked : { ...asked, group: { keys, random: drawing(desk, keys * publicBytes(row)) } };
    const day = dayNumber(new Date(asked.requestedAt));
    for (let i = 0; i < keys; i++) {
      if (done > 0 && done % turn === 0) await pause();
      if (i > 0 && dayNumber(desk.now()) !== day) break;
      desk.refuseIfEnded();
      options.signal?.throwIfAborted();
      if (renews) generator.reseed(); // after the pause, in which others may have drawn
      const source = i === 0 ? generator : generator.unfreshened();
      done++;
      yield await orEnd(desk, () =>
        finishTested(desk, row, maker.make({ core, generator: source }, row), states, options),
      );
    }
  }
}

/**
 * Many keys, one after the other: in groups that share a decision, fresh platform bytes and what their records have in
 * common. Keys that are made at once are made in lots, so that what a lot can share is done once; those of a lot that nobody
 * came for are wiped, and a record says how many its group has at most.
 */
import { type Algorithm, isKeyPair } from "./algorithms/algorithm.ts";
import { pause } from "./core/pause.ts";
import { runtimeFacts } from "./core/runtime.ts";
import { askFor, type Desk, isObliged, type States } from "./desk.ts";
import { DRBG_STRENGTH_BITS } from "./drbg/facts.ts";
import { quote } from "./errors.ts";
import { type Finished, finishTogether } from "./finish.ts";
import { makerOf } from "./generate/makers.ts";
import { type AtOnce, makeTogether } from "./generate/together.ts";
import { makeKey } from "./make-key.ts";
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

/** Fewer of those that take a millisecond or two each. */
function groupSize(row: Algorithm): number {
  const isSlow = row.kind === "ml-dsa" || (isKeyPair(row) && row.kind !== "ml-kem" && row.strengthBits > 128);
  return isSlow ? MAX_GROUP / 2 : MAX_GROUP;
}

/** What the policy asks for each key by itself: fresh entropy, and a test by the platform, which is of one pair. */
function isAlone({ decision }: States): boolean {
  return isObliged(decision, "prediction-resistance") || isObliged(decision, "pairwise-platform");
}

/**
 * Keys between two turns of the event loop: a number, not a time, since a deployed Worker's clock stands still. They take 4 to
 * 20 ms, and on a busy machine 60; in workerd, where a turn takes a millisecond or two, there are four times as many.
 */
function keysATurn(row: Algorithm): number {
  const keys = !isKeyPair(row) ? 16 * MAX_GROUP : groupSize(row) < MAX_GROUP ? groupSize(row) : 8 * MAX_GROUP;
  return runtimeFacts().name === "workerd" ? 4 * keys : keys;
}

/** What of the generator's output a key's record tells: its id, and the salt of its check value. */
function publicBytes(row: Algorithm): number {
  return isKeyPair(row) ? KEY_ID_LEN : KEY_ID_LEN + KCV_SALT_LEN;
}

/** Random bytes for the records of `keys` keys, by one request to the generator, which costs little more than a short one. */
function drawNames(desk: Desk, row: Algorithm, keys: number): (length: number) => Uint8Array {
  let left: Uint8Array | undefined;
  return (length) => {
    left ??= desk.random(keys * publicBytes(row));
    if (left.length < length) throw new RangeError("records want more random bytes than were drawn");
    const part = left.subarray(0, length);
    left = left.subarray(length);
    return part;
  };
}

/** The keys of a group with their records: all of them, or none. After a fatal error the instance serves nothing any more. */
function makeLot(desk: Desk, row: AtOnce, keys: number, asked: States): Finished[] {
  try {
    const group = { keys, random: drawNames(desk, row, keys) };
    return finishTogether(desk, row, makeTogether(desk, row, keys), { ...asked, group });
  } catch (error) {
    throw desk.endIfFatal(error);
  }
}

function wipeFinished(made: Finished): void {
  const key = "secretKey" in made ? made.secretKey : made.privateKey;
  if ("wipe" in key) key.wipe(); // what waits is of the core
}

/**
 * `count` keys. Of those that are made at once a group is made together, under one decision. What waits of a group is wiped
 * when its consumer took until another day, so that a policy's dates hold, when the loop is left, when the instance ends, and
 * when its state may have been copied. Now and then, between groups, the event loop has its turn.
 */
export async function* makeMany(
  desk: Desk,
  row: Algorithm,
  count: number,
  options: GenerateOptions,
): AsyncGenerator<Finished, void, undefined> {
  const maker = makerOf(row, DRBG_STRENGTH_BITS);
  const isAtOnce = "make" in maker;
  const mostATurn = keysATurn(row);
  let sincePause = 0;
  for (let done = 0; done < count; ) {
    if (isAtOnce && sincePause >= mostATurn) {
      await pause();
      sincePause = 0;
    }
    const asked = askFor(desk, row, options);
    const most = isAtOnce && options.recovery === undefined && !isAlone(asked) ? groupSize(row) : 1;
    const keys = Math.min(most, count - done);
    sincePause += keys;
    if (keys === 1) {
      done++;
      yield await makeKey(desk, row, options, asked, () => maker);
      continue;
    }
    const day = dayNumber(new Date(asked.requestedAt));
    const lot = makeLot(desk, row as AtOnce, keys, asked);
    const wipe = () => lot.splice(0).forEach(wipeFinished);
    desk.unclaimed.add(wipe);
    try {
      for (let next = lot.shift(); next !== undefined; next = lot.shift()) {
        done++;
        yield next;
        if (done < count) options.signal?.throwIfAborted();
        if (dayNumber(desk.now()) !== day) break;
      }
    } finally {
      wipe();
      desk.unclaimed.delete(wipe);
    }
  }
}

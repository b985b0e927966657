/**
 * Many keys, one after the other: in groups that share a decision, fresh platform bytes and what their records have in
 * common. Keys that are made at once are made in lots, so that what a lot can share is done once; those of a lot that nobody
 * came for are wiped, and a record says how many its group has at most.
 */
import { type Algorithm, isKeyPair } from "./algorithms/algorithm.ts";
import { pause } from "./core/pause.ts";
import { askFor, type Desk, type Group, isObliged, orEnd, type States } from "./desk.ts";
import { DRBG_STRENGTH_BITS } from "./drbg/facts.ts";
import type { KeySource } from "./drbg/generator.ts";
import { quote } from "./errors.ts";
import { type Finished, finish } from "./finish.ts";
import { wipeMade } from "./generate/made.ts";
import { makerOf } from "./generate/makers.ts";
import { type AtOnce, MAX_TOGETHER, makeTogether } from "./generate/together.ts";
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

/**
 * Keys between two turns of the event loop, 10 to 30 ms of them: a number, not a time, since a deployed Worker's clock stands
 * still. A turn of workerd's loop takes a millisecond or two (measured), so fewer would be felt.
 */
function keysATurn(row: Algorithm): number {
  if (!isKeyPair(row)) return 16 * MAX_GROUP;
  const isSlow = row.kind === "ml-dsa" || (row.kind !== "ml-kem" && row.strengthBits > 128);
  return isSlow ? MAX_GROUP : 8 * MAX_GROUP;
}

/** What of the generator's output a key's record tells: its id, and the salt of its check value. */
function publicBytes(row: Algorithm): number {
  return isKeyPair(row) ? KEY_ID_LEN : KEY_ID_LEN + KCV_SALT_LEN;
}

/** Random bytes for the records of `keys` keys, by one request to the generator, which costs little more than a short one. */
function drawNames(desk: Desk, row: Algorithm, keys: number): (length: number) => Uint8Array {
  let left: Uint8Array = desk.random(keys * publicBytes(row));
  return (length) => {
    const part = left.subarray(0, length);
    left = left.subarray(length);
    return part;
  };
}

function wipeLot(lot: readonly Finished[]): void {
  for (const made of lot) {
    const key = "secretKey" in made ? made.secretKey : made.privateKey;
    if ("wipe" in key) key.wipe(); // keys in bulk are of the core
  }
}

interface LotOptions {
  readonly size: number;
  /** At most, in its group. */
  readonly keys: number;
  readonly generator: KeySource;
  readonly asked: States;
  readonly options: GenerateOptions;
}

/** `size` keys with their records: all of them, or none. */
async function makeLot(desk: Desk, row: AtOnce, { size, keys, generator, asked, options }: LotOptions) {
  const stated = (random: Group["random"]) => (keys === 1 ? asked : { ...asked, group: { keys, random } });
  const made = makeTogether({ core: desk.core, generator }, row, size);
  try {
    const [alone] = made;
    if (size === 1 && alone) return [await finishTested(desk, row, alone, stated(desk.random), options)];
    const states = stated(drawNames(desk, row, size));
    return made.map((each) => finish(desk, row, each, states));
  } catch (error) {
    for (const each of made) wipeMade(each);
    throw error;
  }
}

/**
 * `count` keys. Of those that are made at once a group shares a decision, which is made anew for each group, and when its
 * consumer took until another day or the generator's state may have been copied: what waits is wiped then, so that a policy's
 * dates hold, and no key is handed out twice. Between lots the event loop has its turn.
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
  const { generator, unclaimed } = desk;
  const turn = keysATurn(row);
  let sincePause = 0;
  let done = 0;
  while (done < count) {
    const asked = askFor(desk, row, options);
    const renews = isObliged(asked.decision, "prediction-resistance");
    const isAlone = renews || isObliged(asked.decision, "pairwise-platform"); // a test by the platform is of one pair
    const keys = isAlone ? 1 : Math.min(MAX_GROUP, count - done);
    const lotSize = options.recovery === undefined ? Math.min(turn, MAX_TOGETHER) : 1; // a copy is wrapped in its own time
    const day = dayNumber(new Date(asked.requestedAt));
    const { epoch } = generator;
    const holds = () => dayNumber(desk.now()) === day && generator.epoch === epoch;
    for (let i = 0; i < keys && (i === 0 || holds()); ) {
      const size = Math.min(lotSize, keys - i);
      if (sincePause + size > turn) {
        await pause();
        sincePause = 0;
      }
      desk.refuseIfEnded();
      options.signal?.throwIfAborted();
      if (renews) generator.reseed(); // after the pause, in which others may have drawn
      const source = i === 0 ? generator : generator.unfreshened();
      const lot = await orEnd(desk, () =>
        makeLot(desk, row as AtOnce, { size, keys, generator: source, asked, options }),
      );
      sincePause += size;
      i += size;
      const wipe = () => wipeLot(lot);
      unclaimed.add(wipe);
      try {
        for (let next = lot.shift(); next !== undefined; next = lot.shift()) {
          done++;
          yield next;
          if (lot.length === 0) break;
          desk.refuseIfEnded();
          options.signal?.throwIfAborted();
          if (!holds()) break;
        }
      } finally {
        wipe();
        unclaimed.delete(wipe);
      }
    }
  }
}

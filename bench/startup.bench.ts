/**
 * From nothing to the first key, each step once, in a realm where none of it ran before: that is what users wait for,
 * and a second time would find compiled code. The steps are read off at the seams of `openKeygenWith`, from outside.
 */
import { loadCore } from "#keywright/load";
import { webCryptoSource } from "../src/entropy/web-crypto.ts";
import { type Keygen, openKeygenWith } from "../src/keygen.ts";
import { type HarnessOptions, type Measured, measure } from "./harness.ts";

/** Milliseconds by step, in order. */
export type Steps = Readonly<Record<string, number>>;

export interface Start {
  readonly steps: Steps;
  /** Opening when all code is warm. */
  readonly again: Measured;
}

export const OPEN = "openKeygen";
export const FIRST_KEY = "first AES-256 key";

/** Moments by name. */
class Marks {
  readonly #at = new Map<string, number>();

  mark(name: string): void {
    this.#at.set(name, performance.now());
  }

  between(from: string, to: string): number {
    const [start, end] = [this.#at.get(from), this.#at.get(to)];
    if (start === undefined || end === undefined) throw new Error(`the library did not pass from "${from}" to "${to}"`);
    return end - start;
  }
}

/** How long a fresh realm is left alone between loading the module and opening. */
const SETTLE_MS = 500;

const options = { policy: "nist", environment: "test" } as const;

/** Opens with a loader, a source and a clock that leave marks when the library asks them. */
async function openMarked(marks: Marks): Promise<Keygen> {
  const reads = ["start-up bytes", "seed", "fresh bytes"]; // in this order; later ones have no mark
  return openKeygenWith(
    {
      load: async (own) => {
        const loaded = await loadCore(own);
        marks.mark("loaded");
        return loaded;
      },
      source: {
        ...webCryptoSource,
        read: (length) => {
          const name = reads.shift();
          if (name !== undefined) marks.mark(`${name} wanted`);
          return webCryptoSource.read(length);
        },
      },
      now: () => {
        marks.mark("dated"); // the last one is the record's
        return new Date();
      },
    },
    options,
  );
}

/** A page that has just opened still draws and compiles in the background; on two cores that would be timed as well. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}

/** Runs once in a fresh realm of the runtime that is measured. */
export async function measureStart({ options: harness = {} }: { options?: HarnessOptions }): Promise<Start> {
  const marks = new Marks();
  marks.mark("begin");
  await loadCore();
  marks.mark("compiled");
  webCryptoSource.read(1);
  marks.mark("touched");
  await settle();
  marks.mark("ready");
  const keygen = await openMarked(marks);
  marks.mark("opened");
  await keygen.generate("AES-256");
  marks.mark("key");
  keygen.close();
  const open = async () => (await openKeygenWith({ load: loadCore }, options)).close();
  const again = await measure(
    { work: `${OPEN}, again`, unit: "ms", implementations: [{ name: "keywright", kind: "keywright", run: open }] },
    harness,
  );
  const steps = {
    "load module": marks.between("begin", "compiled"),
    // Node loads its own Web Cryptography at the first touch: the platform's time, so in a row of its own.
    "first getRandomValues": marks.between("compiled", "touched"),
    [OPEN]: marks.between("ready", "opened"),
    [`${OPEN}: policy`]: marks.between("ready", "loaded"),
    [`${OPEN}: instantiate`]: marks.between("loaded", "start-up bytes wanted"),
    [`${OPEN}: start-up health test`]: marks.between("start-up bytes wanted", "seed wanted"),
    [`${OPEN}: self-tests, seeding`]: marks.between("seed wanted", "opened"),
    [FIRST_KEY]: marks.between("opened", "key"),
    [`${FIRST_KEY}: decision`]: marks.between("opened", "fresh bytes wanted"),
    [`${FIRST_KEY}: draw, check value`]: marks.between("fresh bytes wanted", "dated"),
    [`${FIRST_KEY}: record`]: marks.between("dated", "key"),
  };
  return { steps, again };
}

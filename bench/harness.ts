/**
 * The stop-watch: times several implementations of one work in turns, in whatever runtime this file is loaded.
 * Imports nothing of any platform. Needs a clock that advances during computation, which deployed Workers do not have.
 */

/** Ours, the runtime's own cryptography, or a library in JavaScript: what the two ratios are taken against. */
export type Kind = "keywright" | "native" | "javascript";

export type Unit = "us" | "ms" | "bytes" | "tests";

export interface Implementation {
  readonly name: string;
  readonly kind: Kind;
  /** Does the work once. A promise is awaited before the next. */
  run(): unknown;
}

export interface Work {
  readonly work: string;
  readonly unit: "us" | "ms";
  readonly implementations: readonly Implementation[];
}

/** Samples in the work's unit, one a round; survives JSON, so that it can come from another runtime. */
export interface Timing {
  readonly implementation: string;
  readonly kind: Kind;
  readonly samples: readonly number[];
}

export interface Measured {
  readonly work: string;
  readonly unit: Unit;
  readonly timings: readonly Timing[];
}

export interface HarnessOptions {
  /** Samples of each implementation. Odd, so that the median is one of them. */
  readonly rounds?: number;
  /** Each implementation runs at least this long, and at least twice, before it is timed: optimizing compilers are done by then. */
  readonly warmUpMs?: number;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

export const DEFAULT_ROUNDS = 31;
const DEFAULT_WARM_UP_MS = 300;
/** A sample lasts at least this long, so that on a busy machine short work meets as many interruptions as long work ... */
const BATCH_MS = 20;
/** ... and at least so many steps of the clock, so that one step is at most 2 % of it: Chromium's step is 0.1 ms. */
const BATCH_STEPS = 50;
/** A clock that stood still for so many readings is taken to be frozen. */
const MAX_READINGS = 20_000_000;

/** The greatest of five steps of the clock, in milliseconds. */
export function clockStep(now: () => number): number {
  let step = 0;
  for (let i = 0; i < 5; i++) {
    const start = now();
    let readings = 0;
    let end = now();
    while (end === start) {
      if (++readings > MAX_READINGS) throw new Error("the clock does not advance here, so nothing can be timed");
      end = now();
    }
    step = Math.max(step, end - start);
  }
  return step;
}

async function repeat(implementation: Implementation, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    const done = implementation.run();
    if (done instanceof Promise) await done;
  }
}

/** Warms up, and finds how many runs fill a batch. */
async function runsPerBatch(implementation: Implementation, batchMs: number, warmUpMs: number, now: () => number) {
  const start = now();
  do await repeat(implementation, 1);
  while (now() - start < warmUpMs);
  for (let batch = 1; ; batch *= 2) {
    const from = now();
    await repeat(implementation, batch);
    const took = now() - from;
    if (took >= batchMs / 2) return Math.max(1, Math.ceil((batch * batchMs) / took));
  }
}

/** Milliseconds of one run, over a batch that lasts at least `batchMs` however fast the machine just became. */
async function sample(
  implementation: Implementation,
  runs: number,
  batchMs: number,
  now: () => number,
): Promise<number> {
  const start = now();
  let done = 0;
  let took = 0;
  do {
    await repeat(implementation, runs);
    done += runs;
    took = now() - start;
  } while (took < batchMs);
  return took / done;
}

/** Round robin over the implementations; each round starts with another one, so that no place in the turn is favoured. */
export async function measure({ work, unit, implementations }: Work, options: HarnessOptions = {}): Promise<Measured> {
  const { rounds = DEFAULT_ROUNDS, warmUpMs = DEFAULT_WARM_UP_MS, now = () => performance.now() } = options;
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`rounds must be a positive integer, got ${rounds}`);
  const batchMs = Math.max(BATCH_MS, BATCH_STEPS * clockStep(now));
  const scale = unit === "us" ? 1000 : 1;
  const entries: { implementation: Implementation; runs: number; samples: number[] }[] = [];
  for (const implementation of implementations) {
    entries.push({ implementation, runs: await runsPerBatch(implementation, batchMs, warmUpMs, now), samples: [] });
  }
  for (let round = 0; round < rounds; round++) {
    const first = round % entries.length;
    for (const { implementation, runs, samples } of [...entries.slice(first), ...entries.slice(0, first)]) {
      samples.push((await sample(implementation, runs, batchMs, now)) * scale);
    }
  }
  const timings = entries.map(({ implementation: { name, kind }, samples }) => ({
    implementation: name,
    kind,
    samples,
  }));
  return { work, unit, timings };
}

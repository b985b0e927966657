/**
 * SLH-DSA key pairs (FIPS 205) in the core, in typed calls: a key in steps, from a generator or from a given seed.
 *
 * One key is in the making at a time in an instance. Every way out but OK leaves nothing of it in the core's memory.
 */
import { type Bytes, copyBytes } from "../bytes.ts";
import { type Core, withScratch } from "./core.ts";
import { check, Status } from "./status.ts";

/** The parameter sets of FIPS 205, 11, Table 2, in the order that the core numbers them by: n in bytes, and h'. */
const sets = {
  "SLH-DSA-SHA2-128s": { n: 16, treeHeight: 9 },
  "SLH-DSA-SHA2-128f": { n: 16, treeHeight: 3 },
  "SLH-DSA-SHA2-192s": { n: 24, treeHeight: 9 },
  "SLH-DSA-SHA2-192f": { n: 24, treeHeight: 3 },
  "SLH-DSA-SHA2-256s": { n: 32, treeHeight: 8 },
  "SLH-DSA-SHA2-256f": { n: 32, treeHeight: 4 },
  "SLH-DSA-SHAKE-128s": { n: 16, treeHeight: 9 },
  "SLH-DSA-SHAKE-128f": { n: 16, treeHeight: 3 },
  "SLH-DSA-SHAKE-192s": { n: 24, treeHeight: 9 },
  "SLH-DSA-SHAKE-192f": { n: 24, treeHeight: 3 },
  "SLH-DSA-SHAKE-256s": { n: 32, treeHeight: 8 },
  "SLH-DSA-SHAKE-256f": { n: 32, treeHeight: 4 },
} as const;

export type SlhDsaName = keyof typeof sets;

export const slhDsaNames = Object.keys(sets) as readonly SlhDsaName[]; // the keys of a literal are its keys

/** A key pair as FIPS 205, 9.1 lays it out; the caller owns and wipes the first two. */
export interface SlhDsaPair {
  /** SK.seed, SK.prf and PK.seed: 3 n bytes, from which the rest follows (10.1). */
  readonly seed: Bytes;
  /** The seed and PK.root: 4 n bytes. */
  readonly privateKey: Bytes;
  /** PK.seed and PK.root: 2 n bytes. */
  readonly publicKey: Bytes;
}

/** Where the work on a key stands: its tree, its first signature, the verification of that. */
export type SlhDsaPhase = "idle" | "tree" | "sign" | "verify" | "ready";

const phases: readonly SlhDsaPhase[] = ["idle", "tree", "sign", "verify", "ready"];

export interface SlhDsaState {
  readonly phase: SlhDsaPhase;
  /** Leaves of the tree that are done, of 2^h'. */
  readonly leaves: number;
  /** Calls of the hash functions that are done, and how many the key and its signature take: both exact, and public. */
  readonly done: number;
  readonly work: number;
}

/**
 * Work for one step of about 10 ms at 2.5 GHz, in calls of the hash functions: an amount, not a time, since a deployed
 * Worker's clock stands still.
 */
export function slhDsaStepWork(name: SlhDsaName): number {
  return name.startsWith("SLH-DSA-SHAKE-") ? 16_000 : 64_000;
}

function setOf(name: SlhDsaName): number {
  const set = slhDsaNames.indexOf(name);
  if (set < 0) throw new RangeError(`parameter set must be one of ${slhDsaNames.join(", ")}, got ${name}`);
  return set;
}

/** Bytes of a hash value: seed, private and public key have 3, 4 and 2 times as many. */
export function slhDsaLength(name: SlhDsaName): number {
  return sets[name].n;
}

/** Leaves of the tree whose root makes a key whole. */
export function slhDsaLeaves(name: SlhDsaName): number {
  return 2 ** sets[name].treeHeight;
}

/** Begins a key pair from the generator at `generator`, which must have 8 n bits of strength (FIPS 205, 3.1). */
export function slhDsaBegin(core: Core, name: SlhDsaName, generator: number): void {
  check(core.exports.slhKeyBegin(setOf(name), generator), name);
}

/** Begins the key pair of a seed. */
export function slhDsaBeginSeeded(core: Core, name: SlhDsaName, seed: Uint8Array): void {
  const set = setOf(name);
  const length = 3 * slhDsaLength(name);
  if (seed.length !== length) throw new RangeError(`${name}: the seed must have ${length} bytes, got ${seed.length}`);
  withScratch(core, length, (view, at) => {
    view.set(seed);
    check(core.exports.slhKeyFromSeed(set, at), name);
  });
}

/** Goes on for about `work` calls of the hash functions. True when the key passed its pairwise test and may be taken. */
export function slhDsaStep(core: Core, work: number): boolean {
  const status = core.exports.slhKeyStep(work);
  check(status, "SLH-DSA key");
  return status === Status.OK;
}

export function slhDsaState(core: Core): SlhDsaState {
  const { slhPhase, slhLeaves, slhDone, slhWork } = core.exports;
  const work = slhWork() >>> 0;
  // The verification is not counted: it takes no longer than a step.
  return { phase: phases[slhPhase()] ?? "idle", leaves: slhLeaves(), done: Math.min(slhDone() >>> 0, work), work };
}

/** The key that is ready, and the end of it in the core. */
export function slhDsaTake(core: Core, name: SlhDsaName): SlhDsaPair {
  const n = slhDsaLength(name);
  try {
    return withScratch(core, 4 * n, (view, at) => {
      check(core.exports.slhKeyTake(at, 4 * n), name);
      return {
        seed: copyBytes(view.subarray(0, 3 * n)),
        privateKey: copyBytes(view),
        publicKey: copyBytes(view.subarray(2 * n)),
      };
    });
  } finally {
    slhDsaEnd(core);
  }
}

/** Ends the work on a key wherever it stands, and wipes it. */
export function slhDsaEnd(core: Core): void {
  core.exports.slhKeyEnd();
}

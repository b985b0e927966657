/**
 * RSA key pairs, key by key: ours, the runtime's own, the whole `generate()` and `generateFromSeed()`, in turns. Runs in the
 * runtime that is measured, some rounds a call, since a Worker answers one request in some time; the generator stays open
 * between calls.
 */
import { clockStep } from "./harness.ts";
import { type Dissection, dissectKey } from "./rsa/dissect.ts";
import { type GenerateSample, openWatched, type WatchedKeygen } from "./rsa/generate.ts";
import { type KeySample, type Maker, openMaker, openPlainMaker, type RsaBits, timedKey } from "./rsa/key.ts";
import { type NativeSample, nativeRsa } from "./rsa/native.ts";
import { openSeeded, type SeededKeygen } from "./rsa/seeded.ts";

/** What one call measures. */
export interface RsaCall {
  readonly bits: RsaBits;
  /** Of the first round; whose turn comes first depends on it. */
  readonly round: number;
  readonly rounds: number;
  /** One key that is not counted comes first: engines compile what they meet, and self-tests run. */
  readonly warmUp: boolean;
}

export interface RsaRounds {
  readonly bits: RsaBits;
  readonly ours: readonly KeySample[];
  readonly native: readonly NativeSample[];
  readonly nativeName: string;
  readonly generate: readonly GenerateSample[];
  /** Milliseconds of `generateFromSeed()`. */
  readonly seeded: readonly number[];
  readonly dissected: readonly Dissection[];
  /** Keys without fused operations; none where its build cannot be had beside the other. */
  readonly plain: readonly KeySample[];
}

/** One key in so many is taken apart, and one made without fused operations, besides those that are timed. */
export const ROUNDS_PER_DISSECTION = 4;

/** A clock with longer steps, in milliseconds, does not tell one test from the next: workerd's has 1 ms. */
const COARSE_STEP = 0.05;

interface Opened {
  readonly coarse: boolean;
  readonly maker: Maker;
  readonly plainMaker: Maker | undefined;
  readonly keygen: WatchedKeygen;
  readonly seededKeygen: SeededKeygen;
}

let opened: Promise<Opened> | undefined;

const now = () => performance.now();

async function open(): Promise<Opened> {
  return {
    coarse: clockStep(now) > COARSE_STEP,
    maker: await openMaker(),
    plainMaker: await openPlainMaker(),
    keygen: await openWatched(now),
    seededKeygen: await openSeeded(now),
  };
}

export async function measureRsa({ bits, round, rounds, warmUp }: RsaCall): Promise<RsaRounds> {
  opened ??= open();
  const { coarse, maker, plainMaker, keygen, seededKeygen } = await opened;
  const native = nativeRsa();
  const ours: KeySample[] = [];
  const theirs: NativeSample[] = [];
  const whole: GenerateSample[] = [];
  const seeded: number[] = [];
  const dissected: Dissection[] = [];
  const plain: KeySample[] = [];
  const turns: readonly (() => void | Promise<void>)[] = [
    () => void ours.push(timedKey(maker, bits, now)),
    async () => void theirs.push(await native.sample(bits, now)),
    async () => void whole.push(await keygen.sample(bits)),
    async () => void seeded.push(await seededKeygen.sample(bits)),
  ];
  if (warmUp) {
    for (const turn of turns) await turn();
    if (plainMaker !== undefined) timedKey(plainMaker, bits, now);
    for (const samples of [ours, theirs, whole, seeded]) samples.length = 0;
  }
  maker.generator.reseed(); // so that no seed comes to its end within a key
  for (let at = round; at < round + rounds; at++) {
    const first = (at + Math.floor(at / turns.length)) % turns.length; // another one before each key that is taken apart
    for (const turn of [...turns.slice(first), ...turns.slice(0, first)]) await turn();
    if (at % ROUNDS_PER_DISSECTION !== 0) continue;
    dissected.push(dissectKey(maker, bits, now, coarse));
    if (plainMaker !== undefined) plain.push(timedKey(plainMaker, bits, now));
  }
  return { bits, ours, native: theirs, nativeName: native.name, generate: whole, seeded, dissected, plain };
}

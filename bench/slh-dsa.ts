/**
 * SLH-DSA key pairs for the subject pqc: a key up to the moment when it stands, as in the other rows, and in a row of its own
 * a key with its pairwise test, a signature that is made and verified.
 */
import type { Core } from "../src/core/core.ts";
import {
  type SlhDsaName,
  slhDsaBegin,
  slhDsaBeginSeeded,
  slhDsaEnd,
  slhDsaLength,
  slhDsaNames,
  slhDsaState,
  slhDsaStep,
  slhDsaStepWork,
  slhDsaTake,
} from "../src/core/slh-dsa.ts";

/** The small sets take a hundred times as long as the fast ones: few rounds must do, and noble's keys take seconds. */
export const SMALL_ROUNDS = 5;

export const isSmall = (name: SlhDsaName): boolean => name.endsWith("s");

export const slhDsaWorks = slhDsaNames.flatMap((name) => [`${name} key`, `${name} key, tested`]);

/** The set and the kind of row that a work is. */
export function slhDsaWork(work: string): { name: SlhDsaName; tested: boolean } | undefined {
  const name = slhDsaNames.find((each) => work === `${each} key` || work === `${each} key, tested`);
  return name === undefined ? undefined : { name, tested: work.endsWith("tested") };
}

/** The private key in the making, read where it stands, and the end of it. */
function takeUntested(core: Core, name: SlhDsaName): Uint8Array {
  while (slhDsaState(core).phase === "tree") slhDsaStep(core, 1);
  const at = core.exports.slhPartPtr(0);
  const key = new Uint8Array(core.memory.buffer).slice(at, at + 4 * slhDsaLength(name));
  slhDsaEnd(core);
  return key;
}

export function slhDsaKey(core: Core, name: SlhDsaName, generator: number, tested: boolean): Uint8Array {
  slhDsaBegin(core, name, generator);
  if (!tested) return takeUntested(core, name);
  while (!slhDsaStep(core, slhDsaStepWork(name)));
  return slhDsaTake(core, name).privateKey;
}

export function slhDsaOfSeed(core: Core, name: SlhDsaName, seed: Uint8Array): Uint8Array {
  slhDsaBeginSeeded(core, name, seed);
  return takeUntested(core, name);
}

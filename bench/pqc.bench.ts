/**
 * Post-quantum key pairs: from an opened, seeded and self-tested generator to seed and public key outside the core. A row
 * of its own has what `generate` does first for a key, the mixing in of fresh platform bytes, and another the pairwise
 * test, which nobody else makes. One entry of `sets` is one parameter set.
 */
import { loadCore } from "#keywright/load";
import { type Core, openCore } from "../src/core/core.ts";
import type { SeedPair } from "../src/core/lattice.ts";
import { mlDsaGenerate, mlDsaNames, mlDsaPairwise, mlDsaPublicKey } from "../src/core/ml-dsa.ts";
import { mlKemGenerate, mlKemNames, mlKemPairwise, mlKemPublicKey } from "../src/core/ml-kem.ts";
import { Generator } from "../src/drbg/generator.ts";
import { webCryptoSource } from "../src/entropy/web-crypto.ts";
import { type HarnessOptions, type Implementation, type Measured, measure, type Work } from "./harness.ts";
import { nativeKeys, nobleKeys } from "./rivals/pqc.ts";

interface KeySet {
  readonly name: string;
  readonly unit: "us" | "ms";
  generate(core: Core, generator: number): SeedPair;
  pairwise(core: Core, pair: SeedPair): void;
  /** The public key of a seed that noble takes as well. */
  publicKey(core: Core, seed: Uint8Array): Uint8Array;
}

const sets: readonly KeySet[] = [
  ...mlKemNames.map(
    (name): KeySet => ({
      name,
      unit: "us",
      generate: (core, generator) => mlKemGenerate(core, name, generator),
      pairwise: (core, pair) => mlKemPairwise(core, name, pair),
      publicKey: (core, seed) => mlKemPublicKey(core, name, seed),
    }),
  ),
  ...mlDsaNames.map(
    (name): KeySet => ({
      name,
      unit: "us",
      generate: (core, generator) => mlDsaGenerate(core, name, generator),
      pairwise: (core, pair) => mlDsaPairwise(core, name, pair),
      publicKey: (core, seed) => mlDsaPublicKey(core, name, seed),
    }),
  ),
];

const kinds = ["key", "key, freshened", "pairwise test"] as const;
const workOf = ({ name }: KeySet, kind: (typeof kinds)[number]) => `${name} ${kind}`;

export const works = sets.flatMap((set) => kinds.map((kind) => workOf(set, kind)));

/** A wrong key may be as fast as it likes: what is timed must be the keys that others make of the same seed. */
export function mustAgree(name: string, ours: Uint8Array, theirs: Uint8Array): void {
  const same = ours.length === theirs.length && ours.every((byte, i) => byte === theirs[i]);
  if (!same) throw new Error(`${name}: ours and @noble/post-quantum make different public keys of one seed`);
}

async function prepare(work: string): Promise<Work> {
  const set = sets.find((one) => kinds.some((kind) => workOf(one, kind) === work));
  if (set === undefined) throw new RangeError(`work must be one of ${works.join("; ")}, got ${work}`);
  const { name, unit } = set;
  const core = openCore(await loadCore());
  const generator = new Generator(core, webCryptoSource, { environment: "test", tenant: "bench", scope: "system" });
  const pair = set.generate(core, generator.pointer);
  const ours = (run: () => unknown) => ({ name: "keywright", kind: "keywright", run }) as const;
  if (work === workOf(set, "pairwise test")) {
    return { work, unit, implementations: [ours(() => set.pairwise(core, pair))] };
  }
  const noble = nobleKeys[name];
  if (noble === undefined) throw new Error(`${name}: no JavaScript library is named`);
  mustAgree(name, set.publicKey(core, pair.seed), noble.keygen(pair.seed).publicKey);
  mustAgree(name, pair.publicKey, set.publicKey(core, pair.seed));
  const native = await nativeKeys(name);
  const freshened = work === workOf(set, "key, freshened");
  const implementations: Implementation[] = [
    ours(() => {
      if (freshened) generator.freshen();
      return set.generate(core, generator.pointer);
    }),
    ...(native === undefined ? [] : [{ name: native.name, kind: "native", run: native.generate } as const]),
    { name: "@noble/post-quantum", kind: "javascript", run: () => noble.keygen() },
  ];
  return { work, unit, implementations };
}

/** Runs in the runtime that is measured. */
export async function measurePqc({
  work,
  options = {},
}: {
  work: string;
  options?: HarnessOptions;
}): Promise<Measured> {
  return measure(await prepare(work), options);
}

/**
 * Post-quantum key pairs: from an opened, seeded and self-tested generator to seed and public key outside the core. A row
 * of its own has what `generate` does first for a key, the mixing in of fresh platform bytes, and another the pairwise
 * test, which nobody else makes. One entry of `sets` is one parameter set.
 */
import { loadCore } from "#keywright/load";
import type { Bytes } from "../src/bytes.ts";
import { type Core, openCore } from "../src/core/core.ts";
import type { SeedPair } from "../src/core/lattice.ts";
import { ML_DSA_SEED_LENGTH, mlDsaNames, mlDsaPairwise, mlDsaPublicKey } from "../src/core/ml-dsa.ts";
import { ML_KEM_SEED_LENGTH, mlKemNames, mlKemPairwise, mlKemPublicKey } from "../src/core/ml-kem.ts";
import type { SlhDsaName } from "../src/core/slh-dsa.ts";
import { Generator } from "../src/drbg/generator.ts";
import { webCryptoSource } from "../src/entropy/web-crypto.ts";
import { type HarnessOptions, type Implementation, type Measured, measure, type Work } from "./harness.ts";
import { nativeKeys, nobleKeys } from "./rivals/pqc.ts";
import { isSmall, SMALL_ROUNDS, slhDsaKey, slhDsaOfSeed, slhDsaWork, slhDsaWorks } from "./slh-dsa.ts";

interface KeySet {
  readonly name: string;
  readonly unit: "us" | "ms";
  readonly seedLength: number;
  pairwise(core: Core, pair: SeedPair): void;
  /** The public key of a seed that noble takes as well. */
  publicKey(core: Core, seed: Uint8Array): Bytes;
}

const sets: readonly KeySet[] = [
  ...mlKemNames.map(
    (name): KeySet => ({
      name,
      unit: "us",
      seedLength: ML_KEM_SEED_LENGTH,
      pairwise: (core, pair) => mlKemPairwise(core, name, pair),
      publicKey: (core, seed) => mlKemPublicKey(core, name, seed),
    }),
  ),
  ...mlDsaNames.map(
    (name): KeySet => ({
      name,
      unit: "us",
      seedLength: ML_DSA_SEED_LENGTH,
      pairwise: (core, pair) => mlDsaPairwise(core, name, pair),
      publicKey: (core, seed) => mlDsaPublicKey(core, name, seed),
    }),
  ),
];

const kinds = ["key", "key, freshened", "pairwise test"] as const;
const workOf = ({ name }: KeySet, kind: (typeof kinds)[number]) => `${name} ${kind}`;

export const works = [...sets.flatMap((set) => kinds.map((kind) => workOf(set, kind))), ...slhDsaWorks];

/** A wrong key may be as fast as it likes: what is timed must be the keys that others make of the same seed. */
export function mustAgree(name: string, ours: Uint8Array, theirs: Uint8Array): void {
  const same = ours.length === theirs.length && ours.every((byte, i) => byte === theirs[i]);
  if (!same) throw new Error(`${name}: ours and @noble/post-quantum make different public keys of one seed`);
}

async function openGenerator(): Promise<{ core: Core; generator: Generator }> {
  const core = openCore(await loadCore());
  const owner = { environment: "test", tenant: "bench", scope: "system" };
  return { core, generator: new Generator(core, webCryptoSource, owner) };
}

async function prepareSlhDsa(work: string, name: SlhDsaName, tested: boolean): Promise<Work> {
  const { core, generator } = await openGenerator();
  const implementations: Implementation[] = [
    { name: "keywright", kind: "keywright", run: () => slhDsaKey(core, name, generator.pointer, tested) },
  ];
  const unit = isSmall(name) ? "ms" : "us";
  if (tested) return { work, unit, implementations };
  const key = slhDsaKey(core, name, generator.pointer, true);
  const seed = key.subarray(0, (key.length / 4) * 3);
  mustAgree(name, key, slhDsaOfSeed(core, name, seed));
  const native = await nativeKeys(name);
  if (native !== undefined) implementations.push({ name: native.name, kind: "native", run: native.generate });
  const noble = isSmall(name) ? undefined : nobleKeys[name];
  if (noble !== undefined) {
    mustAgree(name, key, noble.keygen(seed).secretKey);
    implementations.push({ name: "@noble/post-quantum", kind: "javascript", run: () => noble.keygen() });
  }
  return { work, unit, implementations };
}

async function prepare(work: string): Promise<Work> {
  const slhDsa = slhDsaWork(work);
  if (slhDsa !== undefined) return await prepareSlhDsa(work, slhDsa.name, slhDsa.tested);
  const set = sets.find((one) => kinds.some((kind) => workOf(one, kind) === work));
  if (set === undefined) throw new RangeError(`work must be one of ${works.join("; ")}, got ${work}`);
  const { name, unit } = set;
  const { core, generator } = await openGenerator();
  const make = (): SeedPair => {
    const seed = generator.generate(set.seedLength);
    return { seed, publicKey: set.publicKey(core, seed) };
  };
  const pair = make();
  const ours = (run: () => unknown) => ({ name: "keywright", kind: "keywright", run }) as const;
  if (work === workOf(set, "pairwise test")) {
    return { work, unit, implementations: [ours(() => set.pairwise(core, pair))] };
  }
  const noble = nobleKeys[name];
  if (noble === undefined) throw new Error(`${name}: no JavaScript library is named`);
  mustAgree(name, set.publicKey(core, pair.seed), noble.keygen(pair.seed).publicKey);
  const native = await nativeKeys(name);
  const freshened = work === workOf(set, "key, freshened");
  const implementations: Implementation[] = [
    ours(() => {
      if (freshened) generator.freshen();
      return make();
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
  const slhDsa = slhDsaWork(work);
  const small = slhDsa !== undefined && isSmall(slhDsa.name);
  const rounds = small ? { rounds: Math.min(options.rounds ?? SMALL_ROUNDS, SMALL_ROUNDS) } : {};
  return measure(await prepare(work), { ...options, ...rounds });
}

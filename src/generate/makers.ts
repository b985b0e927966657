/**
 * Who makes a key of which kind. A family enters here with its generator; how a `Keygen` decides, records and hands out
 * is the same for all.
 */
import type { Algorithm, RowOf } from "../algorithms/algorithm.ts";
import type { MadeKind } from "../algorithms/registry.ts";
import type { EcCurve } from "../core/ec.ts";
import type { OkpName } from "../core/okp.ts";
import type { SlhDsaName } from "../core/slh-dsa.ts";
import { KeygenError } from "../errors.ts";
import { generateEc } from "./ec.ts";
import { type Bench, ecMade, type Made, octetsMade, rsaMade, slhDsaMade } from "./made.ts";
import { generateOkp } from "./okp.ts";
import { generateRsa, type SearchOptions, type WatchOptions } from "./rsa.ts";
import { generateSlhDsa, type SlhDsaOptions, type SlhDsaProgress } from "./slh-dsa.ts";
import { type AtOnce, makeTogether } from "./together.ts";

/** At once, or in steps between which others work; of these only one is under way in an instance of the core. */
export type Maker<R extends Algorithm> =
  | { readonly make: (bench: Bench, row: R) => Made }
  | { readonly search: (bench: Bench, row: R, options: SearchOptions) => Promise<Made> };

/** One of a kind whose keys can be made together. Those of EC and OKP that are made alone are drawn within the core, which is a call less. */
const alone = {
  make: (bench: Bench, row: AtOnce): Made => {
    const [made] = makeTogether(bench, row, 1) as [Made]; // as many as were wanted
    return made;
  },
};

/** The work of such a key is known: what is done of it is its share, and no odds. */
export function watchLeaves({ signal, onProgress, refuseIfEnded }: WatchOptions): SlhDsaOptions {
  const tell = ({ phase, leaves, share }: SlhDsaProgress): void =>
    onProgress?.({ phase, candidates: leaves, doneBy: share });
  return { ...(signal === undefined ? {} : { signal }), onProgress: tell, refuseIfEnded };
}

const makers: { readonly [K in MadeKind]: Maker<RowOf<K>> } = {
  aes: alone,
  hmac: alone,
  chacha20: alone,
  ec: {
    make: ({ core, generator }, row) => {
      const curve = row.name as EcCurve; // the rows of this kind are the core's curves
      const pair = generateEc(core, generator, { curve, method: "FIPS 186-5, A.2.2", strengthBits: row.drbgBits });
      return ecMade(pair);
    },
  },
  okp: {
    make: ({ core, generator }, row) => {
      const { privateKey, publicKey } = generateOkp(core, generator, row.name as OkpName);
      return octetsMade(privateKey, publicKey);
    },
  },
  "ml-kem": alone,
  "ml-dsa": alone,
  "x-wing": alone,
  "slh-dsa": {
    search: async ({ core, generator }, row, options) =>
      slhDsaMade(await generateSlhDsa(core, generator, row.name as SlhDsaName, watchLeaves(options))),
  },
  rsa: {
    search: async ({ core, generator }, row, options) => rsaMade(await generateRsa(core, generator, row, options)),
  },
};

/** The maker for `row`. KeygenError "strength-unavailable" if the generator is weaker than the key (SP 800-133 Rev. 2, 4). */
export function makerOf(row: Algorithm, generatorBits: number): Maker<Algorithm> {
  if (row.drbgBits > generatorBits) {
    throw new KeygenError(
      "strength-unavailable",
      `${row.name} needs a generator of ${row.drbgBits} bits of strength, this one has ${generatorBits}`,
      { wanted: row.drbgBits, has: generatorBits },
    );
  }
  return makers[row.kind as MadeKind] as Maker<Algorithm>; // rows come from the registry, which ties kind and row together
}

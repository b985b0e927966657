/**
 * Who makes a key of which kind. A family enters here with its generator; how a `Keygen` decides, records and hands out
 * is the same for all.
 */
import type { Algorithm, RowOf } from "../algorithms/algorithm.ts";
import { type PrivateParts, type PublicParts, type RsaPrivateParts, wipeParts } from "../algorithms/key.ts";
import type { MadeKind } from "../algorithms/registry.ts";
import { type Bytes, copyBytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { EcCurve, EcPair } from "../core/ec.ts";
import type { MlDsaName } from "../core/ml-dsa.ts";
import type { MlKemName } from "../core/ml-kem.ts";
import type { OkpName } from "../core/okp.ts";
import type { SlhDsaName, SlhDsaPair } from "../core/slh-dsa.ts";
import type { KeySource } from "../drbg/generator.ts";
import { KeygenError } from "../errors.ts";
import { generateEc } from "./ec.ts";
import { generateMlDsa, generateMlKem, generateXWing } from "./lattice.ts";
import { generateOkp } from "./okp.ts";
import { generateRsa, type SearchOptions, type WatchOptions } from "./rsa.ts";
import { generateSecret } from "./secret.ts";
import { generateSlhDsa, type SlhDsaOptions, type SlhDsaProgress } from "./slh-dsa.ts";

/** What every maker may use. */
export interface Bench {
  readonly core: Core;
  readonly generator: KeySource;
}

export interface MadeSecret {
  readonly kind: "secret";
  readonly raw: Bytes;
}

export interface MadePair {
  readonly kind: "pair";
  readonly privateParts: PrivateParts;
  readonly publicParts: PublicParts;
}

/** A new key; the caller owns and wipes it. */
export type Made = MadeSecret | MadePair;

/** Overwrites what of a key is secret. */
export function wipeMade(made: Made): void {
  wipeParts(made.kind === "secret" ? { kind: "raw", raw: made.raw } : made.privateParts);
}

/** At once, or in steps between which others work; of these only one is under way in an instance of the core. */
export type Maker<R extends Algorithm> =
  | { readonly make: (bench: Bench, row: R) => Made }
  | { readonly search: (bench: Bench, row: R, options: SearchOptions) => Promise<Made> };

const secret = {
  make: ({ generator }: Bench, row: RowOf<"aes" | "hmac" | "chacha20">): Made => ({
    kind: "secret",
    raw: generateSecret(generator, row),
  }),
};

export function octetsMade(privateKey: Bytes, publicKey: Bytes): MadePair {
  const privateParts = { kind: "octets", octets: { privateKey, publicKey: copyBytes(publicKey) } } as const;
  return { kind: "pair", privateParts, publicParts: { kind: "octets", octets: publicKey } };
}

export function ecMade({ d, point }: EcPair): MadePair {
  const privateParts = { kind: "ec", ec: { d, point: copyBytes(point) } } as const;
  return { kind: "pair", privateParts, publicParts: { kind: "ec", ec: { point } } };
}

export function rsaMade(rsa: RsaPrivateParts): MadePair {
  const publicParts = { n: copyBytes(rsa.n), e: copyBytes(rsa.e) };
  return { kind: "pair", privateParts: { kind: "rsa", rsa }, publicParts: { kind: "rsa", rsa: publicParts } };
}

export function slhDsaMade({ seed, privateKey, publicKey }: SlhDsaPair): MadePair {
  seed.fill(0); // the private key begins with it
  return octetsMade(privateKey, publicKey);
}

/** The work of such a key is known: what is done of it is its share, and no odds. */
export function watchLeaves({ signal, onProgress, refuseIfEnded }: WatchOptions): SlhDsaOptions {
  const tell = ({ phase, leaves, share }: SlhDsaProgress): void =>
    onProgress?.({ phase, candidates: leaves, doneBy: share });
  return { ...(signal === undefined ? {} : { signal }), onProgress: tell, refuseIfEnded };
}

const makers: { readonly [K in MadeKind]: Maker<RowOf<K>> } = {
  aes: secret,
  hmac: secret,
  chacha20: secret,
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
  "ml-kem": {
    make: ({ core, generator }, row) => {
      const { seed, publicKey } = generateMlKem(core, generator, row.name as MlKemName);
      return octetsMade(seed, publicKey);
    },
  },
  "ml-dsa": {
    make: ({ core, generator }, row) => {
      const { seed, publicKey } = generateMlDsa(core, generator, row.name as MlDsaName);
      return octetsMade(seed, publicKey);
    },
  },
  "x-wing": {
    make: ({ core, generator }) => {
      const { seed, publicKey } = generateXWing(core, generator);
      return octetsMade(seed, publicKey);
    },
  },
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

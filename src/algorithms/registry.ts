/**
 * The catalogue names every algorithm that the formats read and write; the registry, those that this version makes.
 * Types, policy, command line and page derive from these lists.
 */
import { quote } from "../errors.ts";
import type { Algorithm } from "./algorithm.ts";
import { ecAlgorithms } from "./ec.ts";
import { mlDsaAlgorithms } from "./ml-dsa.ts";
import { mlKemAlgorithms } from "./ml-kem.ts";
import { okpAlgorithms } from "./okp.ts";
import { rsaAlgorithms } from "./rsa.ts";
import { slhDsaAlgorithms } from "./slh-dsa.ts";
import { symmetricAlgorithms } from "./symmetric.ts";
import { xWingAlgorithms } from "./x-wing.ts";

/** A family enters with its generator: one line here, one in `src/generate/makers.ts`, one in `src/record/kinds.ts`. */
export const registry = {
  ...symmetricAlgorithms,
  ...rsaAlgorithms,
  ...ecAlgorithms,
  ...okpAlgorithms,
  ...mlKemAlgorithms,
  ...mlDsaAlgorithms,
  ...slhDsaAlgorithms,
  ...xWingAlgorithms,
} as const satisfies Readonly<Record<string, Algorithm>>;

export const catalogue = {
  ...registry,
} as const satisfies Readonly<Record<string, Algorithm>>;

/** What can be asked for. */
export type AlgorithmName = keyof typeof registry;
/** What a key may be of: it may have been made elsewhere. */
export type CatalogueName = keyof typeof catalogue;
/** The kinds of keys that are made here. */
export type MadeKind = (typeof registry)[AlgorithmName]["kind"];

export const algorithmNames = Object.keys(registry) as readonly AlgorithmName[];

export function isAlgorithmName(name: unknown): name is AlgorithmName {
  return typeof name === "string" && Object.hasOwn(registry, name);
}

function rowIn(rows: Readonly<Record<string, Algorithm>>, name: unknown): Algorithm {
  const row = typeof name === "string" && Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (row !== undefined) return row;
  throw new RangeError(`algorithm must be one of ${Object.keys(rows).join(", ")}, got ${quote(name)}`);
}

/** The row of `name` among what can be asked for. RangeError if there is none; the text lists what there is. */
export function findAlgorithm(name: string): Algorithm {
  return rowIn(registry, name);
}

/** The same in the catalogue. */
export function catalogueRow(name: CatalogueName): Algorithm {
  return rowIn(catalogue, name);
}

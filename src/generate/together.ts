/**
 * Keys that are made together: the random bits of all of them by one request to the generator, and of some kinds what the
 * core computes for all at once. Each is the key that its part of these bits gives alone, and each pair passed its pairwise
 * test.
 */
import { type Algorithm, isKeyPair, type RowOf } from "../algorithms/algorithm.ts";
import { type Bytes, concat, copyBytes, orWipe } from "../bytes.ts";
import { type EcCurve, ecDraw } from "../core/ec.ts";
import type { OkpName } from "../core/okp.ts";
import type { X_WING } from "../core/x-wing.ts";
import { testedEc } from "./ec.ts";
import { type LatticeName, latticePairsOf } from "./lattice.ts";
import { type Bench, ecMade, type Made, octetsMade } from "./made.ts";
import { okpPairsOf } from "./okp.ts";

type Lattice = RowOf<"ml-kem" | "ml-dsa" | "x-wing">;
/** What is searched is made alone. */
export type AtOnce = Exclude<Algorithm, RowOf<"rsa" | "slh-dsa">>;

/** `count` parts of one length, each behind the other. */
function split(all: Bytes, count: number): readonly Bytes[] {
  const length = all.length / count;
  return Array.from({ length: count }, (_, i) => all.subarray(i * length, (i + 1) * length));
}

/** A copy of each public half, in one buffer: an allocation costs more than what it copies. */
function copiesOf(halves: readonly Bytes[]): readonly Bytes[] {
  return split(concat(...halves), halves.length);
}

/** The random bits of each key, in a buffer of its own. */
function draw({ generator }: Bench, length: number, count: number): readonly Bytes[] {
  const all = generator.generate(length * count);
  const parts = split(all, count).map(copyBytes);
  all.fill(0);
  return parts;
}

/** `count` new keys, at most 16, of a row whose keys are made at once: all of them, or none. */
export function makeTogether(bench: Bench, row: AtOnce, count: number): readonly Made[] {
  const { core, generator } = bench;
  generator.freshen();
  if (row.kind === "ec") {
    const curve = row.name as EcCurve; // the rows of this kind are the core's curves
    const pairs = ecDraw(core, curve, count, (length) => generator.generate(length));
    return orWipe(
      pairs.map(({ d }) => d),
      () => {
        const copies = copiesOf(pairs.map(({ point }) => point));
        return pairs.map((pair, i) => ecMade(testedEc(core, curve, pair), copies[i]));
      },
    );
  }
  const parts = draw(bench, isKeyPair(row) ? row.privateKeyLen : row.keyLen, count);
  if (!isKeyPair(row)) return parts.map((raw) => ({ kind: "secret", raw }));
  return orWipe(parts, () => {
    const pairs =
      row.kind === "okp"
        ? okpPairsOf(core, row.name as OkpName, parts)
        : latticePairsOf(core, (row satisfies Lattice).name as LatticeName | typeof X_WING, parts);
    const copies = copiesOf(pairs.map(({ publicKey }) => publicKey));
    return pairs.map(({ publicKey }, i) => octetsMade(parts[i] as Bytes, publicKey, copies[i])); // a pair for each part
  });
}

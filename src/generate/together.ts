/**
 * Keys that are made together: the random bits of all of them by one request to the generator, and of some kinds what the
 * core computes for all at once. Each is the key that its part of these bits gives alone, and each pair passed its pairwise
 * test. Their private halves are parts of one buffer.
 */
import type { Algorithm, RowOf } from "../algorithms/algorithm.ts";
import type { MadeKind } from "../algorithms/registry.ts";
import type { Bytes } from "../bytes.ts";
import { curveFacts, type EcCurve, type EcPair, ecManyFromBits } from "../core/ec.ts";
import type { OkpName } from "../core/okp.ts";
import type { X_WING } from "../core/x-wing.ts";
import { KeygenError } from "../errors.ts";
import { testedEc } from "./ec.ts";
import { type LatticeName, latticePairOf } from "./lattice.ts";
import { type Bench, ecMade, type Made, octetsMade } from "./makers.ts";
import { okpPairsOf } from "./okp.ts";

/** The most that are made together; the core has room for no more. */
export const MAX_TOGETHER = 16;

/** The random bits of `count` keys, `length` bytes each. The caller owns and wipes them. */
function draw({ generator }: Bench, length: number, count: number): Bytes {
  generator.freshen();
  return generator.generate(length * count);
}

function parts(all: Bytes, count: number): readonly Bytes[] {
  const length = all.length / count;
  return Array.from({ length: count }, (_, i) => all.subarray(i * length, (i + 1) * length));
}

function secrets(bench: Bench, row: RowOf<"aes" | "hmac" | "chacha20">, count: number): Made[] {
  return parts(draw(bench, row.keyLen, count), count).map((raw) => ({ kind: "secret", raw }));
}

/** Keys whose private half is the string that was drawn. */
function octets<R extends RowOf<"okp" | "ml-kem" | "ml-dsa" | "x-wing">>(
  pairsOf: (bench: Bench, row: R, privateKeys: readonly Bytes[]) => readonly Made[],
) {
  return (bench: Bench, row: R, count: number): readonly Made[] => {
    const all = draw(bench, row.privateKeyLen, count);
    try {
      return pairsOf(bench, row, parts(all, count));
    } catch (error) {
      all.fill(0);
      throw error;
    }
  };
}

const okps = octets<RowOf<"okp">>(({ core }, row, privateKeys) =>
  okpPairsOf(core, row.name as OkpName, privateKeys).map((pair) => octetsMade(pair.privateKey, pair.publicKey)),
);

const lattices = octets<RowOf<"ml-kem" | "ml-dsa" | "x-wing">>(({ core }, row, seeds) =>
  seeds.map((each) => {
    const { seed, publicKey } = latticePairOf(core, row.name as LatticeName | typeof X_WING, each);
    return octetsMade(seed, publicKey);
  }),
);

/** Draws that may be refused, as A.2.2 refuses one number in 2^32 of P-256 and fewer of the others. */
const MAX_DRAWS = 16;

function drawnPairs(bench: Bench, curve: EcCurve, count: number): readonly EcPair[] {
  for (let i = 0; i < MAX_DRAWS; i++) {
    const bits = draw(bench, Math.ceil(curveFacts(curve).bits / 8), count);
    try {
      const pairs = ecManyFromBits(bench.core, curve, "FIPS 186-5, A.2.2", bits, count);
      if (pairs !== undefined) return pairs;
    } finally {
      bits.fill(0);
    }
  }
  throw new KeygenError("search-limit", `${curve}: ${MAX_DRAWS} random numbers were all out of range`);
}

function ecs(bench: Bench, row: RowOf<"ec">, count: number): readonly Made[] {
  const curve = row.name as EcCurve; // the rows of this kind are the core's curves
  const pairs = drawnPairs(bench, curve, count);
  try {
    return pairs.map((pair) => ecMade(testedEc(bench.core, curve, pair)));
  } catch (error) {
    for (const { d } of pairs) d.fill(0);
    throw error;
  }
}

/** What is searched is made alone. */
type Together<R extends Algorithm> = (bench: Bench, row: R, count: number) => readonly Made[];

const makers: { readonly [K in Exclude<MadeKind, "rsa" | "slh-dsa">]: Together<RowOf<K>> } = {
  aes: secrets,
  hmac: secrets,
  chacha20: secrets,
  ec: ecs,
  okp: okps,
  "ml-kem": lattices,
  "ml-dsa": lattices,
  "x-wing": lattices,
};

/** `count` new keys, at most 16, of a row whose keys are made at once. */
export function makeTogether(bench: Bench, row: Algorithm, count: number): readonly Made[] {
  const make = makers[row.kind as keyof typeof makers] as Together<Algorithm>; // what is searched does not come here
  return make(bench, row, count);
}

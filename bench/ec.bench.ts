/**
 * Keys on elliptic curves: from a generator that is open, seeded and tested to raw bytes outside the core, DRBG included; no
 * policy, pairwise test, record or encoding. "with pairwise test" adds the recomputation that each key for use gets.
 */
import { loadCore } from "#keywright/load";
import { type Core, openCore } from "../src/core/core.ts";
import { type EcCurve, type EcPair, ecGenerate, ecPairwise, isEcPoint } from "../src/core/ec.ts";
import { HmacDrbg } from "../src/drbg/hmac-drbg.ts";
import { type HarnessOptions, type Implementation, type Measured, measure, type Work } from "./harness.ts";
import { type NativeNames, type NobleCurve, nativeKey, nobleKey } from "./rivals/ec.ts";

/** One row: how the core makes the key, and who else does. */
interface KeyRow {
  readonly unit: "us" | "ms";
  /** Prepares the core, checks one key, and returns what makes the next. */
  ours(core: Core, generator: HmacDrbg): () => unknown;
  readonly native?: NativeNames;
  readonly noble?: NobleCurve;
}

/** The quicker of the two: 64 bits less are drawn, and nothing is divided. */
const METHOD = "FIPS 186-5, A.2.2";

function weierstrass(curve: EcCurve, strengthBits: number, pairwise: boolean): KeyRow["ours"] {
  return (core, { pointer }) => {
    const bare = () => ecGenerate(core, curve, METHOD, pointer, strengthBits);
    const tested = (): EcPair => {
      const pair = bare();
      ecPairwise(core, curve, pair);
      return pair;
    };
    // A wrong key may be as fast as it likes.
    if (!isEcPoint(core, curve, tested().point)) throw new Error(`${curve}: the key is not on its curve`);
    return pairwise ? tested : bare;
  };
}

interface CurveRow extends Omit<KeyRow, "ours" | "unit"> {
  readonly curve: EcCurve;
  readonly strengthBits: number;
}

const web = (namedCurve: string) =>
  [{ name: "ECDSA", namedCurve }, ["sign", "verify"]] as NonNullable<NativeNames["web"]>;

const curves: readonly CurveRow[] = [
  { curve: "P-256", strengthBits: 128, native: { node: "P-256", web: web("P-256") }, noble: "P-256" },
  { curve: "P-384", strengthBits: 192, native: { node: "P-384", web: web("P-384") }, noble: "P-384" },
  { curve: "P-521", strengthBits: 256, native: { node: "P-521", web: web("P-521") }, noble: "P-521" },
  { curve: "P-224", strengthBits: 112, native: { node: "P-224" } },
  { curve: "secp256k1", strengthBits: 128, native: { node: "secp256k1" }, noble: "secp256k1" },
];

const table: Readonly<Record<string, KeyRow>> = Object.fromEntries(
  curves.flatMap(({ curve, strengthBits, ...others }): [string, KeyRow][] => [
    [`${curve} key`, { unit: "us", ours: weierstrass(curve, strengthBits, false), ...others }],
    [`${curve} key, with pairwise test`, { unit: "us", ours: weierstrass(curve, strengthBits, true) }],
  ]),
);

export const works = Object.keys(table);

/** Any 48 bytes will do: the seed decides what comes, not how fast. */
const seed = Uint8Array.from({ length: 48 }, (_, i) => i);

async function prepare(work: string): Promise<Work> {
  const row = table[work];
  if (row === undefined) throw new RangeError(`work must be one of ${works.join("; ")}, got ${work}`);
  const core = openCore(await loadCore());
  const generator = HmacDrbg.instantiate(core, {
    hash: "SHA-256",
    strengthBits: 256,
    entropy: seed,
    reseedInterval: 2 ** 48,
  });
  const native = row.native === undefined ? undefined : nativeKey(row.native);
  const implementations: Implementation[] = [
    { name: "keywright", kind: "keywright", run: row.ours(core, generator) },
    ...(native === undefined ? [] : [native]),
    ...(row.noble === undefined ? [] : [nobleKey(row.noble)]),
  ];
  return { work, unit: row.unit, implementations };
}

/** Runs in the runtime that is measured. */
export async function measureEc({ work, options = {} }: { work: string; options?: HarnessOptions }): Promise<Measured> {
  return measure(await prepare(work), options);
}

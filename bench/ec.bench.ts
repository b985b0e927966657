/**
 * Keys on elliptic curves: from a generator that is open, seeded and tested to raw bytes outside the core, DRBG included; no
 * policy, pairwise test, record or encoding. "with pairwise test" adds the recomputation that each key for use gets.
 */
import { loadCore } from "#keywright/load";
import { type Core, openCore } from "../src/core/core.ts";
import { type EcCurve, type EcPair, ecGenerate, ecPairwise, isEcPoint } from "../src/core/ec.ts";
import { type OkpName, type OkpPair, okpGenerate, okpPairwise } from "../src/core/okp.ts";
import { HmacDrbg } from "../src/drbg/hmac-drbg.ts";
import { type HarnessOptions, type Implementation, type Measured, measure, type Work } from "./harness.ts";
import { type NativeNames, type NobleCurve, nativeKey, nobleKey, noblePublicKey } from "./rivals/ec.ts";

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

function okp(name: OkpName, pairwise: boolean): KeyRow["ours"] {
  return (core, { pointer }) => {
    const bare = () => okpGenerate(core, name, pointer);
    const tested = (): OkpPair => {
      const pair = bare();
      okpPairwise(core, name, pair);
      return pair;
    };
    const { privateKey, publicKey } = tested();
    mustBePublicKey(name, publicKey, noblePublicKey(name, privateKey));
    return pairwise ? tested : bare;
  };
}

/** A wrong key may be as fast as it likes: what is timed must be the key that noble makes of the same private half. */
export function mustBePublicKey(name: string, ours: Uint8Array, theirs: Uint8Array): void {
  const same = ours.length === theirs.length && ours.every((byte, i) => byte === theirs[i]);
  if (!same) throw new Error(`${name}: ours and @noble/curves come to different public keys`);
}

interface CurveRow extends Omit<KeyRow, "ours" | "unit"> {
  readonly curve: EcCurve;
  readonly strengthBits: number;
}

type Web = NonNullable<NativeNames["web"]>;
const named = (namedCurve: string): NativeNames => ({ node: { namedCurve } });
const ecdsa = (namedCurve: string): NativeNames => ({
  ...named(namedCurve),
  web: [{ name: "ECDSA", namedCurve }, ["sign", "verify"]] as Web,
});

const curves: readonly CurveRow[] = [
  { curve: "P-256", strengthBits: 128, native: ecdsa("P-256"), noble: "P-256" },
  { curve: "P-384", strengthBits: 192, native: ecdsa("P-384"), noble: "P-384" },
  { curve: "P-521", strengthBits: 256, native: ecdsa("P-521"), noble: "P-521" },
  { curve: "P-224", strengthBits: 112, native: named("P-224") },
  { curve: "secp256k1", strengthBits: 128, native: named("secp256k1"), noble: "secp256k1" },
];

/** The usages of WebCrypto's keys (Secure Curves in the Web Cryptography API). */
const okps: readonly (readonly [name: OkpName, native: NativeNames])[] = [
  ["Ed25519", { node: "ed25519", web: [{ name: "Ed25519" }, ["sign", "verify"]] }],
  ["X25519", { node: "x25519", web: [{ name: "X25519" }, ["deriveBits"]] }],
  ["Ed448", { node: "ed448", web: [{ name: "Ed448" }, ["sign", "verify"]] }],
  ["X448", { node: "x448", web: [{ name: "X448" }, ["deriveBits"]] }],
];

const table: Readonly<Record<string, KeyRow>> = Object.fromEntries([
  ...curves.flatMap(({ curve, strengthBits, ...others }): [string, KeyRow][] => [
    [`${curve} key`, { unit: "us", ours: weierstrass(curve, strengthBits, false), ...others }],
    [`${curve} key, with pairwise test`, { unit: "us", ours: weierstrass(curve, strengthBits, true) }],
  ]),
  ...okps.flatMap(([name, native]): [string, KeyRow][] => [
    [`${name} key`, { unit: "us", ours: okp(name, false), native, noble: name }],
    [`${name} key, with pairwise test`, { unit: "us", ours: okp(name, true) }],
  ]),
]);

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
  const native = row.native === undefined ? undefined : await nativeKey(row.native);
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

/**
 * Keys from seeds, by the schemes of `seed-schemes.ts`. The same seed gives the same key for ever, so that whoever has the
 * seed has the key. Each pair is tested as one that was drawn.
 */
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { findSeedScheme, type SeedSchemeName } from "../algorithms/seed-schemes.ts";
import { type Bytes, copyBytes, utf8 } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { EcCurve } from "../core/ec.ts";
import type { SeedPair } from "../core/lattice.ts";
import type { OkpName } from "../core/okp.ts";
import type { SlhDsaName } from "../core/slh-dsa.ts";
import type { X_WING } from "../core/x-wing.ts";
import { hkdf } from "../derive/hkdf.ts";
import { detKeygenEc } from "./det-keygen.ts";
import { testedEc } from "./ec.ts";
import { type LatticeName, latticePairsOf } from "./lattice.ts";
import { ecMade, type Made, octetsMade, rsaMade, slhDsaMade } from "./made.ts";
import { type Maker, watchLeaves } from "./makers.ts";
import { okpPairOf } from "./okp.ts";
import { detKeygenRsa } from "./rsa.ts";
import { seedLength, standardSeedLength } from "./seed-length.ts";
import { slhDsaPairOf } from "./slh-dsa.ts";

export interface SeedWish {
  readonly scheme: SeedSchemeName;
  /** `keywright-hkdf-v1`: which of the seed's keys. */
  readonly path?: string | undefined;
}

/** The longest name of a key below a seed. */
const MAX_PATH = 256;
/** 3/2 of the most strength, SP 800-90A Rev. 1, 8.6.7. */
const DET_SEED_LEN = 48;

/** TypeError or RangeError for what is no seed of `row` by that scheme, with the reason. */
export function checkSeed(row: Algorithm, seed: unknown, { scheme, path }: SeedWish): asserts seed is Uint8Array {
  const { serves } = findSeedScheme(scheme);
  if (!(seed instanceof Uint8Array)) {
    throw new TypeError(
      `the seed must be bytes (Uint8Array), got ${typeof seed}; a password is no seed: derive bytes from it by PBKDF2`,
    );
  }
  if (!serves(row)) throw new RangeError(`the scheme ${scheme} has no ${row.name}`);
  const { least, most, source } = seedLength(scheme, row);
  if (seed.length < least || seed.length > most) {
    const wanted = least === most ? `${least} bytes` : `${least} to ${most} bytes`;
    throw new RangeError(`a seed of ${row.name} by ${scheme} must have ${wanted}, got ${seed.length} (${source})`);
  }
  if (seed.every((byte) => byte === seed[0])) {
    throw new RangeError("every byte of the seed is the same: it was never filled, or it was wiped");
  }
  if (scheme !== "keywright-hkdf-v1") {
    if (path !== undefined) throw new RangeError(`path is an option of keywright-hkdf-v1, got it for ${scheme}`);
  } else if (typeof path !== "string" || path === "" || path.length > MAX_PATH) {
    const got = typeof path === "string" ? `${path.length}` : typeof path;
    throw new RangeError(`path must have 1 to ${MAX_PATH} characters, so that one seed serves many keys, got ${got}`);
  }
}

/**
 * The maker of the one key that `seed` stands for. Until it has made it, `seed` must stay as it is; whoever owns it wipes it.
 */
export function seededMaker(row: Algorithm, seed: Uint8Array, { scheme, path = "" }: SeedWish): Maker<Algorithm> {
  const inner = (core: Core): Bytes =>
    scheme === "keywright-hkdf-v1" ? below(core, row, seed, path) : copyBytes(seed);
  if (row.kind === "rsa" || row.kind === "slh-dsa") {
    return {
      search: async ({ core, generator }, _, options) => {
        const resume = (): void => {
          options.refuseIfEnded();
          generator.freshen(); // the key's name is drawn after the last resumption
        };
        const own = inner(core);
        try {
          if (row.kind === "rsa") return rsaMade(await detKeygenRsa(core, generator, row, own, options));
          resume();
          const watch = watchLeaves({ ...options, refuseIfEnded: resume });
          return slhDsaMade(await slhDsaPairOf(core, row.name as SlhDsaName, own, watch));
        } finally {
          own.fill(0);
        }
      },
    };
  }
  return {
    make: (bench) => {
      bench.generator.freshen(); // the key's name is drawn
      const own = inner(bench.core);
      let made: Made | undefined;
      try {
        made = makeAtOnce(bench.core, row, own);
        return made;
      } finally {
        if (made === undefined || row.kind === "ec") own.fill(0); // of the others it is the key
      }
    },
  };
}

function makeAtOnce(core: Core, row: Exclude<Algorithm, { kind: "rsa" | "slh-dsa" }>, own: Bytes): Made {
  const { name, drbgBits } = row;
  switch (row.kind) {
    case "ec":
      return ecMade(testedEc(core, name as EcCurve, detKeygenEc(core, name as EcCurve, own, drbgBits)));
    case "okp": {
      const { privateKey, publicKey } = okpPairOf(core, name as OkpName, own);
      return octetsMade(privateKey, publicKey);
    }
    case "ml-kem":
    case "ml-dsa":
    case "x-wing": {
      const [pair] = latticePairsOf(core, name as LatticeName | typeof X_WING, [own]) as [SeedPair]; // one a seed
      return octetsMade(pair.seed, pair.publicKey);
    }
    case "aes":
    case "hmac":
    case "chacha20":
      return { kind: "secret", raw: own };
  }
}

/**
 * The seed of one key below `seed`: HKDF-SHA-512 without a salt, whose info is the JSON text of scheme, algorithm and path.
 * JSON quotes, so that no two of them share a text: keys of one seed have no relation that could be seen.
 */
function below(core: Core, row: Algorithm, seed: Uint8Array, path: string): Bytes {
  const info = utf8(JSON.stringify(["keywright-hkdf-v1", row.name, path]));
  return hkdf(core, { hash: "SHA-512", ikm: seed, info, length: lengthBelow(row) });
}

function lengthBelow(row: Algorithm): number {
  if (!isKeyPair(row)) return row.keyLen;
  return row.kind === "rsa" || row.kind === "ec" ? DET_SEED_LEN : standardSeedLength(row);
}

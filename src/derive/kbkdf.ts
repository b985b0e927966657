/**
 * Key derivation from a key, SP 800-108 Rev. 1, 4.1 to 4.3, with HMAC; and the two-step derivation of SP 800-56C Rev. 2,
 * Section 5, which expands an extracted key by it.
 */
import { type Bytes, concat } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { HashName } from "../core/hash.ts";
import { derive, type Expansion, type KdfKey, type KdfMode } from "../core/kdf.ts";
import { quote } from "../errors.ts";
import { mustBeInput, mustBeOutput } from "./checks.ts";
import { counterBlocks, counterLengths, secretLength } from "./limits.ts";

const nothing = new Uint8Array();

/** Where the counter stands. Before the iterator, or none at all, only where there is an iterator. */
export type CounterPlace =
  | "none"
  | "before-iterator"
  | "before-fixed-data"
  | "after-fixed-data"
  /** Inside the fixed data, after so many of its bits. */
  | { readonly afterBits: number };

export interface KbkdfExpansion {
  readonly mode: KdfMode;
  /** The fixed input data, as `fixedInput` makes it of Label, Context and L, or as a protocol has it. */
  readonly fixedInput: Uint8Array;
  /** r, the length of the counter: 8, 16, 24 or 32; 0, and only 0, with the place "none". */
  readonly counterBits: number;
  readonly counterPlace: CounterPlace;
  /** IV, K(0) of the feedback mode; empty unless given. */
  readonly iv?: Uint8Array;
  /** L: bits of output. If it is no multiple of 8 the last byte ends with zeros. */
  readonly lengthBits: number;
}

export interface KbkdfInput extends KbkdfExpansion {
  readonly hash: HashName;
  /** K_IN, the key-derivation key. */
  readonly keyIn: Uint8Array;
}

export interface TwoStepInput extends KbkdfExpansion {
  readonly hash: HashName;
  /** Z, the shared secret. */
  readonly z: Uint8Array;
  /** Zeros unless given. */
  readonly salt?: Uint8Array;
}

/** Label || 0x00 || Context || [L]_2 of SP 800-108 Rev. 1, Section 4, L in 32 bits. */
export function fixedInput(label: Uint8Array, context: Uint8Array, lengthBits: number): Bytes {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, lengthBits);
  return concat(label, Uint8Array.of(0), context, length);
}

function placeOf(place: CounterPlace, fixed: Uint8Array): Expansion["counterPlace"] {
  if (place === "before-iterator") return place;
  if (place === "before-fixed-data" || place === "none") return 0;
  if (place === "after-fixed-data") return 8 * fixed.length;
  const bits = typeof place === "object" ? place.afterBits : Number.NaN;
  if (Number.isInteger(bits) && bits >= 0 && bits <= 8 * fixed.length) return bits;
  throw new RangeError(
    `the counter must stand at one of ${8 * fixed.length + 1} places of the fixed data, got ${quote(typeof place === "object" ? bits : place)} (${counterLengths.source})`,
  );
}

function expansionOf(hash: HashName, input: KbkdfExpansion): Expansion {
  const { mode, fixedInput: fixed, counterBits, counterPlace, iv = nothing, lengthBits } = input;
  if (mode !== "counter" && mode !== "feedback" && mode !== "double-pipeline") {
    throw new RangeError(
      `mode must be counter, feedback or double-pipeline, got ${quote(mode)} (SP 800-108 Rev. 1, 4)`,
    );
  }
  const { taken, source } = counterLengths;
  if (!taken.some((bits) => bits === counterBits)) {
    throw new RangeError(`counterBits must be one of ${taken.join(", ")}, got ${quote(counterBits)} (${source})`);
  }
  if ((counterBits === 0) !== (counterPlace === "none")) {
    throw new RangeError(`a counter of 0 bits, and no other, has no place, got ${counterBits} bits (${source})`);
  }
  if (mode === "counter" && (counterPlace === "none" || counterPlace === "before-iterator")) {
    throw new RangeError("counter mode has a counter and no iterator (SP 800-108 Rev. 1, 4.1)");
  }
  if (mode !== "feedback" && iv.length > 0) {
    throw new RangeError(`an IV is for feedback mode alone, got ${iv.length} bytes (SP 800-108 Rev. 1, 4.2)`);
  }
  mustBeInput("fixed input data", fixed);
  mustBeInput("IV", iv);
  mustBeOutput(hash, lengthBits, counterBlocks(mode, counterBits));
  return { mode, counterBits, counterPlace: placeOf(counterPlace, fixed), fixed: [fixed], iv, lengthBits };
}

function expandOne(core: Core, hash: HashName, key: KdfKey, input: KbkdfExpansion, what: string): Bytes {
  const [out] = derive(core, hash, key, [expansionOf(hash, input)], what);
  return out as Bytes; // one expansion gives one output
}

/** K_OUT, `lengthBits` bits. RangeError beyond the limits of `limits.ts`. The caller owns and wipes it. */
export function kbkdf(core: Core, input: KbkdfInput): Bytes {
  mustBeInput("K_IN", input.keyIn, secretLength.keyIn);
  return expandOne(core, input.hash, { key: input.keyIn }, input, `KBKDF with HMAC-${input.hash}`);
}

/** Randomness extraction by HMAC(salt, Z), then key expansion as in `kbkdf`; the extracted key stays in the core. */
export function twoStepKdf(core: Core, input: TwoStepInput): Bytes {
  const { hash, z, salt = nothing } = input;
  mustBeInput("Z", z, secretLength.z);
  mustBeInput("salt", salt);
  return expandOne(core, hash, { salt, secret: z }, input, `two-step KDF with HMAC-${hash}`);
}

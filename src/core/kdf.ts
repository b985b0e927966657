/**
 * Key derivation in the core, in typed calls: one keyed function, expanded into any number of outputs. See
 * `assembly/kdf/expand.ts`. The key of the function, extracted or given, never leaves the core, and is wiped there.
 */
import { type Bytes, copyBytes } from "../bytes.ts";
import { type Core, withInputs, withScratch } from "./core.ts";
import { type HashName, hashFacts } from "./hash.ts";
import { check } from "./status.ts";

/** What keys the PRF: HMAC with a key, HMAC with the key that HMAC(salt, secret) is, or the bare hash. */
export type KdfKey =
  | { readonly key: Uint8Array }
  | { readonly salt: Uint8Array; readonly secret: Uint8Array }
  | "unkeyed";

/** The modes of SP 800-108 Rev. 1, 4.1 to 4.3. */
export type KdfMode = "counter" | "feedback" | "double-pipeline";

const modes: Readonly<Record<KdfMode, number>> = { counter: 0, feedback: 1, "double-pipeline": 2 };

export interface Expansion {
  readonly mode: KdfMode;
  /** The length r of the counter: 8, 16, 24, 32, or 0 for none. */
  readonly counterBits: number;
  /** Where the counter stands: before the iterator, or after so many bits of the fixed data. */
  readonly counterPlace: "before-iterator" | number;
  /** The fixed data in parts, so that a secret among them is not copied on its way. */
  readonly fixed: readonly Uint8Array[];
  /** K(0) of the feedback mode; empty unless given. */
  readonly iv?: Uint8Array;
  /** Bits of output; unused low bits of the last byte are 0. */
  readonly lengthBits: number;
}

const BEFORE_ITERATOR = 0xffffffff;

const nothing = new Uint8Array();

function setKey(core: Core, state: number, id: number, key: KdfKey, what: string): void {
  const { kdfInit, kdfExtract } = core.exports;
  if (key === "unkeyed") {
    check(kdfInit(state, id, 0, 0, 0), what);
  } else if ("key" in key) {
    withInputs(core, [key.key], (at = 0) => check(kdfInit(state, id, 1, at, key.key.length), what));
  } else {
    const { salt, secret } = key;
    withInputs(core, [salt, secret], (atSalt = 0, at = 0) => {
      check(kdfExtract(state, id, atSalt, salt.length, at, secret.length), what);
    });
  }
}

function expand(core: Core, state: number, expansion: Expansion, what: string): Bytes {
  const { mode, counterBits, counterPlace, fixed, iv = nothing, lengthBits } = expansion;
  const place = counterPlace === "before-iterator" ? BEFORE_ITERATOR : counterPlace;
  const fixedLen = fixed.reduce((length, part) => length + part.length, 0);
  return withScratch(core, Math.ceil(lengthBits / 8), (out, at) =>
    withInputs(core, [iv, ...fixed], (atIv = 0, atFixed = 0) => {
      const { kdfExpand } = core.exports;
      const m = modes[mode];
      check(kdfExpand(state, at, lengthBits, m, counterBits, place, atFixed, fixedLen, atIv, iv.length), what);
      return copyBytes(out);
    }),
  );
}

/** The outputs of `expansions`, each from the same key. `what` names the derivation in errors. */
export function derive(
  core: Core,
  hash: HashName,
  key: KdfKey,
  expansions: readonly Expansion[],
  what: string,
): Bytes[] {
  const { id } = hashFacts(hash);
  const outputs: Bytes[] = [];
  try {
    withScratch(core, core.exports.kdfStateSize(), (_, state) => {
      setKey(core, state, id, key, what);
      for (const expansion of expansions) outputs.push(expand(core, state, expansion, what));
    });
  } catch (error) {
    for (const output of outputs) output.fill(0);
    throw error;
  }
  return outputs;
}

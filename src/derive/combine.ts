/**
 * Keys combined with keys and other data, SP 800-133 Rev. 2, 6.3: options 1 (concatenation), 2 (exclusive or) and
 * 3 (key extraction). The component keys must have been made independently of each other, and the data independently of
 * the keys; that can be told of no bytes, so it is the caller's to see to. What comes is as secret as the best of them.
 */
import { type Bytes, concat, secretBytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { type HashName, hashFacts } from "../core/hash.ts";
import { derive } from "../core/kdf.ts";
import { mustBeBytes, mustBeInput, mustBeWithin } from "./checks.ts";
import { combination, secretLength } from "./limits.ts";

const nothing = new Uint8Array();

function mustBeKeys(keys: readonly Uint8Array[], least: number): void {
  mustBeWithin("component keys", keys.length, { ...combination.keys, least });
  for (const key of keys) {
    mustBeBytes("a component key", key);
    mustBeInput("a component key", key, secretLength.key);
  }
}

/** Option 1: K1 || ... || Kn, two keys or more; its length is the sum of theirs. */
export function concatenateKeys(keys: readonly Uint8Array[]): Bytes {
  mustBeKeys(keys, 2);
  return concat(...keys);
}

/** Option 2: the exclusive or of one key or more and other data, two in all or more, each as long as the result. */
export function xorKeys(keys: readonly Uint8Array[], data: readonly Uint8Array[] = []): Bytes {
  mustBeKeys(keys, data.length === 0 ? 2 : 1);
  const length = keys[0]?.length ?? 0;
  const all = [...keys, ...data];
  for (const item of all) {
    mustBeBytes("data", item);
    if (item.length === length) continue;
    throw new RangeError(
      `keys and data must all be as long as the first key, ${length} bytes, got ${item.length} (${combination.xor})`,
    );
  }
  const result = secretBytes(length);
  for (const item of all) {
    for (let i = 0; i < length; i++) result[i] = (result[i] ?? 0) ^ (item[i] ?? 0);
  }
  return result;
}

export interface ExtractionInput {
  readonly hash: HashName;
  readonly keys: readonly Uint8Array[];
  readonly data?: readonly Uint8Array[];
  /** Zeros unless given. */
  readonly salt?: Uint8Array;
  /** Bytes of the result, at most the output of the hash. */
  readonly length: number;
}

/** Option 3: the leftmost `length` bytes of HMAC(salt, K1 || ... || Kn || D1 || ... || Dm), cut in the core. */
export function extractKey(core: Core, input: ExtractionInput): Bytes {
  const { hash, keys, data = [], salt = nothing, length } = input;
  mustBeKeys(keys, 1);
  mustBeInput("salt", salt);
  const fixed = [...keys, ...data];
  mustBeInput("keys and data", { length: fixed.reduce((sum, item) => sum + item.length, 0) });
  mustBeWithin("bytes of output", length, { least: 1, most: hashFacts(hash).length, source: combination.extraction });
  // K(1) of a feedback mode without IV and counter is HMAC(key, fixed data).
  const once = { mode: "feedback", counterBits: 0, counterPlace: 0, fixed, lengthBits: 8 * length } as const;
  const [key] = derive(core, hash, { key: salt }, [once], `key extraction with HMAC-${hash}`);
  return key as Bytes; // one expansion gives one output
}

/**
 * A secret key of components, SP 800-133 Rev. 2, 6.3: one that the generator draws here, as long as the key, and those of
 * others. Nobody's component need be trusted alone: the key is as strong as the one that was drawn.
 */
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { mustBeBytes } from "../derive/checks.ts";
import { extractKey, xorKeys } from "../derive/combine.ts";
import { quote } from "../errors.ts";
import type { Made } from "./made.ts";
import type { Maker } from "./makers.ts";
import { generateSecret } from "./secret.ts";

export interface CombineWish {
  /** Option 2 of 6.3, the exclusive or of keys that are all as long as the result; or option 3, HMAC-SHA-512 of all. */
  readonly method: "xor" | "extraction";
  /** Component keys, at least one, made independently of each other and of this generator. */
  readonly keys: readonly Uint8Array[];
  /** Other data, independent of the keys. */
  readonly data?: readonly Uint8Array[];
  /** Extraction: zeros unless given. */
  readonly salt?: Uint8Array;
}

function checkBytes(what: string, values: unknown, least: number): void {
  if (!Array.isArray(values) || !values.every((value) => value instanceof Uint8Array)) {
    throw new TypeError(`${what} must be a list of bytes (Uint8Array)`);
  }
  if (values.length < least) throw new RangeError(`${what} must be at least ${least}, got ${values.length}`);
}

/** TypeError or RangeError for what cannot be combined; lengths are checked where they are combined. */
export function checkCombination(row: Algorithm, { method, keys, data = [], salt }: CombineWish): void {
  if (isKeyPair(row)) throw new RangeError(`components make secret keys, got ${row.name} (SP 800-133 Rev. 2, 6.3)`);
  if (method !== "xor" && method !== "extraction") {
    throw new RangeError(`method must be xor or extraction, got ${quote(method)}`);
  }
  checkBytes("keys", keys, 1);
  checkBytes("data", data, 0);
  if (salt === undefined) return;
  mustBeBytes("salt", salt);
  if (method === "xor") throw new RangeError("a salt is for extraction alone (SP 800-133 Rev. 2, 6.3)");
}

/** The maker of one such key. It makes at once, so that the components need not be copied. */
export function combinedMaker(row: Algorithm, { method, keys, data = [], salt }: CombineWish): Maker<Algorithm> {
  return {
    make: ({ core, generator }): Made => {
      if (isKeyPair(row)) throw new RangeError(`components make secret keys, got ${row.name}`);
      const own = generateSecret(generator, row);
      try {
        const all = [own, ...keys];
        if (method === "xor") return { kind: "secret", raw: xorKeys(all, data) };
        const input = { hash: "SHA-512", keys: all, data, length: row.keyLen } as const;
        return { kind: "secret", raw: extractKey(core, { ...input, ...(salt === undefined ? {} : { salt }) }) };
      } finally {
        own.fill(0);
      }
    },
  };
}

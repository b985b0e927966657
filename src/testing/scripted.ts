/** Entropy from a script, for known-answer work. What comes of it is marked deterministic for ever. */
import { type Bytes, copyBytes } from "../bytes.ts";
import type { EntropySource } from "../entropy/source.ts";
import { KeygenError } from "../errors.ts";

/** Hands out `script` from its start to its end, then refuses: a script is never repeated. */
export function scriptedSource(script: Uint8Array): EntropySource {
  const held = copyBytes(script);
  let at = 0;
  return {
    name: "script",
    scripted: true,
    read(length: number): Bytes {
      if (at + length > held.length) {
        throw new KeygenError(
          "entropy-unavailable",
          `the entropy script has ${held.length - at} bytes left, ${length} were asked`,
        );
      }
      at += length;
      return copyBytes(held.subarray(at - length, at));
    },
  };
}

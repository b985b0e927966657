/** HMAC (FIPS 198-1) computed by the core. The text may have any length, and so may the key. */
import { type Bytes, copyBytes } from "../bytes.ts";
import { type Core, withScratch } from "./core.ts";
import { feed, type HashName, hash, hashFacts } from "./hash.ts";
import { check } from "./status.ts";

export function hmac(core: Core, name: HashName, key: Uint8Array, ...text: readonly Uint8Array[]): Bytes {
  const { exports } = core;
  const { id, length, blockLength } = hashFacts(name);
  const what = `HMAC-${name}`;
  // Section 4, step 2: a long key is hashed first. Done here, it may be of any length.
  const k = key.length > blockLength ? hash(core, name, key) : key;
  try {
    return withScratch(core, exports.hmacStateSize(), (_, state) => {
      withScratch(core, k.length, (view, at) => {
        view.set(k);
        check(exports.hmacInit(state, id, at, k.length), what);
      });
      for (const part of text) feed(core, part, what, (at, size) => exports.hmacUpdate(state, at, size));
      return withScratch(core, length, (out, at) => {
        check(exports.hmacFinal(state, at), what);
        return copyBytes(out);
      });
    });
  } finally {
    if (k !== key) k.fill(0);
  }
}

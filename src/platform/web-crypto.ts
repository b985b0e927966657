/** The runtime's own Web Cryptography as a provider of keys. Whoever does not name it does not load it. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Core } from "../core/core.ts";
import type { Made, MadePair } from "../generate/made.ts";
import { generateOnPlatform, isServed, type Kept, type PlatformWish } from "./generate.ts";
import { type PlatformTest, testMadePair } from "./pairwise.ts";

/** What `openKeygen` takes as `platform`. */
export interface Platform {
  readonly name: "Web Cryptography";
  /** @internal Whether it has such keys, as far as its standard says. */
  serves(row: Algorithm, purpose: string | undefined): boolean;
  /** @internal A new key, checked in the core. */
  generate(core: Core, row: Algorithm, wish: PlatformWish): Promise<{ made: Made | Kept; test: PlatformTest }>;
  /** @internal Tests a pair that the core made. */
  testPair(row: Algorithm, made: MadePair, purpose: string | undefined): Promise<PlatformTest>;
}

/** For `openKeygen({ platform: webCrypto })`: then `provider: "platform"` makes keys by it, and policies may ask it to test. */
export const webCrypto: Platform = {
  name: "Web Cryptography",
  serves: isServed,
  generate: generateOnPlatform,
  testPair: testMadePair,
};

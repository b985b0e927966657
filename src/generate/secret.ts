/** Secret keys: bits straight from the generator, SP 800-133 Rev. 2, 6.1. */
import type { SecretKeyAlgorithm } from "../algorithms/algorithm.ts";
import type { Bytes } from "../bytes.ts";
import type { KeySource } from "../drbg/generator.ts";

/** `keyLen` fresh bytes. The caller owns and wipes them. */
export function generateSecret(generator: KeySource, { keyLen }: SecretKeyAlgorithm): Bytes {
  generator.freshen();
  return generator.generate(keyLen);
}

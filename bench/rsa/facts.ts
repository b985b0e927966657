/** What is known of the subject `rsa` before anything is measured. */
import type { RsaBits } from "./key.ts";

export const rsaSizes: readonly RsaBits[] = [2048, 3072, 4096];

/** A key's time is a sum of two waiting times: so many keys bring the mean to within 4, 6 and 8 %. */
export const defaultRounds: Readonly<Record<RsaBits, number>> = { 2048: 400, 3072: 150, 4096: 80 };

export const rsaNotes: readonly string[] = [
  "key: from a generator that is open, seeded and tested to the raw parts outside the core; ratios are those of the means",
  "neither the platform nor the libraries make a pairwise test, so ours is in the row of generate() only",
  "key, PKCS#8 + SPKI: the same keys, with their export",
  "generateFromSeed(): by c2sp-det-keygen, from a fresh seed each time; the ratio is that to generate(), of the same rounds",
  "key, without FMA: one key in four, by the build for engines without relaxed SIMD; not where bytes may not be compiled",
  "a bar is met when the ratio is at it or below in two runs of three",
  "one test, sieving, fixed: of other keys, taken apart unit by unit; these are the parts that luck does not move",
];

/** What a waiting caller may be told of a prime search. */

export interface Progress {
  /** Which prime is being looked for, or what follows the search. */
  readonly phase: "p" | "q" | "derive" | "pairwise";
  /** Candidates drawn so far, both primes together. */
  readonly candidates: number;
  /** The probability that a search of this size is done by now, 0 to 1. Not a percentage of work: luck has no memory. */
  readonly doneBy: number;
}

/** The part of the numbers from 2^(bits-1) to 2^bits that is at least sqrt(2) 2^(bits-1): FIPS 186-5, A.1.3, step 4.4. */
const IN_RANGE = 2 - Math.SQRT2;

/**
 * The probability that two primes were found among `candidates` odd numbers of `bits` bits each.
 *
 * By the prime number theorem an odd number near 2^bits is prime with probability 2 / (bits ln 2), and it counts only if
 * it is in range; the number of draws until the second success is a sum of two geometric variables.
 */
export function doneBy(candidates: number, bits: number): number {
  if (candidates < 2) return 0;
  const r = (IN_RANGE * 2) / (bits * Math.LN2);
  const miss = (1 - r) ** (candidates - 1);
  return 1 - miss * (1 - r) - candidates * r * miss;
}

/** What a waiting caller may be told of a prime search. */

export interface Progress {
  /** Which prime is being looked for, or what follows the search. */
  readonly phase: "p" | "q" | "derive" | "pairwise";
  /** Candidates examined so far, both primes together. */
  readonly candidates: number;
  /** The probability that a search of this size is done by now, 0 to 1. Not a percentage of work: luck has no memory. */
  readonly doneBy: number;
}

/**
 * The probability that two primes were found among `candidates` odd candidates of `bits` bits each.
 *
 * By the prime number theorem an odd number near 2^bits is prime with probability r = 2 / (bits ln 2); the number of
 * candidates until the second success is a sum of two geometric variables.
 */
export function doneBy(candidates: number, bits: number): number {
  if (candidates < 2) return 0;
  const r = 2 / (bits * Math.LN2);
  const miss = (1 - r) ** (candidates - 1);
  return 1 - miss * (1 - r) - candidates * r * miss;
}

/** What a waiting caller may be told of a key that is made in steps. */
import type { RsaMethodName } from "../algorithms/rsa-methods.ts";

export interface Progress {
  /** RSA: which prime is being looked for, or what follows the search. SLH-DSA: the tree. Then the pairwise test. */
  readonly phase: "p" | "q" | "derive" | "tree" | "pairwise";
  /** Candidates looked at so far, both primes together; of SLH-DSA, leaves of the tree that are done. */
  readonly candidates: number;
  /**
   * The probability that a search of this size is done by now, 0 to 1. Not a percentage of work: luck has no memory. Of
   * SLH-DSA, where the work is known, the share of it that is done.
   */
  readonly doneBy: number;
}

/**
 * The part of the numbers from 2^(bits-1) to 2^bits that is at least sqrt(2) 2^(bits-1): FIPS 186-5, A.1.3, step 4.4. The
 * other methods look at no candidate below.
 */
const IN_RANGE = 2 - Math.SQRT2;

/**
 * The probability that two primes were found among `candidates` odd numbers of `bits` bits each.
 *
 * By the prime number theorem an odd number near 2^bits is prime with probability 2 / (bits ln 2), and by Dirichlet's so is
 * a member of a progression of odd numbers; in A.1.3 it counts only if it is in range. The number of candidates until the
 * second success is a sum of two geometric variables.
 */
export function doneBy(candidates: number, bits: number, method: RsaMethodName): number {
  if (candidates < 2) return 0;
  const r = ((method === "A.1.3" ? IN_RANGE : 1) * 2) / (bits * Math.LN2);
  const miss = (1 - r) ** (candidates - 1);
  return 1 - miss * (1 - r) - candidates * r * miss;
}

/** What the theory says of a search: how many candidates come to a test, if trial division sifts them first. */

/** Candidates with a prime factor below this are sifted out: the table of assembly/prime/small-primes.ts. */
export const SIEVE_BOUND = 2 ** 16;

/** e to the power of Euler's constant. */
const E_GAMMA = 1.781072417990198;

/**
 * Tests until a prime is found, the passed one included. Among numbers near 2^bits one in ln(2^bits) is prime, and by
 * Mertens' third theorem one in e^gamma ln B has no prime factor below B; all primes are among these.
 */
export function expectedTestsPerPrime(bits: number, bound = SIEVE_BOUND): number {
  return (bits * Math.LN2) / (E_GAMMA * Math.log(bound));
}

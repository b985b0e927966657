/** What the theory says of a search: how many candidates come to a test, if trial division sifts them first. */

/**
 * Candidates with a prime factor below this are sifted out, by the bits of the prime: what assembly/prime/auxiliary.ts
 * tells the sieve of A.1.6.
 */
const sieveBounds: Readonly<Record<number, number>> = { 1024: 2 ** 17, 1536: 2 ** 18, 2048: 2 ** 19 };

/** e to the power of Euler's constant. */
const E_GAMMA = 1.781072417990198;

/**
 * Tests until a prime is found, the passed one included. Among numbers near 2^bits one in ln(2^bits) is prime, and by
 * Mertens' third theorem one in e^gamma ln B has no prime factor below B; all primes are among these.
 */
export function expectedTestsPerPrime(bits: number, bound = sieveBounds[bits] ?? 0): number {
  return (bits * Math.LN2) / (E_GAMMA * Math.log(bound));
}

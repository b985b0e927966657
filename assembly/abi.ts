/**
 * What the host must know about this module: its version, its status codes and where the host may write.
 *
 * Every exported operation returns one of these codes. `src/core/status.ts` holds the same table and is the only
 * place that turns a code into an error; `test/abi.test.ts` compares the two.
 */

/** Grows when a signature, a state layout or a code changes. */
export function abiVersion(): u32 {
  return 1;
}

export namespace Status {
  export const OK: u32 = 0;
  /** A search made its share of work and wants to be called again. */
  export const CONTINUE: u32 = 1;
  /** A length, an identifier or a pointer is outside what the operation takes. */
  export const BAD_ARGUMENT: u32 = 2;
  /** More bytes than SP 800-90A Rev. 1, Table 2 (or our own smaller limit) allows in one call. */
  export const TOO_LONG: u32 = 3;
  /** The generator has served its reseed interval, or prediction resistance was asked: reseed, then call again. */
  export const RESEED_REQUIRED: u32 = 4;
  /** The state was never instantiated, or was uninstantiated. */
  export const NOT_INSTANTIATED: u32 = 5;
  /** More strength was asked than the generator was instantiated with, or than its hash supports. */
  export const STRENGTH: u32 = 6;
  /** A self-test failed in this instance. Only a new instance leaves this state. */
  export const SELF_TEST_FAILED: u32 = 7;
  /** A prime search used up the number of candidates that the standard allows it. */
  export const SEARCH_LIMIT: u32 = 8;
  /** A new key pair did not pass its pairwise consistency test. */
  export const PAIRWISE_FAILED: u32 = 9;
  /** A key does not meet a criterion of its standard: FIPS 186-5, A.1.1; SP 800-56A Rev. 3, 5.6.2.3. */
  export const KEY_INVALID: u32 = 10;
  /** A generator found its own state damaged. Only uninstantiate and a new generator leave this state. */
  export const DRBG_ERROR: u32 = 11;
  /** The number is not prime: an answer, not an error. */
  export const COMPOSITE: u32 = 12;
}

/** The host's part of the memory: five pages, enough for the four 64 KiB inputs and the output of one DRBG call. */
const ARENA_SIZE: u32 = 5 << 16;
const arena = memory.data(5 << 16, 16);

export function arenaPtr(): usize {
  return arena;
}

export function arenaSize(): u32 {
  return ARENA_SIZE;
}

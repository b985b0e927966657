/** Turns a status of the core into an error; the only place that does. `assembly/abi.ts` holds the same table. */
import { type ErrorCode, KeygenError } from "../errors.ts";

export const Status = {
  OK: 0,
  CONTINUE: 1,
  BAD_ARGUMENT: 2,
  TOO_LONG: 3,
  RESEED_REQUIRED: 4,
  NOT_INSTANTIATED: 5,
  STRENGTH: 6,
  SELF_TEST_FAILED: 7,
  SEARCH_LIMIT: 8,
  PAIRWISE_FAILED: 9,
  KEY_INVALID: 10,
  DRBG_ERROR: 11,
  COMPOSITE: 12,
} as const;

const errors: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  [Status.RESEED_REQUIRED]: [
    "reseed-required",
    "the generator must be reseeded before it serves again (SP 800-90A Rev. 1, 10.1.2.5)",
  ],
  [Status.NOT_INSTANTIATED]: ["drbg-not-instantiated", "the generator is not instantiated (SP 800-90A Rev. 1, 9)"],
  [Status.STRENGTH]: [
    "strength-unavailable",
    "the generator does not have the strength that was asked (SP 800-90A Rev. 1, 9.3.1)",
  ],
  [Status.SELF_TEST_FAILED]: [
    "self-test-failed",
    "a known-answer test failed; this instance stays closed, open a new one",
  ],
  [Status.SEARCH_LIMIT]: [
    "search-limit",
    "the prime search used up its candidates (FIPS 186-5, A.1 and B.9); generate again",
  ],
  [Status.PAIRWISE_FAILED]: [
    "pairwise-failed",
    "the new key pair failed its pairwise consistency test; this instance stays closed, open a new one",
  ],
  [Status.KEY_INVALID]: [
    "key-invalid",
    "the key does not meet the criteria of its standard (RSA: FIPS 186-5, A.1.1; ECC: SP 800-56A Rev. 3, 5.6.2)",
  ],
  [Status.DRBG_ERROR]: [
    "drbg-failed",
    "the generator found its state damaged; uninstantiate it and open a new one (SP 800-90A Rev. 1, 11.3)",
  ],
};

/** Returns on OK and CONTINUE, throws on anything else. `what` names the operation: public words only. */
export function check(status: number, what: string): void {
  if (status === Status.OK || status === Status.CONTINUE) return;
  const known = errors[status];
  if (known !== undefined) throw new KeygenError(known[0], `${what}: ${known[1]}`);
  if (status === Status.TOO_LONG) throw new RangeError(`${what}: longer than one call may be (64 KiB)`);
  throw new RangeError(`${what}: an argument is outside what the core takes (status ${status})`);
}

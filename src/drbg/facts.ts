/** What every generator of this version has, as data: whoever reads a record knows them without a generator. */
import type { HashName } from "../core/hash.ts";

/** 384 bits: 3/2 of the strength, so that no separate nonce is needed (SP 800-90A Rev. 1, 8.6.7). */
export const ENTROPY_LEN = 48;
/** Platform bytes mixed into the first request of each generation and of each resumption; they credit no entropy (8.7.2). */
export const FRESH_LEN = 32;
/** Far below the 2^48 of Table 2. */
export const RESEED_INTERVAL = 2 ** 20;
export const DRBG_HASH: HashName = "SHA-512";
export const DRBG_STRENGTH_BITS = 256;

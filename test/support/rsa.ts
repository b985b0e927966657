/** Making RSA keys in tests: generators from seeds, the loop over steps, and the eight parts as numbers. */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "@scure/base";
import type { Core } from "../../src/core/core.ts";
import { type RsaParts, type RsaSearch, rsaBegin, rsaStep, rsaTake } from "../../src/core/rsa.ts";
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import { fromBigEndian } from "./integers.ts";

/** More work than any search of a test has in it: one step. */
export const ALL_AT_ONCE = 0xffffffff;

export interface RsaNumbers {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qi: bigint;
}

export function numbersOf({ n, e, d, p, q, dp, dq, qi }: RsaParts): RsaNumbers {
  const f = fromBigEndian;
  return { n: f(n), e: f(e), d: f(d), p: f(p), q: f(q), dp: f(dp), dq: f(dq), qi: f(qi) };
}

/** A generator of SHA-256 with 256 bits of strength from a seed of any length above 32 bytes. */
export function generatorFrom(core: Core, seed: Uint8Array, personalization = "test"): HmacDrbg {
  return HmacDrbg.instantiate(core, {
    hash: "SHA-256",
    strengthBits: 256,
    entropy: seed,
    personalization: new TextEncoder().encode(personalization),
  });
}

/**
 * The generator of C2SP det-keygen: the seed, no nonce, and the personalization string. The first bytes of that string
 * are handed over as the nonce: the three are only ever hashed one after the other (SP 800-90A Rev. 1, 10.1.2.3), and
 * a seed of 128 bits would not be let in without a nonce.
 */
export function detKeygenGenerator(core: Core, seed: Uint8Array, bits: number): HmacDrbg {
  const text = new TextEncoder().encode("det RSA key gen");
  return HmacDrbg.instantiate(core, {
    hash: "SHA-256",
    strengthBits: 112,
    entropy: seed,
    nonce: text.subarray(0, 8),
    personalization: Uint8Array.of(...text.subarray(8), bits >> 8, bits & 0xff),
  });
}

/** Runs a search to its end in steps of `work`. */
export function makeKey(core: Core, search: RsaSearch, work = ALL_AT_ONCE): RsaParts {
  rsaBegin(core, search);
  while (!rsaStep(core, work));
  return rsaTake(core, search.modulusBits);
}

/** SHA-256 of all parts of a key in hexadecimal, one after the other. */
export function digestOf(key: RsaNumbers): string {
  const { n, e, d, p, q, dp, dq, qi } = key;
  const text = [n, e, d, p, q, dp, dq, qi].map((part) => part.toString(16)).join(" ");
  return hex.encode(sha256(new TextEncoder().encode(text)));
}

/** The det-keygen key of 2048 bits of the seed 00 01 .. 2f, as `rsa-reference.ts` finds it. */
export const detKeygenAnswer = {
  seed: Uint8Array.from({ length: 48 }, (_, i) => i),
  digest: "af1dde81f37a5e1ba15a207b0e5a5fa8986ae17b8bc45a3a97309bb7ba980896",
} as const;

/** HKDF (RFC 5869), which is the two-step derivation of SP 800-56C Rev. 2, 5.1 in one of its forms. */
import type { Bytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { HashName } from "../core/hash.ts";
import { derive, type Expansion } from "../core/kdf.ts";
import { mustBeInput, outputBits } from "./checks.ts";
import { blocks, secretLength } from "./limits.ts";

const nothing = new Uint8Array();

/** One output of HKDF-Expand. */
export interface HkdfExpansion {
  /** FixedInfo of SP 800-56C; empty unless given. */
  readonly info?: Uint8Array;
  /** L: bytes of output, at most 255 times the output of the hash. */
  readonly length: number;
}

export interface HkdfInput {
  readonly hash: HashName;
  /** IKM, the shared secret Z of SP 800-56C. */
  readonly ikm: Uint8Array;
  /** Zeros unless given (RFC 5869, 2.2). */
  readonly salt?: Uint8Array;
}

/** OKM, `length` bytes. RangeError beyond the limits of `limits.ts`. The caller owns and wipes it. */
export function hkdf(core: Core, input: HkdfInput & HkdfExpansion): Bytes {
  const [okm] = hkdfExpansions(core, input, [input]);
  return okm as Bytes; // one expansion gives one output
}

/**
 * One extraction and several expansions of the same pseudorandom key, which stays in the core (SP 800-56C Rev. 2, 5).
 * Expansions with the same info give the same bytes: each use needs an info of its own.
 */
export function hkdfExpansions(core: Core, input: HkdfInput, expansions: readonly HkdfExpansion[]): Bytes[] {
  const { hash, ikm, salt = nothing } = input;
  mustBeInput("input keying material", ikm, secretLength.z);
  mustBeInput("salt", salt);
  return derive(
    core,
    hash,
    { salt, secret: ikm },
    expansions.map(({ info = nothing, length }): Expansion => {
      mustBeInput("info", info);
      const lengthBits = outputBits(hash, length, blocks.hkdf);
      // T(i) = HMAC(PRK, T(i-1) || info || i): a feedback mode.
      return { mode: "feedback", counterBits: 8, counterPlace: 8 * info.length, fixed: [info], lengthBits };
    }),
    `HKDF-${hash}`,
  );
}

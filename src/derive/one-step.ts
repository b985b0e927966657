/** The one-step key derivation of SP 800-56C Rev. 2, Section 4, with a hash (option 1) or HMAC (option 2). */
import type { Bytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import type { HashName } from "../core/hash.ts";
import { derive } from "../core/kdf.ts";
import { quote } from "../errors.ts";
import { mustBeInput, outputBits } from "./checks.ts";
import { blocks, callLength, secretLength } from "./limits.ts";

const nothing = new Uint8Array();

export interface OneStepInput {
  readonly hash: HashName;
  /** H(x): the hash itself, or HMAC with the salt as its key. */
  readonly auxiliary: "hash" | "HMAC";
  /** Z, the shared secret. */
  readonly z: Uint8Array;
  /** For HMAC: zeros unless given. The hash has none. */
  readonly salt?: Uint8Array;
  /** FixedInfo; empty unless given. */
  readonly fixedInfo?: Uint8Array;
  /** Bytes of output. */
  readonly length: number;
}

/** DerivedKeyingMaterial, `length` bytes: H(counter || Z || FixedInfo) for counter 1, 2, ... The caller owns and wipes it. */
export function oneStepKdf(core: Core, input: OneStepInput): Bytes {
  const { hash, auxiliary, z, salt, fixedInfo = nothing } = input;
  if (auxiliary !== "hash" && auxiliary !== "HMAC") {
    throw new RangeError(`auxiliary must be "hash" or "HMAC", got ${quote(auxiliary)} (SP 800-56C Rev. 2, 4.2)`);
  }
  if (auxiliary === "hash" && salt !== undefined) {
    throw new RangeError("a salt is for HMAC alone (SP 800-56C Rev. 2, 4.2)");
  }
  mustBeInput("Z", z, secretLength.z);
  mustBeInput("salt", salt ?? nothing);
  mustBeInput("Z and FixedInfo", { length: z.length + fixedInfo.length }, callLength);
  const lengthBits = outputBits(hash, input.length, blocks.oneStep);
  const [out] = derive(
    core,
    hash,
    auxiliary === "hash" ? "unkeyed" : { key: salt ?? nothing },
    [{ mode: "counter", counterBits: 32, counterPlace: 0, fixed: [z, fixedInfo], lengthBits }],
    `one-step KDF with ${auxiliary === "hash" ? "" : "HMAC-"}${hash}`,
  );
  return out as Bytes; // one expansion gives one output
}

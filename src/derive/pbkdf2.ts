/** PBKDF2 (RFC 8018, 5.2; SP 800-132, 5.3) with HMAC, within the limits of its standards. */
import type { Bytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { type Pbkdf2Options, type Pbkdf2Work, pbkdf2 as run } from "../core/pbkdf2.ts";
import { mustBeInput, mustBeWithin, outputBits } from "./checks.ts";
import { blocks, iterations, secretLength } from "./limits.ts";

export type { Pbkdf2Options, Pbkdf2Progress } from "../core/pbkdf2.ts";

/** P, S, c and dkLen of RFC 8018, in bytes; the hash is that of the PRF. */
export type Pbkdf2Input = Pbkdf2Work;

/**
 * The derived key, `length` bytes, in steps of about 10 ms; rejects with the signal's reason when it is aborted. RangeError
 * beyond the limits of `limits.ts`. The caller owns and wipes the key, and wipes the password.
 */
export async function pbkdf2(core: Core, input: Pbkdf2Input, options: Pbkdf2Options = {}): Promise<Bytes> {
  mustBeInput("password", input.password, secretLength.password);
  mustBeInput("salt", input.salt);
  mustBeWithin("iterations", input.iterations, iterations);
  outputBits(input.hash, input.length, blocks.pbkdf2);
  return run(core, input, options);
}

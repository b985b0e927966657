/** Where a generator's entropy input comes from, and what may be said about it. */
import type { Bytes } from "../bytes.ts";

export interface EntropySource {
  /** As the record names it. */
  readonly name: string;
  /** Whether the bytes are chosen by a caller instead of drawn: known-answer work only, recorded for ever. */
  readonly scripted: boolean;
  /** `length` fresh bytes, owned by the caller. Throws KeygenError "entropy-unavailable" when there are none. */
  read(length: number): Bytes;
}

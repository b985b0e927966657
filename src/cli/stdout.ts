/** Standard output that is written when `print` returns, or is an error: a pipe may be closed, a disk full. */
import { writeSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { codeOf } from "./files.ts";

const STDOUT = 1;

/** What a pipe that is full for now says, where someone made it non-blocking. */
const LATER = "EAGAIN";
const PAUSE_MS = 10;

/**
 * Not through process.stdout, which tells of a failure after the caller has gone on, and of a file that takes only a part
 * not at all. `what` is for the error.
 */
export async function print(output: string | Uint8Array, what = "the answer", consequence = ""): Promise<void> {
  const bytes = typeof output === "string" ? Buffer.from(output) : output;
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(STDOUT, bytes, at);
    } catch (cause) {
      const code = codeOf(cause);
      if (code !== LATER) {
        throw new Error(`${what} could not be written to standard output (${code})${consequence}`, { cause });
      }
      await setTimeout(PAUSE_MS);
    }
  }
}

/**
 * `generate()` as its users await it, with the stop-watch at the seams that a caller can reach: the source that is asked
 * for fresh bytes when the policy has decided and whenever a search resumes, the progress that is told before each pause,
 * and the clock that is asked for the date of the record.
 */
import { loadCore } from "#keywright/load";
import { webCryptoSource } from "../../src/entropy/web-crypto.ts";
import { type Keygen, openKeygenWith } from "../../src/keygen.ts";
import type { RsaBits } from "./key.ts";

export interface GenerateSample {
  /** Milliseconds from the call to the key and its record. */
  readonly whole: number;
  /** The decision of the policy, and all else before the search. */
  readonly decision: number;
  /** The event loop's turns between two steps. */
  readonly pauses: number;
  /** From the date of the record to the end. */
  readonly record: number;
}

export interface WatchedKeygen {
  sample(bits: RsaBits): Promise<GenerateSample>;
  close(): void;
}

export async function openWatched(now: () => number): Promise<WatchedKeygen> {
  let firstRead: number | undefined;
  let lastDate = 0;
  let paused: number | undefined;
  let pauses = 0;
  const keygen: Keygen = await openKeygenWith(
    {
      load: loadCore,
      source: {
        ...webCryptoSource,
        read: (length) => {
          const at = now();
          firstRead ??= at;
          if (paused !== undefined) pauses += at - paused;
          paused = undefined;
          return webCryptoSource.read(length);
        },
      },
      now: () => {
        lastDate = now();
        return new Date();
      },
    },
    { policy: "nist", environment: "test" },
  );
  const onProgress = () => {
    paused = now();
  };
  return {
    async sample(bits) {
      firstRead = undefined;
      paused = undefined;
      pauses = 0;
      const start = now();
      const { privateKey } = await keygen.generate(`RSA-${bits}`, { onProgress });
      const end = now();
      privateKey.wipe();
      if (firstRead === undefined) throw new Error("generate() must ask the source before it searches");
      return { whole: end - start, decision: firstRead - start, pauses, record: end - lastDate };
    },
    close: () => keygen.close(),
  };
}

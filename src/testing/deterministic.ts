/** The façade over a scripted generator: what a test wants that needs the same key twice. */
import type { CoreLoader } from "../core/load.ts";
import { type Keygen, openKeygenWith } from "../keygen.ts";
import type { KeygenOptions } from "../options.ts";
import { scriptedSource } from "./scripted.ts";

export interface DeterministicOptions extends Omit<KeygenOptions, "environment"> {
  /** Entropy inputs in the order in which they are drawn: 48 bytes to open, 48 for each reseed. */
  readonly entropy: Uint8Array;
  /** The clock that records read. Default: the platform's. */
  readonly now?: () => Date;
}

export function openDeterministic(load: CoreLoader, options: DeterministicOptions): Promise<Keygen> {
  const { entropy, now, ...rest } = options;
  const parts = { load, source: scriptedSource(entropy), ...(now === undefined ? {} : { now }) };
  return openKeygenWith(parts, { ...rest, environment: "test" });
}

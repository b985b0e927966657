/** How tests get a core: the one place that knows which loader suits the runtime. */
import { type Core, openCore } from "../../src/core/core.ts";
import { loadEmbedded } from "../../src/core/load-embedded.ts";

/** A core of its own: nothing in it was used before. */
export async function freshCore(): Promise<Core> {
  return openCore(await loadEmbedded());
}

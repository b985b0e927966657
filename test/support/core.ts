/** How tests get a core; the import condition brings the loader that suits the runtime. */
import { loadCore } from "#keywright/load";
import { type Core, openCore } from "../../src/core/core.ts";

/** A core of its own: nothing in it was used before. */
export async function freshCore(): Promise<Core> {
  return openCore(await loadCore());
}

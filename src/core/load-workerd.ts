/** Loads the core in a Worker, where compiling bytes is forbidden: the platform compiled the `.wasm` at deployment. */

import simd from "../../build/core.wasm";
import relaxed from "../../build/core-relaxed.wasm";
import { digests } from "./generated/digest.ts";
import { chooseBuild, type LoadedCore, type OwnCore, ownCore } from "./load.ts";

export async function loadCore(own?: OwnCore): Promise<LoadedCore> {
  if (own !== undefined) return ownCore(own);
  const build = chooseBuild();
  return { module: build === "relaxed" ? relaxed : simd, build, digest: digests[build], digestBy: "build" };
}

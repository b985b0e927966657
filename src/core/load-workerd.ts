/** Loads the core in a Worker, where compiling bytes is forbidden: the platform compiled the `.wasm` at deployment. */

import simd from "../../build/core.wasm";
import relaxed from "../../build/core-relaxed.wasm";
import { digests } from "./generated/digest.ts";
import { type CoreBuild, chooseBuild, type LoadedCore } from "./load.ts";

export async function loadWorkerd(build: CoreBuild = chooseBuild()): Promise<LoadedCore> {
  return { module: build === "relaxed" ? relaxed : simd, build, digest: digests[build], digestBy: "build" };
}

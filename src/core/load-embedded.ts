/** Loads the core from base64 inside the package: for Node, browsers and bundlers, without any configuration. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { base64 } from "@scure/base";
import { copyBytes } from "../bytes.ts";
import { blocked, type CoreBuild, chooseBuild, type LoadedCore, type OwnCore, ownCore } from "./load.ts";

// Compiled code is immutable, so it may be shared by all instances. A failure is not kept.
const compiled = new Map<CoreBuild, Promise<LoadedCore>>();

async function compile(build: CoreBuild): Promise<LoadedCore> {
  const { bytes: text } =
    build === "relaxed" ? await import("./generated/core-relaxed.ts") : await import("./generated/core.ts");
  const bytes = copyBytes(base64.decode(text));
  const digest = `sha256:${bytesToHex(sha256(bytes))}`;
  try {
    return { module: await WebAssembly.compile(bytes), build, digest, digestBy: "computed" };
  } catch (cause) {
    throw blocked(cause);
  }
}

export async function loadCore(own?: OwnCore): Promise<LoadedCore> {
  if (own !== undefined) return ownCore(own);
  const build = chooseBuild();
  let loading = compiled.get(build);
  if (loading === undefined) {
    loading = compile(build);
    compiled.set(build, loading);
    loading.catch(() => compiled.delete(build));
  }
  return await loading;
}

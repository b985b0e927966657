/** Loads the core from base64 inside the package: for Node, browsers and bundlers, without any configuration. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Bytes, secretBytes } from "../bytes.ts";
import { blocked, type CoreBuild, chooseBuild, type LoadedCore, type OwnCore, ownCore } from "./load.ts";

// Compiled code is immutable, so it may be shared by all instances. A failure is not kept.
const compiled = new Map<CoreBuild, Promise<LoadedCore>>();

/** By the platform, which takes half the time that a decoder in JavaScript takes, and no room in a page. */
function fromBase64(text: string): Bytes {
  const characters = atob(text);
  const bytes = secretBytes(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

async function compile(build: CoreBuild): Promise<LoadedCore> {
  const { bytes: text } =
    build === "relaxed" ? await import("./generated/core-relaxed.ts") : await import("./generated/core.ts");
  const bytes = fromBase64(text);
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

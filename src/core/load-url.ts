/** Loads the core as a separate, cacheable asset, for pages that do not want it inside their JavaScript. */
import { hexToBytes } from "@noble/hashes/utils.js";
import { base64 } from "@scure/base";
import { KeygenError } from "../errors.ts";
import { digests } from "./generated/digest.ts";
import { blocked, type CoreBuild, chooseBuild, type LoadedCore, type OwnCore, ownCore } from "./load.ts";

// Each URL is written out in full: bundlers look for exactly this form.
const urls: Readonly<Record<CoreBuild, () => URL>> = {
  simd: () => new URL("../../build/core.wasm", import.meta.url),
  relaxed: () => new URL("../../build/core-relaxed.wasm", import.meta.url),
};

export async function loadCore(own?: OwnCore): Promise<LoadedCore> {
  if (own !== undefined) return ownCore(own);
  const build = chooseBuild();
  const digest = digests[build];
  // The browser refuses a body whose digest differs: subresource integrity.
  const integrity = `sha256-${base64.encode(hexToBytes(digest.slice("sha256:".length)))}`;
  const url = urls[build]();
  const response = await fetch(url, { integrity }).catch((cause: unknown) => {
    throw new KeygenError(
      "core-mismatch",
      `the core could not be fetched from ${url.pathname}, or its bytes are not those of this release (subresource integrity); in a page the Content-Security-Policy must have connect-src 'self', in Node import keywright instead`,
      {},
      { cause },
    );
  });
  if (!response.ok) {
    throw new KeygenError(
      "core-mismatch",
      `the core is not at ${url.pathname} (HTTP ${response.status}); copy the two .wasm files of the package there`,
    );
  }
  try {
    const module = await WebAssembly.compileStreaming(response);
    return { module, build, digest, digestBy: "subresource-integrity" };
  } catch (cause) {
    throw blocked(cause);
  }
}

/**
 * How the compiled core reaches this library. Three loaders exist, one a file; all of them hand over a `LoadedCore`.
 * Which of the two builds is taken is decided here, by what the engine says it can validate.
 */
import { KeygenError, quote } from "../errors.ts";
import { digests } from "./generated/digest.ts";

export type CoreBuild = "simd" | "relaxed";

/** Who says that the digest is that of the module in use. */
export type DigestBasis = "computed" | "build" | "caller" | "subresource-integrity";

/** A compiled module, and what is known of where it came from. */
export interface LoadedCore {
  /** @internal */
  readonly module: WebAssembly.Module;
  readonly build: CoreBuild;
  /** `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly digestBy: DigestBasis;
}

/** A compiled core that the caller brings: one of this release's two builds. */
export interface OwnCore {
  /** A `WebAssembly.Module`. */
  readonly module: object;
  readonly build: CoreBuild;
}

/** Loads the build that the engine can run, or takes the caller's. */
export type CoreLoader = (own?: OwnCore) => Promise<LoadedCore>;

/** A compiled module does not show its bytes, so the digest is the caller's word, and the record says so. */
export function ownCore({ module, build }: OwnCore): LoadedCore {
  if (!(module instanceof WebAssembly.Module)) throw new TypeError("core.module must be a WebAssembly.Module");
  if (build !== "simd" && build !== "relaxed")
    throw new TypeError(`core.build must be "simd" or "relaxed", got ${quote(build)}`);
  return { module, build, digest: digests[build], digestBy: "caller" };
}

/** A module with one relaxed_madd: engines without relaxed SIMD find it invalid. Validating is allowed even where compiling is not. */
function hasRelaxedSimd(): boolean {
  const splat = [65, 0, 253, 15];
  const body = [0, ...splat, ...splat, ...splat, 253, 135, 2, 11];
  const module = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, body.length + 2, 1, body.length];
  return WebAssembly.validate(new Uint8Array([...module, ...body]));
}

export function chooseBuild(): CoreBuild {
  if (typeof WebAssembly !== "object") {
    throw new KeygenError(
      "wasm-unavailable",
      "WebAssembly is not available in this runtime; keywright needs it with SIMD",
    );
  }
  return hasRelaxedSimd() ? "relaxed" : "simd";
}

/** The error for an engine or a page that refuses to compile: it says which header line would allow it. */
export function blocked(cause: unknown): KeygenError {
  return new KeygenError(
    "wasm-unavailable",
    "the runtime refused to compile WebAssembly; in a page, the Content-Security-Policy must have script-src 'self' 'wasm-unsafe-eval'; in a Cloudflare Worker, import keywright through the workerd condition",
    {},
    { cause },
  );
}

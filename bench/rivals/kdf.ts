/** Key derivation by others: the runtime's own, and `@noble/hashes`. */
import { hkdf } from "@noble/hashes/hkdf.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { runtimeFacts } from "../../src/core/runtime.ts";

export type KdfHash = "SHA-256" | "SHA-512";

export interface KdfInput {
  /** The password or the input keying material. */
  readonly secret: Uint8Array<ArrayBuffer>;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly info: Uint8Array<ArrayBuffer>;
}

/** Derives once; the bytes, sooner or later. */
export type Derive = () => Uint8Array | Promise<Uint8Array>;

export interface Rival {
  readonly name: string;
  readonly derive: Derive;
}

const nobleHashes = { "SHA-256": sha256, "SHA-512": sha512 } as const;

async function subtle(kind: "PBKDF2" | "HKDF", input: KdfInput, parameters: object, length: number) {
  const key = await crypto.subtle.importKey("raw", input.secret, kind, false, ["deriveBits"]);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: kind, salt: input.salt, ...parameters }, key, 8 * length),
  );
}

/** Node's synchronous functions; elsewhere WebCrypto, with the import of the key, which is asynchronous. */
export function nativePbkdf2(hash: KdfHash, input: KdfInput, iterations: number, length: number): Rival {
  if (runtimeFacts().name !== "node") {
    return { name: "WebCrypto PBKDF2", derive: () => subtle("PBKDF2", input, { hash, iterations }, length) };
  }
  // Asked of the process, not imported: this file is bundled for runtimes without the module.
  const { pbkdf2Sync } = process.getBuiltinModule("node:crypto");
  const name = hash === "SHA-256" ? "sha256" : "sha512";
  return {
    name: "node:crypto pbkdf2Sync",
    derive: () => pbkdf2Sync(input.secret, input.salt, iterations, length, name),
  };
}

export function nativeHkdf(hash: KdfHash, input: KdfInput, length: number): Rival {
  if (runtimeFacts().name !== "node") {
    return { name: "WebCrypto HKDF", derive: () => subtle("HKDF", input, { hash, info: input.info }, length) };
  }
  const { hkdfSync } = process.getBuiltinModule("node:crypto");
  const name = hash === "SHA-256" ? "sha256" : "sha512";
  return {
    name: "node:crypto hkdfSync",
    derive: () => new Uint8Array(hkdfSync(name, input.secret, input.salt, input.info, length)),
  };
}

export function noblePbkdf2(hash: KdfHash, { secret, salt }: KdfInput, iterations: number, length: number): Rival {
  const derive = () => pbkdf2(nobleHashes[hash], secret, salt, { c: iterations, dkLen: length });
  return { name: "@noble/hashes pbkdf2", derive };
}

export function nobleHkdf(hash: KdfHash, { secret, salt, info }: KdfInput, length: number): Rival {
  return { name: "@noble/hashes hkdf", derive: () => hkdf(nobleHashes[hash], secret, salt, info, length) };
}

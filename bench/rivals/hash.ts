/** Hashes and HMAC by others: the runtime's own, and `@noble/hashes`. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { sha3_256, sha3_512, shake128, shake256 } from "@noble/hashes/sha3.js";
import { runtimeFacts } from "../../src/core/runtime.ts";

/** Hashes once; the bytes, sooner or later. */
export type Digest = () => Uint8Array | Promise<Uint8Array>;

export interface Rival {
  readonly name: string;
  readonly digest: Digest;
}

/** Bytes of a SHAKE's output. */
export const XOF_LENGTH = 32;

/** What is hashed. */
export interface HashInput {
  readonly message: Uint8Array<ArrayBuffer>;
  /** HMAC has one. */
  readonly key?: Uint8Array<ArrayBuffer>;
}

const hashes = {
  "SHA-256": { node: "sha256", web: "SHA-256", noble: sha256 },
  "SHA-512": { node: "sha512", web: "SHA-512", noble: sha512 },
  "SHA3-256": { node: "sha3-256", web: "SHA3-256", noble: sha3_256 },
  "SHA3-512": { node: "sha3-512", web: "SHA3-512", noble: sha3_512 },
} as const;

const xofs = {
  SHAKE128: { node: "shake128", noble: shake128 },
  SHAKE256: { node: "shake256", noble: shake256 },
} as const;

export type BenchHash = keyof typeof hashes;
export type BenchXof = keyof typeof xofs;

export const isXof = (name: string): name is BenchXof => Object.hasOwn(xofs, name);

function inNode(name: BenchHash | BenchXof, { message, key }: HashInput): Rival {
  // Asked of the process, not imported: this file is bundled for runtimes without the module.
  const { createHash, createHmac, hash } = process.getBuiltinModule("node:crypto");
  if (isXof(name)) {
    const options = { outputLength: XOF_LENGTH };
    return {
      name: "node:crypto createHash",
      digest: () => createHash(xofs[name].node, options).update(message).digest(),
    };
  }
  const { node } = hashes[name];
  if (key !== undefined) {
    return { name: "node:crypto createHmac", digest: () => createHmac(node, key).update(message).digest() };
  }
  return { name: "node:crypto hash", digest: () => hash(node, message, "buffer") };
}

async function inWebCrypto(name: BenchHash, { message, key }: HashInput): Promise<Rival> {
  const { web } = hashes[name];
  if (key === undefined) {
    return {
      name: "crypto.subtle.digest",
      digest: async () => new Uint8Array(await crypto.subtle.digest(web, message)),
    };
  }
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: web }, false, ["sign"]);
  return {
    name: "crypto.subtle.sign",
    digest: async () => new Uint8Array(await crypto.subtle.sign("HMAC", imported, message)),
  };
}

/** The runtime's own; undefined where it has none: WebCrypto of today has SHA-2 alone. */
export async function nativeHash(name: BenchHash | BenchXof, input: HashInput): Promise<Rival | undefined> {
  if (runtimeFacts().name === "node") return inNode(name, input);
  if (isXof(name)) return undefined;
  try {
    const native = await inWebCrypto(name, input);
    await native.digest();
    return native;
  } catch {
    return undefined; // the runtime does not know the hash
  }
}

export function nobleHash(name: BenchHash | BenchXof, { message, key }: HashInput): Rival {
  const called = "@noble/hashes";
  if (isXof(name)) {
    const xof = xofs[name].noble;
    return { name: called, digest: () => xof(message, { dkLen: XOF_LENGTH }) };
  }
  const { noble } = hashes[name];
  if (key !== undefined) return { name: called, digest: () => hmac(noble, key, message) };
  return { name: called, digest: () => noble(message) };
}

/** Post-quantum key pairs by others. Neither the runtimes nor the library test a pair before they hand it out. */
import { ml_dsa44, ml_dsa65, ml_dsa87 } from "@noble/post-quantum/ml-dsa.js";
import { ml_kem512, ml_kem768, ml_kem1024 } from "@noble/post-quantum/ml-kem.js";
import {
  slh_dsa_sha2_128f,
  slh_dsa_sha2_192f,
  slh_dsa_sha2_256f,
  slh_dsa_shake_128f,
  slh_dsa_shake_192f,
  slh_dsa_shake_256f,
} from "@noble/post-quantum/slh-dsa.js";
import { runtimeFacts } from "../../src/core/runtime.ts";

/** A parameter set in JavaScript; without a seed it draws its own. */
export interface JsKeys {
  keygen(seed?: Uint8Array): { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };
}

/** @noble/post-quantum, by the names of the standards. */
export const nobleKeys: Readonly<Record<string, JsKeys>> = {
  "ML-KEM-512": ml_kem512,
  "ML-KEM-768": ml_kem768,
  "ML-KEM-1024": ml_kem1024,
  "ML-DSA-44": ml_dsa44,
  "ML-DSA-65": ml_dsa65,
  "ML-DSA-87": ml_dsa87,
  "SLH-DSA-SHA2-128f": slh_dsa_sha2_128f,
  "SLH-DSA-SHA2-192f": slh_dsa_sha2_192f,
  "SLH-DSA-SHA2-256f": slh_dsa_sha2_256f,
  "SLH-DSA-SHAKE-128f": slh_dsa_shake_128f,
  "SLH-DSA-SHAKE-192f": slh_dsa_shake_192f,
  "SLH-DSA-SHAKE-256f": slh_dsa_shake_256f,
};

export interface NativeKeys {
  readonly name: string;
  generate(): unknown;
}

function nodeKeys(name: string): NativeKeys {
  // Asked of the process, not imported: this file is bundled for runtimes without the module.
  const { generateKeyPairSync } = process.getBuiltinModule("node:crypto");
  const type = name.toLowerCase() as "ml-kem-768"; // one of those that it takes; another name throws
  return { name: "node:crypto generateKeyPairSync", generate: () => generateKeyPairSync(type) };
}

const kemUsages = ["encapsulateKey", "encapsulateBits", "decapsulateKey", "decapsulateBits"];

function webCryptoKeys(name: string): NativeKeys {
  const usages = (name.startsWith("ML-KEM") ? kemUsages : ["sign", "verify"]) as KeyUsage[]; // newer than the types
  return { name: "crypto.subtle.generateKey", generate: () => crypto.subtle.generateKey({ name }, true, usages) };
}

/** The runtime's own keys, without encoding or export; undefined where it has none of that name. */
export async function nativeKeys(name: string): Promise<NativeKeys | undefined> {
  try {
    const native = runtimeFacts().name === "node" ? nodeKeys(name) : webCryptoKeys(name);
    await native.generate();
    return native;
  } catch {
    return undefined; // the runtime does not know the algorithm
  }
}

/**
 * Key pairs by others. The platform: Node's generateKeyPairSync without encodings; elsewhere WebCrypto's generateKey, one at
 * a time, without export. Neither makes a pairwise test, nor does the library.
 */
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { runtimeFacts } from "../../src/core/runtime.ts";
import type { Implementation } from "../harness.ts";

/** A row's platform: what each API calls the key; absent where it has none. */
export interface NativeNames {
  /** Node: a named curve of the type "ec". */
  readonly node: string;
  /** WebCrypto: algorithm and usages. */
  readonly web?: readonly [algorithm: EcKeyGenParams | Algorithm, usages: KeyUsage[]];
}

export function nativeKey({ node, web }: NativeNames): Implementation | undefined {
  if (runtimeFacts().name === "node") {
    // Asked of the process, not imported: this file is bundled for runtimes without the module.
    const { generateKeyPairSync } = process.getBuiltinModule("node:crypto");
    const run = () => generateKeyPairSync("ec", { namedCurve: node });
    return { name: "node:crypto generateKeyPairSync", kind: "native", run };
  }
  if (web === undefined) return undefined;
  const [algorithm, usages] = web;
  return {
    name: "crypto.subtle.generateKey",
    kind: "native",
    run: () => crypto.subtle.generateKey(algorithm, true, usages),
  };
}

const noble = { "P-256": p256, "P-384": p384, "P-521": p521, secp256k1 } as const;

export type NobleCurve = keyof typeof noble;

/** d and the point, uncompressed. */
export function nobleKey(curve: NobleCurve): Implementation {
  const { utils, getPublicKey } = noble[curve];
  const run = () => getPublicKey(utils.randomSecretKey(), false);
  return { name: "@noble/curves", kind: "javascript", run };
}

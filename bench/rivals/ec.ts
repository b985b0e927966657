/**
 * Key pairs by others. The platform: Node's generateKeyPairSync without encodings; elsewhere WebCrypto's generateKey, one at
 * a time, without export. Neither makes a pairwise test, nor does the library.
 */
import { ed448, x448 } from "@noble/curves/ed448.js";
import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import { runtimeFacts } from "../../src/core/runtime.ts";
import type { Implementation } from "../harness.ts";

/** A row's platform: what each API calls the key; absent where it has none. */
export interface NativeNames {
  /** Node: a type of its own, or a named curve of the type "ec". */
  readonly node: OkpType | { readonly namedCurve: string };
  /** WebCrypto: algorithm and usages. */
  readonly web?: readonly [algorithm: EcKeyGenParams | Algorithm, usages: KeyUsage[]];
}

type OkpType = "ed25519" | "ed448" | "x25519" | "x448";

/** Undefined where the runtime does not have the key. */
export async function nativeKey({ node, web }: NativeNames): Promise<Implementation | undefined> {
  if (runtimeFacts().name === "node") {
    // Asked of the process, not imported: this file is bundled for runtimes without the module.
    const { generateKeyPairSync } = process.getBuiltinModule("node:crypto");
    // The types have one overload for each type of key.
    const run =
      typeof node === "string" ? () => generateKeyPairSync(node as "ed25519") : () => generateKeyPairSync("ec", node);
    return { name: "node:crypto generateKeyPairSync", kind: "native", run };
  }
  if (web === undefined) return undefined;
  const run = () => crypto.subtle.generateKey(web[0], true, web[1]);
  try {
    await run();
  } catch {
    return undefined; // the runtime does not know the algorithm
  }
  return { name: "crypto.subtle.generateKey", kind: "native", run };
}

/** What makes a private key, and the public key of one: points uncompressed. */
interface NobleKeys {
  secret(): Uint8Array;
  publicKey(secret: Uint8Array): Uint8Array;
}

const weierstrass = ({ utils, getPublicKey }: typeof p256): NobleKeys => ({
  secret: () => utils.randomSecretKey(),
  publicKey: (secret) => getPublicKey(secret, false),
});

const okp = ({ utils, getPublicKey }: typeof ed25519 | typeof x25519): NobleKeys => ({
  secret: () => utils.randomSecretKey(),
  publicKey: (secret) => getPublicKey(secret),
});

const noble = {
  "P-256": weierstrass(p256),
  "P-384": weierstrass(p384),
  "P-521": weierstrass(p521),
  secp256k1: weierstrass(secp256k1),
  Ed25519: okp(ed25519),
  Ed448: okp(ed448),
  X25519: okp(x25519),
  X448: okp(x448),
} as const;

export type NobleCurve = keyof typeof noble;

export function noblePublicKey(curve: NobleCurve, secret: Uint8Array): Uint8Array {
  return noble[curve].publicKey(secret);
}

export function nobleKey(curve: NobleCurve): Implementation {
  const { secret, publicKey } = noble[curve];
  return { name: "@noble/curves", kind: "javascript", run: () => publicKey(secret()) };
}

/**
 * The runtime's own RSA key: Node's generateKeyPairSync without encodings; elsewhere WebCrypto's generateKey, one at a
 * time, without export. Neither makes a pairwise test. The export to PKCS#8 and SPKI is timed apart.
 */
import { runtimeFacts } from "../../src/core/runtime.ts";
import type { RsaBits } from "./key.ts";

export interface NativeSample {
  readonly key: number;
  readonly encode: number;
}

export interface NativeRsa {
  readonly name: string;
  sample(bits: RsaBits, now: () => number): Promise<NativeSample>;
}

function nodeRsa(): NativeRsa {
  // Asked of the process, not imported: this file is bundled for runtimes without the module.
  const { generateKeyPairSync } = process.getBuiltinModule("node:crypto");
  return {
    name: "node:crypto generateKeyPairSync",
    async sample(modulusLength, now) {
      const start = now();
      const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength });
      const made = now();
      privateKey.export({ format: "der", type: "pkcs8" });
      publicKey.export({ format: "der", type: "spki" });
      return { key: made - start, encode: now() - made };
    },
  };
}

const webCryptoRsa: NativeRsa = {
  name: "crypto.subtle.generateKey",
  async sample(modulusLength, now) {
    const publicExponent = Uint8Array.of(1, 0, 1);
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength, publicExponent };
    const start = now();
    const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const made = now();
    await crypto.subtle.exportKey("pkcs8", privateKey);
    await crypto.subtle.exportKey("spki", publicKey);
    return { key: made - start, encode: now() - made };
  },
};

export function nativeRsa(): NativeRsa {
  return runtimeFacts().name === "node" ? nodeRsa() : webCryptoRsa;
}

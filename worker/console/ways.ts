/** What a sealed key is shown at: signing, encrypting, or letting others encrypt to it; and by which words. */
import type { AlgorithmName, WebCryptoUsage } from "#keywright";
import { registry } from "../../src/algorithms/registry.ts";

export interface Way {
  readonly way: "sign" | "encrypt" | "establish";
  readonly usages: readonly WebCryptoUsage[];
  /** Of a pair: whether the public key undoes or begins what the private one does. */
  readonly isPair: boolean;
  /** What it is used with here. */
  readonly scheme: string;
}

const signPair = { way: "sign", usages: ["sign"], isPair: true } as const;
const agree = { way: "establish", usages: ["deriveBits"], isPair: true } as const;
const encrypt = { way: "encrypt", usages: ["encrypt", "decrypt"], isPair: false } as const;
const toPublicKey = "with a secret of each message, HKDF-SHA-256 and AES-GCM";

/** A curve serves one purpose: signatures, unless agreement was asked for. Undefined where no runtime could hold the key. */
export function wayOf(name: AlgorithmName, purpose: string | undefined): Way | undefined {
  const { kind, purposes } = registry[name];
  switch (kind) {
    case "rsa":
      return { ...signPair, scheme: "RSA-PSS with SHA-256" };
    case "ec":
      return purpose === "establish"
        ? { ...agree, scheme: `ECDH ${toPublicKey}` }
        : { ...signPair, scheme: "ECDSA with SHA-256" };
    case "okp":
      return (purposes as readonly string[]).includes("sign")
        ? { ...signPair, scheme: name }
        : { ...agree, scheme: `${name} ${toPublicKey}` };
    case "ml-dsa":
    case "slh-dsa":
      return { ...signPair, scheme: name };
    case "ml-kem":
      return { way: "establish", usages: ["decapsulateBits"], isPair: true, scheme: `${name} ${toPublicKey}` };
    case "x-wing":
      return undefined;
    case "hmac":
      return { way: "sign", usages: ["sign", "verify"], isPair: false, scheme: "HMAC" };
    case "aes":
      return { ...encrypt, scheme: "AES-GCM" };
    case "chacha20":
      return { ...encrypt, scheme: name };
  }
}

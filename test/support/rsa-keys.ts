/** RSA keys made by `node:crypto`, one a size, as oracles for the encoders. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";

export const rsaSizes = [2048, 3072, 4096] as const;
export type RsaSize = (typeof rsaSizes)[number];

const made = new Map<number, { publicKey: KeyObject; privateKey: KeyObject }>();

export function nodeRsa(modulusLength: number): { publicKey: KeyObject; privateKey: KeyObject } {
  const known = made.get(modulusLength);
  if (known !== undefined) return known;
  const pair = generateKeyPairSync("rsa", { modulusLength });
  made.set(modulusLength, pair);
  return pair;
}

export function nodePkcs8(modulusLength: number): Uint8Array {
  return new Uint8Array(nodeRsa(modulusLength).privateKey.export({ format: "der", type: "pkcs8" }));
}

export function nodeSpki(modulusLength: number): Uint8Array {
  return new Uint8Array(nodeRsa(modulusLength).publicKey.export({ format: "der", type: "spki" }));
}

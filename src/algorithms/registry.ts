/** Every algorithm that this version makes, by name. Types, policy, command line and page derive from this list. */
import type { Algorithm } from "./algorithm.ts";
import { rsa2048, rsa3072, rsa4096 } from "./rsa.ts";
import { aes128, aes192, aes256, hmacSha256, hmacSha384, hmacSha512 } from "./symmetric.ts";

export const registry = {
  "AES-128": aes128,
  "AES-192": aes192,
  "AES-256": aes256,
  "HMAC-SHA-256": hmacSha256,
  "HMAC-SHA-384": hmacSha384,
  "HMAC-SHA-512": hmacSha512,
  "RSA-2048": rsa2048,
  "RSA-3072": rsa3072,
  "RSA-4096": rsa4096,
} as const satisfies Readonly<Record<string, Algorithm>>;

export type AlgorithmName = keyof typeof registry;

export const algorithmNames = Object.keys(registry) as readonly AlgorithmName[];

export function isAlgorithmName(name: unknown): name is AlgorithmName {
  return typeof name === "string" && Object.hasOwn(registry, name);
}

/** The row of `name`. RangeError if there is none; the text lists what there is. */
export function findAlgorithm(name: string): Algorithm {
  if (!isAlgorithmName(name)) {
    throw new RangeError(`algorithm must be one of ${algorithmNames.join(", ")}, got ${JSON.stringify(name)}`);
  }
  return registry[name];
}

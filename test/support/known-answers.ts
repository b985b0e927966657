/** What the core's known-answer tests expect, computed anew from Node's crypto: inputs as in assembly/self-test. */
import { type HashName, hashNames } from "../../src/core/hash.ts";
import { ReferenceDrbg, referenceHash, referenceHmac } from "./reference.ts";

const input = Uint8Array.from({ length: 256 }, (_, i) => i);
const run = (from: number, length: number) => input.subarray(from, from + length);

export const kinds = ["hash", "HMAC", "HMAC_DRBG"] as const;

export function knownAnswer(hash: HashName, kind: (typeof kinds)[number]): Uint8Array {
  if (kind === "hash") return referenceHash(hash, run(0, 200));
  if (kind === "HMAC") return referenceHmac(hash, run(0, 48), run(0, 200));
  const drbg = new ReferenceDrbg(hash, run(0, 32), run(32, 16), run(48, 16));
  drbg.reseed(run(64, 32), run(96, 16));
  drbg.generate(drbg.v.length, run(112, 16));
  return drbg.generate(drbg.v.length);
}

/** In the order in which the core holds them: by hash, then by kind. */
export function allKnownAnswers(): { hash: HashName; kind: (typeof kinds)[number]; answer: Uint8Array }[] {
  return hashNames.flatMap((hash) => kinds.map((kind) => ({ hash, kind, answer: knownAnswer(hash, kind) })));
}

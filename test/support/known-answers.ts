/** What the core's known-answer tests expect, computed anew from Node's crypto: inputs as in assembly/self-test. */
import { type HashName, hashNames } from "../../src/core/hash.ts";
import { ReferenceDrbg, referenceHash, referenceHmac } from "./reference.ts";

/** A run of the ascending bytes 00 01 02 ... */
const input = (from: number, length: number) => Uint8Array.from({ length }, (_, i) => from + i);

export const kinds = ["hash", "HMAC", "HMAC_DRBG"] as const;

/** Bytes that the core holds of each. */
export const ANSWER_LENGTH = 16;

function run(hash: HashName, kind: (typeof kinds)[number]): Uint8Array {
  if (kind === "hash") {
    const many =
      hash === "SHA-256"
        ? ([
            [0, 60],
            [60, 60],
            [120, 60],
            [180, 60],
            [0, 120],
            [120, 120],
          ] as const)
        : [];
    const digests = many.map(([from, length]) => referenceHash(hash, input(from, length)));
    return referenceHash(hash, Buffer.concat([referenceHash(hash, input(0, 200)), ...digests]));
  }
  if (kind === "HMAC") return referenceHmac(hash, input(0, 48), referenceHmac(hash, input(0, 48), input(0, 200)));
  const drbg = new ReferenceDrbg(hash, input(0, 32), input(32, 16), input(48, 16));
  drbg.reseed(input(64, 32), input(96, 16));
  return drbg.generate(ANSWER_LENGTH, drbg.generate(64, input(112, 16)));
}

/** In the order in which the core holds them: by hash, then by kind. */
export function allKnownAnswers(): { hash: HashName; kind: (typeof kinds)[number]; answer: Uint8Array }[] {
  return hashNames.flatMap((hash) =>
    kinds.map((kind) => ({ hash, kind, answer: run(hash, kind).subarray(0, ANSWER_LENGTH) })),
  );
}

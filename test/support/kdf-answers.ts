/** What the core's known-answer tests of key derivation expect, computed anew: inputs as in assembly/self-test/kdf.ts. */
import { referenceHkdf, referenceKbkdf, referenceOneStep, referencePbkdf2 } from "./kdf-reference.ts";

/** A run of the ascending bytes 00 01 02 ... */
const input = (from: number, length: number) => Uint8Array.from({ length }, (_, i) => from + i);

/** Bytes that the core holds of each. */
export const KDF_ANSWER_LENGTH = 16;

function expansion(): Uint8Array {
  const hash = "SHA-256";
  const fixed = input(64, 16);
  const first = referenceHkdf(hash, input(32, 32), input(0, 32), fixed, 80);
  const place = { afterBits: 61 };
  const counted = { mode: "counter", counterBits: 16, counterPlace: place, lengthBits: 301 } as const;
  const second = referenceKbkdf({ hash, keyIn: first, fixedInput: fixed, ...counted });
  const piped = { mode: "double-pipeline", counterBits: 24, counterPlace: "before-iterator", lengthBits: 640 } as const;
  const third = referenceKbkdf({ hash, keyIn: second, fixedInput: fixed, ...piped });
  return referenceOneStep({ hash, auxiliary: "hash", z: third, length: 64 });
}

function pbkdf2(): Uint8Array {
  const salt = input(0, 16);
  const first = referencePbkdf2("SHA-256", input(16, 16), salt, 3, 160);
  const second = referencePbkdf2("SHA-512", first, salt, 3, 192);
  return referencePbkdf2("SHA-256", second, salt, 3, 32);
}

/** In the order in which the core holds them. */
export const kdfAnswers = () =>
  [
    { kind: "expansion", answer: expansion().subarray(0, KDF_ANSWER_LENGTH) },
    { kind: "PBKDF2", answer: pbkdf2().subarray(0, KDF_ANSWER_LENGTH) },
  ] as const;

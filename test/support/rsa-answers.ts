/** What `assembly/self-test/rsa-answers.ts` must hold, computed here with BigInt. Run it to print that file's numbers. */
import { powMod } from "./integers.ts";

/** The inputs of the known exponentiations: runs of bytes, least significant first. */
function run(length: number, step: number, first: number): bigint {
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt((i * step + first) & 0xff);
  return value;
}

export function answer(bits: number): bigint {
  const length = bits / 8;
  const modulus = run(length, 0x35, 0x9b) | 1n | (1n << BigInt(bits - 1));
  const base = run(length - 1, 0x2f, 0x47);
  const exponent = run(16, 0x6d, 0xe3);
  return powMod(base, exponent, modulus);
}

export const answerBits = [1024, 2048] as const;

/** Both answers as bytes, least significant first. */
export function answers(): Uint8Array {
  return Uint8Array.from(
    answerBits.flatMap((bits) => {
      const value = answer(bits);
      return Array.from({ length: bits / 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 0xffn));
    }),
  );
}

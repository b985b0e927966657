/** What the module chooses for an RSA key where the prompt leaves it the choice: FIPS 186-5, A.1.2, A.1.4, A.1.5 and A.1.6. */
import type { HashName } from "../core/hash.ts";
import type { Four } from "../core/rsa-construct.ts";
import { auxiliaryLength } from "../generate/rsa-method.ts";
import type { RsaInputs } from "../testing/rsa-inputs.ts";
import type { Implementation } from "./implementation.ts";

type Source = Pick<Implementation, "random">;

/** A.1.2.1: twice the strength of the modulus, which is 112 bits for 2048 and for ACVP 128 for all that are larger. */
const seedLen = (modulusBits: number) => (modulusBits < 3072 ? 28 : 32);

/** A random number of exactly `bits` bits, odd. */
function oddNumber(source: Source, bits: number): Uint8Array {
  const number = source.random(Math.ceil(bits / 8));
  const top = (bits - 1) % 8;
  number[0] = ((number[0] ?? 0) & ((1 << top) - 1)) | (1 << top);
  number[number.length - 1] = (number.at(-1) ?? 0) | 1;
  return number;
}

/** A random number of `length` bytes, above sqrt(2) 2^(8 length - 1) = B5.04F3... in its first bytes. */
function start(source: Source, length: number): Uint8Array {
  for (;;) {
    const number = source.random(length);
    if ((number[0] ?? 0) > 0xb5) return number;
  }
}

export function chooseInputs(
  source: Source,
  method: RsaInputs["method"],
  modulusBits: number,
  hash: HashName | undefined,
): Omit<RsaInputs, "method" | "modulusBits" | "e" | "pMod8" | "qMod8"> {
  const bits = auxiliaryLength(modulusBits);
  const bitlens: Four<number> = [bits, bits, bits, bits];
  const half = modulusBits / 16;
  const starts = () => ({ xP: start(source, half), xQ: start(source, half) });
  const seeded = () => ({ hash: hash ?? ("SHA-512" as const), seed: source.random(seedLen(modulusBits)) });
  if (method === "A.1.2") return seeded();
  if (method === "A.1.4") return { ...seeded(), bitlens };
  if (method === "A.1.5") return { ...seeded(), bitlens, ...starts() };
  const odd = () => oddNumber(source, bits);
  return { bitlens, ...starts(), xP1: odd(), xP2: odd(), xQ1: odd(), xQ2: odd() };
}

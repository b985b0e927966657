/**
 * Key derivation straight from the standards, over Node's crypto: slow, plain and independent of the core, which is
 * compared with it. Bits are handled as text of zeros and ones, which nothing in the core does.
 */
import { hkdfSync, pbkdf2Sync } from "node:crypto";
import type { HashName } from "../../src/core/hash.ts";
import type { CounterPlace, KbkdfInput, TwoStepInput } from "../../src/derive/kbkdf.ts";
import type { OneStepInput } from "../../src/derive/one-step.ts";
import { nodeNames, referenceHash, referenceHmac } from "./reference.ts";

const toBits = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");

function fromBits(bits: string): Uint8Array {
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, "0");
  return Uint8Array.from({ length: padded.length / 8 }, (_, i) => Number.parseInt(padded.slice(8 * i, 8 * i + 8), 2));
}

/** The input of one call of the PRF, in bits. */
function message(place: CounterPlace, counter: string, iterator: string, fixed: string): string {
  if (place === "none") return iterator + fixed;
  if (place === "before-iterator") return counter + iterator + fixed;
  if (place === "before-fixed-data") return iterator + counter + fixed;
  if (place === "after-fixed-data") return iterator + fixed + counter;
  return iterator + fixed.slice(0, place.afterBits) + counter + fixed.slice(place.afterBits);
}

/** SP 800-108 Rev. 1, 4.1, 4.2 and 4.3. */
export function referenceKbkdf(input: KbkdfInput): Uint8Array {
  const { hash, keyIn, mode, counterBits, counterPlace, lengthBits } = input;
  const fixed = toBits(input.fixedInput);
  const prf = (bits: string) => toBits(referenceHmac(hash, keyIn, fromBits(bits)));
  let iterator = mode === "feedback" ? toBits(input.iv ?? new Uint8Array()) : mode === "counter" ? "" : fixed;
  let result = "";
  for (let i = 1; result.length < lengthBits; i++) {
    if (mode === "double-pipeline") iterator = prf(iterator);
    const counter = i.toString(2).padStart(counterBits, "0");
    const block = prf(message(counterPlace, counter, iterator, fixed));
    if (mode === "feedback") iterator = block;
    result += block;
  }
  return fromBits(result.slice(0, lengthBits));
}

/** SP 800-56C Rev. 2, 5.1. */
export function referenceTwoStep({ hash, z, salt = new Uint8Array(), ...expansion }: TwoStepInput): Uint8Array {
  return referenceKbkdf({ hash, keyIn: referenceHmac(hash, salt, z), ...expansion });
}

/** SP 800-56C Rev. 2, 4.1. */
export function referenceOneStep(input: OneStepInput): Uint8Array {
  const { hash, auxiliary, z, salt = new Uint8Array(), fixedInfo = new Uint8Array(), length } = input;
  const blocks: Uint8Array[] = [];
  for (let i = 1; Buffer.concat(blocks).length < length; i++) {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(i);
    const parts = [counter, z, fixedInfo];
    blocks.push(auxiliary === "hash" ? referenceHash(hash, ...parts) : referenceHmac(hash, salt, ...parts));
  }
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
}

export function referenceHkdf(
  hash: HashName,
  ikm: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  if (length > 255 * referenceHash(hash).length) throw new RangeError("more than 255 blocks (RFC 5869, 2.3)");
  if (info.length > 1024) {
    // Node takes no longer info, so RFC 5869, 2.3 by hand.
    const prk = referenceHmac(hash, salt, ikm);
    let t = new Uint8Array();
    const blocks: Uint8Array[] = [];
    for (let i = 1; Buffer.concat(blocks).length < length; i++) {
      t = new Uint8Array(referenceHmac(hash, prk, t, info, Uint8Array.of(i)));
      blocks.push(t);
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  }
  return new Uint8Array(hkdfSync(nodeNames[hash], ikm, salt, info, length));
}

export function referencePbkdf2(
  hash: HashName,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  return new Uint8Array(pbkdf2Sync(password, salt, iterations, length, nodeNames[hash]));
}

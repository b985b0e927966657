/** Random values for tests that can be repeated: a test prints its seed, and KEYWRIGHT_SEED sets it. */
import { sha256 } from "@noble/hashes/sha2.js";
import { fromBigEndian } from "./integers.ts";

const BLOCK = 32;

export class Random {
  readonly seed: string;
  #counter = 0;

  constructor(name: string, seed?: string) {
    const given = typeof process === "undefined" ? undefined : process.env.KEYWRIGHT_SEED;
    this.seed = seed ?? given ?? Math.floor(Math.random() * 2 ** 48).toString(16);
    console.log(`${name}: KEYWRIGHT_SEED=${this.seed}`);
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(length);
    for (let at = 0; at < length; at += BLOCK) {
      const block = sha256(new TextEncoder().encode(`${this.seed}/${this.#counter++}`));
      out.set(block.subarray(0, Math.min(BLOCK, length - at)), at);
    }
    return out;
  }

  /** A number below 2^bits; now and then one with long runs of ones or zeros, where carries go far. */
  number(bits: number): bigint {
    const all = (1n << BigInt(bits)) - 1n;
    const value = fromBigEndian(this.bytes(Math.ceil(bits / 8) + 1)) & all;
    const shape = this.below(8);
    if (shape === 0) return all ^ (value >> BigInt(bits - Math.min(bits, 40)));
    if (shape === 1) return (value >> BigInt(bits >> 1)) << BigInt(bits >> 1);
    return value;
  }

  /** A number of exactly `bits` bits. */
  ofLength(bits: number): bigint {
    return this.number(bits) | (1n << BigInt(bits - 1));
  }

  /** An integer from 0 to below `limit`; the bias is of no matter to a test. */
  below(limit: number): number {
    return Number(fromBigEndian(this.bytes(6)) % BigInt(limit));
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }
}

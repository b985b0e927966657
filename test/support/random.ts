/** Random bytes that can be had again: a test prints its seed, and `KEYWRIGHT_SEED` repeats the run. */
import { type Cipheriv, createCipheriv, createHash, randomBytes } from "node:crypto";

const POOL = 1 << 16;

export class Random {
  readonly seed: string;
  readonly #cipher: Cipheriv;
  #pool = new Uint8Array(0);

  constructor(name: string, seed = process.env.KEYWRIGHT_SEED ?? randomBytes(8).toString("hex")) {
    this.seed = seed;
    this.#cipher = createCipheriv("aes-256-ctr", createHash("sha256").update(seed).digest(), Buffer.alloc(16));
    console.log(`${name}: KEYWRIGHT_SEED=${seed}`);
  }

  bytes(length: number): Uint8Array {
    while (this.#pool.length < length) {
      this.#pool = new Uint8Array(Buffer.concat([this.#pool, this.#cipher.update(Buffer.alloc(POOL))]));
    }
    const out = this.#pool.slice(0, length);
    this.#pool = this.#pool.subarray(length);
    return out;
  }

  /** An integer from 0 to below `limit`, which is at most 2^16: the bias is of no matter to a test. */
  below(limit: number): number {
    const [high = 0, low = 0, more = 0] = this.bytes(3);
    return ((high << 16) | (low << 8) | more) % limit;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.below(from.length)] ?? from[0];
  }
}

/**
 * HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2) straight from the standard, over Node's createHmac: slow, plain and independent
 * of the core, which is compared with it. Also the hashes and HMAC themselves, under the names of this library.
 */
import { createHash, createHmac } from "node:crypto";
import type { HashName } from "../../src/core/hash.ts";
import type { ShakeName } from "../../src/core/shake.ts";

const nodeNames: Readonly<Record<HashName, string>> = {
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
  "SHA-512/224": "sha512-224",
  "SHA-512/256": "sha512-256",
  "SHA3-224": "sha3-224",
  "SHA3-256": "sha3-256",
  "SHA3-384": "sha3-384",
  "SHA3-512": "sha3-512",
};

const nothing = new Uint8Array(0);

export function referenceHash(hash: HashName, ...parts: readonly Uint8Array[]): Uint8Array {
  const h = createHash(nodeNames[hash]);
  for (const part of parts) h.update(part);
  return new Uint8Array(h.digest());
}

export function referenceHmac(hash: HashName, key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array {
  const h = createHmac(nodeNames[hash], key);
  for (const part of parts) h.update(part);
  return new Uint8Array(h.digest());
}

/** SHAKE of Node's crypto, which squeezes once: here each squeeze computes all output again. */
export class ReferenceShake {
  readonly #name: string;
  readonly #parts: Uint8Array[] = [];
  #given = 0;

  constructor(name: ShakeName) {
    this.#name = name.toLowerCase();
  }

  absorb(data: Uint8Array): void {
    this.#parts.push(data);
  }

  squeeze(length: number): Uint8Array {
    const h = createHash(this.#name, { outputLength: this.#given + length });
    for (const part of this.#parts) h.update(part);
    const output = new Uint8Array(h.digest()).subarray(this.#given);
    this.#given += length;
    return output;
  }

  close(): void {}
}

export class ReferenceDrbg {
  readonly hash: HashName;
  key: Uint8Array;
  v: Uint8Array;
  reseedCounter = 1;

  /** 10.1.2.3 */
  constructor(hash: HashName, entropy: Uint8Array, nonce: Uint8Array = nothing, personalization: Uint8Array = nothing) {
    this.hash = hash;
    const outLen = referenceHash(hash).length;
    this.key = new Uint8Array(outLen);
    this.v = new Uint8Array(outLen).fill(1);
    this.update(Buffer.concat([entropy, nonce, personalization]));
  }

  /** 10.1.2.2 */
  private update(data: Uint8Array): void {
    this.key = referenceHmac(this.hash, this.key, this.v, Uint8Array.of(0), data);
    this.v = referenceHmac(this.hash, this.key, this.v);
    if (data.length === 0) return;
    this.key = referenceHmac(this.hash, this.key, this.v, Uint8Array.of(1), data);
    this.v = referenceHmac(this.hash, this.key, this.v);
  }

  /** 10.1.2.4 */
  reseed(entropy: Uint8Array, additionalInput: Uint8Array = nothing): void {
    this.update(Buffer.concat([entropy, additionalInput]));
    this.reseedCounter = 1;
  }

  /** 10.1.2.5 */
  generate(length: number, additionalInput: Uint8Array = nothing): Uint8Array {
    if (additionalInput.length > 0) this.update(additionalInput);
    const blocks: Uint8Array[] = [];
    for (let filled = 0; filled < length; filled += this.v.length) {
      this.v = referenceHmac(this.hash, this.key, this.v);
      blocks.push(this.v);
    }
    this.update(additionalInput);
    this.reseedCounter += 1;
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  }

  /** With prediction resistance, 9.3.1, steps 7.1 to 7.4: the additional input goes into the reseed, and only there. */
  generateResistant(length: number, entropy: Uint8Array, additionalInput: Uint8Array = nothing): Uint8Array {
    this.reseed(entropy, additionalInput);
    return this.generate(length);
  }
}

/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Keys as the library hands them out. A private or secret key shows its name only; its bytes leave by the encoders
 * (`encodePkcs8`, `encodeJwk`, `encodeRaw`), so that a search for these words finds every place.
 */
import type { Bytes } from "../bytes.ts";
import type { RsaParts } from "../core/rsa.ts";
import { KeygenError } from "../errors.ts";
import type { AlgorithmName } from "./registry.ts";

/** The numbers of an RSA private key, as the core hands them over. */
export type RsaPrivateParts = RsaParts;

export interface RsaPublicParts {
  readonly n: Bytes;
  readonly e: Bytes;
}

export type PublicParts = { readonly kind: "rsa"; readonly rsa: RsaPublicParts };
export type SecretParts =
  | { readonly kind: "rsa"; readonly rsa: RsaPrivateParts }
  | { readonly kind: "raw"; readonly raw: Bytes };

export class PublicKey {
  readonly type = "public";
  readonly algorithm: AlgorithmName;
  readonly parts: PublicParts;

  constructor(algorithm: AlgorithmName, parts: PublicParts) {
    this.algorithm = algorithm;
    this.parts = parts;
    Object.freeze(this);
  }
}

const secretParts = new WeakMap<PrivateKey | SecretKey, SecretParts>();

/** Frozen, with its facts in private fields: nobody can make a key extractable, or another kind of key, afterwards. */
abstract class HiddenKey {
  readonly #algorithm: AlgorithmName;
  readonly #extractable: boolean;

  constructor(algorithm: AlgorithmName, extractable: boolean) {
    this.#algorithm = algorithm;
    this.#extractable = extractable;
    Object.freeze(this);
  }

  get algorithm(): AlgorithmName {
    return this.#algorithm;
  }

  /** Whether the encoders may read it; a policy decides. */
  get extractable(): boolean {
    return this.#extractable;
  }

  /** Overwrites the bytes that this library holds. Copies that a caller, an engine or WebCrypto made are not reached. */
  wipe(): void {
    const held = secretParts.get(this as unknown as PrivateKey);
    if (held === undefined) return;
    if (held.kind === "raw") held.raw.fill(0);
    else for (const name of ["d", "p", "q", "dp", "dq", "qi"] as const) held.rsa[name].fill(0);
    secretParts.delete(this as unknown as PrivateKey);
  }

  [Symbol.dispose](): void {
    this.wipe();
  }

  toJSON(): never {
    throw new TypeError(`a ${this.algorithm} key is not written by accident: use encodeJwk, encodePkcs8 or encodeRaw`);
  }

  toString(): string {
    return `[${this.algorithm} key]`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

export class PrivateKey extends HiddenKey {
  constructor(algorithm: AlgorithmName, parts: SecretParts, extractable: boolean) {
    super(algorithm, extractable);
    secretParts.set(this, parts);
  }

  get type(): "private" {
    return "private";
  }
}

export class SecretKey extends HiddenKey {
  constructor(algorithm: AlgorithmName, parts: SecretParts, extractable: boolean) {
    super(algorithm, extractable);
    secretParts.set(this, parts);
  }

  get type(): "secret" {
    return "secret";
  }
}

/** Reads a secret. Every caller is a door through which key bytes leave. */
export function readSecret(key: PrivateKey | SecretKey): SecretParts {
  const held = secretParts.get(key);
  if (held === undefined) throw new KeygenError("key-wiped", `this ${key.algorithm} key was wiped`);
  return held;
}

/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Keys as the library hands them out. A private or secret key shows its name only; its bytes leave by the encoders
 * (`encodePkcs8`, `encodeJwk`, `encodeRaw`), so that a search for these words finds every place.
 */
import type { Bytes } from "../bytes.ts";
import type { RsaParts } from "../core/rsa.ts";
import { KeygenError } from "../errors.ts";
import type { CatalogueName } from "./registry.ts";

/** The numbers of an RSA private key, as the core hands them over. */
export type RsaPrivateParts = RsaParts;

export interface RsaPublicParts {
  readonly n: Bytes;
  readonly e: Bytes;
}

/** A point of the curve, uncompressed: 4, x, y (SEC 1, 2.3.3); the coordinates in the length of the field, big-endian. */
export interface EcPublicParts {
  readonly point: Bytes;
}

export interface EcPrivateParts {
  /** The private key, big-endian, in the length of the order. */
  readonly d: Bytes;
  /** The public key. Absent where a format left it out and nobody computed it. */
  readonly point?: Bytes;
}

/** Both halves in the encoding of their standard; the private one is the seed where the standard expands a seed. */
export interface OctetPrivateParts {
  readonly privateKey: Bytes;
  /** Absent where a format left it out and nobody computed it. */
  readonly publicKey?: Bytes;
}

/** An ML-KEM or ML-DSA key that was read without its seed, which nobody can compute: the form that FIPS 203 and 204 work with. */
export interface ExpandedPrivateParts {
  readonly expandedKey: Bytes;
  /** Absent where a format left it out and nobody computed it; ML-KEM's is in the expanded key. */
  readonly publicKey?: Bytes;
}

export type PublicParts =
  | { readonly kind: "rsa"; readonly rsa: RsaPublicParts }
  | { readonly kind: "ec"; readonly ec: EcPublicParts }
  | { readonly kind: "octets"; readonly octets: Bytes };

export type PrivateParts =
  | { readonly kind: "rsa"; readonly rsa: RsaPrivateParts }
  | { readonly kind: "ec"; readonly ec: EcPrivateParts }
  | { readonly kind: "octets"; readonly octets: OctetPrivateParts };

export type SecretParts =
  | PrivateParts
  | { readonly kind: "expanded"; readonly expanded: ExpandedPrivateParts }
  | { readonly kind: "raw"; readonly raw: Bytes };

/** What of `parts` is secret. */
function secretsOf(parts: SecretParts): readonly Bytes[] {
  switch (parts.kind) {
    case "rsa": {
      const { d, p, q, dp, dq, qi } = parts.rsa;
      return [d, p, q, dp, dq, qi];
    }
    case "ec":
      return [parts.ec.d];
    case "octets":
      return [parts.octets.privateKey];
    case "expanded":
      return [parts.expanded.expandedKey];
    case "raw":
      return [parts.raw];
  }
}

/** Overwrites what of `parts` is secret. */
export function wipeParts(parts: SecretParts): void {
  for (const secret of secretsOf(parts)) secret.fill(0);
}

export class PublicKey {
  readonly type = "public";
  readonly algorithm: CatalogueName;
  readonly parts: PublicParts;

  constructor(algorithm: CatalogueName, parts: PublicParts) {
    this.algorithm = algorithm;
    this.parts = parts;
    Object.freeze(this);
  }
}

/** What a key holds, or nothing after its wipe; the class alone can reach it, and lends this way in to this file. */
let partsOf: (key: PrivateKey | SecretKey) => SecretParts | undefined;

/** Frozen, with its facts in private fields: nobody can make a key extractable, or another kind of key, afterwards. */
abstract class HiddenKey {
  readonly #algorithm: CatalogueName;
  readonly #extractable: boolean;
  #parts: SecretParts | undefined;

  static {
    partsOf = (key) => (#parts in key ? key.#parts : undefined);
  }

  constructor(algorithm: CatalogueName, parts: SecretParts, extractable: boolean) {
    this.#algorithm = algorithm;
    this.#extractable = extractable;
    this.#parts = parts;
    Object.freeze(this);
  }

  get algorithm(): CatalogueName {
    return this.#algorithm;
  }

  /** Whether the encoders may read it; a policy decides. */
  get extractable(): boolean {
    return this.#extractable;
  }

  /** Overwrites the bytes that this library holds. Copies that a caller, an engine or WebCrypto made are not reached. */
  wipe(): void {
    if (this.#parts === undefined) return;
    wipeParts(this.#parts);
    this.#parts = undefined;
  }

  [Symbol.dispose](): void {
    this.wipe();
  }

  toJSON(): never {
    throw new TypeError(
      `a ${this.algorithm} key is not written by accident: use encodePkcs8, or encodeJwk or encodeRaw where they take it`,
    );
  }

  toString(): string {
    return `[${this.algorithm} key]`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

export class PrivateKey extends HiddenKey {
  get type(): "private" {
    return "private";
  }
}

export class SecretKey extends HiddenKey {
  get type(): "secret" {
    return "secret";
  }
}

/** Reads a secret. Every caller is a door through which key bytes leave. */
export function readSecret(key: PrivateKey | SecretKey): SecretParts {
  const held = partsOf(key);
  if (held === undefined) throw new KeygenError("key-wiped", `this ${key.algorithm} key was wiped`);
  return held;
}

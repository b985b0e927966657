/** What every encoder and decoder asks of its arguments before it looks inside. */
import { PrivateKey, readSecret, type SecretKey, type SecretParts } from "../algorithms/key.ts";
import { KeygenError, kindOf, quote } from "../errors.ts";
import type { Complete } from "./pair.ts";

export function wantBytes(value: unknown, what: string): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${what} must be a Uint8Array, got ${kindOf(value)}`);
}

/** The door through which key bytes leave: shut for a key that is not extractable, and for one that was wiped. */
export function readExtractable(key: PrivateKey | SecretKey): SecretParts {
  if (!key.extractable) {
    throw new KeygenError("export-refused", `this ${key.algorithm} key is not extractable, so no encoder reads it`, {
      algorithm: key.algorithm,
    });
  }
  return readSecret(key);
}

/** The RSA numbers of a private key. */
export function readExtractableRsa(key: PrivateKey) {
  const parts = readExtractable(key);
  if (parts.kind !== "rsa") throw new TypeError(`the key must be an RSA key, got ${key.algorithm}`);
  return parts.rsa;
}

export function wantPrivateKey(value: unknown, what: string): asserts value is PrivateKey {
  if (!(value instanceof PrivateKey)) throw new TypeError(`${what} must be a PrivateKey, got ${kindOf(value)}`);
}

/** At the door of every decoder: "false" is no false, and would open what was to be shut. */
export function checkOptions({ extractable }: DecodeOptions): void {
  if (extractable === undefined || typeof extractable === "boolean") return;
  throw new TypeError(`extractable must be true or false, got ${quote(extractable)}`);
}

export interface DecodeOptions {
  /** Whether the encoders may read the key again. Default: true, since whoever decodes it has its bytes already. */
  readonly extractable?: boolean;
  /**
   * Computes what follows from a private key: what a format states beside it must then agree, and what it omits is filled in.
   * Of RSA, which states all, `checkRsaKey` says whether the numbers belong together.
   */
  readonly complete?: Complete;
}

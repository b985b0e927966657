/** A public key that copies of new keys are wrapped to, so that a sealed key can be had again by whoever holds its private half. */
import type { PrivateKey, SecretKey } from "../algorithms/key.ts";

/** What a record says of the copy: to whom it was wrapped, and how. */
export interface RecoveryFacts {
  /** RFC 7638 with SHA-256, base64url. */
  readonly thumbprint: string;
  /** The name of the recovery key's kind, as `P-384`. */
  readonly algorithm: string;
  readonly strengthBits: number;
  /** RFC 7518, 4.1 and 5.1. */
  readonly alg: "RSA-OAEP-256" | "ECDH-ES+A256KW";
  readonly enc: "A256GCM";
}

type Wrap = (key: PrivateKey | SecretKey, kid: string) => Promise<string>;

/** Kept apart from the object: whoever holds one cannot wrap a key with it that was made not to be read. */
const wraps = new WeakMap<RecoveryKey, Wrap>();

/** Comes from `openRecovery`; serves any number of keys. */
export class RecoveryKey {
  readonly facts: RecoveryFacts;

  /** @internal */
  constructor(facts: RecoveryFacts, wrap: Wrap) {
    this.facts = Object.freeze(facts);
    wraps.set(this, wrap);
    Object.freeze(this);
  }
}

/** The JWK of `key`, extractable or not, with this `kid`, in a compact JWE. A door through which key bytes leave, encrypted. */
export function wrapCopy(recovery: RecoveryKey, key: PrivateKey | SecretKey, kid: string): Promise<string> {
  const wrap = wraps.get(recovery);
  if (wrap === undefined) throw new TypeError("recovery must come from openRecovery");
  return wrap(key, kid);
}

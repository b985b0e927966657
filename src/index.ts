/** `keywright`: every public name, one by one. The `workerd` condition takes index.workerd.ts instead. */
import { loadCore } from "./core/load-embedded.ts";
import type { Complete } from "./encode/pair.ts";
import { type CompleteOptions, openCompleteWith } from "./generate/complete.ts";
import { checkRsaKeyWith, type RsaChecked, type RsaCheckOptions, type RsaKeyToCheck } from "./generate/rsa-check.ts";
import { type Keygen, openKeygenWith } from "./keygen.ts";
import type { KeygenOptions } from "./options.ts";

export * from "./names.ts";

/**
 * Opens a generator for one environment, tenant and scope. Throws KeygenError "policy-invalid" for a bad policy,
 * "wasm-unavailable" or "entropy-unavailable" where the platform lacks what it needs, "self-test-failed" or
 * "entropy-failed" when a test fails.
 */
export function openKeygen(options: KeygenOptions): Promise<Keygen> {
  return openKeygenWith({ load: loadCore }, options);
}

/**
 * Checks an RSA key, made here or elsewhere: a public key by SP 800-89, 5.3.3, a private one by every criterion of
 * FIPS 186-5, A.1.1 besides. KeygenError "key-invalid" names the criterion and its clause in `details`.
 */
export function checkRsaKey(key: RsaKeyToCheck, options: RsaCheckOptions = {}): Promise<RsaChecked> {
  return checkRsaKeyWith(loadCore, key, options);
}

/**
 * What the decoders take as `complete`: the core computes the public half that a file left out, and holds what it states
 * (a public half, the expanded key of ML-KEM or ML-DSA beside the seed) against the private key.
 */
export function openComplete(options: CompleteOptions = {}): Promise<Complete> {
  return openCompleteWith(loadCore, options);
}

/**
 * What the vectors are asked of: what ACVP asks of an implementation, and what other sources ask beyond it. The core's test
 * bench (`#keywright/testing`) is one subject; the references over `node:crypto` and BigInt are the other, so that what
 * the core is compared with has met the same vectors.
 */
import type { Drbg, Implementation, RsaParts } from "../../src/acvp/implementation.ts";
import type { EcCurve } from "../../src/core/ec.ts";

export type { ConstructedRsaParts, DrbgSeed, RsaParts } from "../../src/acvp/implementation.ts";
export type { EcCurve } from "../../src/core/ec.ts";
export type { HashName } from "../../src/core/hash.ts";
export type { OkpName } from "../../src/core/okp.ts";
export type { SlhDsaName } from "../../src/core/slh-dsa.ts";
export type { KbkdfInput } from "../../src/derive/kbkdf.ts";
export type { LatticeName } from "../../src/generate/lattice.ts";
export type { RsaInputs } from "../../src/testing/rsa-inputs.ts";
export type { Drbg as SubjectDrbg };

export interface Subject extends Implementation {
  /** Throws an error with the code "key-invalid" if the shared secret is zero. */
  okpAgree(name: "X25519" | "X448", privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array;
  detKeygenRsa(bits: number, seed: Uint8Array): Promise<RsaParts>;
  /** C2SP det-keygen, ECDSA: not for secp256k1. */
  detKeygenEc(curve: EcCurve, seed: Uint8Array): { readonly d: Uint8Array; readonly point: Uint8Array };
  close(): void;
}

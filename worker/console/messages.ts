/**
 * What the page and its generation worker say to each other: a closed union in each direction. The private or secret
 * key is in no message but the answer to `reveal`, which the page asks for when its user does, and the question of `pair`,
 * about a key that came from elsewhere.
 */
import type { AlgorithmName, DecideOptions, Decision, ErrorCode, KeyRecord, Progress } from "#keywright";
import type { Verification } from "#keywright/verify";
import type { Bytes } from "../../src/bytes.ts";

/** Under which rules: what opens a generator. */
export interface Setting {
  /** The name of a profile, or a policy document. */
  readonly policy: unknown;
  readonly environment: "development" | "test";
}

export interface Ask
  extends Pick<DecideOptions, "purpose" | "classification" | "protectUntil" | "extractable" | "provider"> {
  readonly algorithm: AlgorithmName;
}

export type Format = "pem" | "jwk" | "raw";

/** A public key in its written forms: a kind for which no JWK is registered has one only. */
export interface PublicForms {
  readonly pem: string;
  readonly jwk?: string;
}

export interface MadeKey {
  readonly record: KeyRecord;
  /** Absent for a secret key. */
  readonly publicKey?: PublicForms;
}

/** What can be done with a key that cannot be read. Texts are UTF-8; signatures and ciphertexts are base64url. */
export type UseAsk =
  | { readonly use: "sign"; readonly text: string }
  | { readonly use: "verify"; readonly text: string; readonly signature: string }
  | { readonly use: "encrypt"; readonly text: string }
  | { readonly use: "decrypt"; readonly ciphertext: string };

export type UseAnswer =
  | { readonly use: "sign"; readonly signature: string }
  | { readonly use: "verify"; readonly valid: boolean }
  | { readonly use: "encrypt"; readonly ciphertext: string }
  /** `text` is undefined when the ciphertext is not one of this key's. */
  | { readonly use: "decrypt"; readonly text: string | undefined };

export interface Checked {
  readonly verification: Verification;
  /** What the record was compared with, besides itself. */
  readonly against: readonly string[];
}

/** Whether these two belong together. */
export interface PairAsk {
  readonly algorithm: AlgorithmName;
  /** A JWK as UTF-8: each side wipes its own bytes. */
  readonly privateKey: Bytes;
  /** The members of a public JWK, and no others. */
  readonly publicKey: object;
}

export interface Decided {
  readonly decision: Decision;
  /** What keeps this browser from making the key, whatever the policy says. */
  readonly obstacle?: string | undefined;
}

/** Which of the keys that the worker holds: the key id of its record. */
export interface OfKey {
  readonly keyId: string;
}

/** The calls of the page, each with what it asks and what it gets. */
export interface Calls {
  readonly decide: { readonly ask: { readonly setting: Setting; readonly ask: Ask }; readonly answer: Decided };
  readonly generate: { readonly ask: { readonly setting: Setting; readonly ask: Ask }; readonly answer: MadeKey };
  readonly reveal: { readonly ask: OfKey & { readonly format: Format }; readonly answer: Uint8Array<ArrayBuffer> };
  readonly check: { readonly ask: OfKey & { readonly record: string }; readonly answer: Checked };
  readonly use: { readonly ask: OfKey & { readonly ask: UseAsk }; readonly answer: UseAnswer };
  /** Fails if they do not. */
  readonly pair: { readonly ask: PairAsk; readonly answer: undefined };
}

export type CallName = keyof Calls;

export type ToWorker =
  | { [C in CallName]: { readonly kind: C; readonly id: number; readonly ask: Calls[C]["ask"] } }[CallName]
  | { readonly kind: "cancel"; readonly id: number }
  | ({ readonly kind: "forget" } & OfKey)
  | { readonly kind: "reseed" };

/** Why a call got no answer. */
export interface Failure {
  readonly code: ErrorCode | "aborted" | "wrong-call" | "unexpected";
  readonly message: string;
  /** Of a refusal: what the policy said. */
  readonly decision?: Decision;
}

export type FromWorker =
  | { readonly kind: "answer"; readonly id: number; readonly answer: Calls[CallName]["answer"] }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "failed"; readonly id: number; readonly failure: Failure };

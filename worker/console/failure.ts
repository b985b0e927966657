/** Errors on both sides of the worker: into plain data, and into a sentence with the way on. */
import { KeygenError, PolicyRefusal } from "#keywright";
import type { Failure } from "./messages.ts";

/** A failure that is thrown again on the page's side. */
export class CallFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailure) return error.failure;
  if (error instanceof PolicyRefusal) return { code: error.code, message: error.message, decision: error.decision };
  if (error instanceof KeygenError) return { code: error.code, message: error.message };
  if (error instanceof DOMException && error.name === "AbortError") return { code: "aborted", message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  const isWrongCall = error instanceof TypeError || error instanceof RangeError;
  return { code: isWrongCall ? "wrong-call" : "unexpected", message };
}

const waysOn: Partial<Readonly<Record<Failure["code"], string>>> = {
  aborted: "What was begun was thrown away. Everything else is as it was.",
  "policy-refused":
    "The broken rules are listed with their clauses under Decision. Change the request, or ask under another policy.",
  "policy-invalid": "Correct the policy document; the place is named.",
  "wrong-call": "Correct the field that is named; nothing else was lost.",
  "algorithm-unsupported": "Change the algorithm, its purpose, who makes the key, or whether it can be read.",
  "entropy-unavailable": "Open this page in a current browser, by https: or on this machine's own address.",
  "entropy-failed":
    "That generator stays closed. Ask again to open a new one; if it fails again, do not make keys in this browser.",
  "self-test-failed":
    "That generator stays closed. Reload the page; if it fails again, do not make keys in this browser.",
  "key-invalid": "That key was thrown away. Let this library make it.",
  "seal-failed": "That key was thrown away. Make one that can be read.",
  "pairwise-failed": "The key was thrown away and that generator stays closed. Ask again to open a new one.",
  "search-limit": "That happens by chance, and rarely. Ask again.",
  "wasm-unavailable":
    "Serve this page with script-src 'self' 'wasm-unsafe-eval' in its Content-Security-Policy, or allow WebAssembly in the browser's settings.",
  "drbg-failed": "That generator stays closed. Ask again to open a new one.",
  "core-mismatch": "Reload the page, so that all its parts are of one release.",
  closed: "Ask again: a new generator is opened.",
  "key-wiped": "Make a new key.",
  "export-refused": "Make a key that may be read, if the policy allows one.",
};

/** What happened and how to go on, as two sentences. */
export function explain({ code, message }: Failure): { readonly what: string; readonly wayOn: string } {
  const what = code === "aborted" ? "Cancelled: there is no new key" : message;
  return { what: sentence(what), wayOn: waysOn[code] ?? "Ask again, or reload the page if it keeps failing." };
}

/** The library's messages are lower case without a full stop; here they stand alone. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? capital(text) : `${capital(text)}.`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

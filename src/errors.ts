/** The states that a program may want to handle, each by a code that does not change within a major version. */
export type ErrorCode =
  | "policy-refused" // the policy does not allow the request; `decision` lists the broken rules
  | "policy-invalid" // the policy document has an unknown key, a missing field or a contradiction
  | "algorithm-unsupported" // this version of the core cannot make that key, or this runtime cannot hold it
  | "entropy-unavailable" // the platform offers no crypto.getRandomValues, or not here
  | "entropy-failed" // a health test of the entropy source failed; the instance is closed for good
  | "self-test-failed" // a known-answer test failed; the instance is closed for good
  | "pairwise-failed" // a new key pair failed its pairwise consistency test; the instance is closed for good
  | "key-invalid" // a key pair does not meet the criteria of its standard
  | "search-limit" // a prime search used up the candidates that the standard allows
  | "reseed-required" // a generator needs fresh entropy before it may serve again
  | "drbg-not-instantiated" // a generator was used before instantiate or after uninstantiate
  | "drbg-failed" // a generator found its own state damaged; only a new one helps
  | "strength-unavailable" // more strength asked than the generator has
  | "wasm-unavailable" // WebAssembly is missing, or a content security policy blocks it
  | "core-mismatch" // the module is not the one that this library was built for
  | "closed" // the keygen was closed
  | "key-wiped" // the key was wiped, so its bytes are gone
  | "seal-failed" // the platform took a key and holds another one; its CryptoKey does not leave
  | "export-refused" // the key must not leave in that form
  | "encoding-invalid" // bytes or text are not what their format (DER, PEM, JWK) allows
  | "record-invalid"; // a record cannot be read

/** A state of the module, as opposed to a mistake in the call (TypeError, RangeError). */
export class KeygenError extends Error {
  override readonly name = "KeygenError";
  readonly code: ErrorCode;
  /** Public facts: names, lengths, clauses. Never bytes of a key, a seed or a state. */
  readonly details: Readonly<Record<string, string | number>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.details = Object.freeze({ ...details });
  }
}

/** What an error may repeat: names, dates and numbers are of these, and few; a key in any encoding is longer. */
const plain = /^[\w./ +-]{0,28}$/;

/** How an unwanted argument is named in an error: its type, never its content. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value !== "object") return typeof value;
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && plain.test(name) ? name : "an object";
}

/**
 * An unwanted value as an error may tell it. Arguments get swapped, and then a key stands where a name was wanted: so the
 * text only of what is as short as a name, and otherwise the type.
 */
export function quote(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (typeof value !== "string") return kindOf(value);
  return plain.test(value) ? `"${value}"` : `a string of ${value.length} characters`;
}

/**
 * An option that would have no effect is a mistake of the caller, who believes that it has one: RangeError. One that is
 * undefined is absent.
 */
export function refuseUnknown(what: string, options: object, names: readonly string[]): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || names.includes(option)) continue;
    throw new RangeError(
      `${plain.test(option) ? option : quote(option)} is no option of ${what}, which takes ${names.join(", ")}`,
    );
  }
}

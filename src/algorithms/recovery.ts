/** What copies for recovery are wrapped to, and how: RFC 7518, 4.3 and 4.6, with the curves that JOSE agrees on (4.6.1.1; RFC 8037, 3.2). */
import type { Algorithm } from "./algorithm.ts";

export type RecoveryAlg = "RSA-OAEP-256" | "ECDH-ES+A256KW";

const curves: readonly string[] = ["P-256", "P-384", "P-521", "X25519"];

/** Undefined for a key that no copy is wrapped to. */
export function recoveryAlgOf({ kind, name }: Algorithm): RecoveryAlg | undefined {
  if (kind === "rsa") return "RSA-OAEP-256";
  return curves.includes(name) ? "ECDH-ES+A256KW" : undefined;
}

/** Whether a quantum computer breaks such a key: then a copy of another key that is wrapped to it is weaker than that key. */
export function breaksByQuantum({ kind }: Algorithm): boolean {
  return kind === "rsa" || kind === "ec" || kind === "okp";
}

/** The derivations by their names: the standard's word for the function, and the hash that it is built on. */
import { quote } from "../errors.ts";

/** What each is, and the standard that says how. */
export const derivationFunctions = {
  HKDF: "RFC 5869; SP 800-56C Rev. 2, 5.1",
  "one-step": "SP 800-56C Rev. 2, 4.1, option 1",
  "one-step-HMAC": "SP 800-56C Rev. 2, 4.1, option 2",
  "two-step-HMAC": "SP 800-56C Rev. 2, 5.1, expanded by SP 800-108 Rev. 1",
  "KBKDF-HMAC": "SP 800-108 Rev. 1, 4.1 to 4.3",
  "PBKDF2-HMAC": "SP 800-132, 5.3; RFC 8018, 5.2",
  "extraction-HMAC": "SP 800-133 Rev. 2, 6.3, option 3",
} as const;

export type DerivationFunction = keyof typeof derivationFunctions;

export const derivationFunctionNames = Object.keys(derivationFunctions) as readonly DerivationFunction[]; // its keys

/** Which function on which of `hashes`. RangeError for any other name; the text lists what there is. */
export function splitDerivation<H extends string>(
  name: unknown,
  hashes: readonly H[],
): { readonly kdf: DerivationFunction; readonly hash: H } {
  for (const kdf of derivationFunctionNames) {
    const hash = hashes.find((each) => name === `${kdf}-${each}`);
    if (hash !== undefined) return { kdf, hash };
  }
  throw new RangeError(
    `derivation must be one of ${derivationFunctionNames.join(", ")}, followed by -SHA-256 or another hash, got ${quote(name)}`,
  );
}

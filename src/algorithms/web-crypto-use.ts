/** What Web Cryptography is asked to use a key for: one purpose, as a policy names it. */
import type { Algorithm, Purpose } from "./algorithm.ts";
import { type WebCryptoRow, type WebCryptoUsage, webCryptoRows } from "./web-crypto.ts";

const signing: readonly WebCryptoUsage[] = ["sign", "verify"];

const usages: Readonly<Record<Purpose, readonly WebCryptoUsage[]>> = {
  sign: signing,
  encrypt: ["encrypt", "decrypt"],
  wrap: ["wrapKey", "unwrapKey"],
  authenticate: signing,
  derive: signing, // HMAC is the function that keys are derived by (SP 800-108 Rev. 1, 4)
  establish: ["deriveBits", "deriveKey", "encapsulateBits", "encapsulateKey", "decapsulateBits", "decapsulateKey"],
};

/**
 * How Web Cryptography holds a key of `row` for `purpose`, with no other usage; for any where none is stated. Undefined if
 * it has no name for that.
 */
export function useOf(row: Algorithm, purpose: string | undefined): WebCryptoRow | undefined {
  const rows = webCryptoRows(row);
  if (purpose === undefined) return rows[0];
  const wanted = Object.hasOwn(usages, purpose) ? usages[purpose as Purpose] : []; // just looked up
  const only = (all: readonly WebCryptoUsage[]) => all.filter((usage) => wanted.includes(usage));
  const narrowed = rows
    .map((each) => ({ ...each, usages: only(each.usages), publicUsages: only(each.publicUsages) }))
    .filter((each) => each.usages.length > 0);
  return purpose === "wrap" ? narrowed.at(-1) : narrowed[0]; // AES-KW is the last: it does nothing else
}

/** The hashes under the names that sources of vectors give them. */
import type { HashName } from "../core/hash.ts";
import { NotServed } from "./not-served.ts";

const families: readonly (readonly [RegExp, string])[] = [
  [/^SHA-?2?-?(224|256|384|512|512\/224|512\/256)$/, "SHA-"],
  [/^SHA3-(224|256|384|512)$/, "SHA3-"],
];

/** `SHA2-512/224`, `SHA-256` or `SHA512`, alone or behind `HMAC`. NotServed for SHA-1, RangeError for what is no hash. */
export function hashNamed(name: string): HashName {
  const hash = name.replace(/^HMAC[-_]?/, "");
  if (/^SHA-?1$/.test(hash)) throw new NotServed("sha-1", "SHA-1");
  for (const [pattern, prefix] of families) {
    const size = pattern.exec(hash)?.[1];
    if (size !== undefined) return `${prefix}${size}` as HashName; // the patterns admit the sizes of each family alone
  }
  throw new RangeError(`no hash is known as ${name}`);
}

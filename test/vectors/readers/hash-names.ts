/** The hashes under the names that the sources give them. */
import type { HashName } from "../subject.ts";

const families: readonly (readonly [RegExp, string])[] = [
  [/^SHA-?2?-?(224|256|384|512|512\/224|512\/256)$/, "SHA-"],
  [/^SHA3-(224|256|384|512)$/, "SHA3-"],
];

/** `SHA2-512/224`, `SHA-256` or `SHA512`, alone or behind `HMAC`; "sha-1" for the one that we do not have. */
export function hashNamed(name: string): HashName | "sha-1" {
  const hash = name.replace(/^HMAC[-_]?/, "");
  if (/^SHA-?1$/.test(hash)) return "sha-1";
  for (const [pattern, prefix] of families) {
    const size = pattern.exec(hash)?.[1];
    if (size !== undefined) return `${prefix}${size}` as HashName; // the patterns admit the sizes of each family alone
  }
  throw new RangeError(`no hash is known as ${name}`);
}

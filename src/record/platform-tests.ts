/** What a record says of the pairwise test by the platform, as data: whoever tests and whoever verifies take it from here. */
import type { WebCryptoRow, WebCryptoUsage } from "../algorithms/web-crypto.ts";

/** Why a pair of the core was not tested by the platform. */
export const notRunReasons = { lacking: "platform lacks it", refused: "platform refused the pair" } as const;
export type NotRunReason = (typeof notRunReasons)[keyof typeof notRunReasons];

/** What each use of a private key is tested by. A key of several uses is tested by the first. */
const tests: Readonly<Partial<Record<WebCryptoUsage, string>>> = {
  sign: "sign and verify",
  decrypt: "encrypt and decrypt",
  deriveBits: "agree with another key from both sides",
  decapsulateBits: "encapsulate and decapsulate",
  unwrapKey: "wrap and unwrap",
};

/** The test of a key that the platform holds for `use`: by which usage, and in which words. */
export function platformTestOf({ params, usages }: WebCryptoRow): { usage: WebCryptoUsage; test: string } {
  const usage = (Object.keys(tests) as WebCryptoUsage[]).find((each) => usages.includes(each)) ?? "sign"; // the keys of a literal are its keys
  return { usage, test: `${params.name}: ${tests[usage]}` };
}

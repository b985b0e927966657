/** HMAC (FIPS 198-1): lengths stand in the group (1.0) or in the case (2.0). */
import { type Family, holderOf, mustBeFunctional } from "./family.ts";
import { toHex } from "./fields.ts";
import { hashNamed } from "./hash-names.ts";
import { wholeBytes } from "./sha.ts";

/** The leftmost bits, in as many bytes as they need; the others of the last byte are zero. */
function leftmost(mac: Uint8Array, bits: number): Uint8Array {
  if (!Number.isInteger(bits) || bits < 1 || bits > mac.length * 8) {
    throw new RangeError(`macLen must be from 1 to ${mac.length * 8} bits, got ${bits}`);
  }
  const left = mac.slice(0, Math.ceil(bits / 8));
  left[left.length - 1] = (left.at(-1) ?? 0) & (0xff << (-bits & 7));
  return left;
}

const hashes = ["SHA2-224", "SHA2-256", "SHA2-384", "SHA2-512", "SHA2-512/224", "SHA2-512/256"];
const sha3 = ["SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"];

export const hmac: Family = {
  algorithms: [...hashes, ...sha3].map((hash) => `HMAC-${hash}`),
  revisions: ["1.0", "2.0"],
  answer({ set, group, test }, iut) {
    mustBeFunctional(group);
    const lengthOf = (name: string) => holderOf(name, [test, group]).number(name);
    const key = wholeBytes(test, "key", lengthOf("keyLen"));
    const message = wholeBytes(test, "msg", lengthOf("msgLen"));
    return { mac: toHex(leftmost(iut.hmac(hashNamed(set.text("algorithm")), key, message), lengthOf("macLen"))) };
  },
};

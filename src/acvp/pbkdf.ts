/** PBKDF2 (SP 800-132; RFC 8018, 5.2) with HMAC. Passwords are text. */
import { utf8 } from "../bytes.ts";
import { type Family, mustBeFunctional } from "./family.ts";
import { type Fields, toHex } from "./fields.ts";
import { hashNamed } from "./hash-names.ts";

/** Ours: some seconds of work. A count without a bound would keep the core busy without an end, and without a word. */
const MAX_ITERATIONS = 10_000_000;

function iterationsOf(test: Fields): number {
  const iterations = test.number("iterationCount");
  if (iterations <= MAX_ITERATIONS) return iterations;
  throw new RangeError(`iterationCount must be at most ${MAX_ITERATIONS}, got ${iterations}`);
}

export const pbkdf: Family = {
  algorithms: ["PBKDF"],
  revisions: ["1.0"],
  async answer({ group, test }, iut) {
    mustBeFunctional(group);
    const derivedKey = await iut.pbkdf2({
      hash: hashNamed(group.text("hmacAlg")),
      password: utf8(test.text("password")),
      salt: test.bytes("salt"),
      iterations: iterationsOf(test),
      length: test.bytesOfBits("keyLen"),
    });
    return { derivedKey: toHex(derivedKey) };
  },
};

/** PBKDF2 (SP 800-132; RFC 8018, 5.2) with HMAC. Passwords are text. */
import { utf8 } from "../bytes.ts";
import { type Family, mustBeFunctional } from "./family.ts";
import { toHex } from "./fields.ts";
import { hashNamed } from "./hash-names.ts";

export const pbkdf: Family = {
  algorithms: ["PBKDF"],
  revisions: ["1.0"],
  async answer({ group, test }, iut) {
    mustBeFunctional(group);
    const derivedKey = await iut.pbkdf2({
      hash: hashNamed(group.text("hmacAlg")),
      password: utf8(test.text("password")),
      salt: test.bytes("salt"),
      iterations: test.number("iterationCount"),
      length: test.bytesOfBits("keyLen"),
    });
    return { derivedKey: toHex(derivedKey) };
  },
};

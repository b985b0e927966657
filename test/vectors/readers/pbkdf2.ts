/** PBKDF2 (RFC 8018; SP 800-132): ACVP, whose passwords are text, and Wycheproof. */
import { differ } from "../compare.ts";
import { hashNamed } from "./hash-names.ts";
import { grouped } from "./reader.ts";

export const readAcvpPbkdf2 = grouped(({ group, test }) => {
  const hash = hashNamed(group.text("hmacAlg"));
  if (hash === "sha-1") return hash;
  const input = {
    hash,
    password: new TextEncoder().encode(test.text("password")),
    salt: test.bytes("salt"),
    iterations: test.number("iterationCount"),
    length: test.bytesOfBits("keyLen"),
  };
  const wanted = test.bytes("derivedKey");
  return async (subject) => differ("derived key", await subject.pbkdf2(input), wanted);
});

export const readWycheproofPbkdf2 = grouped(({ file, test }) => {
  const hash = hashNamed(file.text("algorithm").replace(/^PBKDF2-/, ""));
  if (hash === "sha-1") return hash;
  const result = test.text("result");
  if (result !== "valid") throw new RangeError(`no result is known as ${result}`);
  const input = {
    hash,
    password: test.bytes("password"),
    salt: test.bytes("salt"),
    iterations: test.number("iterationCount"),
    length: test.number("dkLen"),
  };
  const wanted = test.bytes("dk");
  return async (subject) => differ("derived key", await subject.pbkdf2(input), wanted);
});

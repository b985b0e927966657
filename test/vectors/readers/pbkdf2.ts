/** PBKDF2 (RFC 8018; SP 800-132), Wycheproof. */
import { hashNamed } from "../../../src/acvp/hash-names.ts";
import { differ } from "../compare.ts";
import { grouped } from "./reader.ts";

export const readWycheproofPbkdf2 = grouped(({ file, test }) => {
  const hash = hashNamed(file.text("algorithm").replace(/^PBKDF2-/, ""));
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

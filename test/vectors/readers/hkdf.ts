/** HKDF (RFC 5869), Wycheproof. */
import { hashNamed } from "../../../src/acvp/hash-names.ts";
import { differ } from "../compare.ts";
import { grouped } from "./reader.ts";

/** An "invalid" case asks for too much and must be refused. */
export const readWycheproofHkdf = grouped(({ file, test }) => {
  const hash = hashNamed(file.text("algorithm").replace(/^HKDF-/, ""));
  const input = { hash, ikm: test.bytes("ikm"), salt: test.bytes("salt") };
  const expansion = { info: test.bytes("info"), length: test.number("size") };
  const result = test.text("result");
  if (result === "valid") {
    const okm = test.bytes("okm");
    return (subject) => differ("output", subject.hkdf(input, [expansion])[0] ?? new Uint8Array(), okm);
  }
  if (result !== "invalid") throw new RangeError(`no result is known as ${result}`);
  return (subject) => {
    try {
      subject.hkdf(input, [expansion]);
    } catch (error) {
      return error instanceof RangeError ? undefined : "it was refused for another reason than its length";
    }
    return "it must be refused, and was not";
  };
});

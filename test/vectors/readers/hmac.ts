/** HMAC (FIPS 198-1): CAVP and Wycheproof. */
import { hashNamed } from "../../../src/acvp/hash-names.ts";
import { differ, differBoolean } from "../compare.ts";
import { grouped } from "./reader.ts";

const hashOfLength: Readonly<Record<number, string>> = {
  20: "SHA-1",
  28: "SHA-224",
  32: "SHA-256",
  48: "SHA-384",
  64: "SHA-512",
};

export const readCavpHmac = grouped(({ group, test }) => {
  const hash = hashNamed(hashOfLength[group.numeral("L")] ?? `one of ${group.numeral("L")} bytes`);
  const [key, message, mac] = [test.bytes("Key"), test.bytes("Msg"), test.bytes("Mac")];
  const [keyLen, macLen] = [test.numeral("Klen"), test.numeral("Tlen")];
  return (subject) =>
    key.length === keyLen
      ? differ("MAC", subject.hmac(hash, key, message).subarray(0, macLen), mac)
      : `key: wanted ${keyLen} bytes, got ${key.length}`;
});

/** A verifier's cases: the tag of an "invalid" one must not be what we compute. */
export const readWycheproofHmac = grouped(({ file, group, test }) => {
  const hash = hashNamed(file.text("algorithm"));
  const [key, message, tag] = [test.bytes("key"), test.bytes("msg"), test.bytes("tag")];
  const tagLen = group.bytesOfBits("tagSize");
  const result = test.text("result");
  if (result !== "valid" && result !== "invalid") throw new RangeError(`no result is known as ${result}`);
  return (subject) => {
    const mac = subject.hmac(hash, key, message);
    if (tagLen > mac.length) return `tag: wanted ${tagLen} bytes, got ${mac.length}`;
    const difference = differ("tag", mac.subarray(0, tagLen), tag);
    return result === "valid" ? difference : differBoolean("tag accepted", difference === undefined, false);
  };
});

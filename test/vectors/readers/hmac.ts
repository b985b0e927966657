/** HMAC (FIPS 198-1): ACVP 1.0 and 2.0, CAVP, Wycheproof. */
import { differ, differBoolean, differLeft } from "../compare.ts";
import type { Fields } from "../fields.ts";
import { hashNamed } from "./hash-names.ts";
import { grouped } from "./reader.ts";

/** Lengths stand in the group (1.0) or in the case (2.0). */
const lengthOf = (name: string, group: Fields, test: Fields) => (test.has(name) ? test : group).number(name);

export const readAcvpHmac = grouped(({ file, group, test }) => {
  const hash = hashNamed(file.text("algorithm"));
  if (hash === "sha-1") return hash;
  const macLen = lengthOf("macLen", group, test);
  // Keys and messages that end within a byte are for bit-oriented implementations.
  if (lengthOf("keyLen", group, test) % 8 !== 0 || lengthOf("msgLen", group, test) % 8 !== 0) return "not-built-yet";
  const [key, message, mac] = [test.bytes("key"), test.bytes("msg"), test.bytes("mac")];
  return (subject) => differLeft("MAC", subject.hmac(hash, key, message), mac, macLen);
});

const hashOfLength: Readonly<Record<number, string>> = {
  20: "SHA-1",
  28: "SHA-224",
  32: "SHA-256",
  48: "SHA-384",
  64: "SHA-512",
};

export const readCavpHmac = grouped(({ group, test }) => {
  const hash = hashNamed(hashOfLength[group.numeral("L")] ?? `one of ${group.numeral("L")} bytes`);
  if (hash === "sha-1") return hash;
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
  if (hash === "sha-1") return hash;
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

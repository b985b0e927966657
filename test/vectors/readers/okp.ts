/** Ed25519, Ed448 (RFC 8032), X25519 and X448 (RFC 7748): Wycheproof, and what RFC 8032 prints. */
import type { Fields } from "../../../src/acvp/fields.ts";
import { differ, differBoolean } from "../compare.ts";
import type { OkpName, Subject } from "../subject.ts";
import { type Check, grouped } from "./reader.ts";

/** The names that the sources give the curves. */
const names: Readonly<Record<string, OkpName>> = {
  ed25519: "Ed25519",
  ed448: "Ed448",
  curve25519: "X25519",
  curve448: "X448",
};

function nameOf(group: Fields): OkpName {
  const curve = group.text("curve");
  const name = names[curve];
  if (name === undefined) throw new RangeError(`no key is known on the curve ${curve}`);
  return name;
}

/** The public key that follows from the private one must be the given one, and be accepted as one. */
function pair(name: OkpName, privateKey: Uint8Array, publicKey: Uint8Array): Check {
  return (subject) => {
    const difference = differ("public key", subject.okpPublicKey(name, privateKey), publicKey);
    return difference ?? differBoolean("public key accepted", subject.isOkpPublicKey(name, publicKey), true);
  };
}

export const readOkpRfc = grouped(({ group, test }) =>
  pair(nameOf(group), test.bytes("secretKey"), test.bytes("publicKey")),
);

/** Undefined where the public key is of small order, and the secret would be zero. */
function agree(subject: Subject, name: "X25519" | "X448", test: Fields): Uint8Array | undefined {
  try {
    return subject.okpAgree(name, test.bytes("private"), test.bytes("public"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "key-invalid") return undefined;
    throw error;
  }
}

/**
 * "invalid" is a public key of a wrong length. "acceptable" are points that an implementation may refuse: RFC 7748, 6 allows
 * it if the secret is zero, and only there do we.
 */
export const readXdh = grouped(({ group, test }) => {
  const name = nameOf(group);
  if (name !== "X25519" && name !== "X448") throw new RangeError(`no key is agreed on with ${name}`);
  const [result, shared] = [test.text("result"), test.bytes("shared")];
  return (subject) => {
    const known = subject.isOkpPublicKey(name, test.bytes("public"));
    if (!known || result === "invalid") return differBoolean("public key accepted", known, result !== "invalid");
    return differ("shared secret", agree(subject, name, test) ?? new Uint8Array(shared.length), shared);
  };
});

/** Keys of ML-KEM (FIPS 203) and ML-DSA (FIPS 204) from seeds: ACVP keyGen and the key pairs of Wycheproof. */
import { type Difference, differ, first } from "../compare.ts";
import type { Fields } from "../fields.ts";
import type { LatticeName, Subject } from "../subject.ts";
import { type Check, grouped } from "./reader.ts";

const names: readonly LatticeName[] = [
  ...(["ML-KEM-512", "ML-KEM-768", "ML-KEM-1024"] as const),
  ...(["ML-DSA-44", "ML-DSA-65", "ML-DSA-87"] as const),
];

function setOf(group: Fields): LatticeName {
  const text = group.text("parameterSet");
  const name = names.find((known) => known === text);
  if (name === undefined) throw new RangeError(`no parameter set is known as ${text}`);
  return name;
}

const joined = (a: Uint8Array, b: Uint8Array) => Uint8Array.of(...a, ...b);

/** Compares what is given: Wycheproof's ML-DSA has the seed and the public key only. */
function compareKeys(
  subject: Subject,
  name: LatticeName,
  seed: Uint8Array,
  publicKey: Uint8Array,
  expanded: Uint8Array | undefined,
): Difference {
  const keys = subject.latticeKeys(name, seed);
  return first(
    differ("public key", keys.publicKey, publicKey),
    expanded === undefined ? undefined : differ("expanded private key", keys.expanded, expanded),
  );
}

export const readAcvpMlKem = grouped(({ group, test }): Check => {
  const name = setOf(group);
  const seed = joined(test.bytes("d"), test.bytes("z"));
  const [ek, dk] = [test.bytes("ek"), test.bytes("dk")];
  return (subject) => compareKeys(subject, name, seed, ek, dk);
});

export const readAcvpMlDsa = grouped(({ group, test }): Check => {
  const name = setOf(group);
  const [seed, pk, sk] = [test.bytes("seed"), test.bytes("pk"), test.bytes("sk")];
  return (subject) => compareKeys(subject, name, seed, pk, sk);
});

/** A seed that is said to be invalid must be refused. */
export const readWycheproofMlKem = grouped(({ group, test }): Check => {
  const name = setOf(group);
  const seed = test.bytes("seed");
  if (test.text("result") === "valid") {
    const [ek, dk] = [test.bytes("ek"), test.bytes("dk")];
    return (subject) => compareKeys(subject, name, seed, ek, dk);
  }
  return (subject) => {
    try {
      subject.latticeKeys(name, seed);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
    return "a seed that is said to be invalid gives a key";
  };
});

export const readWycheproofMlDsa = grouped(({ group, test }): Check => {
  const name = setOf(group);
  const [seed, publicKey] = [test.bytes("seed"), test.bytes("publicKey")];
  return (subject) => compareKeys(subject, name, seed, publicKey, undefined);
});

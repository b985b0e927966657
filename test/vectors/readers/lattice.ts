/** Keys of ML-KEM (FIPS 203) and ML-DSA (FIPS 204) from seeds: the key pairs of Wycheproof. */
import { parameterSetOf } from "../../../src/acvp/lattice.ts";
import { mlDsaNames } from "../../../src/core/ml-dsa.ts";
import { mlKemNames } from "../../../src/core/ml-kem.ts";
import { type Difference, differ, first } from "../compare.ts";
import type { LatticeName, Subject } from "../subject.ts";
import { type Check, grouped } from "./reader.ts";

const names: readonly LatticeName[] = [...mlKemNames, ...mlDsaNames];

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

/** A seed that is said to be invalid must be refused. */
export const readWycheproofMlKem = grouped(({ group, test }): Check => {
  const name = parameterSetOf(group, names);
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
  const name = parameterSetOf(group, names);
  const [seed, publicKey] = [test.bytes("seed"), test.bytes("publicKey")];
  return (subject) => compareKeys(subject, name, seed, publicKey, undefined);
});

/** ML-KEM (FIPS 203): keys, encapsulation, decapsulation, checks of keys. ML-DSA (FIPS 204): keys. */
import { concat } from "../bytes.ts";
import { mlDsaNames } from "../core/ml-dsa.ts";
import { mlKemNames } from "../core/ml-kem.ts";
import { type Family, holderOf, mustBeFunctional } from "./family.ts";
import { type Fields, toHex } from "./fields.ts";

/** RangeError for what is no parameter set of the family. */
export function parameterSetOf<N extends string>(group: Fields, names: readonly N[]): N {
  const text = group.text("parameterSet");
  const name = names.find((known) => known === text);
  if (name === undefined) throw new RangeError(`no parameter set is known as ${text}`);
  return name;
}

export const mlKemKeyGen: Family = {
  algorithms: ["ML-KEM"],
  mode: "keyGen",
  revisions: ["FIPS203"],
  answer({ group, test }, iut) {
    mustBeFunctional(group);
    const name = parameterSetOf(group, mlKemNames);
    const { publicKey, expanded } = iut.latticeKeys(name, concat(test.bytes("d"), test.bytes("z")));
    return { ek: toHex(publicKey), dk: toHex(expanded) };
  },
};

/** The decapsulation key stands in the group in older prompts. */
export const mlKemEncapDecap: Family = {
  algorithms: ["ML-KEM"],
  mode: "encapDecap",
  revisions: ["FIPS203"],
  answer({ group, test }, iut) {
    const name = parameterSetOf(group, mlKemNames);
    const use = group.text("function");
    const dk = () => holderOf("dk", [test, group]).bytes("dk");
    switch (use) {
      case "encapsulation": {
        const { ciphertext, sharedSecret } = iut.mlKemEncapsulate(name, test.bytes("ek"), test.bytes("m"));
        return { c: toHex(ciphertext), k: toHex(sharedSecret) };
      }
      case "decapsulation":
        return { k: toHex(iut.mlKemDecapsulate(name, dk(), test.bytes("c"))) };
      case "encapsulationKeyCheck":
        return { testPassed: iut.isMlKemKey(name, "ek", test.bytes("ek")) };
      case "decapsulationKeyCheck":
        return { testPassed: iut.isMlKemKey(name, "dk", dk()) };
      default:
        throw new RangeError(`no function of ML-KEM is known as ${use}`);
    }
  },
};

export const mlDsaKeyGen: Family = {
  algorithms: ["ML-DSA"],
  mode: "keyGen",
  revisions: ["FIPS204"],
  answer({ group, test }, iut) {
    mustBeFunctional(group);
    const { publicKey, expanded } = iut.latticeKeys(parameterSetOf(group, mlDsaNames), test.bytes("seed"));
    return { pk: toHex(publicKey), sk: toHex(expanded) };
  },
};

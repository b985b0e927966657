/** SLH-DSA keys (FIPS 205): SK.seed, SK.prf and PK.seed give one key. */
import { concat } from "../bytes.ts";
import { slhDsaNames } from "../core/slh-dsa.ts";
import { type Family, mustBeFunctional } from "./family.ts";
import { toHex } from "./fields.ts";
import { parameterSetOf } from "./lattice.ts";

export const slhDsaKeyGen: Family = {
  algorithms: ["SLH-DSA"],
  mode: "keyGen",
  revisions: ["FIPS205"],
  async answer({ group, test }, iut) {
    mustBeFunctional(group);
    const name = parameterSetOf(group, slhDsaNames);
    const seed = concat(test.bytes("skSeed"), test.bytes("skPrf"), test.bytes("pkSeed"));
    const { publicKey, privateKey } = await iut.slhDsaKeys(name, seed);
    return { pk: toHex(publicKey), sk: toHex(privateKey) };
  },
};

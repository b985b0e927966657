/** ACVP, SLH-DSA-keyGen-FIPS205: SK.seed, SK.prf and PK.seed give one key. */
import { differ, first } from "../compare.ts";
import type { SlhDsaName } from "../subject.ts";
import { grouped } from "./reader.ts";

const names = ["SHA2", "SHAKE"].flatMap((family) =>
  ["128s", "128f", "192s", "192f", "256s", "256f"].map((level) => `SLH-DSA-${family}-${level}`),
) as readonly SlhDsaName[]; // the twelve sets of FIPS 205, Table 2

export const readAcvpSlhDsa = grouped(({ group, test, quick }) => {
  const text = group.text("parameterSet");
  const name = names.find((known) => known === text);
  if (name === undefined) throw new RangeError(`no parameter set is known as ${text}`);
  const seed = Uint8Array.of(...test.bytes("skSeed"), ...test.bytes("skPrf"), ...test.bytes("pkSeed"));
  const [pk, sk] = [test.bytes("pk"), test.bytes("sk")];
  if (quick && name.endsWith("s")) return "slow"; // a second a key, its pairwise test included
  return async (subject) => {
    const keys = await subject.slhDsaKeys(name, seed);
    return first(differ("public key", keys.publicKey, pk), differ("private key", keys.privateKey, sk));
  };
});

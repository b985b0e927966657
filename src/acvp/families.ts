/** All that can be answered, one family a line. */
import { hmacDrbg } from "./drbg.ts";
import { ecdsaKeyGen, ecdsaKeyVer } from "./ec.ts";
import type { Family } from "./family.ts";
import type { Fields } from "./fields.ts";
import { hmac } from "./hmac.ts";
import { kbkdf } from "./kbkdf.ts";
import { kdaFamilies } from "./kda.ts";
import { mlDsaKeyGen, mlKemEncapDecap, mlKemKeyGen } from "./lattice.ts";
import { okpFamilies } from "./okp.ts";
import { pbkdf } from "./pbkdf.ts";
import { rsaKeyGen } from "./rsa.ts";
import { sha2, sha3 } from "./sha.ts";
import { shake } from "./shake.ts";
import { slhDsaKeyGen } from "./slh-dsa.ts";

const families: readonly Family[] = [
  sha2,
  sha3,
  shake,
  hmac,
  hmacDrbg,
  rsaKeyGen,
  ecdsaKeyGen,
  ecdsaKeyVer,
  ...okpFamilies,
  kbkdf,
  ...kdaFamilies,
  pbkdf,
  mlKemKeyGen,
  mlKemEncapDecap,
  mlDsaKeyGen,
  slhDsaKeyGen,
];

/** The algorithms and modes, in words, each with its revisions. */
export const supported: readonly string[] = families.flatMap(({ algorithms, mode, revisions }) =>
  algorithms.map((algorithm) => `${[algorithm, mode].filter(Boolean).join(" ")} (${revisions.join(", ")})`),
);

/** A vector set of an algorithm, mode or revision that nothing here answers. */
export class UnsupportedVectorSet extends Error {
  override readonly name = "UnsupportedVectorSet";
}

/** TypeError if the set does not say what it is of. */
export function familyOf(set: Fields): Family {
  const algorithm = set.text("algorithm");
  const mode = set.has("mode") ? set.text("mode") : "";
  const revision = set.text("revision");
  const family = families.find(
    (one) =>
      one.algorithms.includes(algorithm) &&
      (one.mode ?? "").toLowerCase() === mode.toLowerCase() &&
      one.revisions.includes(revision),
  );
  if (family !== undefined) return family;
  const what = [algorithm, mode].filter(Boolean).join(" ");
  throw new UnsupportedVectorSet(`${what}, revision ${revision}, is not one of ${supported.join("; ")}`);
}

/** C2SP det-keygen: a seed gives exactly one key, by FIPS 186-5, A.1.3 or A.2.2 over HMAC_DRBG with SHA-256. */
import { base64 } from "@scure/base";
import { differ, differNumber, first } from "../compare.ts";
import type { EcCurve } from "../subject.ts";
import { ecFromPkcs8, rsaFromPkcs8 } from "./pkcs8.ts";
import { listed } from "./reader.ts";

const SLOW_BITS = 8192;
const names = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;

export const readDetKeygenRsa = listed((test, { quick }) => {
  const bits = test.number("bits");
  const seed = base64.decode(test.text("seed"));
  const wanted = rsaFromPkcs8(base64.decode(test.text("private_key_pkcs8")));
  if (quick && bits >= SLOW_BITS) return "slow";
  return async (subject) => {
    const key = await subject.detKeygenRsa(bits, seed);
    return first(...names.map((name) => differNumber(name, key[name], wanted[name])));
  };
});

/** The curves of the file, by the names that it gives them. */
const curves: Readonly<Record<string, EcCurve>> = {
  secp224r1: "P-224",
  secp256r1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
};

export const readDetKeygenEc = listed((test) => {
  const curve = curves[test.text("curve")];
  if (curve === undefined) throw new RangeError(`no curve is known as ${test.text("curve")}`);
  const seed = base64.decode(test.text("seed"));
  const wanted = ecFromPkcs8(base64.decode(test.text("private_key_pkcs8")));
  return async (subject) => {
    const key = subject.detKeygenEc(curve, seed);
    return first(differ("d", key.d, wanted.d), differ("point", key.point, wanted.point));
  };
});

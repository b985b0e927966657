/** C2SP det-keygen, RSA: a seed gives exactly one key, by FIPS 186-5, A.1.3 over HMAC_DRBG with SHA-256. */
import { base64 } from "@scure/base";
import { differNumber, first } from "../compare.ts";
import { rsaFromPkcs8 } from "./pkcs8.ts";
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

/** A small file of SLH-DSA keys for the tests of the runner: OpenSSL makes the keys. */
import { generateKeyPairSync } from "node:crypto";
import { hex } from "@scure/base";
import { grouped, type MadeUp } from "./made-up.ts";
import type { SlhDsaName } from "./subject.ts";

export function slhDsaFile(name: SlhDsaName, n: number): MadeUp {
  const { privateKey } = generateKeyPairSync(name.toLowerCase() as "ed25519"); // the types do not know all names
  const sk = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-4 * n); // RFC 9909, 6
  const part = (from: number, to: number) => hex.encode(sk.subarray(from * n, to * n)).toUpperCase();
  const test = { tcId: 1, skSeed: part(0, 1), skPrf: part(1, 2), pkSeed: part(2, 3), sk: part(0, 4), pk: part(2, 4) };
  const group = { tgId: 1, testType: "AFT", parameterSet: name, tests: [test] };
  return grouped("acvp/SLH-DSA-keyGen-FIPS205.json", "SLH-DSA", [group], part(3, 4));
}

/** Families that the module does not have. Their cases are counted, each under the truest reason. */
import type { Fields } from "../../../src/acvp/fields.ts";
import type { Reason } from "../report.ts";
import { grouped, type Place } from "./reader.ts";

const textOf = (fields: Fields, name: string) => (fields.has(name) ? fields.text(name) : "");

function reasonOf(place: Place): Reason {
  if (textOf(place.group, "kwCipher") === "inverse") return "inverse-cipher";
  return "not-built-yet";
}

export const readLater = grouped(reasonOf);
export const readSha1 = grouped(() => "sha-1");
/** Keys in finite fields: the groups of safe primes. */
export const readFfc = grouped(() => "ffc");

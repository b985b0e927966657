/** C2SP CCTV, RSA benchmark: a search of average length, one candidate a line. Its two primes end the search for p and for q. */

import { fromHex } from "../../../src/acvp/fields.ts";
import type { Difference } from "../compare.ts";
import type { Subject } from "../subject.ts";
import type { FileReader } from "./reader.ts";

/** The candidates are random: FIPS 186-5, Table B.1 asks for at most 5 rounds. */
const ROUNDS = 5;
/** Candidates from this length on take seconds together. */
const SLOW_BYTES = 192;

export const readTrace: FileReader = (text, { quick }) => {
  const lines = text.split("\n").filter((line) => line !== "");
  let primes = 0;
  const check = async (subject: Subject, value: Uint8Array, last: boolean): Promise<Difference> => {
    const prime = await subject.isProbablePrime(value, ROUNDS);
    if (prime) primes++;
    if (last)
      return prime && primes === 2 ? undefined : `the search must end with its second prime, and ends with ${primes}`;
    return prime && primes > 1 ? "prime, but the search goes on after two primes" : undefined;
  };
  const cases = lines.map((line, at) => ({
    group: "trace",
    id: `line ${at + 1}`,
    read: () => {
      const value = fromHex(line);
      if (quick && value.length >= SLOW_BYTES) return "slow" as const;
      return (subject: Subject) => check(subject, value, at === lines.length - 1);
    },
  }));
  return { cases, stated: undefined };
};

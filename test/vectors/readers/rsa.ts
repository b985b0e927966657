/** RSA keys beyond ACVP: CAVP's pairs of FIPS 186-4, B.3.3, and OpenSSL's of 186-5, A.1.6. */
import type { Fields } from "../../../src/acvp/fields.ts";
import { inputsOf, primesOf } from "../../../src/acvp/rsa.ts";
import { type Difference, differNumber, first } from "../compare.ts";
import type { ConstructedRsaParts, RsaParts } from "../subject.ts";
import { grouped } from "./reader.ts";

/** Compares those of the key's numbers that the case gives, under the source's names for them. */
function compareParts<T extends RsaParts>(
  parts: T,
  test: Fields,
  names: Readonly<Record<string, { [K in keyof T]: T[K] extends Uint8Array ? K : never }[keyof T]>>,
): Difference {
  return first(
    ...Object.entries(names).map(([name, part]) => differNumber(name, parts[part] as Uint8Array, test.bytes(name))),
  );
}

export const readCavpRsa = grouped(({ group, test }) => {
  const primes = primesOf(group, test);
  return async (subject) => compareParts(await subject.rsaFromPrimes(primes), test, { n: "n", d: "d" });
});

/** The lengths of the auxiliary primes are those of the numbers that their search begins at. */
export const readOpensslRsa = grouped(({ group, test }) => {
  const bitsOf = (name: string) => BigInt(`0x${test.text(name)}`).toString(2).length;
  const bitlens = [bitsOf("xP1"), bitsOf("xP2"), bitsOf("xQ1"), bitsOf("xQ2")] as const;
  const inputs = { ...inputsOf(group, test, "A.1.6"), bitlens };
  const parts = { p1: "p1", p2: "p2", q1: "q1", q2: "q2", p: "p", q: "q", n: "n", d: "d" } as const;
  return async (subject) => compareParts<ConstructedRsaParts>(await subject.rsaFromInputs(inputs), test, parts);
});

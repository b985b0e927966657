/** Wycheproof, primality: numbers of any size, many of them made to pass Miller-Rabin with bases that are fixed or few. */
import { differBoolean } from "../compare.ts";
import { grouped } from "./reader.ts";

/** A composite passes one round with a random base with probability 1/4 at most, and these numbers come near it: 2^-64. */
const ROUNDS = 32;

export const readPrimality = grouped(({ test }) => {
  const value = test.bytes("value");
  const result = test.text("result");
  // Two's complement: the sign is the first bit.
  if ((value[0] ?? 0) >= 0x80) return "negative-number";
  if (result !== "valid" && result !== "invalid") throw new RangeError(`no result is known as ${result}`);
  return async (subject) => differBoolean("prime", await subject.isProbablePrime(value, ROUNDS), result === "valid");
});

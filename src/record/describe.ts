/** Small parts of a record that are derived from data: the key id and an algorithm's parameters. */
import { hex } from "@scure/base";
import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Predicate } from "./record.ts";

/** A UUID of version 4 (RFC 9562, 5.4) from 16 random bytes. */
export function keyId(random: Uint8Array): string {
  const bytes = random.slice(0, 16);
  const view = new DataView(bytes.buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x40);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  return hex.encode(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** How this version makes RSA primes, as records say it; the first is what it does unless told. */
export const rsaMethods = ["FIPS 186-5, A.1.3: random primes that are probably prime"] as const;

export function describeAlgorithm(
  row: Algorithm,
  method: (typeof rsaMethods)[number] = rsaMethods[0],
): Predicate["algorithm"] {
  const { name, standard, strengthBits } = row;
  if (row.kind !== "rsa") return { name, standard, strengthBits, parameters: { keyBits: row.keyLen * 8 } };
  return {
    name,
    standard,
    strengthBits,
    parameters: {
      modulusBits: row.modulusBits,
      publicExponent: 65537,
      method,
      millerRabinRounds: row.millerRabinRounds,
      errorBound: `2^-${strengthBits} (FIPS 186-5, Table B.1)`,
    },
  };
}

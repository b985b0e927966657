/** What holds of the record of a key that is made of more than the generator: of a seed, or of components. */
import { type Algorithm, isKeyPair } from "../algorithms/algorithm.ts";
import { DEFAULT_PUBLIC_EXPONENT } from "../algorithms/rsa-methods.ts";
import { SEEDED_RSA_METHOD, type SeedScheme, seedSchemes } from "../algorithms/seed-schemes.ts";
import { seedLength } from "../generate/seed-length.ts";
import { rsaMakingOf } from "./describe.ts";
import type { Hold } from "./hold.ts";
import type { Predicate } from "./record.ts";

export function checkSeed({ generation, seed, combination, algorithm }: Predicate, row: Algorithm, hold: Hold): void {
  const combined = combination !== undefined;
  hold("combination", (generation === "combined") === combined, "a combined key has components, and no other has");
  hold("combination", !combined || !isKeyPair(row), `components make secret keys, and ${row.name} is none`);
  hold("generation", (generation === "derived") === (seed !== undefined), "a derived key has a seed, and no other has");
  if (seed === undefined) return;
  const { standard, serves }: SeedScheme = seedSchemes[seed.scheme];
  hold(
    "seed-scheme",
    serves(row) && seed.standard === standard,
    `${seed.scheme} makes no ${row.name} by that standard`,
  );
  const most = serves(row) ? 8 * seedLength(seed.scheme, row).most : seed.bits;
  const isEnough = seed.bits >= row.drbgBits && seed.bits <= most;
  hold("seed-bits", isEnough, `${row.name} needs a seed of ${row.drbgBits} to ${most} bits, got ${seed.bits}`);
  if (row.kind !== "rsa") return;
  const { method, publicExponent, lucas } = rsaMakingOf({ ...algorithm.parameters });
  const own = method === SEEDED_RSA_METHOD && publicExponent === DEFAULT_PUBLIC_EXPONENT && !lucas;
  hold("seed-scheme", own, "RSA keys come from seeds by FIPS 186-5, A.1.3, with e = 65537 and no Lucas test");
}

/** How long a seed is, by scheme and algorithm. */
import type { Algorithm } from "../algorithms/algorithm.ts";
import type { SeedSchemeName } from "../algorithms/seed-schemes.ts";

/** Bytes: exactly so many, or from `least` to `most`; and the clause that says so. */
export interface SeedLength {
  readonly least: number;
  readonly most: number;
  readonly source: string;
}

/** Bytes of the string that the standard of an octet key pair expands into it. */
export function standardSeedLength(row: Algorithm): number {
  if (!("privateKeyLen" in row)) return 0;
  return row.kind === "slh-dsa" ? (3 * row.privateKeyLen) / 4 : row.privateKeyLen; // SK.seed, SK.prf and PK.seed
}

const standards = {
  "fips-203": "FIPS 203, 3.3",
  "fips-204": "FIPS 204, 3.6.1",
  "fips-205": "FIPS 205, 9.1",
  "rfc-8032": "RFC 8032, 5.1.5 and 5.2.5",
} as const;

/** What the core takes in one call. */
const MOST = 65_536;
/** det-keygen hashes seed and personalization as one string. */
const MOST_DET = 1024;

/** Of a seed of `row`, which the scheme serves. */
export function seedLength(scheme: SeedSchemeName, row: Algorithm): SeedLength {
  switch (scheme) {
    case "c2sp-det-keygen": {
      const least = Math.ceil((row.drbgBits * 3) / 16); // the seed stands for entropy input and nonce together
      return { least, most: MOST_DET, source: "SP 800-90A Rev. 1, 8.6.7" };
    }
    case "keywright-hkdf-v1": // it serves many keys, so it must carry the strongest of them
      return { least: 32, most: MOST, source: "keywright-hkdf-v1; 256 bits, the most that any key needs" };
    default: {
      const length = standardSeedLength(row);
      return { least: length, most: length, source: standards[scheme] };
    }
  }
}

/** `generateFromSeed()` by c2sp-det-keygen as its users await it, from a fresh seed each time: what is held against `generate()`. */
import { type Keygen, openKeygen } from "#keywright";
import { seedPolicy } from "../../test/support/seeds.ts";
import type { RsaBits } from "./key.ts";

export interface SeededKeygen {
  /** Milliseconds from the call to the key and its record. */
  sample(bits: RsaBits): Promise<number>;
}

export async function openSeeded(now: () => number): Promise<SeededKeygen> {
  const keygen: Keygen = await openKeygen({ policy: seedPolicy("nist"), environment: "test" });
  return {
    async sample(bits) {
      const seed = crypto.getRandomValues(new Uint8Array(32));
      const start = now();
      const made = await keygen.generateFromSeed(`RSA-${bits}`, seed, {
        scheme: "c2sp-det-keygen",
        seedOrigin: "drbg",
      });
      const took = now() - start;
      if ("privateKey" in made) made.privateKey.wipe();
      return took;
    },
  };
}

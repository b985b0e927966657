/** Services of the core that ACVP asks for and `bench.ts` does not list itself: new keys, and all of ML-KEM. */
import type { Bytes } from "../bytes.ts";
import type { Core } from "../core/core.ts";
import { type EcCurve, type EcMethod, type EcPair, ecGenerate, ecPairwise } from "../core/ec.ts";
import {
  type MlKemName,
  mlKemCheckDk,
  mlKemCheckEk,
  mlKemDecapsulate,
  mlKemEncapsulate,
  mlKemSets,
} from "../core/ml-kem.ts";
import { type OkpName, type OkpPair, okpGenerate, okpPairwise } from "../core/okp.ts";
import type { HmacDrbg } from "../drbg/hmac-drbg.ts";
import { KeygenError } from "../errors.ts";

export interface Services {
  /** Bytes of the bench's own generator, at most 64 KiB. */
  random(length: number): Bytes;
  /** A new pair after its pairwise test. */
  ecKey(curve: EcCurve, method: EcMethod): EcPair;
  okpKey(name: OkpName): OkpPair;
  /** FIPS 203, Algorithm 17, of 32 random bytes m; KeygenError "key-invalid" if ek fails the check of 7.2. */
  mlKemEncapsulate(
    name: MlKemName,
    ek: Uint8Array,
    m: Uint8Array,
  ): { readonly ciphertext: Bytes; readonly sharedSecret: Bytes };
  /** FIPS 203, Algorithm 18; KeygenError "key-invalid" if dk fails the check of 7.3. */
  mlKemDecapsulate(name: MlKemName, dk: Uint8Array, ciphertext: Uint8Array): Bytes;
  /** The checks of FIPS 203, 7.2 of ek, and of 7.3 of dk: length included. */
  isMlKemKey(name: MlKemName, half: "ek" | "dk", key: Uint8Array): boolean;
}

/** The generator's strength covers every curve's (SP 800-57 Part 1 Rev. 5, Table 2). */
const STRENGTH_BITS = 256;

export function servicesOf(core: Core, generator: HmacDrbg): Services {
  return {
    random: (length) => generator.generate(length),
    ecKey(curve, method) {
      const pair = ecGenerate(core, curve, method, generator.pointer, STRENGTH_BITS);
      ecPairwise(core, curve, pair);
      return pair;
    },
    okpKey(name) {
      const pair = okpGenerate(core, name, generator.pointer);
      okpPairwise(core, name, pair);
      return pair;
    },
    mlKemEncapsulate: (name, ek, m) => mlKemEncapsulate(core, name, ek, m),
    mlKemDecapsulate: (name, dk, ciphertext) => mlKemDecapsulate(core, name, dk, ciphertext),
    isMlKemKey(name, half, key) {
      if (key.length !== mlKemSets[name][`${half}Length`]) return false;
      try {
        if (half === "ek") mlKemCheckEk(core, name, key);
        else mlKemCheckDk(core, name, key);
        return true;
      } catch (error) {
        if (error instanceof KeygenError && error.code === "key-invalid") return false;
        throw error;
      }
    },
  };
}

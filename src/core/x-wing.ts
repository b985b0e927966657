/** X-Wing (draft-connolly-cfrg-xwing-kem-10) in the core, in typed calls. The private key is the seed of 32 bytes. */
import type { Bytes } from "../bytes.ts";
import { KeygenError } from "../errors.ts";
import type { Core } from "./core.ts";
import { type Input, lend, type SeedPair } from "./lattice.ts";
import { check, Status } from "./status.ts";

/** The draft's number is part of the name: another draft may make other keys of the same seed. */
export const X_WING = "X-Wing-draft-10";

/** Lengths in bytes, 5.1. */
const SEED = 32;
const PUBLIC = 1216;
const CIPHERTEXT = 1120;
const SECRET = 32;

const seedInput = (value: Uint8Array): Input => ({ what: "seed", value, length: SEED });
const publicInput = (value: Uint8Array): Input => ({ what: "publicKey", value, length: PUBLIC });

/** The public key of a seed: ek of ML-KEM-768, then that of X25519. */
export function xWingPublicKey(core: Core, seed: Uint8Array): Bytes {
  const [publicKey] = lend(core, [seedInput(seed)], [PUBLIC], (seedAt = 0, at = 0) =>
    check(core.exports.xWingPublicKey(seedAt, at), X_WING),
  ) as [Bytes]; // one a length
  return publicKey;
}

/** KeygenError "pairwise-failed", and the instance is closed, unless the seed decapsulates what is encapsulated. */
export function xWingPairwise(core: Core, { seed, publicKey }: SeedPair): void {
  lend(core, [seedInput(seed), publicInput(publicKey)], [], (seedAt = 0, at = 0) =>
    check(core.exports.xWingPairwise(seedAt, at), X_WING),
  );
}

/** 5.4.1 of 64 random bytes: for tests. KeygenError "key-invalid" if ML-KEM's half fails the check of FIPS 203, 7.2. */
export function xWingEncapsulate(core: Core, publicKey: Uint8Array, random: Uint8Array) {
  const inputs = [publicInput(publicKey), { what: "random", value: random, length: 64 }];
  const [ciphertext, sharedSecret] = lend(core, inputs, [CIPHERTEXT, SECRET], (at = 0, eAt = 0, cAt = 0, sAt = 0) => {
    const status = core.exports.xWingEncapsulate(at, eAt, cAt, sAt);
    if (status === Status.KEY_INVALID)
      throw new KeygenError("key-invalid", `${X_WING}: the key fails the check of FIPS 203, 7.2`);
    check(status, X_WING);
  }) as [Bytes, Bytes]; // one a length
  return { ciphertext, sharedSecret };
}

/** 5.5: for tests. */
export function xWingDecapsulate(core: Core, seed: Uint8Array, ciphertext: Uint8Array): Bytes {
  const inputs = [seedInput(seed), { what: "ciphertext", value: ciphertext, length: CIPHERTEXT }];
  const [secret] = lend(core, inputs, [SECRET], (seedAt = 0, cAt = 0, at = 0) =>
    check(core.exports.xWingDecapsulate(seedAt, cAt, at), X_WING),
  ) as [Bytes]; // one a length
  return secret;
}

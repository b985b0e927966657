/** ML-KEM (FIPS 203) in the core, in typed calls. ek and dk are the standard's encapsulation and decapsulation keys. */
import { type Bytes, copyBytes, isSame } from "../bytes.ts";
import { KeygenError } from "../errors.ts";
import { type Core, withScratch } from "./core.ts";
import { type Input, lend, mustHaveLength, type SeedPair } from "./lattice.ts";
import { check, Status } from "./status.ts";

/** FIPS 203, Tables 2 and 3: lengths in bytes, and the strength that 3.3 asks of the generator. */
export const mlKemSets = {
  "ML-KEM-512": { k: 2, ekLength: 800, dkLength: 1632, ciphertextLength: 768, strengthBits: 128 },
  "ML-KEM-768": { k: 3, ekLength: 1184, dkLength: 2400, ciphertextLength: 1088, strengthBits: 192 },
  "ML-KEM-1024": { k: 4, ekLength: 1568, dkLength: 3168, ciphertextLength: 1568, strengthBits: 256 },
} as const;

export type MlKemName = keyof typeof mlKemSets;

/** In the order of the core's bits, see `self-test/ml-kem.ts`. */
export const mlKemNames = Object.keys(mlKemSets) as readonly MlKemName[]; // the keys of a literal are its keys

/** d || z. */
export const ML_KEM_SEED_LENGTH = 64;
const SECRET_LENGTH = 32;

function setNamed(name: MlKemName): (typeof mlKemSets)[MlKemName] {
  if (!Object.hasOwn(mlKemSets, name))
    throw new RangeError(`name must be one of ${mlKemNames.join(", ")}, got ${name}`);
  return mlKemSets[name];
}

const seedInput = (value: Uint8Array): Input => ({ what: "seed", value, length: ML_KEM_SEED_LENGTH });

/** A key that fails its check is the caller's matter, and has a text of its own. */
function checkKeyed(status: number, name: MlKemName, clause: string): void {
  if (status === Status.KEY_INVALID)
    throw new KeygenError("key-invalid", `${name}: the key fails the check of ${clause}`);
  check(status, name);
}

/** ek of a seed. */
export function mlKemPublicKey(core: Core, name: MlKemName, seed: Uint8Array): Bytes {
  const { k, ekLength } = setNamed(name);
  const [ek] = lend(core, [seedInput(seed)], [ekLength], (seedAt = 0, ekAt = 0) =>
    check(core.exports.mlKemKeys(k, seedAt, ekAt, 0), name),
  ) as [Bytes]; // one a length
  return ek;
}

/** dk of a seed: the expanded private key. The caller wipes it. */
export function mlKemExpand(core: Core, name: MlKemName, seed: Uint8Array): Bytes {
  const { k, ekLength, dkLength } = setNamed(name);
  const [dk] = lend(core, [seedInput(seed)], [dkLength, ekLength], (seedAt = 0, dkAt = 0, ekAt = 0) =>
    check(core.exports.mlKemKeys(k, seedAt, ekAt, dkAt), name),
  ) as [Bytes, Bytes]; // one a length
  return dk;
}

/**
 * ek of dk. KeygenError "key-invalid" unless dk passes the check of FIPS 203, 7.3, its ek that of 7.2, and dk decapsulates
 * what is encapsulated to ek.
 */
export function mlKemPublicOfExpanded(core: Core, name: MlKemName, dk: Uint8Array): Bytes {
  const { ekLength, dkLength } = setNamed(name);
  mlKemCheckDk(core, name, dk);
  const end = dkLength - 2 * SECRET_LENGTH; // H(ek) and z follow
  const ek = copyBytes(dk.subarray(end - ekLength, end));
  const { ciphertext, sharedSecret } = mlKemEncapsulate(core, name, ek, new Uint8Array(SECRET_LENGTH)); // any m does
  let secret: Bytes | undefined;
  try {
    secret = mlKemDecapsulate(core, name, dk, ciphertext);
    if (isSame(secret, sharedSecret)) return ek;
    throw new KeygenError("key-invalid", `${name}: the halves of the expanded key are no pair (FIPS 203, 7.1)`);
  } finally {
    secret?.fill(0);
    sharedSecret.fill(0);
  }
}

/**
 * KeygenError "pairwise-failed", and the instance is closed, unless each seed comes to its ek and decapsulates what is
 * encapsulated to it. Of 1 to 16 pairs; two at a time cost less than one by one.
 */
export function mlKemPairwise(core: Core, name: MlKemName, ...pairs: readonly SeedPair[]): void {
  const { k, ekLength } = setNamed(name);
  for (const { seed, publicKey } of pairs) {
    mustHaveLength(seedInput(seed));
    mustHaveLength({ what: "publicKey", value: publicKey, length: ekLength });
  }
  const eks = pairs.length * ML_KEM_SEED_LENGTH;
  withScratch(core, eks + pairs.length * ekLength, (view, at) => {
    for (const [i, { seed, publicKey }] of pairs.entries()) {
      view.set(seed, i * ML_KEM_SEED_LENGTH);
      view.set(publicKey, eks + i * ekLength);
    }
    check(core.exports.mlKemPairwise(k, pairs.length, at, at + eks), name);
  });
}

/** KeygenError "key-invalid" if ek fails the modulus check of FIPS 203, 7.2. */
export function mlKemCheckEk(core: Core, name: MlKemName, ek: Uint8Array): void {
  const { k, ekLength } = setNamed(name);
  lend(core, [{ what: "ek", value: ek, length: ekLength }], [], (at = 0) =>
    checkKeyed(core.exports.mlKemCheckEk(k, at), name, "FIPS 203, 7.2"),
  );
}

/** KeygenError "key-invalid" if dk fails the hash check of FIPS 203, 7.3. */
export function mlKemCheckDk(core: Core, name: MlKemName, dk: Uint8Array): void {
  const { k, dkLength } = setNamed(name);
  lend(core, [{ what: "dk", value: dk, length: dkLength }], [], (at = 0) =>
    checkKeyed(core.exports.mlKemCheckDk(k, at), name, "FIPS 203, 7.3"),
  );
}

/** Algorithm 17 with the check of 7.2, of 32 random bytes m: for tests. */
export function mlKemEncapsulate(core: Core, name: MlKemName, ek: Uint8Array, m: Uint8Array) {
  const { k, ekLength, ciphertextLength } = setNamed(name);
  const inputs = [
    { what: "ek", value: ek, length: ekLength },
    { what: "m", value: m, length: SECRET_LENGTH },
  ];
  const lengths = [ciphertextLength, SECRET_LENGTH];
  const [ciphertext, sharedSecret] = lend(core, inputs, lengths, (ekAt = 0, mAt = 0, cAt = 0, at = 0) =>
    checkKeyed(core.exports.mlKemEncapsulate(k, ekAt, mAt, cAt, at), name, "FIPS 203, 7.2"),
  ) as [Bytes, Bytes]; // one a length
  return { ciphertext, sharedSecret };
}

/** Algorithm 18 with the checks of 7.3: for tests. */
export function mlKemDecapsulate(core: Core, name: MlKemName, dk: Uint8Array, ciphertext: Uint8Array): Bytes {
  const { k, dkLength, ciphertextLength } = setNamed(name);
  const inputs = [
    { what: "dk", value: dk, length: dkLength },
    { what: "ciphertext", value: ciphertext, length: ciphertextLength },
  ];
  const [secret] = lend(core, inputs, [SECRET_LENGTH], (dkAt = 0, cAt = 0, at = 0) =>
    checkKeyed(core.exports.mlKemDecapsulate(k, dkAt, cAt, at), name, "FIPS 203, 7.3"),
  ) as [Bytes]; // one a length
  return secret;
}

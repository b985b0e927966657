/** ML-DSA (FIPS 204) in the core, in typed calls: keys, and pure signatures with the empty context for their test. */
import type { Bytes } from "../bytes.ts";
import { KeygenError } from "../errors.ts";
import type { Core } from "./core.ts";
import { type Input, lend, type SeedPair } from "./lattice.ts";
import { check, Status } from "./status.ts";

/** FIPS 204, Tables 1 and 2: lengths in bytes, and the strength that 3.6.1 asks of the generator (of ML-DSA-44 for category 2). */
export const mlDsaSets = {
  "ML-DSA-44": { k: 4, pkLength: 1312, skLength: 2560, signatureLength: 2420, strengthBits: 192 },
  "ML-DSA-65": { k: 6, pkLength: 1952, skLength: 4032, signatureLength: 3309, strengthBits: 192 },
  "ML-DSA-87": { k: 8, pkLength: 2592, skLength: 4896, signatureLength: 4627, strengthBits: 256 },
} as const;

export type MlDsaName = keyof typeof mlDsaSets;

/** In the order of the core's bits, see `self-test/ml-dsa.ts`. */
export const mlDsaNames = Object.keys(mlDsaSets) as readonly MlDsaName[]; // the keys of a literal are its keys

/** xi. */
export const ML_DSA_SEED_LENGTH = 32;
const RND_LENGTH = 32;

function setNamed(name: MlDsaName): (typeof mlDsaSets)[MlDsaName] {
  if (!Object.hasOwn(mlDsaSets, name))
    throw new RangeError(`name must be one of ${mlDsaNames.join(", ")}, got ${name}`);
  return mlDsaSets[name];
}

const seedInput = (value: Uint8Array): Input => ({ what: "seed", value, length: ML_DSA_SEED_LENGTH });

/** pk of a seed. */
export function mlDsaPublicKey(core: Core, name: MlDsaName, seed: Uint8Array): Bytes {
  const { k, pkLength } = setNamed(name);
  const [pk] = lend(core, [seedInput(seed)], [pkLength], (xiAt = 0, pkAt = 0) =>
    check(core.exports.mlDsaKeys(k, xiAt, pkAt, 0), name),
  ) as [Bytes]; // one a length
  return pk;
}

/** The expanded private key of a seed. The caller wipes it. */
export function mlDsaExpand(core: Core, name: MlDsaName, seed: Uint8Array): Bytes {
  const { k, pkLength, skLength } = setNamed(name);
  const [sk] = lend(core, [seedInput(seed)], [skLength, pkLength], (xiAt = 0, skAt = 0, pkAt = 0) =>
    check(core.exports.mlDsaKeys(k, xiAt, pkAt, skAt), name),
  ) as [Bytes, Bytes]; // one a length
  return sk;
}

/** pk of an expanded private key. KeygenError "key-invalid" unless all its parts follow from s1, s2, rho and K. */
export function mlDsaPublicOfExpanded(core: Core, name: MlDsaName, sk: Uint8Array): Bytes {
  const { k, pkLength, skLength } = setNamed(name);
  const [pk] = lend(core, [{ what: "sk", value: sk, length: skLength }], [pkLength], (skAt = 0, pkAt = 0) => {
    const status = core.exports.mlDsaPublicOfExpanded(k, skAt, pkAt);
    if (status === Status.KEY_INVALID) {
      throw new KeygenError("key-invalid", `${name}: the expanded key is not that of any seed (FIPS 204, Algorithm 6)`);
    }
    check(status, name);
  }) as [Bytes]; // one a length
  return pk;
}

/** KeygenError "pairwise-failed", and the instance is closed, unless pk verifies what the seed signs. */
export function mlDsaPairwise(core: Core, name: MlDsaName, { seed, publicKey }: SeedPair): void {
  const { k, pkLength } = setNamed(name);
  const pk = { what: "publicKey", value: publicKey, length: pkLength };
  lend(core, [seedInput(seed), pk], [], (xiAt = 0, pkAt = 0) => check(core.exports.mlDsaPairwise(k, xiAt, pkAt), name));
}

/** Algorithm 2 with the expanded key; `rnd` is 32 random bytes, or zeros for the deterministic variant. For tests. */
export function mlDsaSign(
  core: Core,
  name: MlDsaName,
  sk: Uint8Array,
  message: Uint8Array,
  rnd: Uint8Array = new Uint8Array(RND_LENGTH),
): Bytes {
  const { k, skLength, signatureLength } = setNamed(name);
  const { length } = message;
  const inputs = [
    { what: "sk", value: sk, length: skLength },
    { what: "message", value: message, length },
    { what: "rnd", value: rnd, length: RND_LENGTH },
  ];
  const [signature] = lend(core, inputs, [signatureLength], (skAt = 0, messageAt = 0, rndAt = 0, at = 0) =>
    check(core.exports.mlDsaSign(k, skAt, messageAt, length, rndAt, at), name),
  ) as [Bytes]; // one a length
  return signature;
}

/** Algorithm 3. A signature of another length is none. For tests. */
export function mlDsaVerify(
  core: Core,
  name: MlDsaName,
  pk: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const { k, pkLength, signatureLength } = setNamed(name);
  if (signature.length !== signatureLength) return false;
  const { length } = message;
  const inputs = [
    { what: "pk", value: pk, length: pkLength },
    { what: "message", value: message, length },
    { what: "signature", value: signature, length: signatureLength },
  ];
  let status = 0;
  lend(core, inputs, [], (pkAt = 0, messageAt = 0, at = 0) => {
    status = core.exports.mlDsaVerify(k, pkAt, messageAt, length, at);
  });
  if (status === Status.KEY_INVALID) return false;
  check(status, name);
  return true;
}

/** Making SLH-DSA keys in tests, and what other implementations say of them. */
import { createPublicKey, verify } from "node:crypto";
import {
  slh_dsa_sha2_128f,
  slh_dsa_sha2_128s,
  slh_dsa_sha2_192f,
  slh_dsa_sha2_192s,
  slh_dsa_sha2_256f,
  slh_dsa_sha2_256s,
  slh_dsa_shake_128f,
  slh_dsa_shake_128s,
  slh_dsa_shake_192f,
  slh_dsa_shake_192s,
  slh_dsa_shake_256f,
  slh_dsa_shake_256s,
} from "@noble/post-quantum/slh-dsa.js";
import type { Core } from "../../src/core/core.ts";
import {
  type SlhDsaName,
  type SlhDsaPair,
  slhDsaBeginSeeded,
  slhDsaLength,
  slhDsaNames,
  slhDsaState,
  slhDsaStep,
  slhDsaTake,
} from "../../src/core/slh-dsa.ts";

/** More work than any key has in it: one step. */
export const ALL_AT_ONCE = 0xffffffff;

/** The sets whose keys take milliseconds. */
export const fastNames = slhDsaNames.filter((name) => name.endsWith("f"));

/** 00 01 02 ..., as long as the seed of the set. */
export function countingSeed(name: SlhDsaName): Uint8Array {
  return Uint8Array.from({ length: 3 * slhDsaLength(name) }, (_, i) => i);
}

export function makeKey(core: Core, name: SlhDsaName, seed: Uint8Array, work = ALL_AT_ONCE): SlhDsaPair {
  slhDsaBeginSeeded(core, name, seed);
  while (!slhDsaStep(core, work));
  return slhDsaTake(core, name);
}

/** The public key of a seed, without the pairwise test, which takes several times as long. */
export function publicKeyOf(core: Core, name: SlhDsaName, seed: Uint8Array): Uint8Array {
  slhDsaBeginSeeded(core, name, seed);
  while (slhDsaState(core).phase === "tree") slhDsaStep(core, 1);
  const n = slhDsaLength(name);
  const at = core.exports.slhPartPtr(0);
  const publicKey = new Uint8Array(core.memory.buffer, at + 2 * n, 2 * n).slice();
  core.exports.slhKeyEnd();
  return publicKey;
}

/** The message that the pairwise test signs. */
export const signedMessage = Uint8Array.from({ length: 16 }, (_, i) => i);

/** noble's, in the order of `slhDsaNames`. */
const nobles = [
  slh_dsa_sha2_128s,
  slh_dsa_sha2_128f,
  slh_dsa_sha2_192s,
  slh_dsa_sha2_192f,
  slh_dsa_sha2_256s,
  slh_dsa_sha2_256f,
  slh_dsa_shake_128s,
  slh_dsa_shake_128f,
  slh_dsa_shake_192s,
  slh_dsa_shake_192f,
  slh_dsa_shake_256s,
  slh_dsa_shake_256f,
];

/** The set as noble has it. */
export function nobleSlhDsa(name: SlhDsaName): typeof slh_dsa_sha2_128f {
  const found = nobles[slhDsaNames.indexOf(name)];
  if (found === undefined) throw new RangeError(`no set ${name}`);
  return found;
}

/** id-slh-dsa-sha2-128s is 2.16.840.1.101.3.4.3.20, and the others follow in the order of Table 2 (RFC 9909, 3). */
function spki(name: SlhDsaName, publicKey: Uint8Array): Uint8Array {
  const length = publicKey.length;
  const oid = [6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 3, 20 + slhDsaNames.indexOf(name)];
  return Uint8Array.of(0x30, length + 16, 0x30, 11, ...oid, 3, length + 1, 0, ...publicKey);
}

/** Whether OpenSSL verifies a signature (pure, without a context) by a public key. */
export function opensslVerifies(
  name: SlhDsaName,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = createPublicKey({ key: Buffer.from(spki(name, publicKey)), format: "der", type: "spki" });
  return verify(null, message, key, signature);
}

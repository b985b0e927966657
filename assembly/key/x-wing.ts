/**
 * X-Wing, draft-connolly-cfrg-xwing-kem-10, 5.2 to 5.5: ML-KEM-768 and X25519, both from one seed of 32 bytes, which is
 * the private key.
 *
 * Time is that of the two. Secrets stay in the room below and in those of ML-KEM and X25519; the entry points,
 * `self-test/x-wing.ts`, wipe all of them on every way out.
 */
import { Status } from "../abi";
import { wipe } from "../base/memory";
import { absorb, finish, Hash, start } from "../hash/hash";
import { shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import { privateKey, sponge } from "../lattice/work";
import { decapsulate as mlKemDecapsulate, encapsulate as mlKemEncapsulate, keysFromSeed } from "./ml-kem";
import { agree, Okp, publicKey } from "./okp";

const K: u32 = 3; // ML-KEM-768
const EK: u32 = 1184;
const CIPHERTEXT: u32 = 1088;

/** The expanded seed, d || z || sk_X; the shared secrets ss_M and ss_X; the public key of the expanded seed. */
const room = memory.data(160, 16);
const shared = room + 96;
const own = memory.data(1216, 16);
const ROOM: u32 = 160;
/** XWingLabel, 5.3: \.//^\ . */
const label = memory.data<u8>([0x5c, 0x2e, 0x2f, 0x2f, 0x5e, 0x5c]);
/** The base point of RFC 7748, 4.1. */
const base = memory.data<u8>([
  9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
]);

/** Lengths in bytes, 5.1. */
export const XWING_SEED: u32 = 32;
export const XWING_PUBLIC: u32 = 1216;
export const XWING_CIPHERTEXT: u32 = 1120;

/** 5.2, expandDecapsulationKey: the public key to `pk`, and the decapsulation key of ML-KEM to `dk` unless it is 0. */
export function keys(seed: usize, pk: usize, dk: usize): void {
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, seed, XWING_SEED);
  shakeGiveOut(sponge, room, 96);
  keysFromSeed(K, room, pk, dk);
  publicKey(Okp.X25519, room + 64, pk + EK);
}

/** 5.3: SHA3-256 of both secrets, the ciphertext and the public key of X25519, and the label. */
function combine(ctX: usize, pkX: usize, to: usize): void {
  start(sponge, Hash.SHA3_256);
  absorb(sponge, shared, 64);
  absorb(sponge, ctX, 32);
  absorb(sponge, pkX, 32);
  absorb(sponge, label, 6);
  finish(sponge, to);
}

/** 5.4.1, EncapsulateDerand, of the 64 bytes m || ek_X: a ciphertext of 1120 bytes and the shared secret of 32. */
export function encapsulate(pk: usize, eseed: usize, ct: usize, secret: usize): u32 {
  const status = mlKemEncapsulate(K, pk, eseed, ct, shared);
  if (status != Status.OK) return status;
  agree(Okp.X25519, eseed + 32, base, ct + CIPHERTEXT);
  agree(Okp.X25519, eseed + 32, pk + EK, shared + 32);
  combine(ct + CIPHERTEXT, pk + EK, secret);
  return Status.OK;
}

/** 5.5. */
export function decapsulate(seed: usize, ct: usize, secret: usize): u32 {
  keys(seed, own, privateKey);
  const status = mlKemDecapsulate(K, privateKey, ct, shared);
  if (status != Status.OK) return status;
  agree(Okp.X25519, room + 64, ct + CIPHERTEXT, shared + 32);
  combine(ct + CIPHERTEXT, own + EK, secret);
  return Status.OK;
}

/** Wipes what is here; `wipeWork` and `okpWipe` wipe the rest. */
export function wipeRoom(): void {
  wipe(room, ROOM);
  wipe(own, XWING_PUBLIC);
}

/**
 * The pairwise consistency test of new ML-KEM pairs: whether a seed comes to its ek again, and decapsulates what is
 * encapsulated to it. m is fixed: the secret is used for nothing. An ek that comes again has the hash that its
 * decapsulation key holds, so it is hashed once; another has failed, whatever it encapsulates.
 *
 * Of two pairs the long hashes, H(ek) and J(z || c), are computed side by side. That these are right is tested before they
 * are first used in an instance.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail } from "../base/health";
import { wipe } from "../base/memory";
import {
  checkEk,
  ciphertextLength,
  decapsulateHashed,
  dkLength,
  ekLength,
  encapsulateHashed,
  hashH,
  hashInDk,
  hashJ,
  keysUnhashed,
} from "../key/ml-kem";
import { hashTwo, SHA3_SUFFIX, SHAKE_SUFFIX } from "../lattice/sponge-pair";
import { result } from "../lattice/work";
import { mlKemReady, wipeOperation } from "./ml-kem";

/** Pairs that one call takes at most. */
const MAX_PAIRS: u32 = 16;

/** Of each of two pairs: dk, z || c, and the secret that was encapsulated, the one that came back, H(ek) and J(z || c). */
const DK: u32 = 3168;
const Z_AND_C: u32 = 32 + 1568;
const PLACE: u32 = DK + Z_AND_C + 4 * 32;
const places = memory.data(9792, 16);
const message = memory.data(32, 16);

/** Whether two hashes at once are known to be right here. */
let twoKnown: bool = false;

function dkOf(i: u32): usize {
  return places + i * PLACE;
}

function zAndC(i: u32): usize {
  return dkOf(i) + DK;
}

/** The `number`th of the four strings of 32 bytes. */
function string(i: u32, number: u32): usize {
  return zAndC(i) + Z_AND_C + (number << 5);
}

function secretOf(i: u32): usize {
  return string(i, 0);
}

function againOf(i: u32): usize {
  return string(i, 1);
}

function h(i: u32): usize {
  return string(i, 2);
}

function j(i: u32): usize {
  return string(i, 3);
}

/** Whether the seed comes to ek, whose hash is at `h`; encapsulates to it, and puts c behind z. */
function begin(k: u32, i: u32, seed: usize, ek: usize): bool {
  const dk = dkOf(i);
  keysUnhashed(k, seed, result, dk);
  if (!equalBytes(result, ek, ekLength(k)) || checkEk(k, ek) != Status.OK) return false;
  memory.copy(hashInDk(k, dk), h(i), 32);
  encapsulateHashed(k, ek, h(i), message, zAndC(i) + 32, secretOf(i));
  memory.copy(zAndC(i), dk + dkLength(k) - 32, 32);
  return true;
}

/** Whether dk decapsulates the ciphertext, the J of which is at `j`, to the secret that was encapsulated. */
function comesBack(k: u32, i: u32): bool {
  decapsulateHashed(k, dkOf(i), zAndC(i) + 32, j(i), againOf(i));
  return equalBytes(secretOf(i), againOf(i), 32) == 1;
}

function isPair(k: u32, seed: usize, ek: usize): bool {
  hashH(h(0), ek, ekLength(k));
  if (!begin(k, 0, seed, ek)) return false;
  hashJ(j(0), zAndC(0), zAndC(0) + 32, ciphertextLength(k));
  return comesBack(k, 0);
}

function arePairs(k: u32, seed0: usize, ek0: usize): bool {
  const ek1 = ek0 + ekLength(k);
  hashTwo(SHA3_SUFFIX, h(0), h(1), ek0, ek1, ekLength(k));
  if (!begin(k, 0, seed0, ek0) || !begin(k, 1, seed0 + 64, ek1)) return false;
  hashTwo(SHAKE_SUFFIX, j(0), j(1), zAndC(0), zAndC(1), 32 + ciphertextLength(k));
  return comesBack(k, 1) && comesBack(k, 0);
}

/** Whether two hashes at once are what they are one by one: of two strings with bytes of their own, over two blocks. */
function isTwoRight(): bool {
  const a = dkOf(0), b = dkOf(1);
  for (let i: u32 = 0; i < 320; i++) {
    store<u8>(a + i, <u8>i);
    store<u8>(b + i, <u8>(3 * i + 1));
  }
  hashTwo(SHA3_SUFFIX, h(0), h(1), a, b, 320);
  hashTwo(SHAKE_SUFFIX, j(0), j(1), a, b, 320);
  let same: u32 = 1;
  for (let i: u32 = 0; i < 2; i++) {
    hashH(secretOf(i), dkOf(i), 320);
    hashJ(againOf(i), dkOf(i), dkOf(i) + 32, 288);
    same &= equalBytes(secretOf(i), h(i), 32) & equalBytes(againOf(i), j(i), 32);
  }
  return same == 1;
}

function wipeAll(): void {
  wipe(places, 9792);
  wipe(message, 32);
  wipeOperation();
}

/**
 * The test of 1 to 16 pairs: seeds of 64 bytes that follow one another, and as many ek. PAIRWISE_FAILED if any pair fails it,
 * and the instance is closed.
 */
export function mlKemPairwise(k: u32, count: u32, seeds: usize, eks: usize): u32 {
  const status = mlKemReady(k);
  if (status != Status.OK) return status;
  if (count - 1 >= MAX_PAIRS) return Status.BAD_ARGUMENT;
  if (count > 1 && !twoKnown) {
    twoKnown = isTwoRight();
    wipeAll();
    if (!twoKnown) {
      fail();
      return Status.SELF_TEST_FAILED;
    }
  }
  let passes: bool = true;
  for (let i: u32 = 0; i < count && passes; i += 2) {
    const seed = seeds + i * 64, ek = eks + i * ekLength(k);
    for (let at: u32 = 0; at < 32; at++) store<u8>(message + at, <u8>(at * 0x9d + 0x5b));
    passes = i + 1 == count ? isPair(k, seed, ek) : arePairs(k, seed, ek);
    wipeAll();
  }
  if (passes) return Status.OK;
  fail();
  return Status.PAIRWISE_FAILED;
}

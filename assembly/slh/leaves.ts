/**
 * The leaves of a tree, as many at once as there are lanes: WOTS+ public keys (FIPS 205, 5.1, Algorithm 6) under an XMSS
 * tree, secret values of FORS hashed once (8.1, 8.2) under a FORS tree.
 *
 * When a leaf signs, what its signature consists of is taken out on the way: no chain is run twice.
 */
import { wipe } from "../base/memory";
import { address, Type } from "./address";
import { Lane, lanesHash, lanesSecret, lanesTake } from "./lanes";
import { chains, lanes, MAX_WOTS, n } from "./parameters";
import { tweak } from "./tweak";

/** The ends of the chains of four keys. */
const ends = memory.data(8576, 16);

/** The leaves made last, 32 bytes apart. */
export const leaves = memory.data(128, 16);

/** The 2 n + 3 digits that a WOTS+ signature is of, each 0 to 15. They follow from a signature, so they are public. */
export const digits = memory.data(80, 16);

/** The message in digits of lg_w = 4 bits, and the checksum (5.2, Algorithm 7, steps 1 to 7). */
export function signDigits(message: usize): void {
  let sum: u32 = 0;
  for (let i: usize = 0; i < n; i++) {
    const byte: u32 = load<u8>(message + i);
    store<u8>(digits + 2 * i, byte >> 4);
    store<u8>(digits + 2 * i, byte & 15, 1);
    sum += 30 - (byte >> 4) - (byte & 15);
  }
  // At most 2 n 15 = 960, so below 16^3: the shift of step 6 puts the three digits into the first bits, whole.
  store<u8>(digits + 2 * n, sum >> 8);
  store<u8>(digits + 2 * n, (sum >> 4) & 15, 1);
  store<u8>(digits + 2 * n, sum & 15, 2);
}

/**
 * `leaves` = the WOTS+ public keys from `first` on. If `signer` is one of them, its signature of `digits` goes to `signature`.
 */
export function wotsLeaves(first: u32, signer: u32, signature: usize): void {
  const signs = signature != 0 && signer - first < lanes;
  for (let chain: u32 = 0; chain < chains; chain++) {
    const digit: u32 = load<u8>(digits + chain);
    address(Type.WOTS_PRF, first, chain, 0);
    lanesSecret();
    lanesHash(Lane.KEY_PAIR);
    for (let step: u32 = 0; step < 15; step++) {
      if (signs && step == digit) lanesTake(signature + chain * n, signer - first);
      address(Type.WOTS_HASH, first, chain, step);
      lanesHash(Lane.KEY_PAIR);
    }
    if (signs && digit == 15) lanesTake(signature + chain * n, signer - first);
    for (let lane: u32 = 0; lane < lanes; lane++) lanesTake(ends + lane * MAX_WOTS + chain * n, lane);
  }
  for (let lane: u32 = 0; lane < lanes; lane++) {
    address(Type.WOTS_PK, first + lane, 0, 0);
    tweak(leaves + (lane << 5), ends + lane * MAX_WOTS, chains * n);
  }
}

/** `leaves` = those of the FORS key `keyPair` from `first` on. If `signer` is one of them, its secret value goes to `signature`. */
export function forsLeaves(keyPair: u32, first: u32, signer: u32, signature: usize): void {
  address(Type.FORS_PRF, keyPair, 0, first);
  lanesSecret();
  lanesHash(Lane.INDEX);
  if (signer - first < lanes) lanesTake(signature, signer - first);
  address(Type.FORS_TREE, keyPair, 0, first);
  lanesHash(Lane.INDEX);
  for (let lane: u32 = 0; lane < lanes; lane++) lanesTake(leaves + (lane << 5), lane);
}

export function leavesWipe(): void {
  wipe(ends, 4 * MAX_WOTS);
  wipe(leaves, 128);
  wipe(digits, 80);
}

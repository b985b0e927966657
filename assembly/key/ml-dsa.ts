/**
 * ML-DSA key pairs (FIPS 204, 6.1) from a seed.
 *
 * The private key is the seed xi of 32 bytes; the expanded private key is made of it when it is wanted. Time depends on
 * the set, on the public matrix, and on which half-bytes the sampling of s1 and s2 throws away.
 * Secrets stay in the working area; the entry points, `self-test/ml-dsa.ts`, wipe it on every way out.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import { pack, unpack } from "../lattice/bits";
import { DSA_POLY, dsaEnd, dsaMultiplyAdd, dsaNtt, dsaTables } from "../lattice/dsa-ntt";
import { dsaAdd, dsaExceeds, dsaPower2Round } from "../lattice/dsa-round";
import { dsaBoundedPair } from "../lattice/dsa-sample";
import { sponge } from "../lattice/work";
import { challenge, eta, K, l, matrixEntry, pkLength, rho, rhoPrime, scratch, skLength } from "./ml-dsa-set";
import { smallWidth, sum, t0At, y } from "./ml-dsa-set";

/** H of 3.7: `len` bytes of SHAKE256 of one piece. */
function hash(out: usize, len: u32, input: usize, inputLen: u32): void {
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, input, inputLen);
  shakeGiveOut(sponge, out, len);
}

/** Algorithm 6 for the seed xi: pk, and sk unless it is 0. The set is in use. */
export function keysFromSeed(k: u32, xi: usize, pk: usize, sk: usize): void {
  memory.copy(scratch, xi, 32);
  store<u16>(scratch, k | (l << 8), 32);
  hash(rho, 128, scratch, 34); // rho || rho' || K
  for (let n: u32 = 0; n < k + l; n += 2) dsaBoundedPair(y + n * DSA_POLY, rhoPrime, n, eta);
  keysFromParts(k, pk, sk);
}

/** Steps 5 to 11, for rho, K, and s1 and s2 at `y`. */
function keysFromParts(k: u32, pk: usize, sk: usize): void {
  dsaTables();
  const s2 = y + l * DSA_POLY;
  if (sk != 0) {
    memory.copy(sk, rho, 32);
    memory.copy(sk + 32, K, 32);
    const length = smallWidth << 5;
    for (let n: u32 = 0; n < k + l; n++) pack<i32>(sk + 128 + n * length, y + n * DSA_POLY, smallWidth, eta, 1);
  }
  for (let j: u32 = 0; j < l; j++) dsaNtt(y + j * DSA_POLY);
  memory.copy(pk, rho, 32);
  for (let i: u32 = 0; i < k; i++) {
    memory.fill(sum, 0, 2 * DSA_POLY);
    for (let j: u32 = 0; j < l; j++) dsaMultiplyAdd(sum, matrixEntry(rho, i * l + j), y + j * DSA_POLY);
    dsaEnd(scratch, sum);
    dsaAdd(scratch, scratch, s2 + i * DSA_POLY);
    dsaPower2Round(scratch, challenge, scratch);
    pack<i32>(pk + 32 + 320 * i, scratch, 10, 0, 0);
    if (sk != 0) pack<i32>(sk + t0At(k) + 416 * i, challenge, 13, 1 << 12, 1);
  }
  if (sk != 0) hash(sk + 64, 64, pk, pkLength(k));
}

/**
 * pk of an expanded private key whose seed is not known: KEY_INVALID unless s1 and s2 are as short as Algorithm 25 wants
 * them and all the rest of `sk` follows from them, rho and K. `again`: room of its length, which the caller wipes.
 */
export function publicOfExpanded(k: u32, sk: usize, pk: usize, again: usize): u32 {
  memory.copy(rho, sk, 32);
  memory.copy(K, sk + 32, 32);
  const length = smallWidth << 5;
  let long: u32 = 0;
  for (let n: u32 = 0; n < k + l; n++) {
    unpack<i32>(y + n * DSA_POLY, sk + 128 + n * length, smallWidth, eta, 1);
    long |= dsaExceeds(y + n * DSA_POLY, eta + 1);
  }
  keysFromParts(k, pk, again);
  return equalBytes(sk, again, skLength(k)) & (long ^ 1) ? Status.OK : Status.KEY_INVALID;
}


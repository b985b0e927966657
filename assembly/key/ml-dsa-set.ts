/**
 * The parameter sets of ML-DSA (FIPS 204, Tables 1 and 2), named by their k: 4, 6 or 8 for ML-DSA-44, -65 and -87; where
 * their polynomials stand in the working area; and the matrix.
 */
import { DSA_POLY, DSA_Q } from "../lattice/dsa-ntt";
import { dsaUniformPair } from "../lattice/dsa-sample";
import { bytes, polys } from "../lattice/work";

/** Of the set in use. */
export let l: u32 = 0;
export let eta: i32 = 0;
export let tau: u32 = 0;
/** gamma1 = 2^(maskWidth - 1). */
export let maskWidth: u32 = 0;
export let gamma2: i32 = 0;
export let omega: u32 = 0;
/** lambda / 4: bytes of the commitment hash. */
export let hashLen: u32 = 0;
/** Bits of a coefficient of s1 and s2, and of w1. */
export let smallWidth: u32 = 0;
export let highWidth: u32 = 0;
/** Values that w1 may have. */
export let highCount: i32 = 0;

export function isSet(k: u32): bool {
  return k == 4 || k == 6 || k == 8;
}

/** Takes one of the three into use. */
export function useSet(k: u32): void {
  const first = k == 4;
  l = first ? 4 : k - 1;
  eta = k == 6 ? 4 : 2;
  smallWidth = k == 6 ? 4 : 3;
  tau = first ? 39 : k == 6 ? 49 : 60;
  maskWidth = first ? 18 : 20;
  gamma2 = first ? (DSA_Q - 1) / 88 : (DSA_Q - 1) / 32;
  omega = first ? 80 : k == 6 ? 55 : 75;
  hashLen = k << 3;
  highWidth = first ? 6 : 4;
  highCount = first ? 44 : 16;
}

export function beta(): i32 {
  return <i32>tau * eta;
}

export function gamma1(): i32 {
  return 1 << (maskWidth - 1);
}

/** Bytes of the public key; of the private key. */
export function pkLength(k: u32): u32 {
  return 32 + 320 * k;
}

/** Where s2 and t0 stand in the private key: behind rho, K, tr and s1. */
export function s2At(): u32 {
  return 128 + l * (smallWidth << 5);
}

export function t0At(k: u32): u32 {
  return s2At() + k * (smallWidth << 5);
}

export function skLength(k: u32): u32 {
  return t0At(k) + 416 * k;
}

/** Bytes of a signature up to the hint, and in all. */
export function hintAt(): u32 {
  return hashLen + l * (maskWidth << 5);
}

export function signatureLength(k: u32): u32 {
  return hintAt() + omega + k;
}

// Seven polynomials, eight more behind them, eight of high parts in bytes, two of the matrix, a sum, and two more.
export const y: usize = polys;
export const w0: usize = y + 7 * DSA_POLY;
export const w1: usize = w0 + 8 * DSA_POLY;
const pair: usize = w1 + 8 * 256;
export const sum: usize = pair + 2 * DSA_POLY;
export const challenge: usize = sum + 2 * DSA_POLY;
export const scratch: usize = challenge + DSA_POLY;

// Seeds and digests.
export const rho: usize = bytes;
export const rhoPrime: usize = bytes + 32;
export const K: usize = bytes + 96;
export const mu: usize = bytes + 128;
export const rhoSecond: usize = bytes + 192;
export const counts: usize = bytes + 256;
export const commitment: usize = bytes + 272;

/** Entry n of the matrix, row by row, of the seed at `seed`. Asked for in order: two entries are made at a time. */
export function matrixEntry(seed: usize, n: u32): usize {
  // RejNTTPoly(rho || s || r) is entry (r, s), Algorithm 32.
  if ((n & 1) == 0) dsaUniformPair(pair, seed, n % l | ((n / l) << 8), (n + 1) % l | (((n + 1) / l) << 8));
  return pair + (n & 1) * DSA_POLY;
}

/**
 * The matrix A of ML-KEM (FIPS 203, Algorithm 13, steps 3 to 7), which follows from rho alone and is public. Two of them stay
 * until the end of an operation, so that the test of two pairs, where keys, encapsulation and decapsulation want them, samples
 * each once; and no longer, so that what the test sees is not what the pairs were made with.
 */
import { equalBytes } from "../base/ct";
import { wipe } from "../base/memory";
import { KEM_POLY } from "./kem-ntt";
import { kemUniform, kemUniformPair } from "./kem-sample";

/** Bytes of a matrix: up to 16 entries, row by row. */
const MATRIX: u32 = 16 * 512;
const matrices = memory.data(2 * 16 * 512, 16);
/** The rho of each, and its k, or 0 where none stands. */
const seeds = memory.data(64, 16);
const sizes = memory.data(8, 4);
/** Which is in use. */
let slot: u32 = 0;

function sizeOf(index: u32): u32 {
  return load<u32>(sizes + (index << 2));
}

/** Puts the matrix of `rho`, 32 bytes, to use, and makes it unless it stands. */
export function kemMatrix(k: u32, rho: usize): void {
  for (let i: u32 = 0; i < 2; i++) {
    if (sizeOf(i) != k || !equalBytes(seeds + (i << 5), rho, 32)) continue;
    slot = i;
    return;
  }
  slot ^= 1;
  memory.copy(seeds + (slot << 5), rho, 32);
  const entries = entriesInUse();
  let n: u32 = 0;
  for (; n + 1 < k * k; n += 2) kemUniformPair(entries + n * KEM_POLY, rho, indices(k, n), indices(k, n + 1));
  if (n < k * k) kemUniform(entries + n * KEM_POLY, rho, indices(k, n));
  store<u32>(sizes + (slot << 2), k);
}

/** Where the matrix in use stands. */
function entriesInUse(): usize {
  return matrices + slot * MATRIX;
}

/** Entry (i, j) of the matrix in use. */
export function kemEntry(i: u32, j: u32): usize {
  return entriesInUse() + (i * sizeOf(slot) + j) * KEM_POLY;
}

/** SampleNTT(rho || j || i) is entry (i, j), step 5. */
function indices(k: u32, n: u32): u32 {
  return n % k | ((n / k) << 8);
}

export function kemMatrixWipe(): void {
  for (let i: u32 = 0; i < 2; i++) {
    if (sizeOf(i) != 0) wipe(matrices + i * MATRIX, MATRIX);
  }
  wipe(seeds, 64);
  wipe(sizes, 8);
  slot = 0;
}

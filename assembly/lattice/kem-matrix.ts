/**
 * The matrix A of ML-KEM (FIPS 203, Algorithm 13, steps 3 to 7), which follows from rho alone and is public. It stays until
 * the end of an operation, so that the test of a pair, where keys, encapsulation and decapsulation want it, samples it once;
 * and no longer, so that what the test sees is not what the pair was made with.
 */
import { equalBytes } from "../base/ct";
import { wipe } from "../base/memory";
import { KEM_POLY } from "./kem-ntt";
import { kemUniform, kemUniformPair } from "./kem-sample";

/** Up to 16 entries, row by row. */
const entries = memory.data(16 * 512, 16);
const seed = memory.data(32, 16);
/** The k of the matrix that stands, or 0. */
let size: u32 = 0;

/** Makes the matrix of `rho`, 32 bytes, unless it stands. */
export function kemMatrix(k: u32, rho: usize): void {
  if (size == k && equalBytes(seed, rho, 32)) return;
  memory.copy(seed, rho, 32);
  let n: u32 = 0;
  for (; n + 1 < k * k; n += 2) kemUniformPair(entries + n * KEM_POLY, rho, indices(k, n), indices(k, n + 1));
  if (n < k * k) kemUniform(entries + n * KEM_POLY, rho, indices(k, n));
  size = k;
}

/** SampleNTT(rho || j || i) is entry (i, j), step 5. */
function indices(k: u32, n: u32): u32 {
  return n % k | ((n / k) << 8);
}

/** Entry (i, j) of the matrix that stands. */
export function kemEntry(i: u32, j: u32): usize {
  return entries + (i * size + j) * KEM_POLY;
}

export function kemMatrixWipe(): void {
  wipe(entries, 16 * 512);
  wipe(seed, 32);
  size = 0;
}

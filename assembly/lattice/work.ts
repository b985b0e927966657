/**
 * The one working area of the lattice algorithms: every secret of theirs that is not in the caller's memory is here, so
 * one wipe ends an operation. An operation runs from entry to exit without leaving the core, so both families share it.
 */
import { wipe } from "../base/memory";

/** Bytes that one squeeze series may fill: five blocks of SHAKE256, FIPS 204, Algorithm 34, and what a load reads past them. */
const OUTPUT_SIZE: usize = 704;
const POLYS_SIZE: usize = 23 << 10;
/** The longest expanded private key, FIPS 204, Table 2. */
const PRIVATE_SIZE: usize = 4896;
/** The longest signature, 4627 bytes (the same table), rounded up; longer than two ciphertexts of ML-KEM. */
const RESULT_SIZE: usize = 4640;

const LANES_AT: usize = 0;
const OUTPUT_AT: usize = LANES_AT + 800;
const SPONGE_AT: usize = OUTPUT_AT + 2 * OUTPUT_SIZE;
const BYTES_AT: usize = SPONGE_AT + 368;
const POLYS_AT: usize = BYTES_AT + 384;
const PRIVATE_AT: usize = POLYS_AT + POLYS_SIZE;
const RESULT_AT: usize = PRIVATE_AT + PRIVATE_SIZE;
const area = memory.data(36048, 16);
const AREA_SIZE: u32 = <u32>(RESULT_AT + RESULT_SIZE);

/** The two states of `keccakPair`, and where they are every other round. */
export const lanes: usize = area + LANES_AT;
export const spare: usize = lanes + 400;
/** Output of the first state, and of the second. */
export const outputA: usize = area + OUTPUT_AT;
export const outputB: usize = outputA + OUTPUT_SIZE;
/** A state of any hash or of SHAKE. */
export const sponge: usize = area + SPONGE_AT;
/** Seeds and digests: 384 bytes. */
export const bytes: usize = area + BYTES_AT;
/** Polynomials. */
export const polys: usize = area + POLYS_AT;
/** An expanded private key. */
export const privateKey: usize = area + PRIVATE_AT;
/** A signature or ciphertext. */
export const result: usize = area + RESULT_AT;

/** Wipes all of it. */
export function wipeWork(): void {
  wipe(area, AREA_SIZE);
}

/** Overwriting what was secret. */

/**
 * Fills `len` bytes with zeros. Nothing in WebAssembly may drop a store to linear memory that the host can read, so
 * this cannot be optimized away by the compiler that made the module.
 */
export function wipe(at: usize, len: u32): void {
  memory.fill(at, 0, len);
}

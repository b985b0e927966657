/** The address of a hash call (FIPS 205, 4.2 and 4.3): one at a time, written anew for each. Addresses are public. */
import { store32be, store64be } from "../base/bytes";

/** 4.2, Table 1. */
export namespace Type {
  export const WOTS_HASH: u32 = 0;
  export const WOTS_PK: u32 = 1;
  export const TREE: u32 = 2;
  export const FORS_TREE: u32 = 3;
  export const FORS_ROOTS: u32 = 4;
  export const WOTS_PRF: u32 = 5;
  export const FORS_PRF: u32 = 6;
}

/** ADRS: layer, tree in 12 bytes, type, and three words that mean what the type says. */
export const adrs = memory.data(32, 16);
/** ADRS^c of the sets with SHA-2 (11.2): 22 bytes, and two that stay 0. */
export const compressed = memory.data(24, 16);

/** The tree: its layer and its number in it. 2^64 trees are the most that a layer has. */
export function inTree(layer: u32, tree: u64): void {
  store32be(adrs, layer);
  store32be(adrs + 4, 0);
  store64be(adrs + 8, tree);
  store<u8>(compressed, <u8>layer);
  store64be(compressed + 1, tree);
}

/** The type and its words: key pair, chain or height, hash or index. */
export function address(type: u32, keyPair: u32, second: u32, third: u32): void {
  store32be(adrs + 16, type);
  store32be(adrs + 20, keyPair);
  store32be(adrs + 24, second);
  store32be(adrs + 28, third);
  store<u8>(compressed + 9, <u8>type);
  store32be(compressed + 10, keyPair);
  store32be(compressed + 14, second);
  store32be(compressed + 18, third);
}

/**
 * The twelve parameter sets of SLH-DSA (FIPS 205, 11, Table 2) and the one that is at work. All of it is public.
 *
 * A set is 2 (n / 8 - 2) + f, f being 1 for the fast ones, and 6 more with SHAKE.
 */

export const SETS: u32 = 12;

/** n, h', d, a, k and m of the six pairs, in the order of Table 2. */
const table = memory.data<u8>([
  16, 9, 7, 12, 14, 30,
  16, 3, 22, 6, 33, 34,
  24, 9, 7, 14, 17, 39,
  24, 3, 22, 8, 33, 42,
  32, 8, 8, 14, 22, 47,
  32, 4, 17, 9, 35, 49,
]);

/** The ends of the chains of one key, at most. */
export const MAX_WOTS: u32 = 67 * 32;

/** Bytes of a hash value. */
export let n: u32 = 0;
/** h': the height of a tree of the hypertree; it has d layers of them. */
export let treeHeight: u32 = 0;
export let layers: u32 = 0;
/** a and k: the height of a FORS tree, and how many there are. */
export let forsHeight: u32 = 0;
export let forsTrees: u32 = 0;
/** m: the length of a message digest. */
export let digestLen: u32 = 0;
/** len = 2 n + 3 with lg_w = 4 (5, equations 5.1 to 5.4): the chains of a WOTS+ key. */
export let chains: u32 = 0;
/** SHAKE256 in place of SHA-2. */
export let shake: bool = false;
/** SHA-512 in H, T, PRF_msg and H_msg: security categories 3 and 5 of SHA-2 (11.2.2). */
export let long: bool = false;
/** How many hashes of one input block the lanes work on at once. */
export let lanes: u32 = 0;

export function takeSet(set: u32): void {
  shake = set >= 6;
  const row = table + 6 * (set % 6);
  n = load<u8>(row);
  treeHeight = load<u8>(row, 1);
  layers = load<u8>(row, 2);
  forsHeight = load<u8>(row, 3);
  forsTrees = load<u8>(row, 4);
  digestLen = load<u8>(row, 5);
  chains = 2 * n + 3;
  long = !shake && n > 16;
  lanes = shake ? 2 : 4;
}

/** SIG_FORS: k secret values, each with its authentication path. */
export function forsLen(): u32 {
  return forsTrees * (forsHeight + 1) * n;
}

/** SIG_XMSS: a WOTS+ signature and an authentication path. */
export function xmssLen(): u32 {
  return (chains + treeHeight) * n;
}

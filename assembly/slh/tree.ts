/**
 * A Merkle tree in units of a few leaves: of WOTS+ keys (FIPS 205, 6.1, Algorithm 9), or one of FORS (8.2, Algorithm 15). The
 * nodes are those of the recursion there; here each is made as soon as its children are, so one of each height is kept.
 *
 * The leaf that signs, if there is one, gets its authentication path (6.2, Algorithm 10; 8.3, Algorithm 16) from the same run.
 */
import { wipe } from "../base/memory";
import { address, Type } from "./address";
import { forsLeaves, leaves, wotsLeaves } from "./leaves";
import { chains, forsHeight, lanes, n, treeHeight } from "./parameters";
import { tweak } from "./tweak";

/** Left and right child of the node to be, at each height up to 14. */
const pairs = memory.data(1024, 16);
export const root = memory.data(32, 16);

let fors: bool = false;
let height: u32 = 0;
let keyPair: u32 = 0;
/** The first leaf: the trees of FORS are numbered through. */
let base: u32 = 0;
/** Leaves done. */
let done: u32 = 0;
let signer: u32 = 0;
/** Where the signature of the leaf and its path go; 0: nowhere. */
let signature: usize = 0;

/** Begins the tree of WOTS+ keys in the layer and tree that the address says. */
export function xmssBegin(signingLeaf: u32, to: usize): void {
  fors = false;
  height = treeHeight;
  keyPair = 0;
  base = 0;
  done = 0;
  signer = signingLeaf;
  signature = to;
}

/** Begins a tree of FORS under the WOTS+ key `leaf`. */
export function forsBegin(leaf: u32, tree: u32, signingLeaf: u32, to: usize): void {
  fors = true;
  height = forsHeight;
  keyPair = leaf;
  base = tree << forsHeight;
  done = 0;
  signer = signingLeaf;
  signature = to;
}

/** Makes the next leaves and what nodes they complete. True when `root` is the root. */
export function treeUnit(): bool {
  if (fors) forsLeaves(keyPair, base + done, base + signer, signature);
  else wotsLeaves(done, signer, signature);
  for (let lane: u32 = 0; lane < lanes; lane++) push(leaves + (lane << 5), done + lane);
  done += lanes;
  return done >>> height != 0;
}

/** Where the path of a leaf begins in its signature. */
function path(): usize {
  return signature + (fors ? n : chains * n);
}

function push(node: usize, index: u32): void {
  let level: u32 = 0;
  for (;;) {
    if (level == height) {
      memory.copy(root, node, n);
      return;
    }
    if (signature != 0 && index == ((signer >>> level) ^ 1)) memory.copy(path() + level * n, node, n);
    const pair = pairs + (level << 6);
    memory.copy(pair + (index & 1) * n, node, n);
    if ((index & 1) == 0) return;
    level++;
    index >>>= 1;
    nodeAddress(fors, keyPair, level, (base >>> level) + index);
    node = pair;
    tweak(node, pair, 2 * n);
  }
}

/** The address of a node above the leaves. */
function nodeAddress(ofFors: bool, leaf: u32, level: u32, index: u32): void {
  address(ofFors ? Type.FORS_TREE : Type.TREE, leaf, level, index);
}

/**
 * node = the root that a leaf and its path lead to (6.3, Algorithm 11, steps 5 to 17; 8.4, Algorithm 17, steps 9 to 19).
 * Nothing of this run is that of `treeUnit` but the functions of one call.
 */
export function climb(node: usize, ofFors: bool, leaf: u32, first: u32, index: u32, levels: u32, authentication: usize): void {
  for (let level: u32 = 0; level < levels; level++) {
    const pair = pairs;
    const right = (index >>> level) & 1;
    memory.copy(pair + right * n, node, n);
    memory.copy(pair + (right ^ 1) * n, authentication + level * n, n);
    nodeAddress(ofFors, leaf, level + 1, (first + index) >>> (level + 1));
    tweak(node, pair, 2 * n);
  }
}

export function treeWipe(): void {
  wipe(pairs, 1024);
  wipe(root, 32);
  signature = 0;
  done = 0;
  signer = 0;
}

/**
 * One signature of the key at work, made and then verified (FIPS 205, 9.2 and 9.3, Algorithms 19 and 20), in units. The signing
 * half works in lanes and keeps to what the private key says; the verifying half works call by call, and knows nothing but
 * the signature, PK.seed and PK.root.
 */
import { equalBytes } from "../base/ct";
import { wipe } from "../base/memory";
import { address, inTree, Type } from "./address";
import { digits, signDigits } from "./leaves";
import {
  chains,
  digestLen,
  forsHeight,
  forsLen,
  forsTrees,
  layers,
  n,
  treeHeight,
  xmssLen,
} from "./parameters";
import { climb, forsBegin, root, treeUnit, xmssBegin } from "./tree";
import { messageDigest, pkRoot, randomizer, tweak, tweakBegin } from "./tweak";

/** R, SIG_FORS, SIG_HT (9.2, Figure 17): at most 49,856 bytes. */
export const signature = memory.data(49856, 16);
const SIGNATURE_SIZE: u32 = 49856;

/**
 * M' of 10.2: no context, and the message 00 01 .. 0f. `test/` verifies signatures of it with other implementations.
 */
const message = memory.data<u8>([0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
const MESSAGE_LEN: u32 = 18;

/** The message digest begins after two bytes, so that three bytes that end anywhere in it can be read. */
const digest = memory.data(64, 16);
const MD: usize = 2;
/** The k roots of FORS, or the ends of the chains of one WOTS+ key. */
const parts = memory.data(2144, 16);
const PARTS_SIZE: u32 = 2144;
const node = memory.data(32, 16);

let tree: u64 = 0;
let leaf: u32 = 0;
/** The tree of FORS or the layer that is next, those of FORS first. */
let at: u32 = 0;

/** The digest of the message, and what it selects (9.2, Algorithm 19, steps 6 to 11). */
function select(): void {
  messageDigest(digest + MD, signature, message, MESSAGE_LEN);
  const mdLen = (forsTrees * forsHeight + 7) >>> 3;
  const treeBits = (layers - 1) * treeHeight;
  const treeLen = (treeBits + 7) >>> 3;
  tree = bits(digest + MD + mdLen, treeLen) & (<u64>-1 >>> (64 - treeBits));
  leaf = <u32>bits(digest + MD + mdLen + treeLen, digestLen - mdLen - treeLen) & ((1 << treeHeight) - 1);
}

/** toInt(X, len), len at most 8 (4.4, Algorithm 2). */
function bits(from: usize, len: u32): u64 {
  let value: u64 = 0;
  for (let i: usize = 0; i < len; i++) value = (value << 8) | load<u8>(from + i);
  return value;
}

/** base_2b of the digest with b = a: the leaf of a tree of FORS (4.4, Algorithm 4). At most 14 bits, so within 3 bytes. */
function forsIndex(i: u32): u32 {
  const end = (i + 1) * forsHeight;
  const last = digest + MD + ((end - 1) >>> 3);
  const value = (<u32>load<u8>(last - 2) << 16) | (<u32>load<u8>(last - 1) << 8) | load<u8>(last);
  return (value >>> ((0 - end) & 7)) & ((1 << forsHeight) - 1);
}

/** The address is in the tree of layer `layer` on the path of the signature; answers which of its leaves is. */
function onPath(layer: u32): u32 {
  if (layer == 0) {
    inTree(0, tree);
    return leaf;
  }
  const above = tree >>> (<u64>(layer - 1) * treeHeight);
  inTree(layer, layer * treeHeight < 64 ? tree >>> (<u64>layer * treeHeight) : 0);
  return <u32>above & ((1 << treeHeight) - 1);
}

function forsPart(i: u32): usize {
  return signature + n + i * (forsHeight + 1) * n;
}

function layerPart(layer: u32): usize {
  return signature + n + forsLen() + layer * xmssLen();
}

/** Algorithm 19, steps 1 to 5. */
export function signBegin(): void {
  randomizer(signature, message, MESSAGE_LEN);
  select();
  at = 0;
  part();
}

/** Begins the tree of FORS or of a layer that is next. In a layer, what is signed is the last root. */
function part(): void {
  if (at < forsTrees) {
    onPath(0);
    forsBegin(leaf, at, forsIndex(at), forsPart(at));
    return;
  }
  if (at == forsTrees) forsKey(root);
  signDigits(root);
  const layer = at - forsTrees;
  xmssBegin(onPath(layer), layerPart(layer));
}

/** out = PK_FORS of the roots in `parts` (8.4, Algorithm 17, steps 21 to 24). */
function forsKey(out: usize): void {
  onPath(0);
  address(Type.FORS_ROOTS, leaf, 0, 0);
  tweak(out, parts, forsTrees * n);
}

/** A few leaves. True when the signature stands. */
export function signUnit(): bool {
  if (!treeUnit()) return false;
  if (at < forsTrees) memory.copy(parts + at * n, root, n);
  if (++at == forsTrees + layers) return true;
  part();
  return false;
}

/** From here on the signature is from anywhere. */
export function verifyBegin(): void {
  at = 0;
}

/** A tree of FORS or a layer. True when `verified` knows. */
export function verifyUnit(): bool {
  if (at == 0) {
    tweakBegin(); // what was worked out of PK.seed is worked out again
    select();
  }
  if (at < forsTrees) {
    const from = forsPart(at);
    const index = forsIndex(at);
    onPath(0);
    address(Type.FORS_TREE, leaf, 0, (at << forsHeight) + index);
    tweak(node, from, n);
    climb(node, true, leaf, at << forsHeight, index, forsHeight, from + n);
    memory.copy(parts + at * n, node, n);
  } else {
    if (at == forsTrees) forsKey(node);
    verifyLayer(at - forsTrees);
  }
  return ++at == forsTrees + layers;
}

/** node = the root of the tree that signs `node` (5.3, Algorithm 8; 6.3, Algorithm 11). */
function verifyLayer(layer: u32): void {
  const from = layerPart(layer);
  const keyPair = onPath(layer);
  signDigits(node);
  for (let chain: u32 = 0; chain < chains; chain++) {
    const end = parts + chain * n;
    memory.copy(end, from + chain * n, n);
    for (let step: u32 = load<u8>(digits + chain); step < 15; step++) {
      address(Type.WOTS_HASH, keyPair, chain, step);
      tweak(end, end, n);
    }
  }
  address(Type.WOTS_PK, keyPair, 0, 0);
  tweak(node, parts, chains * n);
  climb(node, false, 0, 0, keyPair, treeHeight, from + chains * n);
}

/** 1 if the signature leads to PK.root. */
export function verified(): u32 {
  return equalBytes(node, pkRoot(), n);
}

export function signatureWipe(): void {
  wipe(signature, SIGNATURE_SIZE);
  wipe(digest, 64);
  wipe(parts, PARTS_SIZE);
  wipe(node, 32);
  tree = 0;
  leaf = 0;
  at = 0;
}

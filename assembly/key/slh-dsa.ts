/**
 * SLH-DSA key pairs by FIPS 205, 9.1 and 10.1, Algorithms 18 and 21, in steps of fixed work, with the pairwise consistency test.
 *
 * One key is in the making at a time: first the tree of the top layer, whose root makes the key whole, then a signature, then
 * its verification. Whatever ends the work wipes all of it.
 */
import { Status } from "../abi";
import { fail, failed } from "../base/health";
import { drbgGenerate } from "../drbg/hmac-drbg";
import { address, inTree } from "../slh/address";
import { lanesBegin, lanesWipe } from "../slh/lanes";
import { leavesWipe } from "../slh/leaves";
import { chains, forsHeight, forsTrees, lanes, layers, n, SETS, takeSet, treeHeight } from "../slh/parameters";
import { signature, signatureWipe, signBegin, signUnit, verified, verifyBegin, verifyUnit } from "../slh/signature";
import { root, treeUnit, treeWipe, xmssBegin } from "../slh/tree";
import { hashCalls, key, pkRoot, tweakBegin, tweakWipe } from "../slh/tweak";

/** Where the work on a key stands. */
export namespace SlhPhase {
  export const IDLE: u32 = 0;
  /** The tree of the top layer is built. */
  export const TREE: u32 = 1;
  /** The key stands and signs. */
  export const SIGN: u32 = 2;
  export const VERIFY: u32 = 3;
  /** The key passed, and may be taken. */
  export const READY: u32 = 4;
}

let phase: u32 = 0;
/** Leaves of the top tree so far. */
let leavesDone: u32 = 0;

export function slhPhase(): u32 {
  return phase;
}

/** Leaves of the top tree that are done; it has 2^h'. */
export function slhLeaves(): u32 {
  return leavesDone;
}

/** Begins a key pair of SK.seed, SK.prf and PK.seed, n bytes each, at `seed`. */
export function seededKey(set: u32, seed: usize): u32 {
  if (phase != SlhPhase.IDLE || set >= SETS) return Status.BAD_ARGUMENT;
  takeSet(set);
  memory.copy(key, seed, 3 * n);
  begin();
  return Status.OK;
}

/** Algorithm 21: the same, from a generator of 8 n bits of strength (3.1); RESEED_REQUIRED leaves nothing begun. */
export function randomKey(set: u32, generator: usize): u32 {
  if (phase != SlhPhase.IDLE || set >= SETS) return Status.BAD_ARGUMENT;
  takeSet(set);
  const status = drbgGenerate(generator, key, 3 * n, n << 3, 0, 0, 0);
  if (status == Status.OK) begin();
  return status;
}

function begin(): void {
  tweakBegin();
  lanesBegin();
  inTree(layers - 1, 0);
  xmssBegin(0, 0);
  leavesDone = 0;
  phase = SlhPhase.TREE;
}

/** In the phase TREE: a few leaves. Algorithm 18, steps 1 to 3. */
export function keyUnit(): void {
  const whole = treeUnit();
  leavesDone += lanes;
  if (!whole) return;
  memory.copy(pkRoot(), root, n);
  phase = SlhPhase.SIGN;
  signBegin();
}

/**
 * Goes on for about `work` calls of the hash functions, and at least one small unit: CONTINUE, OK when the key may be taken, or
 * an error, after which nothing is left of it. A key that fails its pairwise test closes the instance for good.
 */
export function slhKeyStep(work: u32): u32 {
  if (failed()) {
    slhKeyEnd();
    return Status.SELF_TEST_FAILED;
  }
  if (phase == SlhPhase.IDLE || phase == SlhPhase.READY) return Status.BAD_ARGUMENT;
  const from = hashCalls();
  do {
    if (phase == SlhPhase.TREE) {
      keyUnit();
    } else if (phase == SlhPhase.SIGN) {
      if (signUnit()) {
        phase = SlhPhase.VERIFY;
        verifyBegin();
      }
    } else if (verifyUnit()) {
      return judge();
    }
  } while (hashCalls() - from < work);
  return Status.CONTINUE;
}

function judge(): u32 {
  if (verified()) {
    phase = SlhPhase.READY;
    return Status.OK;
  }
  slhKeyEnd();
  fail();
  return Status.PAIRWISE_FAILED;
}

/** Calls of the hash functions so far; of all but the verification, `slhWork` are to be made. */
export function slhDone(): u32 {
  return hashCalls();
}

/** For the key and its signature: leaves, the nodes above them, and the roots of FORS together. */
export function slhWork(): u32 {
  if (phase == SlhPhase.IDLE) return 0;
  const xmss = ((16 * chains + 2) << treeHeight) - 1;
  const fors = (3 << forsHeight) - 1;
  return (layers + 1) * xmss + forsTrees * fors + 1;
}

/** Writes SK.seed, SK.prf, PK.seed and PK.root, 4 n bytes: the private key, whose second half is the public key. */
export function slhKeyTake(out: usize, len: u32): u32 {
  if (failed()) {
    slhKeyEnd();
    return Status.SELF_TEST_FAILED;
  }
  if (phase != SlhPhase.READY || len != 4 * n) return Status.BAD_ARGUMENT;
  memory.copy(out, key, len);
  return Status.OK;
}

/** Where the key (0) and the signature of the pairwise test (1) stand: for tests. */
export function slhPartPtr(part: u32): usize {
  return part == 0 ? key : signature;
}

/** Ends the work on a key, wherever it stands, and wipes all that is known of it. */
export function slhKeyEnd(): void {
  tweakWipe();
  lanesWipe();
  leavesWipe();
  treeWipe();
  signatureWipe();
  inTree(0, 0);
  address(0, 0, 0, 0);
  phase = SlhPhase.IDLE;
  leavesDone = 0;
}

/**
 * The pairwise consistency test of a new RSA key, in steps: a message representative is encrypted with (n, e), and what
 * comes out is decrypted by the Chinese remainders (RFC 8017, 5.1.1 and 5.1.2, 2.b), which must give the message again.
 * d is held against dP and dQ, modulo p - 1 and q - 1: where these are the same, d decrypts what they decrypt, so the
 * power by d itself, which takes four times as long as all the rest, would show nothing more. Every part of the key
 * takes part.
 *
 * A key is not handed out before it passed. One that fails closes the instance for good and is wiped.
 */
import { Status } from "../abi";
import { equalBytes } from "../base/ct";
import { fail, failed } from "../base/health";
import { wipe } from "../base/memory";
import { admitKey, dropKey, rsaPhase, searchOn, trustPrimesNoMore } from "../key/rsa";
import { Phase } from "../key/rsa-phase";
import { d, dp, dq, e, eLimbs, halfBits, halfLimbs, n, p, q, qi } from "../key/rsa-parts";
import { addIf, reduceOnce, subIf, subSmall } from "../nat/add";
import { remainder } from "../nat/divide";
import { expBegin, expModulus, expResult, expStep, expWipe } from "../nat/exp";
import { bitLengthVarTime, MAX_HALF, MAX_LIMBS } from "../nat/limbs";
import { mul } from "../nat/mul";
import { workDone, workReset } from "../nat/work";
import { confirmKernel } from "./lanes";

const message = memory.data(1024, 16);
const cipher = memory.data(1024, 16);
const again = memory.data(1024, 16);
const residue = memory.data(512, 16);
const m1 = memory.data(512, 16);
const m2 = memory.data(512, 16);

/** The stages of the test; the last is modulo q. In each an exponentiation is begun, and then driven to its end. */
const ENCRYPT: u32 = 0;
const BY_P: u32 = 1;

let stage: u32 = 0;
/** 1 while d agrees with dP and dQ. */
let agree: u32 = 0;
let raising: bool = false;

/**
 * Goes on with the key in the making for about `work` limb multiplications, and at least one small unit: CONTINUE, OK
 * when it may be taken, RESEED_REQUIRED (then call again), or an error, after which nothing is left of the key.
 */
export function rsaSearchStep(work: u32): u32 {
  if (failed()) {
    rsaSearchEnd();
    return Status.SELF_TEST_FAILED;
  }
  if (rsaPhase() == Phase.IDLE || rsaPhase() == Phase.READY) return Status.BAD_ARGUMENT;
  workReset();
  let status: u32 = Status.CONTINUE;
  if (rsaPhase() == Phase.PAIRWISE) {
    do {
      status = pairwiseUnit();
    } while (status == Status.CONTINUE && workDone() < work);
  } else {
    status = searchOn(work);
    if (status == Status.OK) {
      status = Status.CONTINUE; // the test begins with a step of its own, so that who waits is told of it
      if (!confirmKernel()) trustPrimesNoMore();
    }
  }
  if (status == Status.CONTINUE || status == Status.RESEED_REQUIRED) return status;
  pairwiseWipe();
  if (status == Status.OK) admitKey();
  else dropKey();
  if (status == Status.PAIRWISE_FAILED) fail();
  return status;
}

function pairwiseUnit(): u32 {
  if (!raising) {
    begin();
    raising = true;
  } else if (expStep()) {
    raising = false;
    return finish();
  }
  return Status.CONTINUE;
}

function begin(): void {
  const limbs = halfLimbs();
  const both = limbs << 1;
  const bits = halfBits();
  if (stage == ENCRYPT) {
    // Any number below n that is not its own power will do; this one is below 2^(nlen - 8).
    for (let i: u32 = 0; i < (bits >>> 2) - 1; i++) store<u8>(message + i, <u8>(i * 0x9d + 0x5b));
    expModulus(n, both, 2 * bits);
    expBegin(message, e, eLimbs(), bitLengthVarTime(e, eLimbs()));
    agree = 1;
  } else {
    const prime = stage == BY_P ? p : q;
    const exponent = stage == BY_P ? dp : dq;
    const order = stage == BY_P ? m1 : m2; // free until the power stands
    memory.copy(order, prime, limbs << 2);
    subSmall(order, 1, limbs);
    remainder(residue, d, both, order, limbs);
    agree &= equalBytes(residue, exponent, limbs << 2);
    remainder(residue, cipher, both, prime, limbs);
    expModulus(prime, limbs, bits);
    expBegin(residue, exponent, limbs, bits);
  }
}

function finish(): u32 {
  const size = halfLimbs() << 3;
  if (stage == ENCRYPT) {
    expResult(cipher);
    if (equalBytes(cipher, message, size)) return Status.PAIRWISE_FAILED; // encryption must not be the identity
  } else if (stage == BY_P) {
    expResult(m1);
  } else {
    expResult(m2);
    recombine();
    return agree & equalBytes(again, message, size) ? Status.OK : Status.PAIRWISE_FAILED;
  }
  stage++;
  return Status.CONTINUE;
}

/** again = m2 + q h with h = (m1 - m2) qi mod p: RFC 8017, 5.1.2, steps 2.b.iii and 2.b.iv. */
function recombine(): void {
  const limbs = halfLimbs();
  memory.copy(residue, m2, limbs << 2);
  reduceOnce(residue, p, 0, limbs); // m2 < q < 2p, as both have their top bit
  addIf(subIf(1, m1, residue, limbs), m1, p, limbs);
  mul(again, m1, limbs, qi, limbs);
  remainder(residue, again, limbs << 1, p, limbs);
  mul(again, residue, limbs, q, limbs);
  memory.fill(cipher, 0, limbs << 3);
  memory.copy(cipher, m2, limbs << 2);
  addIf(1, again, cipher, limbs << 1);
}

/** Wipes what the test made. */
function pairwiseWipe(): void {
  expWipe();
  wipe(message, MAX_LIMBS << 2);
  wipe(cipher, MAX_LIMBS << 2);
  wipe(again, MAX_LIMBS << 2);
  wipe(residue, MAX_HALF << 2);
  wipe(m1, MAX_HALF << 2);
  wipe(m2, MAX_HALF << 2);
  stage = ENCRYPT;
  agree = 0;
  raising = false;
}

/** Ends the work on a key, wherever it stands, and wipes all of it. Also how a search is aborted. */
export function rsaSearchEnd(): void {
  pairwiseWipe();
  dropKey();
}

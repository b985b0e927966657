/**
 * Signatures of ML-DSA (FIPS 204, 6.2 and 6.3), for the test of a key pair: pure, with the empty context.
 *
 * How often signing starts again is seen in its time, and so is whether the first or the second pair of its conditions
 * failed: the standard's own rejection, which is independent of the key. Within an attempt nothing branches on a secret.
 */
import { Status } from "../abi";
import { equalBytes, isZero } from "../base/ct";
import { shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import { pack, unpack } from "../lattice/bits";
import { DSA_POLY, dsaBegin, dsaEnd, dsaMultiplyAdd, dsaNtt, dsaTables } from "../lattice/dsa-ntt";
import { dsaCenter, dsaDecompose, dsaExceeds, dsaSubtract } from "../lattice/dsa-round";
import { dsaChallenge, dsaMaskPair } from "../lattice/dsa-sample";
import { sponge } from "../lattice/work";
import { beta, challenge, commitment, counts, eta, gamma1, gamma2, hashLen, highCount, highWidth } from "./ml-dsa-set";
import { hintAt, l, maskWidth, matrixEntry, mu, omega, pkLength, rhoSecond, s2At, scratch } from "./ml-dsa-set";
import { signatureLength, smallWidth, sum, t0At, tau, w0, w1, y } from "./ml-dsa-set";

/** Attempts after which a key is taken to be none: FIPS 204, Appendix C, asks for at least 814. */
const MOST_ATTEMPTS: u32 = 1000;

/** mu = H(tr || M', 64), M' = 0 || 0 || M: Algorithms 2, 3, 7 and 8. */
function messageDigest(tr: usize, message: usize, len: u32): void {
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, tr, 64);
  store<u16>(scratch, 0);
  shakeTakeIn(sponge, scratch, 2);
  shakeTakeIn(sponge, message, len);
  shakeGiveOut(sponge, mu, 64);
}

/** scratch = the polynomial at `from`, packed, times the challenge, plus the polynomial in the NTT domain already in `sum`. */
function timesChallenge(from: usize, width: u32, top: u32): void {
  unpack<i32>(scratch, from, width, top, 1);
  dsaNtt(scratch);
  dsaMultiplyAdd(sum, challenge, scratch);
  dsaEnd(scratch, sum);
}

/** One row of A times the vector at y, to `sum`. */
function multiplyRow(seed: usize, row: u32): void {
  memory.fill(sum, 0, 2 * DSA_POLY);
  for (let j: u32 = 0; j < l; j++) dsaMultiplyAdd(sum, matrixEntry(seed, row * l + j), y + j * DSA_POLY);
}

function absorbHigh(w: usize): void {
  pack<u8>(scratch, w, highWidth, 0, 0);
  shakeTakeIn(sponge, scratch, highWidth << 5);
}

/** Algorithm 7, steps 11 to 17: y in the NTT domain, w0 and w1, the commitment hash, the challenge. */
function commit(k: u32, sk: usize, signature: usize, kappa: u32): void {
  for (let n: u32 = 0; n < l; n += 2) dsaMaskPair(y + n * DSA_POLY, rhoSecond, kappa + n, maskWidth);
  for (let j: u32 = 0; j < l; j++) dsaNtt(y + j * DSA_POLY);
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, mu, 64);
  for (let i: u32 = 0; i < k; i++) {
    const w = w0 + i * DSA_POLY;
    multiplyRow(sk, i);
    dsaEnd(w, sum);
    dsaDecompose(w1 + 256 * i, w, w, gamma2);
    absorbHigh(w1 + 256 * i);
  }
  shakeGiveOut(sponge, signature, hashLen);
  dsaChallenge(challenge, signature, hashLen, tau);
  dsaNtt(challenge);
}

/** Steps 18 to 24: z into the signature, w0 - c s2 to w0. 1 if a bound of step 23 is not kept. */
function respond(k: u32, sk: usize, signature: usize): u32 {
  let bad: u32 = 0;
  const small = smallWidth << 5;
  for (let j: u32 = 0; j < l; j++) {
    dsaBegin(sum, y + j * DSA_POLY);
    timesChallenge(sk + 128 + j * small, smallWidth, eta);
    dsaCenter(scratch);
    bad |= dsaExceeds(scratch, gamma1() - beta());
    pack<i32>(signature + hashLen + j * (maskWidth << 5), scratch, maskWidth, gamma1(), 1);
  }
  for (let i: u32 = 0; i < k; i++) {
    const w = w0 + i * DSA_POLY;
    memory.fill(sum, 0, 2 * DSA_POLY);
    timesChallenge(sk + s2At() + i * small, smallWidth, eta);
    dsaSubtract(w, w, scratch);
    bad |= dsaExceeds(w, gamma2 - beta());
  }
  return bad;
}

/**
 * MakeHint(-c t0, w - c s2 + c t0) (Algorithm 39) of the row at `w`, c t0 being in scratch: 1 where c t0 moves the low part
 * w0 - c s2 out of (-gamma2, gamma2]. Appends the places to `hint`; returns how many there are by now. Its addresses tell
 * that number, which the signature shows, or an attempt that is thrown away for it.
 */
function appendHints(hint: usize, count: u32, w: usize, high: usize): u32 {
  for (let j: u32 = 0; j < 256; j++) {
    const v = load<i32>(w + 4 * j) + load<i32>(scratch + 4 * j);
    const edge = isZero(v + gamma2) & (isZero(load<u8>(high + j)) ^ 1);
    store<u8>(hint + min(count, omega), <u8>j);
    count += (<u32>(gamma2 - v) >>> 31) | (<u32>(v + gamma2) >>> 31) | edge;
  }
  return count;
}

/** Steps 25 to 30, and the packing of the hint (Algorithm 20). 1 if a bound of step 28 is not kept. */
function hintAll(k: u32, sk: usize, signature: usize): u32 {
  const hint = signature + hintAt();
  let bad: u32 = 0;
  let count: u32 = 0;
  for (let i: u32 = 0; i < k; i++) {
    memory.fill(sum, 0, 2 * DSA_POLY);
    timesChallenge(sk + t0At(k) + 416 * i, 13, 1 << 12);
    dsaCenter(scratch);
    bad |= dsaExceeds(scratch, gamma2);
    count = appendHints(hint, count, w0 + i * DSA_POLY, w1 + 256 * i);
    store<u8>(counts + i, <u8>min(count, 255));
  }
  if (bad != 0 || count > omega) return 1;
  memory.fill(hint + count, 0, omega - count);
  memory.copy(hint + omega, counts, k);
  return 0;
}

/**
 * Algorithms 2 and 7 with the expanded key; rnd is 32 random bytes, or zeros for the deterministic variant. KEY_INVALID if
 * the key gives no signature. The set is in use.
 */
export function sign(k: u32, sk: usize, message: usize, len: u32, rnd: usize, signature: usize): u32 {
  dsaTables();
  messageDigest(sk + 64, message, len);
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, sk + 32, 32);
  shakeTakeIn(sponge, rnd, 32);
  shakeTakeIn(sponge, mu, 64);
  shakeGiveOut(sponge, rhoSecond, 64);
  for (let attempt: u32 = 0; attempt < MOST_ATTEMPTS; attempt++) {
    commit(k, sk, signature, attempt * l);
    if (respond(k, sk, signature) != 0) continue;
    if (hintAll(k, sk, signature) == 0) return Status.OK;
  }
  memory.fill(signature, 0, signatureLength(k));
  return Status.KEY_INVALID;
}

/** Algorithm 21: whether the hint is well formed. */
function isHint(k: u32, hint: usize): bool {
  let at: u32 = 0;
  for (let i: u32 = 0; i < k; i++) {
    const end: u32 = load<u8>(hint + omega + i);
    if (end < at || end > omega) return false;
    for (let n = at + 1; n < end; n++) if (load<u8>(hint + n) <= load<u8>(hint + n - 1)) return false;
    at = end;
  }
  for (; at < omega; at++) if (load<u8>(hint + at) != 0) return false;
  return true;
}

/** UseHint (Algorithm 40) on one row: high parts at w1 and low parts in scratch. */
function useHints(hint: usize, row: u32): void {
  const end: u32 = load<u8>(hint + omega + row);
  for (let n: u32 = row == 0 ? 0 : load<u8>(hint + omega + row - 1); n < end; n++) {
    const j: u32 = load<u8>(hint + n);
    const step = load<i32>(scratch + 4 * j) > 0 ? 1 : highCount - 1;
    store<u8>(w1 + j, <u8>((<i32>load<u8>(w1 + j) + step) % highCount));
  }
}

/**
 * Algorithms 3 and 8: OK, or KEY_INVALID if the signature is not of this key and message. All of it is public.
 * The set is in use.
 */
export function verify(k: u32, pk: usize, message: usize, len: u32, signature: usize): u32 {
  dsaTables();
  const hint = signature + hintAt();
  if (!isHint(k, hint)) return Status.KEY_INVALID;
  for (let j: u32 = 0; j < l; j++) {
    unpack<i32>(y + j * DSA_POLY, signature + hashLen + j * (maskWidth << 5), maskWidth, gamma1(), 1);
    if (dsaExceeds(y + j * DSA_POLY, gamma1() - beta())) return Status.KEY_INVALID;
    dsaNtt(y + j * DSA_POLY);
  }
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, pk, pkLength(k));
  shakeGiveOut(sponge, commitment, 64); // tr
  messageDigest(commitment, message, len);
  dsaChallenge(challenge, signature, hashLen, tau);
  dsaNtt(challenge);
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, mu, 64);
  for (let i: u32 = 0; i < k; i++) {
    multiplyRow(pk, i);
    unpack<i32>(scratch, pk + 32 + 320 * i, 10, 0, 1); // -t1
    for (let at = scratch; at < scratch + DSA_POLY; at += 16) v128.store(at, i32x4.shl(v128.load(at), 13));
    dsaNtt(scratch);
    dsaMultiplyAdd(sum, challenge, scratch);
    dsaEnd(scratch, sum);
    dsaDecompose(w1, scratch, scratch, gamma2);
    useHints(hint, i);
    absorbHigh(w1);
  }
  shakeGiveOut(sponge, commitment, hashLen);
  return equalBytes(commitment, signature, hashLen) ? Status.OK : Status.KEY_INVALID;
}

/** Polynomials of ML-DSA from seeds (FIPS 204, 7.3), two at a time, and the challenge. */
import { shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import { pick, unpack } from "./bits";
import { DSA_POLY, DSA_Q } from "./dsa-ntt";
import { outputA, outputB, sponge } from "./work";
import { SHAKE128, SHAKE256, xofNext, xofStart } from "./xof";

/** Stores a candidate of 23 bits behind those that were taken; it stays if it is less than q (Algorithm 14). */
// @ts-ignore: decorator of the compiler
@inline
function takeOne(poly: usize, count: u32, from: usize): u32 {
  const z = load<u32>(from) & 0x7fffff;
  store<u32>(poly + 4 * count, z);
  return count + (z < <u32>DSA_Q ? 1 : 0);
}

/** Where the bytes of four candidates go, three each; what is not theirs; q. In memory, see `kem-ntt.ts`. */
const order = memory.data<u8>([0, 1, 2, 0x80, 3, 4, 5, 0x80, 6, 7, 8, 0x80, 9, 10, 11, 0x80], 16);
const limits = memory.data<u32>([0x7fffff, 8380417]);

/**
 * Algorithm 30 on one block: the new number of coefficients. What it leaks is public, as the seed is. Four candidates at a
 * time, since of a thousand one is not less than q.
 */
function takeUniform(poly: usize, count: u32, from: usize): u32 {
  const end = from + SHAKE128;
  const bytes = v128.load(order);
  const low = v128.load32_splat(limits);
  const q = v128.load32_splat(limits, 4);
  for (; from < end && count <= 252; from += 12) {
    const z = v128.and(pick(v128.load(from), bytes), low);
    if (i32x4.all_true(i32x4.lt_s(z, q))) {
      v128.store(poly + 4 * count, z);
      count += 4;
      continue;
    }
    count = takeOne(poly, count, from);
    count = takeOne(poly, count, from + 3);
    count = takeOne(poly, count, from + 6);
    count = takeOne(poly, count, from + 9);
  }
  for (; from < end && count < 256; from += 3) count = takeOne(poly, count, from);
  return count;
}

/** RejNTTPoly(rho || a) and RejNTTPoly(rho || b), the indices being two bytes, to `poly` and the place behind it. */
export function dsaUniformPair(poly: usize, rho: usize, a: u32, b: u32): void {
  xofStart(SHAKE128, rho, 32, a, b, 2);
  let countA: u32 = 0;
  let countB: u32 = 0;
  while (countA < 256 || countB < 256) {
    xofNext(0);
    countA = takeUniform(poly, countA, outputA);
    countB = takeUniform(poly + DSA_POLY, countB, outputB);
  }
}

/** CoeffFromHalfByte (Algorithm 15) without a branch: eta - (b mod 5) for eta = 2, eta - b for 4, kept if b < limit. */
// @ts-ignore: decorator of the compiler
@inline
function takeHalf(poly: usize, count: u32, b: i32, eta: i32, modulus: i32, limit: i32): u32 {
  store<i32>(poly + 4 * count, eta - (b - modulus * ((205 * b) >> 10)));
  return count + (b < limit ? 1 : 0);
}

/**
 * Algorithm 31 on one block. Time and addresses tell which half-bytes were thrown away, which says nothing of those that
 * stay: rejection by the standard's own way. The values of the coefficients are computed without a branch.
 */
function takeBounded(poly: usize, count: u32, from: usize, eta: i32): u32 {
  const modulus = eta == 2 ? 5 : 0;
  const limit = eta == 2 ? 15 : 9;
  for (const end = from + SHAKE256; from < end && count < 256; from++) {
    const b = <i32>load<u8>(from);
    count = takeHalf(poly, count, b & 15, eta, modulus, limit);
    if (count < 256) count = takeHalf(poly, count, b >> 4, eta, modulus, limit);
  }
  return count;
}

/** RejBoundedPoly(rho' || n) and the same of n + 1, to `poly` and the place behind it. */
export function dsaBoundedPair(poly: usize, rhoPrime: usize, n: u32, eta: i32): void {
  xofStart(SHAKE256, rhoPrime, 64, n, n + 1, 2);
  let countA: u32 = 0;
  let countB: u32 = 0;
  while (countA < 256 || countB < 256) {
    xofNext(0);
    countA = takeBounded(poly, countA, outputA, eta);
    countB = takeBounded(poly + DSA_POLY, countB, outputB, eta);
  }
}

/** Algorithm 34: the masks number n and n + 1, from -gamma1 + 1 to gamma1 = 2^(width - 1), to `poly` and the place behind it. */
export function dsaMaskPair(poly: usize, rhoSecond: usize, n: u32, width: u32): void {
  xofStart(SHAKE256, rhoSecond, 64, n, n + 1, 2);
  for (let place: u32 = 0; place < width << 5; place += SHAKE256) xofNext(place);
  unpack<i32>(poly, outputA, width, 1 << (width - 1), 1);
  unpack<i32>(poly + DSA_POLY, outputB, width, 1 << (width - 1), 1);
}

/** Algorithm 29: tau coefficients of 1 or -1. Its addresses follow from the commitment hash, which the signature shows. */
export function dsaChallenge(poly: usize, seed: usize, seedLen: u32, tau: u32): void {
  memory.fill(poly, 0, DSA_POLY);
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, seed, seedLen);
  shakeGiveOut(sponge, outputA, 8);
  let signs = load<u64>(outputA);
  for (let i: u32 = 256 - tau; i < 256; i++, signs >>= 1) {
    do shakeGiveOut(sponge, outputA, 1);
    while (<u32>load<u8>(outputA) > i);
    const j = poly + 4 * <u32>load<u8>(outputA);
    store<i32>(poly + 4 * i, load<i32>(j));
    store<i32>(j, 1 - <i32>((signs & 1) << 1));
  }
}

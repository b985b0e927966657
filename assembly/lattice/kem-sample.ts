/** Polynomials of ML-KEM from seeds (FIPS 203, 4.2.2), two at a time. */
import { shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import { eightOfTwelve, pick, twelveOrder, twelveShift } from "./bits";
import { KEM_POLY, KEM_Q } from "./kem-ntt";
import { outputA, outputB, sponge } from "./work";
import { SHAKE128, SHAKE256, xofNext, xofStart } from "./xof";

/** For each set of the eight lanes of a vector the 16 bytes that bring them to the front: lane i is of those whose bit i is set. */
const fronts = memory.data(256 * 16, 16);
/** q. */
const modulus = memory.data<u16>([3329]);
let ready: bool = false;

/** Computes the table, once. */
function tables(): void {
  if (ready) return;
  for (let set: usize = 0; set < 256; set++) {
    let at = fronts + (set << 4);
    for (let lane: u32 = 0; lane < 8; lane++) {
      if (((set >>> lane) & 1) == 0) continue;
      store<u16>(at, 0x0100 + 0x0202 * lane);
      at += 2;
    }
  }
  ready = true;
}

/**
 * Algorithm 7, steps 4 to 16, on one block: eight candidates of 12 bits at a time, those less than q to the front. Returns
 * how many coefficients there are now. What it leaks is public: the matrix comes from a public seed.
 */
function takeUniform(poly: usize, count: u32, from: usize): u32 {
  const end = from + SHAKE128;
  const order = twelveOrder();
  const shift = twelveShift();
  const q = v128.load16_splat(modulus);
  for (; from < end && count <= 248; from += 12) {
    const d = eightOfTwelve(v128.load(from), order, shift); // reads on into the room behind a block
    const taken = <usize>i16x8.bitmask(i16x8.lt_s(d, q));
    v128.store(poly + 2 * count, pick(d, v128.load(fronts + (taken << 4))));
    count += <u32>popcnt(taken);
  }
  for (; from < end; from += 3) {
    const two = load<u32>(from);
    for (let shift: u32 = 0; shift < 24 && count < 256; shift += 12) {
      const d = (two >>> shift) & 0xfff;
      store<u16>(poly + 2 * count, d);
      count += d < <u32>KEM_Q ? 1 : 0;
    }
  }
  return count;
}

/** SampleNTT(rho || a) and SampleNTT(rho || b), the indices being two bytes, to `poly` and the place behind it. */
export function kemUniformPair(poly: usize, rho: usize, a: u32, b: u32): void {
  tables();
  xofStart(SHAKE128, rho, 32, a, b, 2);
  let countA: u32 = 0;
  let countB: u32 = 0;
  while (countA < 256 || countB < 256) {
    xofNext(0);
    countA = takeUniform(poly, countA, outputA);
    countB = takeUniform(poly + KEM_POLY, countB, outputB);
  }
}

/** SampleNTT(rho || a) alone, the indices being two bytes: one state takes less time than two beside each other. */
export function kemUniform(poly: usize, rho: usize, a: u32): void {
  tables();
  store<u16>(outputA, a);
  shakeStart(sponge, 128);
  shakeTakeIn(sponge, rho, 32);
  shakeTakeIn(sponge, outputA, 2);
  for (let count: u32 = 0; count < 256; ) {
    shakeGiveOut(sponge, outputA, SHAKE128);
    count = takeUniform(poly, count, outputA);
  }
}

/** The bits of even number of a byte, and the lowest two. In memory, see `kem-ntt.ts`. */
const masks = memory.data<u8>([0x55, 3]);

/** Algorithm 8 with eta = 2: x - y, two sums of two bits, of each half of a byte. */
function binomial2(poly: usize, from: usize): void {
  const pairs = v128.load8_splat(masks);
  const threes = v128.load8_splat(masks, 1);
  for (let i: usize = 0; i < 128; i += 16, poly += 64) {
    const v = v128.load(from + i);
    const sums = i8x16.add(v128.and(v, pairs), v128.and(i16x8.shr_u(v, 1), pairs));
    const low = i8x16.sub(v128.and(sums, threes), v128.and(i16x8.shr_u(sums, 2), threes));
    const high = i8x16.sub(v128.and(i16x8.shr_u(sums, 4), threes), v128.and(i16x8.shr_u(sums, 6), threes));
    const first = v128.shuffle<i8>(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const second = v128.shuffle<i8>(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    v128.store(poly, i16x8.extend_low_i8x16_s(first));
    v128.store(poly, i16x8.extend_high_i8x16_s(first), 16);
    v128.store(poly, i16x8.extend_low_i8x16_s(second), 32);
    v128.store(poly, i16x8.extend_high_i8x16_s(second), 48);
  }
}

/** Algorithm 8 with eta = 3: sums of three bits, four coefficients of three bytes. */
function binomial3(poly: usize, from: usize): void {
  for (const end = from + 192; from < end; from += 3) {
    const t = load<u32>(from);
    const sums = (t & 0x249249) + ((t >>> 1) & 0x249249) + ((t >>> 2) & 0x249249);
    for (let shift: u32 = 0; shift < 24; shift += 6, poly += 2) {
      store<i16>(poly, <i16>(((sums >>> shift) & 7) - ((sums >>> (shift + 3)) & 7)));
    }
  }
}

/** SamplePolyCBD_eta(PRF_eta(s, n)) and the same of n + 1, to `poly` and the place behind it. */
export function kemNoisePair(poly: usize, s: usize, n: u32, eta: u32): void {
  xofStart(SHAKE256, s, 32, n, n + 1, 1);
  xofNext(0);
  if (eta == 2) {
    binomial2(poly, outputA);
    binomial2(poly + KEM_POLY, outputB);
  } else {
    xofNext(SHAKE256);
    binomial3(poly, outputA);
    binomial3(poly + KEM_POLY, outputB);
  }
}

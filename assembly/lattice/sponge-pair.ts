/** SHA3-256 and SHAKE256 of two messages of one length at once (FIPS 202, 6.1 and 6.2): 32 bytes of each. */
import { keccakPair } from "../hash/keccak-pair";
import { lanes, spare } from "./work";

/** The rate of both, in bytes. */
const RATE: u32 = 136;

/** The suffixes 01 and 1111, and the first bit of pad10*1 (5.1). */
export const SHA3_SUFFIX: u64 = 0x06;
export const SHAKE_SUFFIX: u64 = 0x1f;

/** One word of each message into its state. */
// @ts-ignore: decorator of the compiler
@inline
function absorb(at: usize, a: usize, b: usize): void {
  v128.store(at, v128.xor(v128.load(at), v128.load64_lane(b, v128.load64_zero(a), 1)));
}

/** `len` is a multiple of 8. Leaks it alone. The states stay, for whoever ends the operation to wipe. */
export function hashTwo(suffix: u64, toA: usize, toB: usize, a: usize, b: usize, len: u32): void {
  memory.fill(lanes, 0, 400);
  for (; len >= RATE; len -= RATE) {
    for (let i: u32 = 0; i < RATE; i += 8) absorb(lanes + 2 * i, a + i, b + i);
    keccakPair(lanes, spare);
    a += RATE;
    b += RATE;
  }
  for (let i: u32 = 0; i < len; i += 8) absorb(lanes + 2 * i, a + i, b + i);
  const end = lanes + 2 * len;
  v128.store(end, v128.xor(v128.load(end), i64x2.splat(suffix)));
  const last = lanes + 2 * RATE - 16;
  v128.store(last, v128.xor(v128.load(last), i64x2.splat(1 << 63)));
  keccakPair(lanes, spare);
  for (let i: u32 = 0; i < 32; i += 8) {
    const both = v128.load(lanes + 2 * i);
    v128.store64_lane(toA + i, both, 0);
    v128.store64_lane(toB + i, both, 1);
  }
}

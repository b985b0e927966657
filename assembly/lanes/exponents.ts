/** The exponents of the two lanes: secret, of one public length. Their bits come out as masks, at public places. */
import { wipe } from "../base/memory";

/** 132 limbs for each lane: 4096 bits, and room for a load behind the end. */
const LANE: u32 = 528;
const exponents = memory.data(2 * 528, 16);
const masks = memory.data(16, 16);

/** Where the exponent of a lane stands. */
export function exponentAt(lane: u32): usize {
  return exponents + lane * LANE;
}

/** exponent = e of `count` limbs. */
export function setExponent(lane: u32, e: usize, count: u32): void {
  memory.fill(exponentAt(lane), 0, LANE);
  memory.copy(exponentAt(lane), e, count << 2);
}

/** A mask for the lanes whose exponent has the bit set; it stands until the next call. */
export function bitMasks(bit: u32): usize {
  v128.store(masks, i64x2.neg(fields(bit, 1)));
  return masks;
}

/** The bits of both exponents from `bit` up, as many as `mask` (below 32) has. */
export function fields(bit: u32, mask: u64): v128 {
  const at = exponents + ((bit >>> 5) << 2);
  const low = (load<u64>(at) >>> (bit & 31)) & mask;
  return i64x2.replace_lane(i64x2.splat(<i64>low), 1, <i64>((load<u64>(at + LANE) >>> (bit & 31)) & mask));
}

export function exponentsWipe(): void {
  wipe(exponents, 2 * LANE);
  wipe(masks, 16);
}

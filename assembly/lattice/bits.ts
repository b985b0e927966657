/** Polynomials as bits: BitPack and BitUnpack of FIPS 204, 7.1, ByteEncode and ByteDecode of FIPS 203, 4.2.1. */

/**
 * Writes 32 width bytes: the 256 coefficients, each in `width` bits, least significant first. A coefficient c is written
 * as it is if `minus` is 0, otherwise as top - c. `width` is at most 20. Leaks width only.
 */
export function pack<T>(out: usize, poly: usize, width: u32, top: u32, minus: u32): void {
  let gathered: u64 = 0;
  let count: u32 = 0;
  const flip: u32 = 0 - minus;
  for (let i: usize = 0; i < 256; i++) {
    const c: u32 = <u32>load<T>(poly + i * sizeof<T>());
    gathered |= <u64>((c ^ flip) + minus + (top & flip)) << count;
    count += width;
    if (count >= 32) {
      store<u32>(out, <u32>gathered);
      out += 4;
      gathered >>= 32;
      count -= 32;
    }
  }
}

/** Reads what `pack` writes. */
export function unpack<T>(poly: usize, from: usize, width: u32, top: u32, minus: u32): void {
  let gathered: u64 = 0;
  let count: u32 = 0;
  const flip: u32 = 0 - minus;
  const most: u32 = (1 << width) - 1;
  for (let i: usize = 0; i < 256; i++) {
    if (count < width) {
      gathered |= <u64>load<u32>(from) << count;
      from += 4;
      count += 32;
    }
    const c = <u32>gathered & most;
    gathered >>= width;
    count -= width;
    store<T>(poly + i * sizeof<T>(), <T>((c ^ flip) + minus + (top & flip)));
  }
}

/** The number whose `width` bits are those of i, backwards: the order in which the standards number the powers of zeta. */
export function reverseBits(i: u32, width: u32): u32 {
  let reversed: u32 = 0;
  for (; width > 0; width--, i >>>= 1) reversed = (reversed << 1) | (i & 1);
  return reversed;
}

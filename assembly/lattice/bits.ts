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

/** The lower half of 64 bits. In memory, see `kem-ntt.ts`. */
const lower = memory.data<u64>([0xffffffff]);

/**
 * `pack` of coefficients of 16 bits as they are, at most 12 wide: eight at a time are joined to pairs, those to fours, and
 * the two fours to `width` bytes.
 */
export function packShort(out: usize, poly: usize, width: u32): void {
  const join = i32x4.splat((1 << (16 + width)) | 1);
  const low = v128.load64_splat(lower);
  const four: u64 = 4 * width;
  for (const end = poly + 512; poly < end; poly += 16) {
    const pairs = i32x4.dot_i16x8_s(v128.load(poly), join);
    const fours = v128.or(v128.and(pairs, low), i64x2.shl(i64x2.shr_u(pairs, 32), 2 * width));
    const high = <u64>i64x2.extract_lane(fours, 1);
    let bits = <u64>i64x2.extract_lane(fours, 0) | (high << four);
    if (width & 8) {
      store<u64>(out, bits);
      bits = high >> (64 - four);
      out += 8;
    }
    if (width & 4) {
      store<u32>(out, <u32>bits);
      bits >>= 32;
      out += 4;
    }
    if (width & 2) {
      store<u16>(out, <u16>bits);
      bits >>= 16;
      out += 2;
    }
    if (width & 1) store<u8>(out++, <u8>bits);
  }
}

/** The bytes of `v` that `places` names, 0 for 0x80. The two ways differ only for other places above 15. */
// @ts-ignore: decorator of the compiler
@inline
export function pick(v: v128, places: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i8x16.relaxed_swizzle(v, places);
  return i8x16.swizzle(v, places);
}

/** What `eightOfTwelve` takes: where the bytes go, two a number, and 16 beside 1. In memory, see `kem-ntt.ts`. */
const order = memory.data<u8>([0, 1, 1, 2, 3, 4, 4, 5, 6, 7, 7, 8, 9, 10, 10, 11], 16);
const sixteens = memory.data<u32>([0x10010]);
/** 1 beside 2^12. */
const join = memory.data<u32>([0x10000001]);
/** Where the bytes of four numbers of 24 bits go. */
const joined = memory.data<u8>([0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15], 16);

/** The constants of `eightOfTwelve`. */
export function twelveOrder(): v128 {
  return v128.load(order);
}

export function twelveShift(): v128 {
  return v128.load32_splat(sixteens);
}

/** Eight numbers of 12 bits from the first 12 bytes of `bytes`: the even ones lose what is above them, then all move down. */
// @ts-ignore: decorator of the compiler
@inline
export function eightOfTwelve(bytes: v128, order: v128, shift: v128): v128 {
  return i16x8.shr_u(i16x8.mul(pick(bytes, order), shift), 4);
}

/** `unpackShort` of width 12. Reads four bytes more. */
export function unpackTwelve(poly: usize, from: usize): void {
  const bytes = twelveOrder();
  const shift = twelveShift();
  for (const end = poly + 512; poly < end; poly += 16, from += 12) {
    v128.store(poly, eightOfTwelve(v128.load(from), bytes, shift));
  }
}

/** `packShort` of width 12. */
export function packTwelve(out: usize, poly: usize): void {
  const pair = v128.load32_splat(join);
  const bytes = v128.load(joined);
  for (const end = poly + 512; poly < end; poly += 16, out += 12) {
    const v = pick(i32x4.dot_i16x8_s(v128.load(poly), pair), bytes);
    v128.store64_lane(out, v, 0);
    v128.store32_lane(out + 8, v, 2);
  }
}

/** The number of up to 7 bytes at `from`, least significant first. */
// @ts-ignore: decorator of the compiler
@inline
function fewBytes(from: usize, count: u32): u64 {
  let bits: u64 = 0;
  let shift: u64 = 0;
  if (count & 4) {
    bits = load<u32>(from);
    from += 4;
    shift = 32;
  }
  if (count & 2) {
    bits |= <u64>load<u16>(from) << shift;
    from += 2;
    shift += 16;
  }
  return count & 1 ? bits | (<u64>load<u8>(from) << shift) : bits;
}

/** Reads what `packShort` writes. */
export function unpackShort(poly: usize, from: usize, width: u32): void {
  const four: u64 = 4 * width;
  const fours = i64x2.splat((<u64>1 << four) - 1);
  const pairs = i64x2.splat((<u64>1 << (2 * width)) - 1);
  const single = i32x4.splat((1 << width) - 1);
  for (const end = poly + 512; poly < end; poly += 16, from += width) {
    const low = width & 8 ? load<u64>(from) : fewBytes(from, width);
    const high = width & 8 ? fewBytes(from + 8, width & 7) : 0;
    let v = i64x2.replace_lane(i64x2.splat(low), 1, (low >> four) | (high << (64 - four)));
    v = v128.and(v, fours);
    v = v128.or(v128.and(v, pairs), i64x2.shl(i64x2.shr_u(v, 2 * width), 32));
    v128.store(poly, v128.or(v128.and(v, single), i32x4.shl(i32x4.shr_u(v, width), 16)));
  }
}

/** The number whose `width` bits are those of i, backwards: the order in which the standards number the powers of zeta. */
export function reverseBits(i: u32, width: u32): u32 {
  let reversed: u32 = 0;
  for (; width > 0; width--, i >>>= 1) reversed = (reversed << 1) | (i & 1);
  return reversed;
}

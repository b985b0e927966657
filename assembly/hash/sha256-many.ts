/** SHA-256 (FIPS 180-4, 6.2) of messages of one length, four at a time in lanes. Leaks that length and their number. */
import { wipe } from "../base/memory";
import { absorb, finish, Hash, start, toWords } from "./hash";
import { takeLane32 } from "./lanes";
import { IV_512 } from "./sha2-constants";
import { SHA256_LANES, SHA256_LANES_BLOCK, sha256Lanes } from "./sha256-lanes";

const DIGEST: u32 = 32;
const BLOCK: u32 = 64;
/** The end of each message with its padding: two blocks at most. */
const END: u32 = 2 * BLOCK;

const chain = memory.data(128, 16);
const block = memory.data(256, 16);
const ends = memory.data(512, 16);
const state = memory.data(368, 16);

/** out = the digests of `count` messages of `len` bytes, which follow one another at `from`. */
export function hashMany(out: usize, from: usize, len: u32, count: u32): void {
  for (; count > 1; from += 4 * len, out += 4 * DIGEST) {
    const taken = min(count, 4);
    hashFour(from, len, taken);
    for (let lane: u32 = 0; lane < taken; lane++) {
      const to = out + lane * DIGEST;
      takeLane32(to, chain, lane, 8);
      toWords(Hash.SHA_256, to, to, DIGEST);
    }
    count -= taken;
  }
  if (count == 1) {
    start(state, Hash.SHA_256);
    absorb(state, from, len);
    finish(state, out);
  }
  wipe(chain, SHA256_LANES);
  wipe(block, SHA256_LANES_BLOCK);
  wipe(ends, 512);
}

/** Where the message of a lane begins: lanes to spare have that of the first. */
function messageOf(from: usize, len: u32, count: u32, lane: u32): usize {
  return lane < count ? from + lane * len : from;
}

/** chain = the hash values of the first `count` messages, at most four, in native words. */
function hashFour(from: usize, len: u32, count: u32): void {
  for (let i: usize = 0; i < 8; i++) v128.store(chain + 16 * i, v128.load32_splat(IV_512 + 8 * i + 4)); // the high halves
  const rest = len % BLOCK;
  const whole = len - rest;
  const m1 = messageOf(from, len, count, 1);
  const m2 = messageOf(from, len, count, 2);
  const m3 = messageOf(from, len, count, 3);
  for (let at: u32 = 0; at < whole; at += BLOCK) absorbBlocks(from + at, m1 + at, m2 + at, m3 + at);
  // 5.1.1: the bit 1, zeros, and the length in 64 bits at the end of a block.
  const size = rest + 9 > BLOCK ? END : BLOCK;
  for (let lane: u32 = 0; lane < 4; lane++) {
    const end = ends + lane * END;
    wipe(end, END);
    memory.copy(end, messageOf(from, len, count, lane) + whole, rest);
    store<u8>(end + rest, 0x80);
    store<u64>(end + size - 8, bswap(<u64>len << 3));
  }
  for (let at: u32 = 0; at < size; at += BLOCK) {
    absorbBlocks(ends + at, ends + END + at, ends + 2 * END + at, ends + 3 * END + at);
  }
}

/** Takes in a block of each lane. */
function absorbBlocks(m0: usize, m1: usize, m2: usize, m3: usize): void {
  for (let i: usize = 0; i < BLOCK; i += 16) {
    const a = turned(m0 + i), b = turned(m1 + i), c = turned(m2 + i), d = turned(m3 + i);
    const ab = v128.shuffle<u32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<u32>(c, d, 0, 4, 1, 5);
    const abHigh = v128.shuffle<u32>(a, b, 2, 6, 3, 7), cdHigh = v128.shuffle<u32>(c, d, 2, 6, 3, 7);
    const to = block + 4 * i;
    v128.store(to, v128.shuffle<u64>(ab, cd, 0, 2));
    v128.store(to, v128.shuffle<u64>(ab, cd, 1, 3), 16);
    v128.store(to, v128.shuffle<u64>(abHigh, cdHigh, 0, 2), 32);
    v128.store(to, v128.shuffle<u64>(abHigh, cdHigh, 1, 3), 48);
  }
  sha256Lanes(chain, chain, block);
}

/** Four words of a message in native order. */
function turned(from: usize): v128 {
  const v = v128.load(from);
  return v128.shuffle<u8>(v, v, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

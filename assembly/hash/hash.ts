/**
 * The ten hash functions behind one streaming interface: SHA-2 (FIPS 180-4) and SHA-3 (FIPS 202).
 *
 * A state is `hashStateSize()` bytes wherever the caller likes: identifier, fill of the block, bytes taken in, chaining
 * value (in native words), block. hashFinal wipes all of it. Lengths and identifiers are public; nothing else is
 * branched on.
 */
import { Status } from "../abi";
import { failed } from "../base/health";
import { wipe } from "../base/memory";
import { keccak } from "./keccak";
import { sha256 } from "./sha256";
import { IV_384, IV_512, IV_512_224, IV_512_256 } from "./sha2-constants";
import { sha512 } from "./sha512";

export namespace Hash {
  export const SHA_224: u32 = 1;
  export const SHA_256: u32 = 2;
  export const SHA_384: u32 = 3;
  export const SHA_512: u32 = 4;
  export const SHA_512_224: u32 = 5;
  export const SHA_512_256: u32 = 6;
  export const SHA3_224: u32 = 7;
  export const SHA3_256: u32 = 8;
  export const SHA3_384: u32 = 9;
  export const SHA3_512: u32 = 10;
}

/** Room for any chaining value: 25 lanes of Keccak, rounded up to 16 bytes. */
export const CHAIN_SIZE: u32 = 208;
/** Room for any block: 144 bytes, the rate of SHA3-224. */
export const BLOCK_SIZE: u32 = 144;

const FILL: usize = 4;
const TOTAL: usize = 8;
const CHAIN: usize = 16;
const BLOCK: usize = CHAIN + CHAIN_SIZE;
export const HASH_STATE: u32 = 16 + CHAIN_SIZE + BLOCK_SIZE;

const outputs = memory.data<u8>([0, 28, 32, 48, 64, 28, 32, 28, 32, 48, 64]);
const blocks = memory.data<u8>([0, 64, 64, 128, 128, 128, 128, 144, 136, 104, 72]);

/** Calls of a compression function since this instance was made, self-tests included, lanes not. Public: it follows from lengths. */
let compressed: u32 = 0;

export function compressions(): u32 {
  return compressed;
}

export function hashStateSize(): u32 {
  return HASH_STATE;
}

export function isHash(hash: u32): bool {
  return hash - 1 < Hash.SHA3_512;
}

/** Bytes of output, 0 if there is no such hash. */
export function hashLength(hash: u32): u32 {
  return isHash(hash) ? load<u8>(outputs + hash) : 0;
}

/** Bytes of a block (for SHA-3 the rate), 0 if there is no such hash. HMAC calls it B. */
export function hashBlockLength(hash: u32): u32 {
  return isHash(hash) ? load<u8>(blocks + hash) : 0;
}

export function isSha3(hash: u32): bool {
  return hash >= Hash.SHA3_224;
}

/** SHA-2 on words of 32 bits. */
export function isSha256(hash: u32): bool {
  return hash <= Hash.SHA_256;
}

/** to = the chaining value after `from` has taken in `block`, a whole block of native words (see `toWords`). */
export function compress(hash: u32, to: usize, from: usize, block: usize): void {
  compressed++;
  if (isSha256(hash)) sha256(to, from, block);
  else if (isSha3(hash)) keccak(to, from, block, load<u8>(blocks + hash));
  else sha512(to, from, block);
}

/** Copies `len` bytes, rounded up to 16, between the byte order of the standard and native words. May be in place. */
export function toWords(hash: u32, to: usize, from: usize, len: u32): void {
  const end = from + len;
  if (isSha3(hash)) {
    for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
  } else if (isSha256(hash)) {
    for (; from < end; from += 16, to += 16) {
      const v = v128.load(from);
      v128.store(to, v128.shuffle<u8>(v, v, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    }
  } else {
    for (; from < end; from += 16, to += 16) {
      const v = v128.load(from);
      v128.store(to, v128.shuffle<u8>(v, v, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
    }
  }
}

/** The initial hash value, FIPS 180-4, 5.3; of SHA-3 the zero string, FIPS 202, Algorithm 8, step 5. */
function initialValue(hash: u32, chain: usize): void {
  wipe(chain, CHAIN_SIZE);
  if (isSha3(hash)) return;
  if (isSha256(hash)) {
    const halves = hash == Hash.SHA_224 ? IV_384 : IV_512 + 4;
    for (let i: usize = 0; i < 32; i += 4) store<u32>(chain + i, load<u32>(halves + 2 * i));
    return;
  }
  let iv = IV_512;
  if (hash == Hash.SHA_384) iv = IV_384;
  else if (hash == Hash.SHA_512_224) iv = IV_512_224;
  else if (hash == Hash.SHA_512_256) iv = IV_512_256;
  memory.copy(chain, iv, 64);
}

/** Starts a message. The hash is known to exist. */
export function start(state: usize, hash: u32): void {
  store<u32>(state, hash);
  store<u32>(state + FILL, 0);
  store<u64>(state + TOTAL, 0);
  initialValue(hash, state + CHAIN);
}

/** Goes on from a chaining value that has taken in one block, as HMAC does after its pad. */
export function resume(state: usize, hash: u32, chain: usize): void {
  store<u32>(state, hash);
  store<u32>(state + FILL, 0);
  store<u64>(state + TOTAL, load<u8>(blocks + hash));
  memory.copy(state + CHAIN, chain, CHAIN_SIZE);
}

/** The chaining value of a state: what `resume` takes. */
export function chainOf(state: usize): usize {
  return state + CHAIN;
}

function absorbBlock(state: usize, hash: u32, from: usize): void {
  if (!isSha3(hash)) {
    toWords(hash, state + BLOCK, from, load<u8>(blocks + hash));
    from = state + BLOCK;
  }
  compress(hash, state + CHAIN, state + CHAIN, from);
}

/** Takes in `len` bytes. Leaks len only. */
export function absorb(state: usize, data: usize, len: u32): void {
  const hash = load<u32>(state);
  const size: u32 = load<u8>(blocks + hash);
  let fill = load<u32>(state + FILL);
  store<u64>(state + TOTAL, load<u64>(state + TOTAL) + len);
  while (len > 0) {
    if (fill == 0 && len >= size) {
      absorbBlock(state, hash, data);
      data += size;
      len -= size;
      continue;
    }
    const part = min(size - fill, len);
    memory.copy(state + BLOCK + fill, data, part);
    data += part;
    len -= part;
    fill += part;
    if (fill == size) {
      absorbBlock(state, hash, state + BLOCK);
      fill = 0;
    }
  }
  store<u32>(state + FILL, fill);
}

/** Pads (FIPS 180-4, 5.1; FIPS 202, 6.1 and 5.1), writes the digest and wipes the state. */
export function finish(state: usize, out: usize): void {
  const hash = load<u32>(state);
  const size: u32 = load<u8>(blocks + hash);
  const chain = state + CHAIN;
  const block = state + BLOCK;
  let fill = load<u32>(state + FILL);
  if (isSha3(hash)) {
    wipe(block + fill, size - fill);
    store<u8>(block + fill, 0x06); // the suffix 01 and the first bit of pad10*1
    store<u8>(block + size - 1, load<u8>(block + size - 1) | 0x80);
  } else {
    store<u8>(block + fill++, 0x80);
    wipe(block + fill, size - fill);
    if (fill + (size >> 3) > size) { // no room for the length: 8 bytes of 64, 16 of 128
      absorbBlock(state, hash, block);
      wipe(block, size);
    }
    // The bit length fits in 64 bits: nobody feeds 2^61 bytes.
    store<u64>(block + size - 8, bswap(load<u64>(state + TOTAL) << 3));
  }
  absorbBlock(state, hash, block);
  toWords(hash, chain, chain, 64);
  memory.copy(out, chain, load<u8>(outputs + hash));
  wipe(state, HASH_STATE);
}

/** Starts a message; the identifier is one of `Hash`. */
export function hashInit(state: usize, hash: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isHash(hash)) return Status.BAD_ARGUMENT;
  start(state, hash);
  return Status.OK;
}

export function hashUpdate(state: usize, data: usize, len: u32): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isHash(load<u32>(state))) return Status.BAD_ARGUMENT;
  absorb(state, data, len);
  return Status.OK;
}

/** Writes `hashLength` bytes to `out` and wipes the state. */
export function hashFinal(state: usize, out: usize): u32 {
  if (failed()) return Status.SELF_TEST_FAILED;
  if (!isHash(load<u32>(state))) return Status.BAD_ARGUMENT;
  finish(state, out);
  return Status.OK;
}

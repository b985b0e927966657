/**
 * HMAC of a text as long as the hash's own output, in place: the step of HMAC_DRBG (SP 800-90A Rev. 1, 10.1.2) and of
 * PBKDF2 (RFC 8018, 5.2).
 *
 * The text stands in native words in a block that is already padded. It takes exactly two compressions, because the outer
 * block has the same length and so the same padding as the inner one, and nothing is turned into bytes between them.
 */
import { wipe } from "../base/memory";
import { CHAIN_SIZE, compress, Hash, hashBlockLength, hashLength, isSha256, isSha3 } from "../hash/hash";

const sponge = memory.data(208, 16);

/** Writes all that follows the text in its block: the padding of a message of a pad and the text (FIPS 180-4, 5.1; FIPS 202, 5.1). */
export function padDigest(hash: u32, v: usize): void {
  const outLen = hashLength(hash);
  const size = hashBlockLength(hash);
  if (isSha3(hash)) {
    wipe(v + outLen, size - outLen);
    store<u8>(v + outLen, 0x06);
    store<u8>(v + size - 1, 0x80);
    return;
  }
  const bits: u64 = (size + outLen) << 3;
  if (isSha256(hash)) {
    wipe(v + outLen, size - outLen);
    store<u32>(v + outLen, 1 << 31);
    store<u32>(v + 60, <u32>bits);
    return;
  }
  // The 28 bytes of SHA-512/224 end in the middle of a word, whose low half comes first in memory.
  const at = v + (outLen & ~7);
  const split = outLen & 4;
  wipe(at + split * 2, size - (outLen & ~7) - split * 2);
  if (split) store<u32>(at, 1 << 31);
  else store<u64>(at, 1 << 63);
  store<u64>(v + 120, bits);
}

/** Half of an HMAC: v = hash(v) from the chaining value of a pad, the padding kept. */
function absorbDigest(hash: u32, v: usize, chain: usize): void {
  if (isSha3(hash)) {
    compress(hash, sponge, chain, v);
    memory.copy(v, sponge, hashLength(hash));
  } else {
    compress(hash, v, chain, v);
    if (hash != Hash.SHA_256 && hash != Hash.SHA_512) padDigest(hash, v); // a truncated digest overwrote padding
  }
}

/** v = HMAC(key, v). The caller ends with `wipeDigests`. */
export function macDigest(hash: u32, v: usize, pads: usize): void {
  absorbDigest(hash, v, pads);
  absorbDigest(hash, v, pads + CHAIN_SIZE);
}

/** Wipes the scratch of `macDigest`. */
export function wipeDigests(): void {
  wipe(sponge, CHAIN_SIZE);
}

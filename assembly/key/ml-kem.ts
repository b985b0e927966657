/**
 * ML-KEM (FIPS 203): keys from a seed, their checks, encapsulation and decapsulation.
 *
 * A parameter set is named by its k: 2, 3 or 4 for ML-KEM-512, -768 and -1024. The private key is the seed d || z of 64
 * bytes; the decapsulation key is made of it when it is wanted. Time depends on k and on the public matrix alone. Secrets stay
 * in the working area; the entry points, `self-test/ml-kem.ts`, wipe it on every way out.
 */
import { Status } from "../abi";
import { equalBytes, mask } from "../base/ct";
import { absorb, finish, Hash, start } from "../hash/hash";
import { shakeGiveOut, shakeStart, shakeTakeIn } from "../hash/shake";
import { packShort, packTwelve, unpackShort, unpackTwelve } from "../lattice/bits";
import {
  KEM_POLY,
  kemAdd,
  kemInverseNtt,
  kemMultiply,
  kemNormalize,
  kemNtt,
  kemPrepare,
  kemSubtract,
  kemTables,
} from "../lattice/kem-ntt";
import { kemEntry, kemMatrix } from "../lattice/kem-matrix";
import { kemCompress, kemDecompress, kemExceeds, kemMessage } from "../lattice/kem-round";
import { kemNoisePair } from "../lattice/kem-sample";
import { bytes, polys, result, sponge } from "../lattice/work";

// The polynomials: 2k + 1 of noise, k prepared ones of twice the length, k results, k of a key, or a message.
const noise: usize = polys;
const prepared: usize = noise + 10 * KEM_POLY;
const products: usize = prepared + 8 * KEM_POLY;
const unpacked: usize = products + 4 * KEM_POLY;

// Seeds and digests: the output of G, m || H(ek), and a shared secret.
const g: usize = bytes;
const message: usize = bytes + 64;
const shared: usize = bytes + 128;
/** The ciphertext that decapsulation makes again: behind the other one. */
const again: usize = result + 1568;

/** Bytes of ByteEncode12 of k polynomials. */
function vectorLength(k: u32): u32 {
  return 384 * k;
}

/** Bytes of the encapsulation key; of the decapsulation key, FIPS 203, Table 3. */
export function ekLength(k: u32): u32 {
  return vectorLength(k) + 32;
}

export function dkLength(k: u32): u32 {
  return 2 * vectorLength(k) + 96;
}

/** d_u and d_v, FIPS 203, Table 2. */
function widthU(k: u32): u32 {
  return k == 4 ? 11 : 10;
}

function widthV(k: u32): u32 {
  return k == 4 ? 5 : 4;
}

export function ciphertextLength(k: u32): u32 {
  return (k * widthU(k) + widthV(k)) << 5;
}

export function isSet(k: u32): bool {
  return k - 2 < 3;
}

/** G, H and J of 4.1. */
function hashG(out: usize, in1: usize, in1Len: u32, in2: usize, in2Len: u32): void {
  start(sponge, Hash.SHA3_512);
  absorb(sponge, in1, in1Len);
  absorb(sponge, in2, in2Len);
  finish(sponge, out);
}

export function hashH(out: usize, input: usize, len: u32): void {
  start(sponge, Hash.SHA3_256);
  absorb(sponge, input, len);
  finish(sponge, out);
}

export function hashJ(out: usize, z: usize, c: usize, cLen: u32): void {
  shakeStart(sponge, 256);
  shakeTakeIn(sponge, z, 32);
  shakeTakeIn(sponge, c, cLen);
  shakeGiveOut(sponge, out, 32);
}

/** `products` = A b, or its transpose times b, of the k prepared polynomials. */
function multiplyMatrix(k: u32, rho: usize, transposed: bool): void {
  kemMatrix(k, rho);
  for (let i: u32 = 0; i < k; i++) {
    const to = products + i * KEM_POLY;
    if (transposed) kemMultiply(to, k, kemEntry(0, i), k * KEM_POLY, prepared);
    else kemMultiply(to, k, kemEntry(i, 0), KEM_POLY, prepared);
  }
}

/** The k noises at `from` go to the NTT domain and are prepared as a factor. */
function prepareVector(k: u32, from: usize): void {
  for (let i: u32 = 0; i < k; i++) {
    kemNtt(from + i * KEM_POLY);
    kemPrepare(prepared + i * 2 * KEM_POLY, from + i * KEM_POLY);
  }
}

/** Algorithms 13 and 16 for the seed d || z of 64 bytes: ek, and dk unless it is 0. */
export function keysFromSeed(k: u32, seed: usize, ek: usize, dk: usize): void {
  keysUnhashed(k, seed, ek, dk);
  if (dk != 0) hashH(hashInDk(k, dk), ek, ekLength(k));
}

/** The same, with H(ek) yet to be put into dk. */
export function keysUnhashed(k: u32, seed: usize, ek: usize, dk: usize): void {
  kemTables();
  store<u8>(message, <u8>k);
  hashG(g, seed, 32, message, 1);
  const rho = g;
  for (let n: u32 = 0; n < 2 * k; n += 2) kemNoisePair(noise + n * KEM_POLY, g + 32, n, k == 2 ? 3 : 2);
  prepareVector(k, noise);
  multiplyMatrix(k, rho, false);
  for (let i: u32 = 0; i < k; i++) {
    const e = noise + (k + i) * KEM_POLY;
    kemNtt(e);
    kemAdd(e, e, products + i * KEM_POLY);
    packTwelve(ek + 384 * i, e);
  }
  memory.copy(ek + vectorLength(k), rho, 32);
  if (dk == 0) return;
  for (let i: u32 = 0; i < k; i++) {
    kemNormalize(noise + i * KEM_POLY);
    packTwelve(dk + 384 * i, noise + i * KEM_POLY);
  }
  memory.copy(dk + vectorLength(k), ek, ekLength(k));
  memory.copy(hashInDk(k, dk) + 32, seed + 32, 32);
}

/** Algorithm 14, K-PKE.Encrypt, of the 32 bytes m with the randomness r. */
function encrypt(k: u32, ek: usize, m: usize, r: usize, c: usize): void {
  kemTables();
  const e1 = noise + k * KEM_POLY;
  const e2 = noise + 2 * k * KEM_POLY;
  for (let n: u32 = 0; n <= 2 * k; n += 2) kemNoisePair(noise + n * KEM_POLY, r, n, k == 2 && n == 0 ? 3 : 2);
  prepareVector(k, noise);
  multiplyMatrix(k, ek + vectorLength(k), true);
  for (let i: u32 = 0; i < k; i++) {
    const u = products + i * KEM_POLY;
    kemInverseNtt(u);
    kemAdd(u, u, e1 + i * KEM_POLY);
    kemCompress(u, widthU(k));
    packShort(c, u, widthU(k));
    c += widthU(k) << 5;
  }
  for (let i: u32 = 0; i < k; i++) unpackTwelve(unpacked + i * KEM_POLY, ek + 384 * i);
  const v = products;
  kemMultiply(v, k, unpacked, KEM_POLY, prepared);
  kemInverseNtt(v);
  kemMessage(unpacked, m);
  kemAdd(e2, e2, unpacked);
  kemAdd(v, v, e2);
  kemCompress(v, widthV(k));
  packShort(c, v, widthV(k));
}

/** Algorithm 15, K-PKE.Decrypt, to the 32 bytes m. */
function decrypt(k: u32, dk: usize, c: usize, m: usize): void {
  kemTables();
  for (let i: u32 = 0; i < k; i++) {
    unpackShort(noise + i * KEM_POLY, c, widthU(k));
    kemDecompress(noise + i * KEM_POLY, widthU(k));
    unpackTwelve(unpacked + i * KEM_POLY, dk + 384 * i);
    c += widthU(k) << 5;
  }
  prepareVector(k, noise);
  kemMultiply(products, k, unpacked, KEM_POLY, prepared);
  kemInverseNtt(products);
  unpackShort(noise, c, widthV(k));
  kemDecompress(noise, widthV(k));
  kemSubtract(noise, noise, products);
  kemCompress(noise, 1);
  packShort(m, noise, 1);
}

/** FIPS 203, 7.2: OK if every coefficient of the encapsulation key is less than q, else KEY_INVALID. */
export function checkEk(k: u32, ek: usize): u32 {
  return kemExceeds(ek, ek + vectorLength(k)) ? Status.KEY_INVALID : Status.OK;
}

/** Where a decapsulation key holds the hash of its encapsulation key (Algorithm 16, step 3). */
export function hashInDk(k: u32, dk: usize): usize {
  return dk + dkLength(k) - 64;
}

/** FIPS 203, 7.3: OK if the decapsulation key holds the hash of its encapsulation key, else KEY_INVALID. */
export function checkDk(k: u32, dk: usize): u32 {
  const ek = dk + vectorLength(k);
  hashH(g, ek, ekLength(k));
  return equalBytes(g, hashInDk(k, dk), 32) ? Status.OK : Status.KEY_INVALID;
}

/** Algorithm 17, and before it the check of 7.2: of 32 random bytes m a ciphertext and the shared secret of 32 bytes. */
export function encapsulate(k: u32, ek: usize, m: usize, c: usize, secret: usize): u32 {
  const status = checkEk(k, ek);
  if (status != Status.OK) return status;
  hashH(message + 32, ek, ekLength(k));
  encapsulateHashed(k, ek, message + 32, m, c, secret);
  return Status.OK;
}

/** Algorithm 17, for an encapsulation key that has passed the check of 7.2 and whose hash H(ek) is `h`. */
export function encapsulateHashed(k: u32, ek: usize, h: usize, m: usize, c: usize, secret: usize): void {
  hashG(g, m, 32, h, 32);
  memory.copy(secret, g, 32);
  encrypt(k, ek, m, g + 32, c);
}

/** Algorithm 18, and before it the check of 7.3: the shared secret, or for another ciphertext one that only z knows. */
export function decapsulate(k: u32, dk: usize, c: usize, secret: usize): u32 {
  const status = checkDk(k, dk);
  if (status == Status.OK) decapsulateChecked(k, dk, c, secret);
  return status;
}

/** Algorithm 18, for a decapsulation key that is known to hold the hash of its encapsulation key. */
function decapsulateChecked(k: u32, dk: usize, c: usize, secret: usize): void {
  hashJ(shared, hashInDk(k, dk) + 32, c, ciphertextLength(k));
  decapsulateHashed(k, dk, c, shared, secret);
}

/** The same, where J(z || c) is known: what another ciphertext than the one that is made again gives. */
export function decapsulateHashed(k: u32, dk: usize, c: usize, otherwise: usize, secret: usize): void {
  const ek = dk + vectorLength(k);
  const cLen = ciphertextLength(k);
  decrypt(k, dk, c, message);
  hashG(g, message, 32, hashInDk(k, dk), 32);
  encrypt(k, ek, message, g + 32, again);
  const same = <u8>mask(equalBytes(c, again, cLen));
  for (let i: usize = 0; i < 32; i++) {
    const rejected = load<u8>(otherwise + i);
    store<u8>(secret + i, rejected ^ (same & (rejected ^ load<u8>(g + i))));
  }
}

/**
 * EncryptedPrivateKeyInfo, RFC 5958, 3: a PKCS #8 key under a password by PBES2 (RFC 8018, 6.2), PBKDF2 with HMAC and
 * AES-CBC. The platform's WebCrypto does both, so this waits.
 *
 * CBC does not authenticate: a wrong password and a damaged file look alike, and who may change the file may change the
 * key. What is decrypted is checked as any PKCS #8 is.
 */
import type { PrivateKey } from "../algorithms/key.ts";
import { type Bytes, copyBytes, utf8 } from "../bytes.ts";
import { randomBytes } from "../entropy/random.ts";
import { KeygenError, kindOf, quote } from "../errors.ts";
import { dotted, oid } from "./algorithm-identifier.ts";
import { checkOptions, type DecodeOptions, wantBytes } from "./checks.ts";
import {
  atEnd,
  content,
  type DerReader,
  encodeDer,
  enter,
  finish,
  integer,
  invalidDer,
  isNext,
  nullValue,
  objectIdentifier,
  octetString,
  openDer,
  readInteger,
  readNull,
  readObjectIdentifier,
  rest,
  sequence,
  Tag,
} from "./der.ts";
import { decodePkcs8, type EncodePkcs8Options, encodePkcs8 } from "./pkcs8.ts";

const PBES2 = "1.2.840.113549.1.5.13";
const PBKDF2 = "1.2.840.113549.1.5.12";
/** RFC 8018, B.1.2: the pseudorandom functions that are read. HMAC-SHA-1, the default there, is not. */
const hashes: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.9": "SHA-256",
  "1.2.840.113549.2.10": "SHA-384",
  "1.2.840.113549.2.11": "SHA-512",
};
const HMAC_SHA_256 = "1.2.840.113549.2.9";
/** RFC 8018, B.2.5: the ciphers that are read, with the length of their keys in bytes. */
const ciphers: Readonly<Record<string, number>> = { "2.16.840.1.101.3.4.1.2": 16, "2.16.840.1.101.3.4.1.42": 32 };
const AES_256_CBC = "2.16.840.1.101.3.4.1.42";

/** SP 800-132, 5.1 wants at least 128 bits of salt. */
const SALT_LEN = 16;
const IV_LEN = 16;
/** OWASP's count for HMAC-SHA-256. Deployed Cloudflare Workers take 100,000 at most, so there it must be stated. */
const ITERATIONS = 600_000;
/** SP 800-132, 5.2: at least 1,000. Above the upper end, a file could keep a server busy for minutes. */
const [MIN_ITERATIONS, MAX_ITERATIONS] = [1_000, 10_000_000];

export interface EncryptOptions extends EncodePkcs8Options {
  /** Iterations of PBKDF2 with HMAC-SHA-256. Default 600,000. */
  readonly iterations?: number;
}

interface Scheme {
  readonly hash: string;
  readonly salt: Bytes;
  readonly iterations: number;
  readonly keyLen: number;
  readonly iv: Bytes;
}

/** The password as bytes of its own: of a text, its UTF-8. */
function passwordBytes(password: string | Uint8Array): Bytes {
  if (typeof password !== "string" && !(password instanceof Uint8Array)) {
    throw new TypeError(`the password must be a string or a Uint8Array, got ${kindOf(password)}`);
  }
  if (password.length === 0) throw new RangeError("the password must not be empty");
  // TextEncoder writes every half of a pair that stands alone as the same three bytes, so these would be one password.
  if (typeof password === "string" && /\p{Surrogate}/u.test(password)) {
    throw new RangeError("the password must be well-formed text, and this holds half of a surrogate pair");
  }
  return typeof password === "string" ? utf8(password) : copyBytes(password);
}

async function cipherKey(
  password: string | Uint8Array,
  scheme: Scheme,
  use: "encrypt" | "decrypt",
): Promise<CryptoKey> {
  const { hash, salt, iterations, keyLen } = scheme;
  const bytes = passwordBytes(password);
  try {
    const base = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
    const pbkdf2 = { name: "PBKDF2", hash, salt, iterations };
    return await crypto.subtle.deriveKey(pbkdf2, base, { name: "AES-CBC", length: keyLen * 8 }, false, [use]);
  } finally {
    bytes.fill(0);
  }
}

/** Reads a secret, and gives it out under the password. */
export async function encodeEncryptedPkcs8(
  privateKey: PrivateKey,
  password: string | Uint8Array,
  { iterations = ITERATIONS, ...options }: EncryptOptions = {},
): Promise<Bytes> {
  if (!Number.isInteger(iterations) || iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
    const wanted = `an integer from ${MIN_ITERATIONS} to ${MAX_ITERATIONS}`;
    throw new RangeError(`iterations must be ${wanted}, got ${quote(iterations)}`);
  }
  const der = encodePkcs8(privateKey, options);
  try {
    const [salt, iv] = [randomBytes(SALT_LEN), randomBytes(IV_LEN)];
    const scheme: Scheme = { hash: "SHA-256", salt, iterations, keyLen: 32, iv };
    const key = await cipherKey(password, scheme, "encrypt");
    const encrypted = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, der));
    return encodeDer(sequence(identifierOf(scheme), octetString(content(encrypted))));
  } finally {
    der.fill(0);
  }
}

/** PBES2-params, RFC 8018, A.4. */
function identifierOf({ salt, iterations, iv }: Scheme) {
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, iterations);
  const prf = sequence(objectIdentifier(oid(HMAC_SHA_256)), nullValue());
  const kdf = sequence(objectIdentifier(oid(PBKDF2)), sequence(octetString(content(salt)), integer(count), prf));
  const cipher = sequence(objectIdentifier(oid(AES_256_CBC)), octetString(content(iv)));
  return sequence(objectIdentifier(oid(PBES2)), sequence(kdf, cipher));
}

/** KeygenError "encoding-invalid" if the file is none, or if the password does not open it. */
export async function decodeEncryptedPkcs8(
  der: Uint8Array,
  password: string | Uint8Array,
  options: DecodeOptions = {},
): Promise<PrivateKey> {
  wantBytes(der, "the DER of decodeEncryptedPkcs8");
  checkOptions(options);
  const file = openDer(der);
  const info = enter(file, Tag.SEQUENCE, "EncryptedPrivateKeyInfo");
  finish(file, "EncryptedPrivateKeyInfo");
  const scheme = readScheme(info);
  const encrypted = copyBytes(rest(enter(info, Tag.OCTET_STRING, "encryptedData")));
  finish(info, "EncryptedPrivateKeyInfo");
  const key = await cipherKey(password, scheme, "decrypt");
  const opened = await open(key, scheme.iv, encrypted);
  try {
    if (!looksLikePkcs8(opened)) throw wrongPassword();
    return decodePkcs8(opened, options);
  } finally {
    opened.fill(0);
  }
}

async function open(key: CryptoKey, iv: Bytes, encrypted: Bytes): Promise<Bytes> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, key, encrypted));
  } catch {
    throw wrongPassword(); // the padding is wrong: nothing else can be
  }
}

/** One wrong password in 256 leaves a padding that could be one; then what comes out is no SEQUENCE that fills the whole. */
function looksLikePkcs8(bytes: Uint8Array): boolean {
  try {
    const file = openDer(bytes);
    const info = enter(file, Tag.SEQUENCE, "PrivateKeyInfo");
    finish(file, "PrivateKeyInfo");
    readInteger(info, "version");
    return true;
  } catch {
    return false;
  }
}

function wrongPassword(): KeygenError {
  return new KeygenError("encoding-invalid", "the password does not open this key, or the file is damaged");
}

function unsupported(at: number, wanted: string): KeygenError {
  return new KeygenError("algorithm-unsupported", `DER at byte ${at}: wanted ${wanted}`, { offset: at });
}

function readScheme(info: DerReader): Scheme {
  const outer = enter(info, Tag.SEQUENCE, "encryptionAlgorithm");
  wantOid(outer, PBES2, "PBES2 (1.2.840.113549.1.5.13)");
  const parameters = enter(outer, Tag.SEQUENCE, "PBES2-params");
  finish(outer, "encryptionAlgorithm");
  const kdf = enter(parameters, Tag.SEQUENCE, "keyDerivationFunc");
  wantOid(kdf, PBKDF2, "PBKDF2 (1.2.840.113549.1.5.12)");
  const derivation = readDerivation(enter(kdf, Tag.SEQUENCE, "PBKDF2-params"));
  finish(kdf, "keyDerivationFunc");
  const encryption = enter(parameters, Tag.SEQUENCE, "encryptionScheme");
  finish(parameters, "PBES2-params");
  const at = encryption.at;
  const keyLen = ciphers[dotted(readObjectIdentifier(encryption, "encryptionScheme"))];
  if (keyLen === undefined) throw unsupported(at, "AES-128-CBC or AES-256-CBC");
  const ivAt = encryption.at;
  const iv = rest(enter(encryption, Tag.OCTET_STRING, "iv"));
  if (iv.length !== IV_LEN) throw invalidDer(ivAt, `an iv of ${IV_LEN} bytes`);
  finish(encryption, "encryptionScheme");
  if (derivation.keyLen !== undefined && derivation.keyLen !== keyLen)
    throw invalidDer(at, "a keyLength that fits the cipher");
  return { ...derivation, salt: copyBytes(derivation.salt), keyLen, iv: copyBytes(iv) }; // read after a wait
}

function wantOid(reader: DerReader, wanted: string, name: string): void {
  const { at } = reader;
  if (dotted(readObjectIdentifier(reader, "algorithm")) !== wanted) throw unsupported(at, name);
}

function small(reader: DerReader, what: string): number {
  const bytes = readInteger(reader, what);
  return bytes.length > 4 ? Number.POSITIVE_INFINITY : bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** PBKDF2-params, RFC 8018, A.2. */
function readDerivation(
  kdf: DerReader,
): Pick<Scheme, "hash" | "iterations"> & { readonly salt: Uint8Array; readonly keyLen?: number } {
  const salt = rest(enter(kdf, Tag.OCTET_STRING, "salt"));
  const at = kdf.at;
  const iterations = small(kdf, "iterationCount");
  if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
    throw unsupported(at, `an iterationCount from ${MIN_ITERATIONS} to ${MAX_ITERATIONS}`);
  }
  const keyLen = isNext(kdf, Tag.INTEGER) ? small(kdf, "keyLength") : undefined;
  const prfAt = kdf.at;
  const wanted = "HMAC with SHA-256, SHA-384 or SHA-512 as prf (absent means SHA-1)";
  if (atEnd(kdf)) throw unsupported(prfAt, wanted);
  const prf = enter(kdf, Tag.SEQUENCE, "prf");
  finish(kdf, "PBKDF2-params");
  const hash = hashes[dotted(readObjectIdentifier(prf, "prf"))];
  if (hash === undefined) throw unsupported(prfAt, wanted);
  readNull(prf, "parameters");
  finish(prf, "prf");
  return keyLen === undefined ? { hash, salt, iterations } : { hash, salt, iterations, keyLen };
}

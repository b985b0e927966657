/** SHA-2 (FIPS 180-4) and SHA-3 (FIPS 202): AFT, MCT and LDT. */
import type { HashName } from "../core/hash.ts";
import { type Family, holderOf, type Place, unknownTestType } from "./family.ts";
import { type Fields, toHex } from "./fields.ts";
import { hashNamed } from "./hash-names.ts";
import type { Implementation } from "./implementation.ts";
import { NotServed } from "./not-served.ts";

const OUTER_ROUNDS = 100;
const INNER_ROUNDS = 1000;
/** A large message goes in pieces of about this many bytes. */
const PIECE = 1 << 20;

/** A message or key in whole bytes; its length, in bits, stands beside it. */
export function wholeBytes(fields: Fields, name: string, bits: number): Uint8Array {
  if (bits % 8 !== 0) throw new NotServed("variant", `texts that end within a byte: ${name} has ${bits} bits`);
  const bytes = fields.bytes(name);
  if (bits === 0) return bytes.subarray(0, 0); // some sources write a byte for no bits
  if (bytes.length * 8 !== bits) throw new RangeError(`${name} must have ${bits} bits, got ${bytes.length * 8}`);
  return bytes;
}

/** `length` bytes of `text`: cut, or filled with zeros. */
function fit(text: Uint8Array, length: number): Uint8Array {
  const fitted = new Uint8Array(length);
  fitted.set(text.subarray(0, length));
  return fitted;
}

type Round = (iut: Implementation, hash: HashName, seed: Uint8Array, length: number | undefined) => Uint8Array;

/** The 1000 iterations of one round; `length` is that of each message, or undefined where it follows from the digests. */
const sha2Round: Round = (iut, hash, seed, length) => {
  let [a, b, c] = [seed, seed, seed];
  for (let i = 0; i < INNER_ROUNDS; i++) {
    const message = new Uint8Array(a.length + b.length + c.length);
    message.set(a);
    message.set(b, a.length);
    message.set(c, a.length + b.length);
    [a, b, c] = [b, c, iut.hash(hash, length === undefined ? message : fit(message, length))];
  }
  return c;
};

const sha3Round: Round = (iut, hash, seed, length) => {
  let digest = seed;
  for (let i = 0; i < INNER_ROUNDS; i++) {
    digest = iut.hash(hash, length === undefined ? digest : fit(digest, length));
  }
  return digest;
};

/** Rounds that each start from the digest of the one before. In the alternate version every message has the first one's length. */
function monteCarlo(hash: HashName, version: string, message: Uint8Array, iut: Implementation) {
  if (version !== "standard" && version !== "alternate") throw new RangeError(`no MCT version is known as ${version}`);
  const length = version === "alternate" ? message.length : undefined;
  const round = hash.startsWith("SHA3-") ? sha3Round : sha2Round;
  let seed = message;
  const resultsArray = Array.from({ length: OUTER_ROUNDS }, () => {
    seed = round(iut, hash, seed, length);
    return { md: toHex(seed) };
  });
  return { resultsArray };
}

/** A short text repeated to a length of gigabytes. */
function largeData(hash: HashName, test: Fields, iut: Implementation) {
  const large = test.object("largeMsg");
  const content = large.bytes("content");
  const length = large.bytesOfBits("fullLength");
  if (large.text("expansionTechnique") !== "repeating") throw new RangeError("the message must be made by repeating");
  if (content.length === 0) throw new RangeError("the message must repeat at least one byte");
  const piece = new Uint8Array(Math.ceil(PIECE / content.length) * content.length);
  for (let at = 0; at < piece.length; at += content.length) piece.set(content, at);
  const stream = iut.createHash(hash);
  for (let done = 0; done < length; done += piece.length) stream.update(piece.subarray(0, length - done));
  return { md: toHex(stream.digest()) };
}

function answer({ set, group, test }: Place, iut: Implementation) {
  const hash = hashNamed(set.text("algorithm"));
  const type = group.text("testType");
  if (type === "LDT") return largeData(hash, test, iut);
  if (type !== "AFT" && type !== "MCT") throw unknownTestType(type);
  const message = wholeBytes(test, "msg", test.number("len"));
  if (type === "AFT") return { md: toHex(iut.hash(hash, message)) };
  const versioned = holderOf("mctVersion", [test, group]);
  return monteCarlo(hash, versioned.has("mctVersion") ? versioned.text("mctVersion") : "standard", message, iut);
}

export const sha2: Family = {
  algorithms: ["SHA2-224", "SHA2-256", "SHA2-384", "SHA2-512", "SHA2-512/224", "SHA2-512/256"],
  revisions: ["1.0"],
  answer,
};

export const sha3: Family = {
  algorithms: ["SHA3-224", "SHA3-256", "SHA3-384", "SHA3-512"],
  revisions: ["1.0", "2.0"],
  answer,
};

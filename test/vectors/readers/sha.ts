/** ACVP, SHA-2 (FIPS 180-4) and SHA-3 (FIPS 202): AFT, MCT and LDT. */
import { differ, first } from "../compare.ts";
import type { Fields } from "../fields.ts";
import type { HashName, Subject } from "../subject.ts";
import { hashNamed } from "./hash-names.ts";
import { type Check, grouped } from "./reader.ts";

const INNER_ROUNDS = 1000;

/** The digest of a whole message must also be that of the message in two pieces, cut where no block ends. */
function functional(hash: HashName, test: Fields): Check {
  const message = test.bytes("msg");
  const wanted = test.bytes("md");
  return (subject) => {
    const stream = subject.createHash(hash);
    const cut = Math.floor(message.length / 3);
    stream.update(message.subarray(0, cut));
    stream.update(message.subarray(cut));
    return first(
      differ("digest", subject.hash(hash, message), wanted),
      differ("digest of the message in two pieces", stream.digest(), wanted),
    );
  };
}

/** `length` bytes of `text`: cut, or filled with zeros. */
function fit(text: Uint8Array, length: number): Uint8Array {
  const fitted = new Uint8Array(length);
  fitted.set(text.subarray(0, length));
  return fitted;
}

/** The 1000 iterations of one round; `length` is that of each message, or undefined where it follows from the digests. */
function sha2Round(subject: Subject, hash: HashName, seed: Uint8Array, length: number | undefined): Uint8Array {
  let [a, b, c] = [seed, seed, seed];
  for (let i = 0; i < INNER_ROUNDS; i++) {
    const message = new Uint8Array(a.length + b.length + c.length);
    message.set(a);
    message.set(b, a.length);
    message.set(c, a.length + b.length);
    [a, b, c] = [b, c, subject.hash(hash, length === undefined ? message : fit(message, length))];
  }
  return c;
}

function sha3Round(subject: Subject, hash: HashName, seed: Uint8Array, length: number | undefined): Uint8Array {
  let digest = seed;
  for (let i = 0; i < INNER_ROUNDS; i++) {
    digest = subject.hash(hash, length === undefined ? digest : fit(digest, length));
  }
  return digest;
}

/** Rounds that each start from the digest of the one before. In the alternate version every message has the first one's length. */
function monteCarlo(hash: HashName, version: string, test: Fields): Check {
  const message = test.bytes("msg");
  const wanted = test.objects("resultsArray").map((result) => result.bytes("md"));
  if (version !== "standard" && version !== "alternate") throw new RangeError(`no MCT version is known as ${version}`);
  const length = version === "alternate" ? message.length : undefined;
  const round = hash.startsWith("SHA3-") ? sha3Round : sha2Round;
  return (subject) => {
    if (wanted.length === 0) return "no round is given";
    let seed: Uint8Array = message;
    for (const [at, digest] of wanted.entries()) {
      seed = round(subject, hash, seed, length);
      const difference = differ(`digest of round ${at}`, seed, digest);
      if (difference !== undefined) return difference;
    }
    return undefined;
  };
}

/** A short text repeated to a length of gigabytes. */
function largeData(hash: HashName, test: Fields): Check {
  const large = test.object("largeMsg");
  const content = large.bytes("content");
  const length = large.bytesOfBits("fullLength");
  if (large.text("expansionTechnique") !== "repeating") throw new RangeError("the message must be made by repeating");
  if (content.length === 0) throw new RangeError("the message must repeat at least one byte");
  const wanted = test.bytes("md");
  return (subject) => {
    const repeats = Math.ceil((1 << 20) / content.length);
    const piece = new Uint8Array(repeats * content.length);
    for (let i = 0; i < repeats; i++) piece.set(content, i * content.length);
    const stream = subject.createHash(hash);
    for (let done = 0; done < length; done += piece.length) stream.update(piece.subarray(0, length - done));
    return differ("digest", stream.digest(), wanted);
  };
}

export const readSha = grouped(({ file, group, test, quick }) => {
  const hash = hashNamed(file.text("algorithm"));
  if (hash === "sha-1") return hash;
  const type = group.text("testType");
  if (type === "MCT") return monteCarlo(hash, group.text("mctVersion"), test);
  if (type === "LDT") return quick ? "slow" : largeData(hash, test);
  if (type !== "AFT") throw new RangeError(`no hash test is known as ${type}`);
  // Messages that end within a byte are for bit-oriented implementations.
  return test.number("len") % 8 === 0 ? functional(hash, test) : "not-built-yet";
});

/**
 * Hashes (FIPS 180-4, FIPS 202) computed by the core: whole or in a stream, where text of any length goes in pieces, or of
 * many messages at once.
 */
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Bytes, concat, copyBytes } from "../bytes.ts";
import { type Core, withScratch } from "./core.ts";
import { check } from "./status.ts";

/** The numbers that the core knows them by, and its own facts; `test/abi.test.ts` asks the core for the same. */
export const hashes = {
  "SHA-224": { id: 1, length: 28, blockLength: 64, drbgStrengthBits: 192 },
  "SHA-256": { id: 2, length: 32, blockLength: 64, drbgStrengthBits: 256 },
  "SHA-384": { id: 3, length: 48, blockLength: 128, drbgStrengthBits: 256 },
  "SHA-512": { id: 4, length: 64, blockLength: 128, drbgStrengthBits: 256 },
  "SHA-512/224": { id: 5, length: 28, blockLength: 128, drbgStrengthBits: 192 },
  "SHA-512/256": { id: 6, length: 32, blockLength: 128, drbgStrengthBits: 256 },
  "SHA3-224": { id: 7, length: 28, blockLength: 144, drbgStrengthBits: 192 },
  "SHA3-256": { id: 8, length: 32, blockLength: 136, drbgStrengthBits: 256 },
  "SHA3-384": { id: 9, length: 48, blockLength: 104, drbgStrengthBits: 256 },
  "SHA3-512": { id: 10, length: 64, blockLength: 72, drbgStrengthBits: 256 },
} as const;

export type HashName = keyof typeof hashes;

export const hashNames = Object.keys(hashes) as readonly HashName[]; // the keys of a literal are its keys

/** The facts of a hash; a name from outside the type is a wrong call. */
export function hashFacts(name: HashName): (typeof hashes)[HashName] {
  if (!Object.hasOwn(hashes, name)) throw new RangeError(`hash must be one of ${hashNames.join(", ")}, got ${name}`);
  return hashes[name];
}

/** Text enters the core in pieces of at most this many bytes. */
const PIECE = 1 << 16;

/** Hands `data` to `take` piece by piece, each for a while in core memory. */
export function feed(core: Core, data: Uint8Array, what: string, take: (at: number, length: number) => number): void {
  for (let from = 0; from < data.length; from += PIECE) {
    const piece = data.subarray(from, from + PIECE);
    withScratch(core, piece.length, (view, at) => {
      view.set(piece);
      check(take(at, piece.length), what);
    });
  }
}

/** The digest of the chunks, one after the other. */
export function hash(core: Core, name: HashName, ...chunks: readonly Uint8Array[]): Bytes {
  const { exports } = core;
  const { id, length } = hashFacts(name);
  return withScratch(core, exports.hashStateSize(), (_, state) => {
    check(exports.hashInit(state, id), name);
    for (const chunk of chunks) feed(core, chunk, name, (at, size) => exports.hashUpdate(state, at, size));
    return withScratch(core, length, (out, at) => {
      check(exports.hashFinal(state, at), name);
      return copyBytes(out);
    });
  });
}

/**
 * SHA-256 of each of 1 to 16 messages of one length, 300 kB at most, in hexadecimal digits, for what is public: a string cannot
 * be wiped. The core hashes four of them at a time.
 */
export function sha256Hex(core: Core, messages: readonly Uint8Array[]): readonly string[] {
  const count = messages.length;
  const { length } = hashes["SHA-256"];
  const size = messages[0]?.length ?? 0;
  if (messages.some((message) => message.length !== size)) throw new RangeError("messages must be of one length");
  return withScratch(core, count * (length + size), (view, at) => {
    view.set(concat(...messages), count * length);
    check(core.exports.sha256Many(at, at + count * length, size, count), "SHA-256");
    return messages.map((_, i) => bytesToHex(view.subarray(i * length, (i + 1) * length)));
  });
}

/** A message that arrives bit by bit. Its state lives in the core until `digest` or `close`. */
export interface HashStream {
  update(chunk: Uint8Array): HashStream;
  /** The digest; the stream is then over. */
  digest(): Bytes;
  /** Ends a stream that will not be needed; after `digest` it does nothing. */
  close(): void;
}

export function createHash(core: Core, name: HashName): HashStream {
  const { exports } = core;
  const { id, length } = hashFacts(name);
  const state = core.reserve(exports.hashStateSize());
  let open = true;
  const close = () => {
    if (open) core.release(state);
    open = false;
  };
  const mustBeOpen = () => {
    if (!open) throw new TypeError(`${name}: the stream is over`);
  };
  try {
    check(exports.hashInit(state, id), name);
  } catch (error) {
    close();
    throw error;
  }
  const stream: HashStream = {
    update(chunk) {
      mustBeOpen();
      feed(core, chunk, name, (at, size) => exports.hashUpdate(state, at, size));
      return stream;
    },
    digest() {
      mustBeOpen();
      try {
        return withScratch(core, length, (out, at) => {
          check(exports.hashFinal(state, at), name);
          return copyBytes(out);
        });
      } finally {
        close();
      }
    },
    close,
  };
  return stream;
}

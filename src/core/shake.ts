/** SHAKE128 and SHAKE256 (FIPS 202, 6.2) computed by the core: output of any length, from a message of any length. */
import { type Bytes, concat, copyBytes } from "../bytes.ts";
import { type Core, withScratch } from "./core.ts";
import { feed } from "./hash.ts";
import { check } from "./status.ts";

const strengths = { SHAKE128: 128, SHAKE256: 256 } as const;

export type ShakeName = keyof typeof strengths;

/** In the order of the core's bits, see `self-test/shake.ts`. */
export const shakeNames = Object.keys(strengths) as readonly ShakeName[]; // the keys of a literal are its keys

/** Output leaves the core in pieces of at most this many bytes. */
const PIECE = 1 << 16;

/** A message that arrives bit by bit, then output that leaves bit by bit. Its state lives in the core until `close`. */
export interface ShakeStream {
  /** A TypeError after the first squeeze: the message is then over. */
  absorb(chunk: Uint8Array): ShakeStream;
  /** The next `length` bytes of output. */
  squeeze(length: number): Bytes;
  /** Ends the stream and wipes its state; the second time it does nothing. */
  close(): void;
}

export function createShake(core: Core, name: ShakeName): ShakeStream {
  const { exports } = core;
  if (!Object.hasOwn(strengths, name))
    throw new RangeError(`name must be one of ${shakeNames.join(", ")}, got ${name}`);
  const state = core.reserve(exports.shakeStateSize());
  let phase: "absorbing" | "squeezing" | "closed" = "absorbing";
  const close = () => {
    if (phase !== "closed") core.release(state);
    phase = "closed";
  };
  try {
    check(exports.shakeInit(state, strengths[name]), name);
  } catch (error) {
    close();
    throw error;
  }
  const squeezePiece = (length: number) =>
    withScratch(core, length, (out, at) => {
      check(exports.shakeSqueeze(state, at, length), name);
      return copyBytes(out);
    });
  const stream: ShakeStream = {
    absorb(chunk) {
      if (phase !== "absorbing") throw new TypeError(`${name}: the message is over`);
      feed(core, chunk, name, (at, size) => exports.shakeAbsorb(state, at, size));
      return stream;
    },
    squeeze(length) {
      if (phase === "closed") throw new TypeError(`${name}: the stream is over`);
      if (!Number.isSafeInteger(length) || length < 0)
        throw new RangeError(`${name}: length must be a number of bytes, got ${length}`);
      phase = "squeezing";
      if (length <= PIECE) return squeezePiece(length);
      const pieces: Bytes[] = [];
      for (let left = length; left > 0; left -= PIECE) pieces.push(squeezePiece(Math.min(left, PIECE)));
      try {
        return concat(...pieces);
      } finally {
        for (const piece of pieces) piece.fill(0);
      }
    },
    close,
  };
  return stream;
}

/** The first `length` bytes of output for the chunks, one after the other. */
export function shake(core: Core, name: ShakeName, length: number, ...chunks: readonly Uint8Array[]): Bytes {
  const stream = createShake(core, name);
  try {
    for (const chunk of chunks) stream.absorb(chunk);
    return stream.squeeze(length);
  } finally {
    stream.close();
  }
}

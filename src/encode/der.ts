/**
 * The part of DER (X.690, 2021, clauses 8 and 10) that keys are made of: SEQUENCE, INTEGER, OCTET STRING, BIT STRING,
 * OBJECT IDENTIFIER, NULL, and context-specific tags.
 *
 * Writing takes two passes, lengths and then bytes, into one buffer, so that no intermediate copy of a secret is left to
 * wipe. Reading takes views of the input. Neither is constant-time: they leak lengths, and which leading bytes are zero.
 *
 * Errors name the place and what was wanted there, never what came: in a damaged key, the byte in that place may belong
 * to a secret.
 */
import { type Bytes, secretBytes } from "../bytes.ts";
import { KeygenError } from "../errors.ts";

export const Tag = {
  INTEGER: 0x02,
  BIT_STRING: 0x03,
  OCTET_STRING: 0x04,
  NULL: 0x05,
  OID: 0x06,
  SEQUENCE: 0x30,
  /** [0] IMPLICIT and [1] IMPLICIT of a string; [0] and [1] around another value. */
  IMPLICIT_0: 0x80,
  IMPLICIT_1: 0x81,
  EXPLICIT_0: 0xa0,
  EXPLICIT_1: 0xa1,
} as const;
export type Tag = (typeof Tag)[keyof typeof Tag];

const tagNames: Readonly<Record<Tag, string>> = {
  [Tag.INTEGER]: "INTEGER",
  [Tag.BIT_STRING]: "BIT STRING",
  [Tag.OCTET_STRING]: "OCTET STRING",
  [Tag.NULL]: "NULL",
  [Tag.OID]: "OBJECT IDENTIFIER",
  [Tag.SEQUENCE]: "SEQUENCE",
  [Tag.IMPLICIT_0]: "[0] IMPLICIT",
  [Tag.IMPLICIT_1]: "[1] IMPLICIT",
  [Tag.EXPLICIT_0]: "[0]",
  [Tag.EXPLICIT_1]: "[1]",
};

// --- writing -------------------------------------------------------------------------------------------------------

/** A value that knows its length and can write itself. */
export interface DerNode {
  /** Bytes of the whole encoding: tag, length and content. */
  readonly length: number;
  write(out: Uint8Array, at: number): void;
}

/** How many bytes the length field takes: the minimal definite form, 10.1, of a length below 2^24. */
function lengthOfLength(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x100) return 2;
  return length < 0x10000 ? 3 : 4;
}

function writeLength(out: Uint8Array, at: number, length: number): number {
  const size = lengthOfLength(length);
  if (size === 1) out[at] = length;
  else {
    out[at] = 0x80 | (size - 1);
    for (let i = 1, rest = length; i < size; i++, rest >>>= 8) out[at + size - i] = rest & 0xff;
  }
  return at + size;
}

function node(tag: Tag, contentLen: number, writeContent: (out: Uint8Array, at: number) => void): DerNode {
  return {
    length: 1 + lengthOfLength(contentLen) + contentLen,
    write(out, at) {
      out[at] = tag;
      writeContent(out, writeLength(out, at + 1, contentLen));
    },
  };
}

function total(children: readonly DerNode[]): number {
  return children.reduce((length, child) => length + child.length, 0);
}

function writeAll(children: readonly DerNode[], out: Uint8Array, start: number): void {
  let at = start;
  for (const child of children) {
    child.write(out, at);
    at += child.length;
  }
}

export function sequence(...children: readonly DerNode[]): DerNode {
  return node(Tag.SEQUENCE, total(children), (out, at) => writeAll(children, out, at));
}

/** An OCTET STRING that holds an encoding. */
export function octetString(child: DerNode): DerNode {
  return node(Tag.OCTET_STRING, child.length, (out, at) => child.write(out, at));
}

/** A BIT STRING of whole bytes that holds an encoding; the first byte says that no bit is unused (8.6.2.2). */
export function bitString(child: DerNode): DerNode {
  return node(Tag.BIT_STRING, child.length + 1, (out, at) => {
    out[at] = 0;
    child.write(out, at + 1);
  });
}

/** A non-negative INTEGER from its big-endian bytes: as few as 8.3.2 allows, and a zero where the sign bit would be set. */
export function integer(bigEndian: Uint8Array): DerNode {
  const magnitude = withoutLeadingZeros(bigEndian);
  const pad = magnitude.length === 0 || (magnitude[0] ?? 0) >= 0x80 ? 1 : 0;
  return node(Tag.INTEGER, pad + magnitude.length, (out, at) => {
    out.fill(0, at, at + pad);
    out.set(magnitude, at + pad);
  });
}

/** Bytes as they are, without tag and length: what a string holds. */
export function content(bytes: Uint8Array): DerNode {
  return { length: bytes.length, write: (out, at) => out.set(bytes, at) };
}

/** `child` under another tag: inside it where the tag is explicit, with its bytes alone where it is implicit. */
export function tagged(tag: Tag, child: DerNode): DerNode {
  return node(tag, child.length, (out, at) => child.write(out, at));
}

export function objectIdentifier(content: readonly number[]): DerNode {
  return node(Tag.OID, content.length, (out, at) => out.set(content, at));
}

export function nullValue(): DerNode {
  return node(Tag.NULL, 0, () => {});
}

export function encodeDer(root: DerNode): Bytes {
  const out = secretBytes(root.length);
  root.write(out, 0);
  return out;
}

/** The view of `bigEndian` that starts at its first byte other than zero. */
export function withoutLeadingZeros(bigEndian: Uint8Array): Uint8Array {
  let at = 0;
  while (at < bigEndian.length && bigEndian[at] === 0) at++;
  return bigEndian.subarray(at);
}

// --- reading -------------------------------------------------------------------------------------------------------

/** A place in an encoding. Offsets count from the first byte of the whole, so that an error can name them. */
export interface DerReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
}

export function invalidDer(at: number, wanted: string): KeygenError {
  return new KeygenError("encoding-invalid", `DER at byte ${at}: wanted ${wanted}`, { offset: at, wanted });
}

export function openDer(bytes: Uint8Array): DerReader {
  return { bytes, end: bytes.length, at: 0 };
}

function readByte(reader: DerReader, wanted: string): number {
  const byte = reader.at < reader.end ? reader.bytes[reader.at] : undefined;
  if (byte === undefined) throw invalidDer(reader.at, `${wanted}, but the encoding ends here`);
  reader.at++;
  return byte;
}

/** Definite and minimal, 10.1. Three bytes of length, 16 MiB, are more than any key needs. */
function readLength(reader: DerReader): number {
  const start = reader.at;
  const first = readByte(reader, "a length");
  if (first < 0x80) return first;
  const size = first & 0x7f;
  if (size === 0) throw invalidDer(start, "a definite length (DER forbids the indefinite form)");
  if (size > 3) throw invalidDer(start, "a length of at most three bytes");
  let length = 0;
  for (let i = 0; i < size; i++) length = length * 256 + readByte(reader, "a length");
  if (lengthOfLength(length) !== size + 1) throw invalidDer(start, "a length in its shortest form");
  return length;
}

/** Steps into a value of type `tag`, and past it in `reader`. `what` names the field of the standard's syntax. */
export function enter(reader: DerReader, tag: Tag, what: string): DerReader {
  const start = reader.at;
  const wanted = `${tagNames[tag]} (${what})`;
  if (readByte(reader, wanted) !== tag) throw invalidDer(start, wanted);
  const length = readLength(reader);
  if (length > reader.end - reader.at) throw invalidDer(start, `${wanted} that ends within its surroundings`);
  const inside = { bytes: reader.bytes, at: reader.at, end: reader.at + length };
  reader.at += length;
  return inside;
}

export function atEnd(reader: DerReader): boolean {
  return reader.at === reader.end;
}

/** Whether the next value is of type `tag`: for what is optional, and for choices. */
export function isNext({ bytes, at, end }: DerReader, tag: Tag): boolean {
  return at < end && bytes[at] === tag;
}

/** A view of all that is left. */
export function rest(reader: DerReader): Uint8Array {
  const view = reader.bytes.subarray(reader.at, reader.end);
  reader.at = reader.end;
  return view;
}

/** Every value must be used up: bytes after the last field are refused. */
export function finish(reader: DerReader, what: string): void {
  if (!atEnd(reader)) throw invalidDer(reader.at, `the end of ${what}`);
}

/** A view of the big-endian bytes of a non-negative INTEGER, without leading zeros: empty for zero. */
export function readInteger(reader: DerReader, what: string): Uint8Array {
  const start = reader.at;
  const { bytes, at, end } = enter(reader, Tag.INTEGER, what);
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (at === end) throw invalidDer(start, `INTEGER (${what}) of at least one byte`);
  if (first >= 0x80) throw invalidDer(start, `INTEGER (${what}) that is not negative`);
  if (first === 0 && end - at > 1 && second < 0x80) throw invalidDer(start, `INTEGER (${what}) in its shortest form`);
  return bytes.subarray(first === 0 ? at + 1 : at, end);
}

/** Steps into a BIT STRING that holds an encoding; it may have another tag. */
export function enterBitString(reader: DerReader, what: string, tag: Tag = Tag.BIT_STRING): DerReader {
  const inside = enter(reader, tag, what);
  const start = inside.at;
  if (readByte(inside, "the number of unused bits") !== 0) throw invalidDer(start, `no unused bits in ${what}`);
  return inside;
}

/** The content of an OBJECT IDENTIFIER. */
export function readObjectIdentifier(reader: DerReader, what: string): Uint8Array {
  const { bytes, at, end } = enter(reader, Tag.OID, what);
  return bytes.subarray(at, end);
}

export function readNull(reader: DerReader, what: string): void {
  const inside = enter(reader, Tag.NULL, what);
  finish(inside, what);
}

/**
 * PEM, RFC 7468, in the strict form of section 3: lines of exactly 64 characters but for the last. One block a text.
 *
 * Text cannot be wiped: a PEM of a private key stays in the engine's memory until it is collected.
 */
import { base64 } from "@scure/base";
import { type Bytes, copyBytes } from "../bytes.ts";
import { KeygenError, kindOf, quote } from "../errors.ts";
import { wantBytes } from "./checks.ts";
import { atEnd, enter, finish, openDer, readInteger, Tag } from "./der.ts";

/** The labels of what this library writes: sections 13, 10 and 11, and RFC 5915, 4. */
export const pemLabels = ["PUBLIC KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY"] as const;
export type PemLabel = (typeof pemLabels)[number];

const COLUMNS = 64;
/** Each repetition begins with a separator, so that a line matches in one way only: the time grows with its length. */
const boundary = /^-----(BEGIN|END) ([A-Z0-9][A-Z0-9#]*(?:[ -][A-Z0-9#]+)*)-----$/;

/** What people hand in by mistake, and what to do about it. */
const advice: Readonly<Record<string, string>> = {
  "RSA PRIVATE KEY": "this is PKCS #1; convert it: openssl pkey -in FILE",
  "RSA PUBLIC KEY": "this is PKCS #1; convert it: openssl rsa -RSAPublicKey_in -in FILE -pubout",
  "EC PRIVATE KEY": "this is SEC 1: decodeSec1 reads it",
  "ENCRYPTED PRIVATE KEY": "it is encrypted: decodeEncryptedPkcs8 reads it",
  "EC PARAMETERS": "remove this block: the private key names its curve",
  CERTIFICATE: "take the key out of it: openssl x509 -in FILE -noout -pubkey",
  "CERTIFICATE REQUEST": "take the key out of it: openssl req -in FILE -noout -pubkey",
  "OPENSSH PRIVATE KEY": "convert a copy of it: ssh-keygen -p -m PKCS8 -f FILE",
};

function isPemLabel(label: unknown): label is PemLabel {
  return pemLabels.some((known) => known === label);
}

function wantLabel(label: unknown, what: string): asserts label is PemLabel {
  if (!isPemLabel(label)) {
    throw new RangeError(`the label of ${what} must be one of ${pemLabels.join(", ")}, got ${quote(label)}`);
  }
}

function invalid(message: string): KeygenError {
  return new KeygenError("encoding-invalid", `PEM: ${message}`);
}

/** How the SEQUENCE of each label begins: enough that none of them fits another's DER. */
const beginnings: Readonly<Record<PemLabel, Beginning>> = {
  "PUBLIC KEY": { elements: [Tag.SEQUENCE, Tag.BIT_STRING], closed: true }, // RFC 5280, 4.1
  "PRIVATE KEY": { versions: [0, 1], elements: [Tag.SEQUENCE, Tag.OCTET_STRING] }, // RFC 5958, 2
  "ENCRYPTED PRIVATE KEY": { elements: [Tag.SEQUENCE, Tag.OCTET_STRING], closed: true }, // RFC 5958, 3
  "EC PRIVATE KEY": { versions: [1], elements: [Tag.OCTET_STRING] }, // RFC 5915, 3
};

interface Beginning {
  /** What the INTEGER before the elements may be; without it there is none. */
  readonly versions?: readonly number[];
  readonly elements: readonly Tag[];
  /** Nothing follows the elements. */
  readonly closed?: boolean;
}

/** Looks at tags, lengths and the version only: whether it is a key is for whoever decodes it. */
function fits(label: PemLabel, der: Uint8Array): boolean {
  const { versions, elements, closed } = beginnings[label];
  try {
    const file = openDer(der);
    const whole = enter(file, Tag.SEQUENCE, label);
    finish(file, label);
    if (versions !== undefined) {
      const version = readInteger(whole, "version");
      if (version.length > 1 || !versions.includes(version[0] ?? 0)) return false;
    }
    for (const tag of elements) enter(whole, tag, label);
    return closed !== true || atEnd(whole);
  } catch {
    return false; // the reader's error names a place in DER, and the mistake is more likely the label
  }
}

/** One wrong word as the label would publish a private key, so the DER has to be of the label's form: else RangeError. */
export function encodePem(label: PemLabel, der: Uint8Array): string {
  wantLabel(label, "encodePem");
  wantBytes(der, "the DER of encodePem");
  if (!fits(label, der)) {
    const other = pemLabels.find((candidate) => fits(candidate, der));
    const hint = other === undefined ? "none of the labels fits it" : `it is that of ${other}`;
    throw new RangeError(`the DER of encodePem must be that of ${label}, but ${hint}`);
  }
  const text = base64.encode(der);
  const lines = [`-----BEGIN ${label}-----`];
  for (let at = 0; at < text.length; at += COLUMNS) lines.push(text.slice(at, at + COLUMNS));
  lines.push(`-----END ${label}-----`, "");
  return lines.join("\n");
}

/** The block of `text`; an error if it is not the only content, or not `label` where one is given. */
export function decodePem(text: string, label?: PemLabel): { label: PemLabel; der: Bytes } {
  if (typeof text !== "string") throw new TypeError(`the text of decodePem must be a string, got ${kindOf(text)}`);
  if (label !== undefined) wantLabel(label, "decodePem");
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  const found = readBoundary(lines, label);
  const body = lines.slice(1, -1);
  const second = body.findIndex((line) => line.startsWith("-----"));
  if (second >= 0) throw invalid(`one block is read at a time, but line ${second + 2} ends it: take the others out`);
  body.forEach((line, i) => {
    const isLast = i === body.length - 1;
    if (line.length === COLUMNS || (isLast && line.length > 0 && line.length < COLUMNS)) return;
    throw invalid(`line ${i + 2} must have ${isLast ? "1 to " : ""}${COLUMNS} characters, got ${line.length}`);
  });
  if (body.length === 0) throw invalid("there is nothing between the BEGIN and the END line");
  return { label: found, der: decodeBase64(body.join("")) };
}

function readBoundary(lines: readonly string[], label: PemLabel | undefined): PemLabel {
  const wanted = label ?? pemLabels.join(" or ");
  const [, beginWord, begin] = boundary.exec(lines[0] ?? "") ?? [];
  if (beginWord !== "BEGIN" || begin === undefined) throw invalid(`line 1 must be -----BEGIN ${wanted}-----`);
  if (!isPemLabel(begin) || (label !== undefined && begin !== label)) {
    const hint = advice[begin];
    throw invalid(`the label must be ${wanted}, got ${quote(begin)}${hint === undefined ? "" : ` (${hint})`}`);
  }
  const [, endWord, end] = boundary.exec(lines.at(-1) ?? "") ?? [];
  if (lines.length < 2 || endWord !== "END" || end !== begin) {
    throw invalid(`the last line must be -----END ${begin}-----, with nothing after it`);
  }
  return begin;
}

function decodeBase64(text: string): Bytes {
  let decoded: Uint8Array;
  try {
    decoded = base64.decode(text);
  } catch {
    // Not given as the cause: its message quotes the text, which may be a private key.
    throw invalid("the lines between BEGIN and END must be base64 with padding (RFC 4648, 4)");
  }
  const der = copyBytes(decoded);
  decoded.fill(0);
  return der;
}

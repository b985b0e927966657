/**
 * ECPrivateKey, RFC 5915, 3 (SEC 1, C.4): by itself, as `EC PRIVATE KEY` of PEM, and inside PKCS #8.
 *
 * `encodeSec1` reads a secret: its result is the caller's to protect and to wipe.
 */
import type { EcPrivateParts, PrivateKey } from "../algorithms/key.ts";
import { type CatalogueName, catalogue } from "../algorithms/registry.ts";
import type { Bytes } from "../bytes.ts";
import { oid, readCurve } from "./algorithm-identifier.ts";
import { checkOptions, type DecodeOptions, readExtractable, wantBytes, wantPrivateKey } from "./checks.ts";
import {
  bitString,
  content,
  type DerNode,
  type DerReader,
  encodeDer,
  enter,
  enterBitString,
  finish,
  integer,
  invalidDer,
  isNext,
  objectIdentifier,
  octetString,
  openDer,
  readInteger,
  rest,
  sequence,
  Tag,
  tagged,
} from "./der.ts";
import { privateKeyOf, type StatedPair } from "./pair.ts";

const VERSION = Uint8Array.of(1);

/** Without the curve where the surroundings name it (RFC 5958 and RFC 5915, 3, leave that open; OpenSSL omits it). */
export function ecPrivateKey({ d, point }: EcPrivateParts, curveOid?: string): DerNode {
  const parts: DerNode[] = [integer(VERSION), octetString(content(d))];
  if (curveOid !== undefined) parts.push(tagged(Tag.EXPLICIT_0, objectIdentifier(oid(curveOid))));
  if (point !== undefined) parts.push(tagged(Tag.EXPLICIT_1, bitString(content(point))));
  return sequence(...parts);
}

/** What an ECPrivateKey states. The curve must be that of the surroundings, or named where nothing around it does. */
export function readEcPrivateKey(
  reader: DerReader,
  around?: CatalogueName,
): { readonly name: CatalogueName; readonly stated: StatedPair } {
  const key = enter(reader, Tag.SEQUENCE, "ECPrivateKey");
  const start = key.at;
  const version = readInteger(key, "version");
  if (version.length !== 1 || version[0] !== 1) throw invalidDer(start, "version 1 of an ECPrivateKey");
  const privateKey = rest(enter(key, Tag.OCTET_STRING, "privateKey"));
  const name = readParameters(key, around);
  let publicKey: Uint8Array | undefined;
  if (isNext(key, Tag.EXPLICIT_1)) {
    const outer = enter(key, Tag.EXPLICIT_1, "publicKey");
    publicKey = rest(enterBitString(outer, "publicKey"));
    finish(outer, "publicKey");
  }
  finish(key, "ECPrivateKey");
  return { name, stated: { privateKey, publicKey } };
}

function readParameters(key: DerReader, around: CatalogueName | undefined): CatalogueName {
  if (around !== undefined && !isNext(key, Tag.EXPLICIT_0)) return around;
  const outer = enter(key, Tag.EXPLICIT_0, "parameters");
  const at = outer.at;
  const name = readCurve(outer, "namedCurve");
  finish(outer, "parameters");
  if (around !== undefined && name !== around) throw invalidDer(at, `the curve of the AlgorithmIdentifier, ${around}`);
  return name;
}

export function encodeSec1(privateKey: PrivateKey): Bytes {
  wantPrivateKey(privateKey, "the key of encodeSec1");
  const row = catalogue[privateKey.algorithm];
  const parts = readExtractable(privateKey);
  if (parts.kind !== "ec" || row.kind !== "ec") {
    throw new TypeError(`the key of encodeSec1 must be an EC key, got ${privateKey.algorithm}`);
  }
  return encodeDer(ecPrivateKey(parts.ec, row.oid));
}

export function decodeSec1(der: Uint8Array, options: DecodeOptions = {}): PrivateKey {
  wantBytes(der, "the DER of decodeSec1");
  checkOptions(options);
  const file = openDer(der);
  const { name, stated } = readEcPrivateKey(file);
  finish(file, "ECPrivateKey");
  return privateKeyOf(name, stated, options);
}

/**
 * SubjectPublicKeyInfo, RFC 5280, 4.1: of RSA an RSAPublicKey (RFC 8017, A.1.1), of EC a point (RFC 5480, 2.2), of all
 * others the bytes of their standard (RFC 8410, 4; RFC 9935, 4; RFC 9881, 4; RFC 9909, 5).
 */
import type { KeyPairAlgorithm } from "../algorithms/algorithm.ts";
import { PublicKey, type PublicParts } from "../algorithms/key.ts";
import { type CatalogueName, catalogue } from "../algorithms/registry.ts";
import { type Bytes, concat } from "../bytes.ts";
import { kindOf } from "../errors.ts";
import { identifierOf, readIdentifier } from "./algorithm-identifier.ts";
import { wantBytes } from "./checks.ts";
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
  openDer,
  readInteger,
  rest,
  sequence,
  Tag,
} from "./der.ts";
import { publicKeyOf } from "./pair.ts";
import { readPublicNumbers } from "./rsa.ts";

export function encodeSpki(publicKey: PublicKey): Bytes {
  if (!(publicKey instanceof PublicKey)) {
    throw new TypeError(`the key of encodeSpki must be a PublicKey, got ${kindOf(publicKey)}`);
  }
  return derOf(publicKey);
}

/** What stands before the bytes of a key: the same for all keys of an algorithm but RSA's. Computed once. */
const headers = new Map<CatalogueName, Bytes>();

/** The same of what is no PublicKey yet, for those who want many. */
export function spkiOf(key: Pick<PublicKey, "algorithm" | "parts">): Bytes {
  const { algorithm, parts } = key;
  if (parts.kind === "rsa") return derOf(key);
  const bytes = parts.kind === "ec" ? parts.ec.point : parts.octets;
  const header = headers.get(algorithm) ?? derOf(key).slice(0, -bytes.length);
  headers.set(algorithm, header);
  return concat(header, bytes);
}

function derOf({ algorithm, parts }: Pick<PublicKey, "algorithm" | "parts">): Bytes {
  const row = catalogue[algorithm] as KeyPairAlgorithm; // a public key is half of a pair
  return encodeDer(sequence(identifierOf(row), bitString(contentOf(parts))));
}

function contentOf(parts: PublicParts): DerNode {
  switch (parts.kind) {
    case "rsa":
      return sequence(integer(parts.rsa.n), integer(parts.rsa.e));
    case "ec":
      return content(parts.ec.point);
    case "octets":
      return content(parts.octets);
  }
}

export function decodeSpki(der: Uint8Array): PublicKey {
  wantBytes(der, "the DER of decodeSpki");
  const file = openDer(der);
  const info = enter(file, Tag.SEQUENCE, "SubjectPublicKeyInfo");
  finish(file, "SubjectPublicKeyInfo");
  const name = readIdentifier(info);
  const bits = enterBitString(info, "subjectPublicKey");
  finish(info, "SubjectPublicKeyInfo");
  return name === "rsa" ? readRsaPublicKey(bits) : publicKeyOf(name, rest(bits));
}

function readRsaPublicKey(bits: DerReader): PublicKey {
  const key = enter(bits, Tag.SEQUENCE, "RSAPublicKey");
  finish(bits, "subjectPublicKey");
  const n = readInteger(key, "modulus");
  const e = readInteger(key, "publicExponent");
  finish(key, "RSAPublicKey");
  const { algorithm, rsa } = readPublicNumbers({ n, e });
  return new PublicKey(algorithm, { kind: "rsa", rsa });
}

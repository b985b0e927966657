/** SubjectPublicKeyInfo, RFC 5280, 4.1, holding an RSAPublicKey, RFC 8017, A.1.1. */
import { PublicKey } from "../algorithms/key.ts";
import type { Bytes } from "../bytes.ts";
import { readRsaIdentifier, rsaIdentifier } from "./algorithm-identifier.ts";
import { kindOf, wantBytes } from "./checks.ts";
import {
  bitString,
  encodeDer,
  enter,
  enterBitString,
  finish,
  integer,
  openDer,
  readInteger,
  sequence,
  Tag,
} from "./der.ts";
import { readPublicNumbers } from "./rsa.ts";

export function encodeSpki(publicKey: PublicKey): Bytes {
  if (!(publicKey instanceof PublicKey)) {
    throw new TypeError(`the key of encodeSpki must be a PublicKey, got ${kindOf(publicKey)}`);
  }
  const { n, e } = publicKey.parts.rsa;
  return encodeDer(sequence(rsaIdentifier(), bitString(sequence(integer(n), integer(e)))));
}

export function decodeSpki(der: Uint8Array): PublicKey {
  wantBytes(der, "the DER of decodeSpki");
  const file = openDer(der);
  const info = enter(file, Tag.SEQUENCE, "SubjectPublicKeyInfo");
  finish(file, "SubjectPublicKeyInfo");
  readRsaIdentifier(info);
  const bits = enterBitString(info, "subjectPublicKey");
  finish(info, "SubjectPublicKeyInfo");
  const key = enter(bits, Tag.SEQUENCE, "RSAPublicKey");
  finish(bits, "subjectPublicKey");
  const n = readInteger(key, "modulus");
  const e = readInteger(key, "publicExponent");
  finish(key, "RSAPublicKey");
  const { algorithm, rsa } = readPublicNumbers({ n, e });
  return new PublicKey(algorithm, { kind: "rsa", rsa });
}

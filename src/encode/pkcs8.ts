/**
 * PrivateKeyInfo (PKCS #8), RFC 5958, 2, version 0, holding an RSAPrivateKey of two primes, RFC 8017, A.1.2.
 *
 * `encodePkcs8` reads a secret: its result is the caller's to protect and to wipe.
 */
import { PrivateKey } from "../algorithms/key.ts";
import type { Bytes } from "../bytes.ts";
import { readRsaIdentifier, rsaIdentifier } from "./algorithm-identifier.ts";
import { type DecodeOptions, readExtractableRsa, wantBytes, wantPrivateKey } from "./checks.ts";
import {
  atEnd,
  type DerReader,
  encodeDer,
  enter,
  finish,
  integer,
  invalidDer,
  octetString,
  openDer,
  readInteger,
  sequence,
  Tag,
} from "./der.ts";
import { readPrivateNumbers } from "./rsa.ts";

const zero = new Uint8Array(0);

export function encodePkcs8(privateKey: PrivateKey): Bytes {
  wantPrivateKey(privateKey, "the key of encodePkcs8");
  const { n, e, d, p, q, dp, dq, qi } = readExtractableRsa(privateKey);
  const rsaPrivateKey = sequence(integer(zero), ...[n, e, d, p, q, dp, dq, qi].map(integer));
  return encodeDer(sequence(integer(zero), rsaIdentifier(), octetString(rsaPrivateKey)));
}

export function decodePkcs8(der: Uint8Array, { extractable = true }: DecodeOptions = {}): PrivateKey {
  wantBytes(der, "the DER of decodePkcs8");
  const file = openDer(der);
  const info = enter(file, Tag.SEQUENCE, "PrivateKeyInfo");
  finish(file, "PrivateKeyInfo");
  readVersionZero(info, "0, the version of a PrivateKeyInfo without public key");
  readRsaIdentifier(info);
  const octets = enter(info, Tag.OCTET_STRING, "privateKey");
  if (!atEnd(info)) throw invalidDer(info.at, "the end of PrivateKeyInfo (attributes are not read)");
  const key = enter(octets, Tag.SEQUENCE, "RSAPrivateKey");
  finish(octets, "privateKey");
  readVersionZero(key, "0, the version of an RSAPrivateKey with two primes");
  const n = readInteger(key, "modulus");
  const e = readInteger(key, "publicExponent");
  const d = readInteger(key, "privateExponent");
  const p = readInteger(key, "prime1");
  const q = readInteger(key, "prime2");
  const dp = readInteger(key, "exponent1");
  const dq = readInteger(key, "exponent2");
  const qi = readInteger(key, "coefficient");
  finish(key, "RSAPrivateKey");
  const { algorithm, rsa } = readPrivateNumbers({ n, e, d, p, q, dp, dq, qi });
  return new PrivateKey(algorithm, { kind: "rsa", rsa }, extractable);
}

function readVersionZero(reader: DerReader, wanted: string): void {
  const at = reader.at;
  if (readInteger(reader, "version").length !== 0) throw invalidDer(at, `version ${wanted}`);
}

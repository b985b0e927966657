/**
 * OneAsymmetricKey (PKCS #8), RFC 5958, 2. What its octets hold: RSAPrivateKey of two primes (RFC 8017, A.1.2),
 * ECPrivateKey (RFC 5915, 3), CurvePrivateKey (RFC 8410, 7), the seed, the expanded key or both of ML-KEM and ML-DSA
 * (RFC 9935, 6; RFC 9881, 6), the bytes of SLH-DSA (RFC 9909, 7) and the seed of X-Wing as it is.
 *
 * `encodePkcs8` reads a secret: its result is the caller's to protect and to wipe.
 */
import type { KeyPairAlgorithm } from "../algorithms/algorithm.ts";
import { type OctetPrivateParts, PrivateKey, type SecretParts } from "../algorithms/key.ts";
import { type CatalogueName, catalogue } from "../algorithms/registry.ts";
import type { Bytes } from "../bytes.ts";
import { KeygenError, quote } from "../errors.ts";
import { identifierOf, readIdentifier } from "./algorithm-identifier.ts";
import { checkOptions, type DecodeOptions, readExtractable, wantBytes, wantPrivateKey } from "./checks.ts";
import {
  atEnd,
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
  octetString,
  openDer,
  readInteger,
  rest,
  sequence,
  Tag,
  tagged,
} from "./der.ts";
import { checkExpanded, expandedKeyOf, privateKeyOf, type StatedPair } from "./pair.ts";
import { readPrivateNumbers } from "./rsa.ts";
import { ecPrivateKey, readEcPrivateKey } from "./sec1.ts";

/** How an ML-KEM or ML-DSA key is written. */
export type SeededForm = "seed" | "expanded" | "both";

export interface EncodePkcs8Options {
  /** Default: the seed alone, as both RFCs recommend. Keys of other kinds have one form, and so have those without a seed. */
  readonly form?: SeededForm;
  /** The expanded key, for the forms that hold it: the core computes it from the seed. */
  readonly expandedKey?: Uint8Array;
}

const zero = new Uint8Array(0);

export function encodePkcs8(privateKey: PrivateKey, options: EncodePkcs8Options = {}): Bytes {
  wantPrivateKey(privateKey, "the key of encodePkcs8");
  return pkcs8Of(privateKey.algorithm, readExtractable(privateKey), options);
}

/** The same from the parts of a private key. */
export function pkcs8Of(name: CatalogueName, parts: SecretParts, options: EncodePkcs8Options = {}): Bytes {
  const row = catalogue[name] as KeyPairAlgorithm; // a private key is half of a pair
  return encodeDer(sequence(integer(zero), identifierOf(row), octetString(contentOf(row, parts, options))));
}

function contentOf(row: KeyPairAlgorithm, parts: SecretParts, options: EncodePkcs8Options): DerNode {
  switch (parts.kind) {
    case "rsa": {
      const { n, e, d, p, q, dp, dq, qi } = parts.rsa;
      return sequence(integer(zero), ...[n, e, d, p, q, dp, dq, qi].map(integer));
    }
    case "ec":
      return ecPrivateKey(parts.ec);
    case "octets":
      return octetsOf(row, parts.octets, options);
    case "expanded":
      return expandedOf(row, parts.expanded.expandedKey, options);
    case "raw":
      throw new TypeError(`PKCS #8 holds private keys, got a secret key for ${row.name}`);
  }
}

function octetsOf(
  row: KeyPairAlgorithm,
  { privateKey, publicKey }: OctetPrivateParts,
  { form = "seed", expandedKey }: EncodePkcs8Options,
): DerNode {
  if (row.kind === "slh-dsa" || row.kind === "x-wing") return content(privateKey);
  if (row.kind !== "ml-kem" && row.kind !== "ml-dsa") return octetString(content(privateKey));
  if (form === "seed") return tagged(Tag.IMPLICIT_0, content(privateKey));
  if (form !== "expanded" && form !== "both") throw new RangeError("form must be one of seed, expanded, both");
  if (expandedKey === undefined) throw new TypeError(`the form ${form} needs the option expandedKey`);
  wantBytes(expandedKey, "expandedKey");
  if (expandedKey.length !== row.expandedKeyLen) {
    throw new RangeError(
      `expandedKey for ${row.name} must have ${row.expandedKeyLen} bytes, got ${expandedKey.length}`,
    );
  }
  checkExpanded(row.name as CatalogueName, { privateKey, publicKey, expandedKey }); // the row is the catalogue's
  const expanded = octetString(content(expandedKey));
  return form === "expanded" ? expanded : sequence(octetString(content(privateKey)), expanded);
}

/** A key that was read without its seed has one form. */
function expandedOf(
  { name }: KeyPairAlgorithm,
  expandedKey: Bytes,
  { form = "expanded" }: EncodePkcs8Options,
): DerNode {
  if (form === "expanded") return octetString(content(expandedKey));
  throw new RangeError(`this ${name} key was read without its seed, so its form must be expanded, got ${quote(form)}`);
}

export function decodePkcs8(der: Uint8Array, options: DecodeOptions = {}): PrivateKey {
  wantBytes(der, "the DER of decodePkcs8");
  checkOptions(options);
  const file = openDer(der);
  const info = enter(file, Tag.SEQUENCE, "PrivateKeyInfo");
  finish(file, "PrivateKeyInfo");
  const { at } = info;
  const version = readInteger(info, "version");
  const hasPublicKey = version.length === 1 && version[0] === 1;
  if (version.length !== 0 && !hasPublicKey) throw invalidDer(at, "version 0 or 1 of a PrivateKeyInfo");
  const name = readIdentifier(info);
  // X-Wing: draft-connolly-cfrg-xwing-kem-10, 5.8.2, wants it absent.
  if ((name === "rsa" || catalogue[name].kind === "x-wing") && hasPublicKey)
    throw invalidDer(at, "version 0, the version of a PrivateKeyInfo without public key");
  const octets = enter(info, Tag.OCTET_STRING, "privateKey");
  // RFC 5958, 2: the version says whether there is a public key.
  const publicKey = hasPublicKey ? rest(enterBitString(info, "publicKey", Tag.IMPLICIT_1)) : undefined;
  if (!atEnd(info)) throw invalidDer(info.at, "the end of PrivateKeyInfo (attributes are not read)");
  if (name === "rsa") return readRsaPrivateKey(octets, options);
  if (isExpandedAlone(name, octets)) {
    const expandedKey = rest(enter(octets, Tag.OCTET_STRING, "expandedKey"));
    finish(octets, "privateKey");
    return expandedKeyOf(name, { expandedKey, publicKey }, options);
  }
  const stated = readContent(name, octets);
  finish(octets, "privateKey");
  return privateKeyOf(name, agreed(name, stated, publicKey), options);
}

/** A public key may be stated inside and outside: then it is the same. */
function agreed(name: CatalogueName, stated: StatedPair, outer: Uint8Array | undefined): StatedPair {
  const inner = stated.publicKey;
  if (outer === undefined) return stated;
  if (inner !== undefined && (inner.length !== outer.length || inner.some((byte, i) => byte !== outer[i]))) {
    throw new KeygenError("key-invalid", `${name}: two public keys are stated, and they differ (RFC 5958, 2)`);
  }
  return { ...stated, publicKey: outer };
}

function readContent(name: CatalogueName, octets: DerReader): StatedPair {
  const row = catalogue[name];
  switch (row.kind) {
    case "ec":
      return readEcPrivateKey(octets, name).stated;
    case "slh-dsa":
    case "x-wing":
      return { privateKey: rest(octets) };
    case "ml-kem":
    case "ml-dsa":
      return readSeeded(octets);
    default:
      return { privateKey: rest(enter(octets, Tag.OCTET_STRING, "CurvePrivateKey")) };
  }
}

function isExpandedAlone(name: CatalogueName, octets: DerReader): boolean {
  const { kind } = catalogue[name];
  return (kind === "ml-kem" || kind === "ml-dsa") && isNext(octets, Tag.OCTET_STRING);
}

/** The CHOICE of RFC 9935, 6 and RFC 9881, 6, but for the expanded key alone. */
function readSeeded(octets: DerReader): StatedPair {
  if (isNext(octets, Tag.IMPLICIT_0)) return { privateKey: rest(enter(octets, Tag.IMPLICIT_0, "seed")) };
  const both = enter(octets, Tag.SEQUENCE, "both, or [0] seed");
  const privateKey = rest(enter(both, Tag.OCTET_STRING, "seed"));
  const expandedKey = rest(enter(both, Tag.OCTET_STRING, "expandedKey"));
  finish(both, "both");
  return { privateKey, expandedKey };
}

function readRsaPrivateKey(octets: DerReader, { extractable = true }: DecodeOptions): PrivateKey {
  const key = enter(octets, Tag.SEQUENCE, "RSAPrivateKey");
  finish(octets, "privateKey");
  const { at } = key;
  if (readInteger(key, "version").length !== 0) {
    throw invalidDer(at, "version 0, the version of an RSAPrivateKey with two primes");
  }
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

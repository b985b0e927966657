/**
 * The AlgorithmIdentifier of keys: RFC 8017, A.1 (RSA: parameters are NULL and may not be absent), RFC 5480, 2.1.1 (EC:
 * the curve by name), RFC 8410, 3, RFC 9935, 3, RFC 9881, 2 and RFC 9909, 3 (all others: no parameters).
 */
import { isKeyPair, type KeyPairAlgorithm } from "../algorithms/algorithm.ts";
import { type CatalogueName, catalogue } from "../algorithms/registry.ts";
import { KeygenError } from "../errors.ts";
import {
  type DerNode,
  type DerReader,
  enter,
  finish,
  nullValue,
  objectIdentifier,
  readNull,
  readObjectIdentifier,
  sequence,
  Tag,
} from "./der.ts";

const RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
const EC_PUBLIC_KEY = "1.2.840.10045.2.1";

/** Keys that people try and that this version does not read, so that the error can name them. */
const others: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.10": "an RSASSA-PSS key",
  "1.2.840.10040.4.1": "a DSA key",
};

/** An OBJECT IDENTIFIER of the catalogue. */
function identifier(arcs: string): DerNode {
  return objectIdentifier(oid(arcs));
}

/** The content of an OBJECT IDENTIFIER, X.690, 8.19: the first two arcs in one, each in base 128. */
export function oid(dotted: string): number[] {
  const [first = 0, second = 0, ...arcs] = dotted.split(".").map(Number);
  return [first * 40 + second, ...arcs].flatMap((arc) => {
    const digits = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) | 0x80);
    return digits;
  });
}

/** Longer than any that is read here. Without a bound an arc would outgrow the whole numbers, and so the time to write it. */
const MAX_OID_LEN = 32;
const MAX_ARC = 2 ** 45;

/**
 * The dotted form of an OBJECT IDENTIFIER's content; empty for one that is not in the shortest form, is cut off, or is
 * larger than any that is known.
 */
export function dotted(content: Uint8Array): string {
  if (content.length > MAX_OID_LEN) return "";
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (arc > MAX_ARC) return "";
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [head = 0, ...tail] = arcs;
  const first = Math.min(2, Math.floor(head / 40));
  const text = [first, head - first * 40, ...tail].join(".");
  const again = oid(text);
  return again.length === content.length && again.every((byte, i) => byte === content[i]) ? text : "";
}

export function identifierOf(row: KeyPairAlgorithm): DerNode {
  if (row.kind === "rsa") return sequence(identifier(row.oid), nullValue());
  const own = identifier(row.oid);
  return row.kind === "ec" ? sequence(identifier(EC_PUBLIC_KEY), own) : sequence(own);
}

/** The row of a key pair whose name carries this identifier. */
function nameByOid(wanted: string, ofCurve: boolean): CatalogueName | undefined {
  return (Object.keys(catalogue) as CatalogueName[]).find((name) => {
    const row = catalogue[name];
    return isKeyPair(row) && row.kind !== "rsa" && row.oid === wanted && (row.kind === "ec") === ofCurve;
  });
}

function unsupported(at: number, got: string): KeygenError {
  return new KeygenError("algorithm-unsupported", `DER at byte ${at}: wanted a key of the catalogue, got ${got}`, {
    offset: at,
  });
}

/** The curve that an OBJECT IDENTIFIER names. */
export function readCurve(reader: DerReader, what: string): CatalogueName {
  const at = reader.at;
  const name = nameByOid(dotted(readObjectIdentifier(reader, what)), true);
  if (name === undefined) throw unsupported(at, "an EC key on another curve");
  return name;
}

/** The algorithm of a key; of RSA, the kind, since its modulus says the rest. */
export function readIdentifier(reader: DerReader): CatalogueName | "rsa" {
  const whole = enter(reader, Tag.SEQUENCE, "AlgorithmIdentifier");
  const { at } = whole;
  const algorithm = dotted(readObjectIdentifier(whole, "algorithm"));
  let name: CatalogueName | "rsa" | undefined;
  if (algorithm === RSA_ENCRYPTION) {
    readNull(whole, "parameters");
    name = "rsa";
  } else if (algorithm === EC_PUBLIC_KEY) {
    name = readCurve(whole, "namedCurve");
  } else name = nameByOid(algorithm, false);
  if (name === undefined) throw unsupported(at, others[algorithm] ?? "another algorithm");
  finish(whole, "AlgorithmIdentifier");
  return name;
}

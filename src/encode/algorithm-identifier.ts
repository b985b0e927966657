/** The AlgorithmIdentifier of RSA keys, RFC 8017, A.1: rsaEncryption, whose parameters are NULL and may not be absent. */
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

/** 1.2.840.113549.1.1.1 */
const rsaEncryption = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01] as const;

/** Keys that people try and that this version does not read, so that the error can name them. */
const others: readonly (readonly [name: string, oid: readonly number[]])[] = [
  ["RSASSA-PSS", [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a]],
  ["EC", [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]],
  ["X25519", [0x2b, 0x65, 0x6e]],
  ["Ed25519", [0x2b, 0x65, 0x70]],
];

function equals(bytes: Uint8Array, oid: readonly number[]): boolean {
  return bytes.length === oid.length && oid.every((byte, i) => bytes[i] === byte);
}

export function rsaIdentifier(): DerNode {
  return sequence(objectIdentifier(rsaEncryption), nullValue());
}

export function readRsaIdentifier(reader: DerReader): void {
  const identifier = enter(reader, Tag.SEQUENCE, "AlgorithmIdentifier");
  const at = identifier.at;
  const oid = readObjectIdentifier(identifier, "algorithm");
  if (!equals(oid, rsaEncryption)) {
    const name = others.find(([, other]) => equals(oid, other))?.[0];
    throw new KeygenError(
      "algorithm-unsupported",
      `DER at byte ${at}: wanted an RSA key (1.2.840.113549.1.1.1), got ${name === undefined ? "another algorithm" : `an ${name} key`}`,
      { offset: at },
    );
  }
  readNull(identifier, "parameters");
  finish(identifier, "AlgorithmIdentifier");
}

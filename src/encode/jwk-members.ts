/** Members of a JWK: how they are read and written. Their text is never quoted: it may be a secret. */
import { base64urlnopad } from "@scure/base";
import { KeygenError } from "../errors.ts";
import { withoutLeadingZeros } from "./der.ts";

export type Members = Readonly<Record<string, unknown>>;

export function invalidJwk(message: string): KeygenError {
  return new KeygenError("encoding-invalid", `JWK: ${message}`);
}

/** Base64urlUInt, RFC 7518, 2: as few bytes as the number needs. */
export function uint(bigEndian: Uint8Array): string {
  return base64urlnopad.encode(withoutLeadingZeros(bigEndian));
}

/** The bytes of a base64url member. */
export function readBytes(members: Members, name: string): Uint8Array {
  const text = members[name];
  if (text === undefined) throw invalidJwk(`${name} is missing`);
  if (typeof text !== "string") throw invalidJwk(`${name} must be a string`);
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(text);
  } catch {
    throw invalidJwk(`${name} must be base64url without padding (RFC 7515, 2)`);
  }
  if (bytes.length === 0) throw invalidJwk(`${name} is empty`);
  return bytes;
}

export function readUint(members: Members, name: string): Uint8Array {
  const bytes = readBytes(members, name);
  if (bytes[0] !== 0) return bytes;
  bytes.fill(0);
  throw invalidJwk(`${name} must not begin with a zero byte (Base64urlUInt, RFC 7518, 2)`);
}

/** `ext`, which Web Cryptography adds: false forbids what the caller did not forbid. */
export function mayLeave(members: Members, asked = true): boolean {
  if (members.ext !== undefined && typeof members.ext !== "boolean") throw invalidJwk("ext must be true or false");
  return asked && members.ext !== false;
}

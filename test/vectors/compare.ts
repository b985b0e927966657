/** What differs, in words. Bytes are never shown: a report stays readable, and a wrong output may be secret. */
import { hex } from "@scure/base";
import { fromHex } from "../../src/acvp/fields.ts";

/** Words for what went wrong; undefined if all agrees. */
export type Difference = string | undefined;

const sameBytes = (a: Uint8Array, b: Uint8Array) => hex.encode(a) === hex.encode(b);

export function differ(what: string, got: Uint8Array, wanted: Uint8Array): Difference {
  if (sameBytes(got, wanted)) return undefined;
  if (got.length !== wanted.length) return `${what}: wanted ${wanted.length} bytes, got ${got.length}`;
  const at = got.findIndex((byte, i) => byte !== wanted[i]);
  return `${what} differs from byte ${at} of ${wanted.length} on`;
}

/** As `differ`, of bytes in hex. */
export function differHex(what: string, got: string, wanted: string): Difference {
  return differ(what, fromHex(got, what), fromHex(wanted, what));
}

/** Compares numbers, so that leading zeros do not count. */
export function differNumber(what: string, got: Uint8Array | string, wanted: Uint8Array | string): Difference {
  const number = (value: Uint8Array | string) => BigInt(`0x0${typeof value === "string" ? value : hex.encode(value)}`);
  if (number(got) === number(wanted)) return undefined;
  return `${what} is another number: wanted ${number(wanted).toString(2).length} bits, got ${number(got).toString(2).length}`;
}

export function differBoolean(what: string, got: boolean, wanted: boolean): Difference {
  return got === wanted ? undefined : `${what}: wanted ${wanted}, got ${got}`;
}

export function first(...differences: readonly Difference[]): Difference {
  return differences.find((difference) => difference !== undefined);
}

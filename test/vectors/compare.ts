/** What differs, in words. Bytes are never shown: a report stays readable, and a wrong output may be secret. */
import { hex } from "@scure/base";

/** Words for what went wrong; undefined if all agrees. */
export type Difference = string | undefined;

const sameBytes = (a: Uint8Array, b: Uint8Array) => hex.encode(a) === hex.encode(b);

export function differ(what: string, got: Uint8Array, wanted: Uint8Array): Difference {
  if (sameBytes(got, wanted)) return undefined;
  if (got.length !== wanted.length) return `${what}: wanted ${wanted.length} bytes, got ${got.length}`;
  const at = got.findIndex((byte, i) => byte !== wanted[i]);
  return `${what} differs from byte ${at} of ${wanted.length} on`;
}

/** Compares the leftmost bits alone, as for a truncated tag. */
export function differLeft(what: string, got: Uint8Array, wanted: Uint8Array, bits: number): Difference {
  if (bits > got.length * 8) return `${what}: wanted ${bits} bits, got ${got.length * 8}`;
  const left = (bytes: Uint8Array) => {
    const kept = bytes.slice(0, Math.ceil(bits / 8));
    if (bits % 8 > 0) kept[kept.length - 1] = (kept.at(-1) ?? 0) & (0xff << (8 - (bits % 8)));
    return kept;
  };
  return differ(what, left(got), left(wanted));
}

/** Compares numbers, so that leading zeros do not count. */
export function differNumber(what: string, got: Uint8Array, wanted: Uint8Array): Difference {
  const number = (bytes: Uint8Array) => BigInt(`0x0${hex.encode(bytes)}`);
  if (number(got) === number(wanted)) return undefined;
  return `${what} is another number: wanted ${number(wanted).toString(2).length} bits, got ${number(got).toString(2).length}`;
}

export function differBoolean(what: string, got: boolean, wanted: boolean): Difference {
  return got === wanted ? undefined : `${what}: wanted ${wanted}, got ${got}`;
}

export function first(...differences: readonly Difference[]): Difference {
  return differences.find((difference) => difference !== undefined);
}

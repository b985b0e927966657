/** Typed access to one object of a vector set. A field that is missing or of another type is an error with its name. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/** Hex digits of either case. The error does not repeat them. */
export function fromHex(text: string, what = "the text"): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) throw new RangeError(`${what} must be hex, two digits a byte`);
  return hexToBytes(text.toLowerCase());
}

/** As ACVP writes bytes. */
export function toHex(bytes: Uint8Array): string {
  return bytesToHex(bytes).toUpperCase();
}

export class Fields {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(value: unknown, what: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new TypeError(`${what} must be an object`);
    this.#values = new Map(Object.entries(value));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  entries(): readonly (readonly [string, unknown])[] {
    return [...this.#values];
  }

  /** Whatever it is; TypeError if it is not there. */
  must(name: string): unknown {
    if (!this.has(name)) throw new TypeError(`${name} must be there`);
    return this.#values.get(name);
  }

  /** Whatever it is; undefined if it is not there. */
  value(name: string): unknown {
    return this.#values.get(name);
  }

  text(name: string): string {
    const value = this.#values.get(name);
    if (typeof value !== "string") throw new TypeError(`${name} must be text, got ${typeof value}`);
    return value;
  }

  number(name: string): number {
    const value = this.#values.get(name);
    if (typeof value !== "number") throw new TypeError(`${name} must be a number, got ${typeof value}`);
    return value;
  }

  /** A number that the source may give as text. */
  numeral(name: string): number {
    const value = this.#values.get(name);
    return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : this.number(name);
  }

  boolean(name: string): boolean {
    const value = this.#values.get(name);
    if (typeof value !== "boolean") throw new TypeError(`${name} must be true or false, got ${typeof value}`);
    return value;
  }

  /** A length in bytes, given in bits. */
  bytesOfBits(name: string): number {
    const bits = this.number(name);
    if (!Number.isInteger(bits / 8)) throw new RangeError(`${name} must be a multiple of 8, got ${bits}`);
    return bits / 8;
  }

  bytes(name: string): Uint8Array {
    return fromHex(this.text(name), name);
  }

  list(name: string): readonly unknown[] {
    const value = this.#values.get(name);
    if (!Array.isArray(value)) throw new TypeError(`${name} must be a list, got ${typeof value}`);
    return value;
  }

  object(name: string): Fields {
    return new Fields(this.#values.get(name), name);
  }

  objects(name: string): readonly Fields[] {
    return this.list(name).map((item, at) => new Fields(item, `${name}[${at}]`));
  }

  /** A list of byte strings in hex. */
  byteStrings(name: string): readonly Uint8Array[] {
    return this.list(name).map((item, at) => {
      if (typeof item !== "string") throw new TypeError(`${name}[${at}] must be text, got ${typeof item}`);
      return fromHex(item, `${name}[${at}]`);
    });
  }

  /** What the sources call a case, or its place among its fellows. */
  name(names: readonly string[], place: number): string {
    for (const name of names) {
      const value = this.#values.get(name);
      if (typeof value === "string" || typeof value === "number") return `${name} ${value}`;
    }
    return `number ${place + 1}`;
  }
}

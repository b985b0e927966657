/** Wrong calls, told with what was wanted, what came and where the rule is. Lengths only, never bytes. */
import { type HashName, hashFacts } from "../core/hash.ts";
import { quote } from "../errors.ts";
import { callLength, type Limit } from "./limits.ts";

export function mustBeWithin(what: string, value: number, { least, most, source }: Limit): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${what} must be an integer from ${least} to ${most}, got ${quote(value)} (${source})`);
}

/** Checks the output of `bits` bits against the blocks that the standard allows, and against what one call gives. */
export function mustBeOutput(hash: HashName, bits: number, limit: Limit): void {
  const h = hashFacts(hash).length;
  if (!Number.isInteger(bits) || bits < 1) {
    throw new RangeError(`the output must be a whole number of bits, at least 1, got ${quote(bits)} (${limit.source})`);
  }
  const n = Math.ceil(bits / (8 * h));
  if (n > limit.most) {
    const told = `${limit.most} blocks of ${h} bytes`;
    throw new RangeError(`the output must be at most ${told}, got ${n} (${limit.source})`);
  }
  mustBeWithin("bytes of output", Math.ceil(bits / 8), callLength);
}

/** The same for an output of whole bytes; returns its length in bits. */
export function outputBits(hash: HashName, length: number, limit: Limit): number {
  if (!Number.isInteger(length)) throw new RangeError(`length must be a whole number of bytes, got ${quote(length)}`);
  mustBeOutput(hash, 8 * length, limit);
  return 8 * length;
}

export function mustBeInput(what: string, input: { readonly length: number }, limit: Limit = callLength): void {
  mustBeWithin(`bytes of ${what}`, input.length, limit);
}

export function mustBeBytes(what: string, input: unknown): void {
  if (!(input instanceof Uint8Array)) throw new TypeError(`${what} must be bytes (Uint8Array), got ${typeof input}`);
}

/** What the typed calls of ML-KEM and ML-DSA share: secrets in, results out, the core's memory wiped behind both. */
import { type Bytes, copyBytes } from "../bytes.ts";
import { type Core, withScratch } from "./core.ts";

/** A pair as it is kept: the private key is the seed. */
export interface SeedPair {
  readonly seed: Bytes;
  readonly publicKey: Bytes;
}

/** An input to lend to the core; a TypeError or RangeError if it is not `length` bytes. */
export interface Input {
  readonly what: string;
  readonly value: Uint8Array;
  readonly length: number;
}

export function mustHaveLength({ what, value, length }: Input): void {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${what} must be a Uint8Array`);
  if (value.length !== length) throw new RangeError(`${what} must have ${length} bytes, got ${value.length}`);
}

/** Lends inputs and room for outputs, all at once; copies the outputs out. `body` gets the addresses in that order. */
export function lend(
  core: Core,
  inputs: readonly Input[],
  outputs: readonly number[],
  body: (...addresses: number[]) => void,
): Bytes[] {
  inputs.forEach(mustHaveLength);
  let total = 0;
  const places: number[] = [];
  const place = (length: number) => {
    places.push(total);
    total += (length + 15) & ~15;
  };
  for (const { length } of inputs) place(length);
  for (const length of outputs) place(length);
  return withScratch(core, total, (view, at) => {
    for (let i = 0; i < inputs.length; i++) view.set((inputs[i] as Input).value, places[i]); // i is in range
    body(...places.map((from) => at + from));
    return outputs.map((length, i) => {
      const from = places[inputs.length + i] ?? 0; // one a length
      return copyBytes(view.subarray(from, from + length));
    });
  });
}

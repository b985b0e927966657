/**
 * RSA keys whose primes have auxiliary primes or come from a seed: FIPS 186-5, A.1.2, A.1.4, A.1.5 and A.1.6. What they
 * start from is drawn from a generator, or given for known-answer work. After `rsaConstruct` the steps are those of
 * `rsa.ts`.
 */
import { type Core, withInputs } from "./core.ts";
import { type HashName, hashFacts } from "./hash.ts";
import { primalityTest } from "./rsa.ts";
import { check } from "./status.ts";

/** The methods that construct, by their clause. */
export type ConstructionMethod = "A.1.2" | "A.1.4" | "A.1.5" | "A.1.6";

/** One value for each of p1, p2, q1 and q2. */
export type Four<T> = readonly [T, T, T, T];

/** What the methods start from, big-endian. */
export interface ConstructionInputs {
  /** The first seed: A.1.2, A.1.4, A.1.5. */
  readonly seed?: Uint8Array;
  /** Xp1, Xp2, Xq1, Xq2, odd, as long as `auxiliaryBits` says: A.1.6. */
  readonly auxiliaryStarts?: Four<Uint8Array>;
  /** Xp and Xq, each in half the bytes of the modulus: A.1.5, A.1.6. */
  readonly starts?: readonly [Uint8Array, Uint8Array];
}

export interface RsaConstruction {
  readonly method: ConstructionMethod;
  /** Address of a generator from which all is drawn, or all of it. */
  readonly candidates: number | ConstructionInputs;
  /** Address of the generator of the Miller-Rabin bases. */
  readonly bases: number;
  /** The strength that is asked of the generators. */
  readonly strengthBits: number;
  readonly modulusBits: number;
  /** e, big-endian. */
  readonly publicExponent: Uint8Array;
  readonly millerRabinRounds: number;
  /** The Lucas test follows the rounds: A.1.5 and A.1.6. */
  readonly lucas?: boolean;
  /** Rounds for the auxiliary primes of A.1.6. */
  readonly auxiliaryRounds: number;
  /** The hash behind the seed, and the length of a seed that is drawn: all but A.1.6. */
  readonly hash?: HashName;
  readonly seedLen?: number;
  /** Lengths of the auxiliary primes in bits: all but A.1.2. */
  readonly auxiliaryBits?: Four<number>;
  /** What p and q must be modulo 8, or 0 for anything: A.1.5 and A.1.6. */
  readonly residues?: readonly [number, number];
}

const clauseNumbers = { "A.1.2": 2, "A.1.4": 4, "A.1.5": 5, "A.1.6": 6 } as const;

/** Words of the block, see `Word` in `assembly/key/rsa-construct.ts`. */
const WORDS = 24;

/** `number` in `length` bytes; it may have leading zeros, or lack them. */
function fitted(name: string, number: Uint8Array, length: number): Uint8Array {
  const from = number.findIndex((byte) => byte !== 0);
  const bytes = from < 0 ? number.subarray(number.length) : number.subarray(from);
  if (bytes.length > length) throw new RangeError(`${name} must fit in ${length} bytes, got ${bytes.length}`);
  const out = new Uint8Array(length);
  out.set(bytes, length - bytes.length);
  return out;
}

function given(what: string, method: string): never {
  throw new RangeError(`${method} takes ${what}`);
}

/** All inputs that the method takes, fitted; throws if one is missing or too many, with what was fitted in `copies`. */
function inputsOf(
  inputs: ConstructionInputs,
  method: ConstructionMethod,
  bits: Four<number>,
  half: number,
  copies: Uint8Array[],
) {
  const { seed, auxiliaryStarts, starts } = inputs;
  if ((seed !== undefined) !== (method !== "A.1.6")) given(seed ? "no seed" : "a seed", method);
  if ((starts !== undefined) !== (method === "A.1.5" || method === "A.1.6"))
    given(starts ? "no X" : "Xp and Xq", method);
  if ((auxiliaryStarts !== undefined) !== (method === "A.1.6")) {
    given(auxiliaryStarts ? "no X for auxiliary primes" : "Xp1, Xp2, Xq1 and Xq2", method);
  }
  const names = ["Xp1", "Xp2", "Xq1", "Xq2"];
  const copy = (name: string, number: Uint8Array, length: number): Uint8Array => {
    const made = fitted(name, number, length);
    copies.push(made);
    return made;
  };
  return {
    seed: seed ?? new Uint8Array(),
    auxiliary: (auxiliaryStarts ?? []).map((x, i) => copy(names[i] ?? "", x, Math.ceil((bits[i] ?? 0) / 8))),
    starts: (starts ?? []).map((x, i) => copy(i === 0 ? "Xp" : "Xq", x, half)),
  };
}

/** Begins a key. Seed and X that are given are wiped from the core's arena, and by the core when the key stands. */
export function rsaConstruct(core: Core, construction: RsaConstruction): void {
  const { method, candidates, modulusBits, publicExponent, hash, residues = [0, 0] } = construction;
  const bits = construction.auxiliaryBits ?? ([1, 1, 1, 1] as const);
  const drawn = typeof candidates === "number";
  if ((hash !== undefined) !== (method !== "A.1.6")) given(hash ? "no hash" : "a hash", method);
  if ((construction.auxiliaryBits === undefined) !== (method === "A.1.2")) {
    given(construction.auxiliaryBits ? "no auxiliary primes" : "lengths of auxiliary primes", method);
  }
  const copies: Uint8Array[] = [];
  try {
    const inputs = drawn
      ? { seed: new Uint8Array(), auxiliary: [], starts: [] }
      : inputsOf(candidates, method, bits, modulusBits / 16, copies);
    const seedLen = drawn ? (construction.seedLen ?? 0) : inputs.seed.length;
    const asBytes = new Uint8Array(new Uint32Array(WORDS).buffer);
    const all = [asBytes, publicExponent, inputs.seed, ...inputs.auxiliary, ...inputs.starts];
    withInputs(core, all, (at = 0, e = 0, seed = 0, ...numbers) => {
      const auxiliary = inputs.auxiliary.length;
      const words = new Uint32Array(core.memory.buffer, at, WORDS);
      words.set([clauseNumbers[method], drawn ? candidates : 0, construction.bases, construction.strengthBits]);
      const rounds = primalityTest(construction.millerRabinRounds, construction.lucas);
      words.set([modulusBits, rounds, construction.auxiliaryRounds], 4);
      words.set([e, publicExponent.length, hash === undefined ? 0 : hashFacts(hash).id, seed, seedLen], 7);
      words.set([...bits, ...residues], 12);
      words.set(numbers.slice(0, auxiliary), 18);
      words.set(numbers.slice(auxiliary), 22);
      check(core.exports.rsaConstructBegin(at), `RSA-${modulusBits} by ${method}`);
    });
  } finally {
    for (const bytes of copies) bytes.fill(0);
  }
}

const AUXILIARY_SIZE = 256;

/** p1, p2, q1 and q2 of the key that is ready, for known-answer work: before `rsaTake`, which ends the key. */
export function rsaAuxiliaries(core: Core): Four<Uint8Array> {
  const take = (index: number) =>
    withInputs(core, [new Uint8Array(AUXILIARY_SIZE)], (at = 0) => {
      check(core.exports.rsaTake(8 + index, at, AUXILIARY_SIZE), "RSA key");
      return new Uint8Array(core.memory.buffer, at, AUXILIARY_SIZE).slice();
    });
  return [take(0), take(1), take(2), take(3)];
}

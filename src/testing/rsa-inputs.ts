/** RSA keys from all that would be random in FIPS 186-5, A.1.2, A.1.4, A.1.5 and A.1.6, as ACVP and CAVP give it. */
import type { RsaPrivateParts } from "../algorithms/key.ts";
import type { Core } from "../core/core.ts";
import type { HashName } from "../core/hash.ts";
import { pause } from "../core/pause.ts";
import { RSA_STEP_WORK, rsaEnd, rsaStep, rsaTake } from "../core/rsa.ts";
import { type ConstructionMethod, type Four, rsaAuxiliaries, rsaConstruct } from "../core/rsa-construct.ts";

/** Numbers are big-endian, with or without leading zeros. */
export interface RsaInputs {
  readonly method: ConstructionMethod;
  readonly modulusBits: number;
  /** Odd, above 2^16 and below 2^256. */
  readonly e: Uint8Array;
  /** Any hash; A.1.6 has none. */
  readonly hash?: HashName;
  readonly seed?: Uint8Array;
  /** Bits of p1, p2, q1 and q2; A.1.2 has none. */
  readonly bitlens?: Four<number>;
  readonly xP?: Uint8Array;
  readonly xQ?: Uint8Array;
  readonly xP1?: Uint8Array;
  readonly xP2?: Uint8Array;
  readonly xQ1?: Uint8Array;
  readonly xQ2?: Uint8Array;
  /** 1, 3, 5, 7, or 0 for any; A.1.5 and A.1.6. */
  readonly pMod8?: number;
  readonly qMod8?: number;
}

export interface RsaInputsKey extends RsaPrivateParts {
  /** The auxiliary primes, in 256 bytes each; all 1 for A.1.2. */
  readonly p1: Uint8Array;
  readonly p2: Uint8Array;
  readonly q1: Uint8Array;
  readonly q2: Uint8Array;
}

/** Known-answer seeds say nothing of strength; the generator serves the bases alone. */
const STRENGTH_BITS = 112;

/** All of them or none. */
function together<T>(what: string, values: readonly (T | undefined)[]): readonly T[] | undefined {
  const there = values.filter((value) => value !== undefined);
  if (there.length !== 0 && there.length !== values.length) throw new RangeError(`${what} must be given together`);
  return there.length === 0 ? undefined : there;
}

export async function rsaFromInputs(core: Core, bases: number, inputs: RsaInputs): Promise<RsaInputsKey> {
  const { method, modulusBits, e, hash, seed, bitlens, pMod8 = 0, qMod8 = 0 } = inputs;
  const starts = together("xP and xQ", [inputs.xP, inputs.xQ]);
  const four = together("xP1, xP2, xQ1 and xQ2", [inputs.xP1, inputs.xP2, inputs.xQ1, inputs.xQ2]);
  rsaConstruct(core, {
    method,
    candidates: {
      ...(seed === undefined ? {} : { seed }),
      ...(starts === undefined ? {} : { starts: starts as readonly [Uint8Array, Uint8Array] }), // together: two
      ...(four === undefined ? {} : { auxiliaryStarts: four as Four<Uint8Array> }), // together: four
    },
    bases,
    strengthBits: STRENGTH_BITS,
    modulusBits,
    publicExponent: e,
    ...roundsFor(modulusBits),
    ...(hash === undefined ? {} : { hash }),
    ...(bitlens === undefined ? {} : { auxiliaryBits: bitlens }),
    residues: [pMod8, qMod8],
  });
  try {
    while (!rsaStep(core, RSA_STEP_WORK)) await pause();
    const [p1, p2, q1, q2] = rsaAuxiliaries(core);
    return { ...rsaTake(core, modulusBits), p1, p2, q1, q2 };
  } finally {
    rsaEnd(core);
  }
}

/** Rounds for p and q, and for auxiliary primes: FIPS 186-5, Table B.1, and above 4096 Appendix C.1 (see `auxiliary.ts` in the core). */
function roundsFor(bits: number): { millerRabinRounds: number; auxiliaryRounds: number } {
  if (bits < 3072) return { millerRabinRounds: 5, auxiliaryRounds: 38 };
  const auxiliaryRounds = bits < 4096 ? 41 : bits === 4096 ? 44 : bits <= 6144 ? 60 : bits <= 7680 ? 68 : 72;
  return { millerRabinRounds: 4, auxiliaryRounds };
}

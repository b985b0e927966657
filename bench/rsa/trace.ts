/**
 * The C2SP trace (CCTV, keygen): the candidates of an A.1.3 search of average length, so that luck drops out. Timed is
 * what A.1.3 does with each of them, trial division and Miller-Rabin tests; drawing them is not. The candidates can only
 * be handed to the inner floors of the core, which are opened in Node alone.
 */
import { HmacDrbg } from "../../src/drbg/hmac-drbg.ts";
import type { Runtime } from "../../test/support/runtimes.ts";
import { openFolder, placeOf, readText } from "../../test/vectors/folder.ts";
import { openInnerCore } from "../core.ts";
import { root } from "../machine.ts";
import { algorithmOf, type RsaBits } from "./key.ts";

export interface TraceTiming {
  /** Milliseconds of whole traces; none if there is no trace here. */
  readonly samples: readonly number[];
  readonly line: string;
}

const DEFAULT_PASSES = 5;
const UNDECIDED = 0;
const PROBABLY_PRIME = 2;

/** Times `passes` passes over candidates, which must end with their second prime; one pass that is not counted comes first. */
export function timeTrace(candidates: readonly Uint8Array[], rounds: number, passes: number): number[] {
  const { core, call, operand } = openInnerCore();
  const entropy = crypto.getRandomValues(new Uint8Array(48));
  const drbg = HmacDrbg.instantiate(core, { hash: "SHA-512", strengthBits: 256, entropy });
  const memory = new Uint8Array(core.memory.buffer);
  const [bytes, number] = [operand(0), operand(1)];
  const isPrime = (candidate: Uint8Array): boolean => {
    const limbs = Math.ceil(candidate.length / 4);
    memory.set(candidate, bytes);
    call("fromBytes", number, limbs, bytes, candidate.length);
    if (call("hasSmallFactor", number, limbs) === 1) return false;
    call("primalityBegin", number, candidate.length * 8, rounds);
    while (call("primalityVerdict") === UNDECIDED) {
      if (call("primalityStep") !== 0) throw new Error("the generator of the bases does not serve");
    }
    return call("primalityVerdict") === PROBABLY_PRIME;
  };
  const pass = () => {
    const start = performance.now();
    call("primesBegin");
    call("basesFrom", drbg.pointer, 256);
    const primes = candidates.map(isPrime);
    call("primalityWipe");
    call("primesEnd");
    const took = performance.now() - start;
    if (primes.filter(Boolean).length !== 2 || primes.at(-1) !== true) {
      throw new Error(`a trace must end with its second prime, found ${primes.filter(Boolean).length}`);
    }
    return took;
  };
  try {
    pass();
    return Array.from({ length: passes }, pass);
  } finally {
    drbg.uninstantiate();
  }
}

export function traceTiming(runtime: Runtime, bits: RsaBits, rounds: number | undefined): TraceTiming {
  if (runtime !== "node")
    return { samples: [], line: "trace: in Node only, since its candidates go to the inner core" };
  const folder = openFolder(placeOf(undefined, process.env), root);
  const file = folder?.known.find((name) => name.endsWith(`rsa.bench.${bits}.txt`));
  if (folder === undefined || file === undefined) {
    return { samples: [], line: "trace: no vectors here; test/vectors/README.md says where to get them" };
  }
  const lines = readText(folder, file)
    .split("\n")
    .filter((line) => line !== "");
  const candidates = lines.map((line) => new Uint8Array(Buffer.from(line, "hex")));
  const passes = Math.min(rounds ?? DEFAULT_PASSES, DEFAULT_PASSES);
  return {
    samples: timeTrace(candidates, algorithmOf(bits).millerRabinRounds, passes),
    line: "trace: trial division and Miller-Rabin tests of the candidates of C2SP CCTV, without drawing them",
  };
}

/**
 * RSA key pairs in the core, in typed calls: a search in steps, a key from given primes, and the test of one number.
 *
 * One key is in the making at a time in an instance. Every way out but OK leaves nothing of it in the core's memory.
 */
import { type Bytes, secretBytes } from "../bytes.ts";
import { type Core, withInputs, withScratch } from "./core.ts";
import { check, Status } from "./status.ts";

/** The parts of a key pair, big-endian, as RFC 8017, 3.2 names them; each in the length of its modulus or half of it. */
export interface RsaParts {
  readonly n: Bytes;
  readonly e: Bytes;
  readonly d: Bytes;
  readonly p: Bytes;
  readonly q: Bytes;
  readonly dp: Bytes;
  readonly dq: Bytes;
  readonly qi: Bytes;
}

/** Work for one step of about 10 ms at 2.5 GHz: an amount, not a time, since a deployed Worker's clock stands still. */
export const RSA_STEP_WORK = 16_000_000;

const partNames = ["n", "e", "d", "p", "q", "dp", "dq", "qi"] as const;

/** Where the work on a key stands. */
export type RsaPhase = "idle" | "p" | "q" | "derive" | "pairwise" | "ready";

const phases: readonly RsaPhase[] = ["idle", "p", "q", "derive", "pairwise", "ready"];

/** What A.1.3, A.1.6 and det-keygen leave to the caller. */
export interface RsaSearch {
  /** Addresses of the generators of the candidates and of the Miller-Rabin bases; they may be the same. */
  readonly candidates: number;
  readonly bases: number;
  /** The strength that is asked of both. */
  readonly strengthBits: number;
  readonly modulusBits: number;
  readonly millerRabinRounds: number;
  /** The Lucas test of FIPS 186-5, B.3.3 follows the rounds. Not unless given. */
  readonly lucas?: boolean;
  /** e, big-endian; 65537 unless given. */
  readonly publicExponent?: Uint8Array;
  /** Which process: it says how many bits of a candidate are set, and when e is tested. A.1.3 unless given. */
  readonly variant?: "FIPS 186-5, A.1.3" | "FIPS 186-5, A.1.6" | "C2SP det-keygen";
}

export interface RsaProgress {
  readonly phase: RsaPhase;
  /** Candidates so far, and how many of them trial division or the sieve let pass. */
  readonly candidates: number;
  readonly tested: number;
  /** Rounds that the present candidate has passed. */
  readonly rounds: number;
}

const F4 = Uint8Array.of(1, 0, 1);

/**
 * The 5 nlen and 10 nlen candidates of A.1.3, steps 4.7 and 5.8; det-keygen allows 10 nlen for both. The limit of A.1.6 is
 * in the core.
 */
const variants = {
  "FIPS 186-5, A.1.3": { code: 0, top: 0x80, low: 0x01, limits: [5, 10] },
  "FIPS 186-5, A.1.6": { code: 2, top: 0x80, low: 0x01, limits: [0, 0] },
  "C2SP det-keygen": { code: 1, top: 0xc0, low: 0x07, limits: [10, 10] },
} as const;

/** A primality test as the core takes it: the rounds, and `LUCAS` of `assembly/prime/miller-rabin.ts`. */
export function primalityTest(rounds: number, lucas = false): number {
  return rounds + (lucas ? 1 << 16 : 0);
}

export function rsaBegin(core: Core, search: RsaSearch): void {
  const { code, top, low, limits } = variants[search.variant ?? "FIPS 186-5, A.1.3"];
  const { modulusBits: nlen, publicExponent: e = F4 } = search;
  withInputs(core, [e], (at) => {
    const status = core.exports.rsaSearchBegin(
      search.candidates,
      search.bases,
      search.strengthBits,
      nlen,
      top,
      low,
      limits[0] * nlen,
      limits[1] * nlen,
      primalityTest(search.millerRabinRounds, search.lucas),
      at ?? 0,
      e.length,
      code,
    );
    check(status, `RSA-${nlen}`);
  });
}

/** A key pair of given primes: their criteria and primality are tested as those of candidates are. */
export interface RsaGiven extends Omit<RsaSearch, "candidates" | "variant"> {
  readonly p: Uint8Array;
  readonly q: Uint8Array;
}

export function rsaBeginGiven(core: Core, given: RsaGiven): void {
  const { modulusBits: nlen, publicExponent: e = F4, p, q } = given;
  withInputs(core, [e, p, q], (atE = 0, atP = 0, atQ = 0) => {
    const { bases, strengthBits } = given;
    const rounds = primalityTest(given.millerRabinRounds, given.lucas);
    const { rsaFromPrimes } = core.exports;
    check(rsaFromPrimes(bases, strengthBits, nlen, rounds, atE, e.length, atP, p.length, atQ, q.length), `RSA-${nlen}`);
  });
}

/**
 * Goes on for about `work` limb multiplications. Returns true when the key passed its pairwise test and may be taken.
 * If a generator wants a reseed this throws with code "reseed-required", and the search goes on after it.
 */
export function rsaStep(core: Core, work: number): boolean {
  const status = core.exports.rsaSearchStep(work);
  check(status, "RSA key");
  return status === Status.OK;
}

export function rsaProgress(core: Core): RsaProgress {
  const { rsaPhase, rsaCandidates, rsaTested, rsaRounds } = core.exports;
  return {
    phase: phases[rsaPhase()] ?? "idle",
    candidates: rsaCandidates(),
    tested: rsaTested(),
    rounds: rsaRounds(),
  };
}

/** The parts of the key that is ready, and the end of it in the core. e comes without leading zeros. */
export function rsaTake(core: Core, modulusBits: number): RsaParts {
  const parts: Record<string, Bytes> = {};
  try {
    for (const [part, name] of partNames.entries()) {
      const length = name === "n" || name === "d" ? modulusBits / 8 : name === "e" ? 32 : modulusBits / 16;
      parts[name] = withScratch(core, length, (view, at) => {
        check(core.exports.rsaTake(part, at, length), "RSA key");
        const from = name === "e" ? view.findIndex((byte) => byte !== 0) : 0;
        const bytes = secretBytes(length - from);
        bytes.set(view.subarray(from));
        return bytes;
      });
    }
  } catch (error) {
    for (const bytes of Object.values(parts)) bytes.fill(0);
    throw error;
  } finally {
    rsaEnd(core);
  }
  return parts as unknown as RsaParts; // one entry for each of partNames
}

/** Ends the work on a key wherever it stands, and wipes it: the abort of a search as well. */
export function rsaEnd(core: Core): void {
  core.exports.rsaSearchEnd();
}

/**
 * Whether the big-endian number `value`, of 8192 bits at most, is probably prime, by `rounds` bases of the generator at
 * `bases`, and by the Lucas test after them if that is asked. In one call: about as long as `rounds` private operations,
 * and two more for Lucas.
 */
export function isProbablePrime(
  core: Core,
  value: Uint8Array,
  { rounds, bases, lucas }: { rounds: number; bases: number; lucas?: boolean },
): boolean {
  return withInputs(core, [value], (at = 0) => {
    const status = core.exports.isProbablePrime(at, value.length, primalityTest(rounds, lucas), bases, 0); // no secret of ours
    if (status === Status.COMPOSITE) return false;
    check(status, "primality");
    return true;
  });
}

/**
 * ECC key pairs in the core, in typed calls: FIPS 186-5, A.2 on the curves of SP 800-186 and on secp256k1.
 *
 * A private key is d, big-endian in the byte length of the order; a public key is the uncompressed point 04 || x || y.
 */
import { type Bytes, copyBytes, secretBytes } from "../bytes.ts";
import { KeygenError } from "../errors.ts";
import { type Core, withScratch } from "./core.ts";
import { check, Status } from "./status.ts";

/** The numbers that the core knows them by; bits of the order, and of p. */
const facts = {
  "P-224": { id: 1, bits: 224, length: 28 },
  "P-256": { id: 2, bits: 256, length: 32 },
  "P-384": { id: 3, bits: 384, length: 48 },
  "P-521": { id: 4, bits: 521, length: 66 },
  secp256k1: { id: 5, bits: 256, length: 32 },
} as const;

export type EcCurve = keyof typeof facts;

export const ecCurves = Object.keys(facts) as readonly EcCurve[]; // the keys of a literal are its keys

/** Bits of the order; bytes of d and of a coordinate. A name from outside the type is a wrong call. */
export function curveFacts(curve: EcCurve): (typeof facts)[EcCurve] {
  if (!Object.hasOwn(facts, curve)) throw new RangeError(`curve must be one of ${ecCurves.join(", ")}, got ${curve}`);
  return facts[curve];
}

/** A.2.1: 64 extra random bits. A.2.2: rejection sampling. det-keygen: A.2.2 as C2SP has it, without the addition of 1. */
export type EcMethod = "FIPS 186-5, A.2.1" | "FIPS 186-5, A.2.2" | "C2SP det-keygen";

const methods: Readonly<Record<EcMethod, number>> = {
  "FIPS 186-5, A.2.1": 1,
  "FIPS 186-5, A.2.2": 2,
  "C2SP det-keygen": 3,
};

export interface EcPair {
  readonly d: Bytes;
  readonly point: Bytes;
}

/**
 * Candidates of A.2.2 that are drawn before it counts as broken: for P-256 one in 2^32 is refused, for the others fewer.
 * The standard ends with an error at the first (A.2.2, step 6), and its caller begins again.
 */
const MAX_CANDIDATES = 16;

/** The first pairs that are not refused. */
function retrying(curve: EcCurve, make: () => EcPair[] | undefined): EcPair[] {
  for (let candidate = 0; candidate < MAX_CANDIDATES; candidate++) {
    const pairs = make();
    if (pairs !== undefined) return pairs;
  }
  throw new KeygenError("search-limit", `${curve}: ${MAX_CANDIDATES} random numbers were all out of range`);
}

/** Lends room for `count` times d and then points behind `input`, and takes them out unless the core says CONTINUE. */
function takePairs(
  core: Core,
  curve: EcCurve,
  input: Uint8Array,
  count: number,
  make: (id: number, input: number, d: number, points: number) => number,
): EcPair[] | undefined {
  const { id, length } = curveFacts(curve);
  const size = 2 * length + 1;
  const d = input.length;
  const points = d + count * length;
  return withScratch(core, points + count * size, (view, at) => {
    view.set(input);
    const status = make(id, at, at + d, at + points);
    check(status, curve);
    if (status !== Status.OK) return undefined;
    return Array.from({ length: count }, (_, i) => ({
      d: copyBytes(view.subarray(d + i * length, d + (i + 1) * length)),
      point: copyBytes(view.subarray(points + i * size, points + (i + 1) * size)),
    }));
  });
}

const nothing = new Uint8Array(0);

/**
 * A new pair from the generator at `generator`, asked for `strengthBits`; not yet pairwise tested. KeygenError
 * "reseed-required" if the generator must be reseeded first.
 */
export function ecGenerate(
  core: Core,
  curve: EcCurve,
  method: EcMethod,
  generator: number,
  strengthBits: number,
): EcPair {
  const [pair] = retrying(curve, () =>
    takePairs(core, curve, nothing, 1, (id, _, d, point) =>
      core.exports.ecGenerate(id, methods[method], generator, strengthBits, d, point),
    ),
  ) as [EcPair]; // as many as were wanted
  return pair;
}

/**
 * The pairs that a method makes of random bits that are given: `count` strings of whole bytes one behind the other, at most
 * 16. Undefined if it refuses those of one.
 */
export function ecFromBits(
  core: Core,
  curve: EcCurve,
  method: EcMethod,
  bits: Uint8Array,
  count: number,
): EcPair[] | undefined {
  return takePairs(core, curve, bits, count, (id, at, d, points) =>
    core.exports.ecFromBits(id, methods[method], at, bits.length, count, d, points),
  );
}

/**
 * `count` new pairs, at most 16, of bits that `draw` gives for all of them, as many bytes as it is asked for; not yet
 * pairwise tested.
 */
export function ecDraw(core: Core, curve: EcCurve, count: number, draw: (length: number) => Bytes): EcPair[] {
  const { bits } = curveFacts(curve);
  return retrying(curve, () => {
    const drawn = draw(count * Math.ceil(bits / 8));
    try {
      return ecFromBits(core, curve, "FIPS 186-5, A.2.2", drawn, count);
    } finally {
      drawn.fill(0);
    }
  });
}

function mustBeScalar(curve: EcCurve, d: Uint8Array): void {
  const { length } = curveFacts(curve);
  if (d.length !== length) throw new RangeError(`d of ${curve} must have ${length} bytes, got ${d.length}`);
}

/** The public point of d. KeygenError "key-invalid" if d is not in [1, n - 1]. */
export function ecPublicPoint(core: Core, curve: EcCurve, d: Uint8Array): Bytes {
  mustBeScalar(curve, d);
  const { id, length } = curveFacts(curve);
  return withScratch(core, 3 * length + 1, (view, at) => {
    view.set(d);
    check(core.exports.ecFromScalar(id, at, at + length), curve);
    const point = secretBytes(2 * length + 1);
    point.set(view.subarray(length));
    return point;
  });
}

/**
 * Whether `point` is a public key of the curve: SP 800-56A Rev. 3, 5.6.2.3.3 (full) or 5.6.2.3.4 (partial). As the cofactor
 * is 1, both accept the same points; full also computes n Q.
 */
export function isEcPoint(
  core: Core,
  curve: EcCurve,
  point: Uint8Array,
  routine: "full" | "partial" = "full",
): boolean {
  const { id, length } = curveFacts(curve);
  if (point.length > 2 * length + 1) return false;
  return withScratch(core, point.length + 1, (view, at) => {
    view.set(point);
    const status = core.exports.ecValidate(id, at, point.length, routine === "full" ? 1 : 0);
    if (status === Status.KEY_INVALID) return false;
    check(status, curve);
    return true;
  });
}

/**
 * The pairwise consistency test of a new pair: the point is recomputed from d by another table (SP 800-56A Rev. 3,
 * 5.6.2.1.4). KeygenError "pairwise-failed", and the instance is closed for good, if it is not the same.
 */
export function ecPairwise(core: Core, curve: EcCurve, { d, point }: EcPair): void {
  mustBeScalar(curve, d);
  const { id, length } = curveFacts(curve);
  if (point.length !== 2 * length + 1) throw new RangeError(`a point of ${curve} must have ${2 * length + 1} bytes`);
  withScratch(core, 3 * length + 1, (view, at) => {
    view.set(d);
    view.set(point, length);
    check(core.exports.ecPairwise(id, at, at + length), curve);
  });
}

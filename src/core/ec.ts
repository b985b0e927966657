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

/** Lends room for d and the point after `extra` bytes, and takes both out when `body` says that they stand. */
function withPair(
  core: Core,
  curve: EcCurve,
  input: Uint8Array,
  body: (input: number, d: number, point: number) => boolean,
): EcPair | undefined {
  const { length } = curveFacts(curve);
  return withScratch(core, input.length + 3 * length + 1, (view, at) => {
    view.set(input);
    const d = input.length;
    if (!body(at, at + d, at + d + length)) return undefined;
    const pair = { d: secretBytes(length), point: secretBytes(2 * length + 1) };
    pair.d.set(view.subarray(d, d + length));
    pair.point.set(view.subarray(d + length));
    return pair;
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
  const { id } = curveFacts(curve);
  for (let candidate = 0; candidate < MAX_CANDIDATES; candidate++) {
    const pair = withPair(core, curve, nothing, (_, d, point) => {
      const status = core.exports.ecGenerate(id, methods[method], generator, strengthBits, d, point);
      check(status, curve);
      return status === Status.OK;
    });
    if (pair !== undefined) return pair;
  }
  throw new KeygenError("search-limit", `${curve}: ${MAX_CANDIDATES} random numbers were all out of range`);
}

/** The pair that a method makes of random bits that are given, in whole bytes; undefined if it refuses them. */
export function ecFromBits(core: Core, curve: EcCurve, method: EcMethod, bits: Uint8Array): EcPair | undefined {
  const { id } = curveFacts(curve);
  return withPair(core, curve, bits, (at, d, point) => {
    const status = core.exports.ecFromBits(id, methods[method], at, bits.length, d, point);
    check(status, curve);
    return status === Status.OK;
  });
}

/**
 * `count` pairs at once, at most 16, of as many strings of random bits one behind the other; undefined if those of one are
 * refused, and then others are wanted. Every d is a part of one buffer.
 */
export function ecManyFromBits(
  core: Core,
  curve: EcCurve,
  method: EcMethod,
  bits: Uint8Array,
  count: number,
): EcPair[] | undefined {
  const { id, length } = curveFacts(curve);
  const size = 2 * length + 1;
  const len = bits.length / count;
  if (!Number.isInteger(len)) throw new RangeError(`${curve}: ${bits.length} bytes are not bits of ${count} keys`);
  return withScratch(core, bits.length + count * (length + size), (view, at) => {
    view.set(bits);
    const d = bits.length;
    const points = d + count * length;
    const status = core.exports.ecManyFromBits(id, methods[method], at, len, count, at + d, at + points);
    check(status, curve);
    if (status !== Status.OK) return undefined;
    const all = copyBytes(view.subarray(d, points));
    return Array.from({ length: count }, (_, i) => ({
      d: all.subarray(i * length, (i + 1) * length),
      point: copyBytes(view.subarray(points + i * size, points + (i + 1) * size)),
    }));
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

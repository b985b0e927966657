// Keys of the five curves against OpenSSL and @noble/curves: multiples of G, the two methods of FIPS 186-5, A.2, validation.
import { describe, expect, test } from "vitest";
import { concat } from "../../src/bytes.ts";
import type { Core } from "../../src/core/core.ts";
import { type EcMethod, ecFromBits, ecGenerate, ecPairwise, ecPublicPoint, isEcPoint } from "../../src/core/ec.ts";
import { freshCore } from "../support/core.ts";
import { curves, type ReferenceCurve, toBytes } from "../support/ec-reference.ts";
import { fromBigEndian } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { generatorFrom } from "../support/rsa.ts";

const random = new Random("ec");
const core: Core = await freshCore();

/** Scalars whose recoding, or whose sums, come near an edge. */
function edges({ bits, order }: ReferenceCurve): bigint[] {
  const near = [1n, 2n, 3n, 4n, order >> 1n, (order >> 1n) + 1n, order - 3n, order - 2n, order - 1n];
  const powers = Array.from({ length: bits - 1 }, (_, i) => 1n << BigInt(i));
  const half = [1n << BigInt(bits >> 1), (1n << BigInt(bits >> 1)) - 1n, (1n << BigInt((bits >> 1) + 4)) + 1n];
  return [...near, ...half, ...powers, ...powers.map((power) => order - power)].filter((d) => d > 0n && d < order);
}

describe.each(curves.map((curve) => [curve.name, curve] as const))("%s", (name, curve) => {
  const { order, prime, length, bits } = curve;
  const RANDOM = bits > 256 ? 60 : 500; // OpenSSL takes milliseconds for the long ones
  const scalar = () => (random.number(bits) % (order - 1n)) + 1n;
  const fromBits = (method: EcMethod, string: Uint8Array) => ecFromBits(core, name, method, string, 1)?.[0];

  test("multiples of G at the edges are those of OpenSSL, by both ways to compute them", () => {
    const scalars = edges(curve);
    expect(scalars.length).toBeGreaterThan(2 * bits - 20);
    for (const d of scalars) {
      const pair = { d: toBytes(d, length), point: ecPublicPoint(core, name, toBytes(d, length)) };
      expect(pair.point, String(d)).toEqual(curve.multiply(d));
      if (d % 3n === 0n || d < 5n || d > order - 5n) ecPairwise(core, name, pair as never);
    }
  });

  test(`${RANDOM} random multiples of G are those of OpenSSL, 50 of them those of @noble/curves`, () => {
    for (let i = 0; i < RANDOM; i++) {
      const d = scalar();
      const point = ecPublicPoint(core, name, toBytes(d, length));
      expect(point, String(d)).toEqual(curve.multiply(d));
      if (i < 50) expect(point).toEqual(curve.multiplyNoble(d));
      if (i < 200) ecPairwise(core, name, { d: toBytes(d, length) as never, point });
    }
  });

  test("A.2.1 takes 64 bits more and d = (c mod (n - 1)) + 1", () => {
    const size = Math.ceil((bits + 64) / 8);
    for (let i = 0; i < 200; i++) {
      const string = i === 0 ? new Uint8Array(size) : i === 1 ? new Uint8Array(size).fill(255) : random.bytes(size);
      const c = fromBigEndian(string) >> BigInt(8 * size - bits - 64);
      const d = (c % (order - 1n)) + 1n;
      const pair = fromBits("FIPS 186-5, A.2.1", string);
      expect(pair).toEqual({ d: toBytes(d, length), point: curve.multiply(d) });
    }
    expect(() => ecFromBits(core, name, "FIPS 186-5, A.2.1", new Uint8Array(size + 1), 1)).toThrow(RangeError);
  });

  test("pairs that are made together are those that their bits give alone; one that is refused refuses all", () => {
    const method = "FIPS 186-5, A.2.1";
    const size = Math.ceil((bits + 64) / 8);
    for (const count of [1, 2, 3, 7, 15, 16]) {
      const strings = Array.from({ length: count }, (_, i) => (i === 3 ? new Uint8Array(size) : random.bytes(size)));
      const alone = strings.map((string) => fromBits(method, string));
      expect(ecFromBits(core, name, method, concat(...strings), count), String(count)).toEqual(alone);
    }
    const refused = new Uint8Array(length).fill(255);
    const good = toBytes(order >> 1n, length);
    for (const at of [0, 1, 2]) {
      const bytes = concat(...Array.from({ length: 3 }, (_, i) => (i === at ? refused : good)));
      expect(ecFromBits(core, name, "FIPS 186-5, A.2.2", bytes, 3)).toBeUndefined();
    }
    for (const count of [0, 17]) {
      expect(() => ecFromBits(core, name, method, new Uint8Array(size * count), count)).toThrow(RangeError);
    }
    expect(() => ecFromBits(core, name, method, new Uint8Array(2 * size - 1), 2)).toThrow(RangeError);
  });

  test("A.2.2 refuses c > n - 2 and takes d = c + 1; det-keygen refuses 0 and c >= n and takes d = c", () => {
    const shift = BigInt(8 * length - bits);
    const all = (1n << BigInt(bits)) - 1n;
    const given = [0n, 1n, order - 3n, order - 2n, order - 1n, order, order + 1n, all];
    for (const c of [...given, ...Array.from({ length: 100 }, () => random.number(bits))]) {
      const string = toBytes((c << shift) | (shift > 0n ? 0x55n & ((1n << shift) - 1n) : 0n), length);
      const rejection = fromBits("FIPS 186-5, A.2.2", string);
      const wanted = c > order - 2n ? undefined : { d: toBytes(c + 1n, length), point: curve.multiply(c + 1n) };
      expect(rejection, String(c)).toEqual(wanted);
      const deterministic = fromBits("C2SP det-keygen", string);
      const same = c === 0n || c >= order ? undefined : { d: toBytes(c, length), point: curve.multiply(c) };
      expect(deterministic, String(c)).toEqual(same);
    }
  });

  test("a generator's key is what its next bytes give", () => {
    for (const method of ["FIPS 186-5, A.2.1", "FIPS 186-5, A.2.2"] as const) {
      const seed = random.bytes(48);
      const [one, two] = [generatorFrom(core, seed), generatorFrom(core, seed)];
      const pair = ecGenerate(core, name, method, one.pointer, 128);
      const string = two.generate(Math.ceil((bits + (method === "FIPS 186-5, A.2.1" ? 64 : 0)) / 8));
      expect(pair).toEqual(fromBits(method, string));
      ecPairwise(core, name, pair);
      one.uninstantiate();
      two.uninstantiate();
    }
  });

  test("points of the curve are valid, by both routines", () => {
    for (let i = 0; i < 20; i++) {
      const point = curve.multiply(scalar());
      expect(isEcPoint(core, name, point, "full")).toBe(true);
      expect(isEcPoint(core, name, point, "partial")).toBe(true);
    }
  });

  test("what is no point is refused, by both routines", () => {
    const good = curve.multiply(scalar());
    const [x, y] = [fromBigEndian(good.subarray(1, 1 + length)), fromBigEndian(good.subarray(1 + length))];
    const put = (px: bigint, py: bigint) => Uint8Array.from([4, ...toBytes(px, length), ...toBytes(py, length)]);
    const room = 1n << BigInt(8 * length);
    // Points of y^2 = x^3 + a x + b' for another b': on no curve of ours, though the formulas would never see it.
    const changed = (at: number, bit: number) => good.map((byte, i) => (i === at ? byte ^ bit : byte));
    const wrong: Record<string, Uint8Array> = {
      empty: new Uint8Array(),
      infinity: Uint8Array.of(0),
      "infinity, padded": new Uint8Array(2 * length + 1),
      compressed: Uint8Array.from([2 + Number(y & 1n), ...toBytes(x, length)]),
      hybrid: changed(0, 2),
      "another form": changed(0, 1),
      "too short": good.subarray(0, -1),
      "too long": Uint8Array.from([...good, 0]),
      "a bit of x": changed(5, 1),
      "a bit of y": changed(2 * length, 1),
      "x and y exchanged": put(y, x),
      "(0, 0)": put(0n, 0n),
      "(0, 1)": put(0n, 1n),
      "x = p": put(prime, y),
      "y = p": put(x, prime),
      "all ones": put(room - 1n, room - 1n),
    };
    if (x + prime < room) wrong["x + p"] = put(x + prime, y);
    if (y + prime < room) wrong["y + p"] = put(x, y + prime);
    for (const [what, point] of Object.entries(wrong)) {
      expect(isEcPoint(core, name, point, "partial"), what).toBe(false);
      expect(isEcPoint(core, name, point, "full"), what).toBe(false);
    }
  });

  test("d = 0, d = n and above are no private keys", () => {
    for (const d of [0n, order, order + 1n, (1n << BigInt(8 * length)) - 1n]) {
      const invalid = expect.objectContaining({ code: "key-invalid" });
      expect(() => ecPublicPoint(core, name, toBytes(d, length)), String(d)).toThrow(invalid);
    }
    expect(() => ecPublicPoint(core, name, new Uint8Array(length - 1))).toThrow(RangeError);
  });
});

test("x + p fits for a curve with room above p, and is refused there too", () => {
  // Small x exist: on P-521 there are 7 bits of room, so any x + p fits.
  const [, , , p521] = curves;
  expect(p521?.name).toBe("P-521");
  const { prime = 0n, length = 0 } = p521 ?? {};
  const good = p521?.multiply(5n) ?? new Uint8Array();
  const x = fromBigEndian(good.subarray(1, 1 + length)) + prime;
  const shifted = Uint8Array.from([4, ...toBytes(x, length), ...good.subarray(1 + length)]);
  expect(isEcPoint(core, "P-521", good)).toBe(true);
  expect(isEcPoint(core, "P-521", shifted)).toBe(false);
});

test("a curve from outside the type is a wrong call, in the library and in the core", () => {
  expect(() => ecPublicPoint(core, "P-192" as "P-224", new Uint8Array(24))).toThrow(/P-224.*P-192/);
  expect(core.exports.ecFromScalar(0, 0, 0)).toBe(2);
  expect(core.exports.ecFromScalar(6, 0, 0)).toBe(2);
  expect(core.exports.ecFromBits(1, 4, 0, 28, 1, 0, 0)).toBe(2);
});

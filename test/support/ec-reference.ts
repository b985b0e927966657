/** The five curves as others have them: their numbers from @noble/curves, multiples of G from node:crypto. */
import { createECDH } from "node:crypto";
import { weierstrass } from "@noble/curves/abstract/weierstrass.js";
import { p256, p384, p521 } from "@noble/curves/nist.js";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import type { EcCurve } from "../../src/core/ec.ts";

/** SP 800-186, 3.2.1.2: the one curve of ours that @noble/curves does not bring with it. */
const p224 = weierstrass({
  p: 2n ** 224n - 2n ** 96n + 1n,
  n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
  h: 1n,
  a: 2n ** 224n - 2n ** 96n - 2n,
  b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  Gx: 0xb70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21n,
  Gy: 0xbd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34n,
});

export interface ReferenceCurve {
  readonly name: EcCurve;
  /** As OpenSSL calls it. */
  readonly openssl: string;
  readonly bits: number;
  /** Bytes of a coordinate and of a private key. */
  readonly length: number;
  readonly prime: bigint;
  readonly order: bigint;
  readonly a: bigint;
  readonly b: bigint;
  /** d G as 04, x, y, by OpenSSL. */
  multiply(d: bigint): Uint8Array;
  /** The same by @noble/curves. */
  multiplyNoble(d: bigint): Uint8Array;
}

export function toBytes(value: bigint, length: number): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(2 * length, "0"), "hex"));
}

function reference(name: EcCurve, openssl: string, point: typeof p256.Point): ReferenceCurve {
  const { p, n, a, b } = point.CURVE();
  const bits = n.toString(2).length;
  const length = Math.ceil(bits / 8);
  const ecdh = createECDH(openssl);
  return {
    name,
    openssl,
    bits,
    length,
    prime: p,
    order: n,
    a,
    b,
    multiply(d) {
      ecdh.setPrivateKey(toBytes(d, length));
      return Uint8Array.from(ecdh.getPublicKey());
    },
    multiplyNoble: (d) => point.BASE.multiply(d).toBytes(false),
  };
}

/** In the order of the core's numbers. */
export const curves: readonly ReferenceCurve[] = [
  reference("P-224", "secp224r1", p224),
  reference("P-256", "prime256v1", p256.Point),
  reference("P-384", "secp384r1", p384.Point),
  reference("P-521", "secp521r1", p521.Point),
  reference("secp256k1", "secp256k1", secp256k1.Point),
];

export function referenceCurve(name: EcCurve): ReferenceCurve {
  const found = curves.find((curve) => curve.name === name);
  if (found === undefined) throw new RangeError(`no reference for ${name}`);
  return found;
}

/** Whether 04, x, y is a point of the curve, in BigInt. */
export function isOnCurve({ prime, length, a, b }: ReferenceCurve, point: Uint8Array): boolean {
  if (point.length !== 2 * length + 1 || point[0] !== 4) return false;
  const [x, y] = [point.subarray(1, 1 + length), point.subarray(1 + length)].map((bytes) =>
    BigInt(`0x${Buffer.from(bytes).toString("hex")}`),
  ) as [bigint, bigint]; // of two
  return x < prime && y < prime && (y * y - x * x * x - a * x - b) % prime === 0n;
}

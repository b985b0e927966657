/**
 * Full validation of EC public keys, SP 800-56A Rev. 3, 5.6.2.3.3, and the range of private ones, 5.6.2.1.2. Curves: SP
 * 800-186, 3.2.1, and SEC 2, 2.4.1. The cofactor is 1, so that every point of the curve but infinity has the order n.
 */
import { type CatalogueName, catalogue } from "../algorithms/registry.ts";
import { KeygenError } from "../errors.ts";

interface Curve {
  readonly p: bigint;
  readonly a: bigint;
  readonly b: bigint;
  /** The order, big-endian, in hexadecimal. */
  readonly n: string;
}

function curveOf(name: CatalogueName): Curve {
  switch (name) {
    case "P-224":
      return {
        p: 2n ** 224n - 2n ** 96n + 1n,
        a: -3n,
        b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
        n: "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d",
      };
    case "P-256":
      return {
        p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
        a: -3n,
        b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
        n: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
      };
    case "P-384":
      return {
        p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
        a: -3n,
        b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
        n: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
      };
    case "P-521":
      return {
        p: 2n ** 521n - 1n,
        a: -3n,
        b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
        n: `01${"ff".repeat(32)}fa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409`,
      };
    case "secp256k1":
      return {
        p: 2n ** 256n - 2n ** 32n - 977n,
        a: 0n,
        b: 7n,
        n: "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
      };
    default:
      throw new TypeError(`${name} is no curve`);
  }
}

function number(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

export function coordinateLen(name: CatalogueName): number {
  const row = catalogue[name];
  if (row.kind !== "ec") throw new TypeError(`${name} is no curve`);
  return row.coordinateLen;
}

function broken(name: CatalogueName, what: string, clause: string): KeygenError {
  return new KeygenError("key-invalid", `${name}: ${what} (${clause})`, { clause });
}

/** KeygenError "key-invalid" unless `point` is an uncompressed point of the curve. All of it is public. */
export function checkPoint(name: CatalogueName, point: Uint8Array): void {
  const { p, a, b } = curveOf(name);
  const length = coordinateLen(name);
  if (point.length !== 2 * length + 1 || point[0] !== 4) {
    const wanted = `the public key must be an uncompressed point of ${2 * length + 1} bytes`;
    throw broken(name, wanted, "SEC 1, 2.3.3");
  }
  const [x, y] = [number(point.subarray(1, 1 + length)), number(point.subarray(1 + length))];
  const clause = "SP 800-56A Rev. 3, 5.6.2.3.3";
  if (x >= p || y >= p)
    throw broken(name, "a coordinate of the public key is not below the prime of the field", clause);
  if ((x * x * x + a * x + b - y * y) % p !== 0n) throw broken(name, "the public key is not on the curve", clause);
}

/** KeygenError "key-invalid" unless 0 < d < n. Of d, no more shows than whether it is. */
export function checkScalar(name: CatalogueName, d: Uint8Array): void {
  const { n } = curveOf(name);
  let borrow = 0;
  let bits = 0;
  for (let i = d.length - 1; i >= 0; i--) {
    const digit = d[i] ?? 0;
    bits |= digit;
    borrow = ((digit - Number.parseInt(n.slice(2 * i, 2 * i + 2), 16) - borrow) >> 8) & 1;
  }
  if (d.length * 2 !== n.length || borrow === 0 || bits === 0) {
    throw broken(
      name,
      `the private key must be a number from 1 to n - 1 in ${n.length / 2} bytes`,
      "SP 800-56A Rev. 3, 5.6.2.1.2",
    );
  }
}

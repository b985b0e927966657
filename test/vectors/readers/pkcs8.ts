/** What is inside a PKCS#8 key (RFC 5208) of RSA (RFC 8017, A.1.2) or of a curve (RFC 5915), read apart from the library's own encoders. */
import { hex } from "@scure/base";
import type { RsaParts } from "../subject.ts";

const [INTEGER, BITS, OCTETS, SEQUENCE, CURVE, POINT] = [0x02, 0x03, 0x04, 0x30, 0xa0, 0xa1];
/** rsaEncryption with NULL parameters (RFC 8017, A.1), as the content of its SEQUENCE. */
const RSA_ENCRYPTION = "06092a864886f70d0101010500";

/** Takes one value of DER after the other; a value must have the tag that is asked. */
class DerReader {
  #rest: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#rest = bytes;
  }

  take(tag: number): Uint8Array {
    const [found, short = 0] = this.#rest;
    if (found !== tag) throw new RangeError(`wanted DER tag ${tag}, got ${found}`);
    const longer = short >= 0x80 ? short & 0x7f : 0;
    const length = longer === 0 ? short : Number(`0x${hex.encode(this.#rest.subarray(2, 2 + longer))}`);
    const from = 2 + longer;
    if (this.#rest.length < from + length) throw new RangeError("the DER value is cut short");
    const value = this.#rest.subarray(from, from + length);
    this.#rest = this.#rest.subarray(from + length);
    return value;
  }

  /** Whether a value with this tag comes next. */
  has(tag: number): boolean {
    return this.#rest[0] === tag;
  }

  end(): void {
    if (this.#rest.length > 0) throw new RangeError(`${this.#rest.length} bytes follow the DER value`);
  }
}

/** The one value that `bytes` consists of. */
function only(bytes: Uint8Array, tag: number): DerReader {
  const reader = new DerReader(bytes);
  const value = reader.take(tag);
  reader.end();
  return new DerReader(value);
}

export function rsaFromPkcs8(der: Uint8Array): RsaParts {
  const info = only(der, SEQUENCE);
  info.take(INTEGER); // version
  if (hex.encode(info.take(SEQUENCE)) !== RSA_ENCRYPTION) throw new RangeError("the key must be an RSA key");
  const key = only(info.take(OCTETS), SEQUENCE);
  info.end();
  key.take(INTEGER); // version
  const [n, e, d, p, q] = [
    key.take(INTEGER),
    key.take(INTEGER),
    key.take(INTEGER),
    key.take(INTEGER),
    key.take(INTEGER),
  ];
  const [dp, dq, qi] = [key.take(INTEGER), key.take(INTEGER), key.take(INTEGER)];
  key.end();
  return { n, e, d, p, q, dp, dq, qi };
}

/** id-ecPublicKey (RFC 5480, 2.1.1), as the first value of its SEQUENCE; the curve follows. */
const EC_PUBLIC_KEY = "06072a8648ce3d0201";

/** d as it stands, and the point as 04, x, y. */
export function ecFromPkcs8(der: Uint8Array): { readonly d: Uint8Array; readonly point: Uint8Array } {
  const info = only(der, SEQUENCE);
  info.take(INTEGER); // version
  if (!hex.encode(info.take(SEQUENCE)).startsWith(EC_PUBLIC_KEY)) throw new RangeError("the key must be an EC key");
  const key = only(info.take(OCTETS), SEQUENCE);
  info.end();
  key.take(INTEGER); // version
  const d = key.take(OCTETS);
  if (key.has(CURVE)) key.take(CURVE);
  const bits = new DerReader(key.take(POINT)).take(BITS);
  key.end();
  return { d, point: bits.subarray(1) }; // after the count of unused bits
}

// Keys as another implementation sees them: OpenSSL, through node:crypto, tests the primes, loads the key and uses it.
import {
  checkPrimeSync,
  constants,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
} from "node:crypto";
import { base64urlnopad } from "@scure/base";
import { describe, expect, test } from "vitest";
import type { RsaParts } from "../../src/core/rsa.ts";
import { freshCore } from "../support/core.ts";
import { bitLength, lcm } from "../support/integers.ts";
import { Random } from "../support/random.ts";
import { generatorFrom, makeKey, numbersOf } from "../support/rsa.ts";
import { derive } from "../support/rsa-reference.ts";

const random = new Random("rsa-keys");
const core = await freshCore();
const generator = generatorFrom(core, random.bytes(48));
const from = { candidates: generator.pointer, bases: generator.pointer, strengthBits: 112 };

function jwkOf(parts: RsaParts) {
  const { n, e, d, p, q, dp, dq, qi } = parts;
  const text = base64urlnopad.encode;
  const pair = { kty: "RSA", n: text(n), e: text(e) };
  return { ...pair, d: text(d), p: text(p), q: text(q), dp: text(dp), dq: text(dq), qi: text(qi) };
}

describe.each([
  { bits: 2048, rounds: 5, keys: 3, variant: "FIPS 186-5, A.1.3" },
  { bits: 3072, rounds: 4, keys: 1, variant: "FIPS 186-5, A.1.3" },
  { bits: 2048, rounds: 5, keys: 6, variant: "FIPS 186-5, A.1.6" },
  { bits: 2064, rounds: 5, keys: 2, variant: "FIPS 186-5, A.1.6" },
  { bits: 3072, rounds: 4, keys: 2, variant: "FIPS 186-5, A.1.6" },
  { bits: 4096, rounds: 4, keys: 1, variant: "FIPS 186-5, A.1.6" },
] as const)("RSA-$bits, $variant", ({ bits, rounds, keys, variant }) => {
  test("keys meet A.1.1, and OpenSSL loads them, signs, verifies, encrypts and decrypts", () => {
    for (let i = 0; i < keys; i++) {
      const parts = makeKey(core, { ...from, modulusBits: bits, millerRabinRounds: rounds, variant }, 10_000_000);
      const { n, e, d, p, q, dp, dq, qi } = numbersOf(parts);
      const half = BigInt(bits / 2);
      expect([parts.n.length, parts.p.length, parts.qi.length]).toEqual([bits / 8, bits / 16, bits / 16]);
      expect(checkPrimeSync(p) && checkPrimeSync(q)).toBe(true);
      expect([bitLength(n), bitLength(p), bitLength(q), e]).toEqual([bits, bits / 2, bits / 2, 65537n]);
      expect(p * p > 1n << BigInt(bits - 1) && q * q > 1n << BigInt(bits - 1)).toBe(true);
      expect((p > q ? p - q : q - p) > 1n << (half - 100n)).toBe(true);
      expect(d > 1n << half && d < lcm(p - 1n, q - 1n)).toBe(true);
      expect({ n, e, d, p, q, dp, dq, qi }).toEqual(derive(e, p, q));

      const privateKey = createPrivateKey({ key: jwkOf(parts), format: "jwk" });
      const publicKey = createPublicKey(privateKey);
      const message = random.bytes(100);
      expect(verify("sha256", message, publicKey, sign("sha256", message, privateKey))).toBe(true);
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const sealed = publicEncrypt({ key: publicKey, padding, oaepHash: "sha256" }, message);
      expect(new Uint8Array(privateDecrypt({ key: privateKey, padding, oaepHash: "sha256" }, sealed))).toEqual(message);
    }
  });
});

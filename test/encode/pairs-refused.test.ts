/** Key pairs that are none: each malformed in one place, refused with the reason, and without a byte of what came. */
import { describe, expect, test } from "vitest";
import { type CatalogueName, catalogue } from "../../src/algorithms/registry.ts";
import { checkScalar } from "../../src/encode/curves.ts";
import { decodeJwk, encodeJwk } from "../../src/encode/jwk.ts";
import type { Complete } from "../../src/encode/pair.ts";
import { decodePkcs8, encodePkcs8 } from "../../src/encode/pkcs8.ts";
import { decodeRaw, encodeRaw } from "../../src/encode/raw.ts";
import { decodeSec1 } from "../../src/encode/sec1.ts";
import { decodeSpki } from "../../src/encode/spki.ts";
import { KeygenError } from "../../src/errors.ts";
import { makerOf } from "../../src/generate/makers.ts";
import { thrown } from "../support/errors.ts";
import { nodePair, pairNames, pkcs8Of, spkiOf } from "../support/pair-keys.ts";

const isSeeded = (name: CatalogueName): boolean => /^ML-/.test(name);
const curves = pairNames.filter((name) => catalogue[name].kind === "ec");
const jwkOf = (name: CatalogueName) => nodePair(name).privateKey.export({ format: "jwk" });

function flipped(bytes: Uint8Array, at: number, mask = 1): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const place = at < 0 ? copy.length + at : at;
  copy[place] = (copy[place] ?? 0) ^ mask;
  return copy;
}

describe.each(["P-256", "P-521", "Ed25519", "ML-KEM-512", "SLH-DSA-SHA2-128f"] as const)("DER of %s", (name) => {
  test.each([
    ["SPKI", spkiOf(nodePair(name)), decodeSpki],
    ["PKCS #8", pkcs8Of(nodePair(name)), decodePkcs8],
  ] as const)("every truncation of its %s is refused", (_, der, decode) => {
    for (let length = 0; length < der.length; length += der.length > 300 ? 37 : 1) {
      expect(thrown(() => decode(der.subarray(0, length)))).toMatchObject({ code: "encoding-invalid" });
    }
    expect(thrown(() => decode(Uint8Array.from([...der, 0])))).toMatchObject({ code: "encoding-invalid" });
  });

  test("every changed byte of its frame is refused with a reason, or gives a key", () => {
    const der = pkcs8Of(nodePair(name));
    for (let at = 0; at < 60; at++) {
      for (const mask of [0x01, 0x08, 0x40, 0x80, 0xff]) {
        try {
          decodePkcs8(flipped(der, at, mask));
        } catch (error) {
          if (!(error instanceof KeygenError)) throw error;
          expect(error.code).toMatch(/^(encoding-invalid|algorithm-unsupported|key-invalid)$/);
          expect(error.message).not.toMatch(/\bgot (0x|\d\d\d\d)/);
        }
      }
    }
  });
});

describe.each(curves)("%s", (name) => {
  const point = encodeRaw(decodeSpki(spkiOf(nodePair(name))));
  const length = (point.length - 1) / 2;

  test("a point that is not on the curve, too large, compressed or infinite is refused", () => {
    const asPublic = (bytes: Uint8Array) => thrown(() => decodeRaw(name, bytes, { type: "public" }));
    expect(asPublic(flipped(point, -1)).message).toContain("the public key is not on the curve");
    const large = Uint8Array.from(point).fill(0xff, 1, 1 + length);
    expect(asPublic(large).message).toContain("not below the prime of the field");
    for (const none of [Uint8Array.of(0), flipped(point, 0, 6), point.subarray(0, 1 + length), new Uint8Array(0)]) {
      expect(asPublic(none)).toMatchObject({ code: "key-invalid" });
    }
    expect(asPublic(flipped(point, -1))).toMatchObject({ code: "key-invalid" });
  });

  test("a private key of zero, n or more is refused, and one of 1 and n - 1 is not", () => {
    const order = orderOf(name);
    const bytes = (value: bigint) => Buffer.from(value.toString(16).padStart(2 * length, "0"), "hex");
    for (const good of [1n, order - 1n]) expect(() => checkScalar(name, bytes(good))).not.toThrow();
    for (const bad of [0n, order, order + 1n, (1n << BigInt(8 * length)) - 1n]) {
      expect(thrown(() => decodeRaw(name, bytes(bad), { type: "private" }))).toMatchObject({ code: "key-invalid" });
    }
    expect(thrown(() => checkScalar(name, bytes(1n).subarray(1)))).toMatchObject({ code: "key-invalid" });
  });
});

/** The orders, each written in another way than in the source. */
function orderOf(name: CatalogueName): bigint {
  const orders: Partial<Record<CatalogueName, bigint>> = {
    "P-224": 2n ** 224n - 0xe95d1f470fc1ec22d6baa3a3d5c3n,
    "P-256": 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    "P-384": 2n ** 384n - 1388124618062372383947042015309946732620727252194336364173n,
    "P-521": 2n ** 521n - 657877501894328237357444332315020117536923257219387276263472201219398408051703n,
    secp256k1: 2n ** 256n - 432420386565659656852420866394968145599n,
  };
  return orders[name] ?? 0n;
}

test("halves of two pairs are refused where the format shows it, and by complete where it does not", () => {
  const slh = pkcs8Of(nodePair("SLH-DSA-SHA2-128f"));
  const jwk = { ...jwkOf("SLH-DSA-SHA2-128f"), pub: Buffer.alloc(32, 7).toString("base64url") };
  expect(thrown(() => decodeJwk(jwk)).message).toContain("the public key does not belong to the private key");
  expect(encodeJwk(decodePkcs8(slh))).toMatchObject({ kty: "AKP" }); // its public half is in its private one

  const right = encodeRaw(decodeSpki(spkiOf(nodePair("Ed25519"))));
  const complete: Complete = () => ({ publicKey: right });
  expect(thrown(() => encodeJwk(decodePkcs8(pkcs8Of(nodePair("Ed25519"))))).message).toContain("the option complete");
  expect(encodeJwk(decodePkcs8(pkcs8Of(nodePair("Ed25519")), { complete }))).toEqual(jwkOf("Ed25519"));
  expect(decodeJwk(jwkOf("Ed25519"), { complete }).algorithm).toBe("Ed25519");
  const wrong: Complete = () => ({ publicKey: flipped(right, 3) });
  expect(thrown(() => decodeJwk(jwkOf("Ed25519"), { complete: wrong }))).toMatchObject({ code: "key-invalid" });
});

test.each(["ML-KEM-512", "ML-DSA-44"] as const)("%s: an expanded key of another seed is refused", (name) => {
  const both = pkcs8Of(nodePair(name));
  const publicKey = encodeRaw(decodeSpki(spkiOf(nodePair(name))));
  const row = catalogue[name];
  const expanded = both.slice(both.length - row.expandedKeyLen);
  const given: Uint8Array[] = [];
  const complete: Complete = () => {
    const expandedKey = expanded.slice();
    given.push(expandedKey);
    return { publicKey, expandedKey };
  };
  expect(decodePkcs8(both, { complete }).algorithm).toBe(name);
  const other = flipped(both, both.length - row.expandedKeyLen + 5);
  expect(thrown(() => decodePkcs8(other, { complete })).message).toContain("the expanded key is not that of the seed");
  expect(given.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true); // wiped
  if (name === "ML-KEM-512") {
    for (const at of [-1, -33, -64, -65]) {
      expect(thrown(() => decodePkcs8(flipped(both, at))).message).toContain(
        "the expanded key is not that of the seed",
      );
    }
  }
});

test("an ML-KEM public key with a coefficient of q or more is refused (FIPS 203, 7.2)", () => {
  const ek = encodeRaw(decodeSpki(spkiOf(nodePair("ML-KEM-512"))));
  for (const coefficients of [
    [0x01, 0x0d, 0],
    [0xff, 0x0f, 0],
    [0, 0x10, 0xd0],
    [0, 0xf0, 0xff],
  ]) {
    const bad = Uint8Array.from(ek);
    bad.set(coefficients); // 3329 or 4095, in the first place or in the second
    expect(thrown(() => decodeRaw("ML-KEM-512", bad, { type: "public" })).message).toContain("not below 3329");
  }
  const largest = Uint8Array.from(ek);
  largest.set([0x00, 0x0d, 0xd0]); // 3328 and 3328
  expect(() => decodeRaw("ML-KEM-512", largest, { type: "public" })).not.toThrow();
});

test.each(pairNames)("%s: halves of another length are refused", (name) => {
  const secret = encodeRaw(decodePkcs8(pkcs8Of(nodePair(name))));
  const open = encodeRaw(decodeSpki(spkiOf(nodePair(name))));
  for (const bytes of [secret.subarray(1), Uint8Array.from([...secret, 1]), new Uint8Array(0)]) {
    expect(thrown(() => decodeRaw(name, bytes, { type: "private" }))).toBeInstanceOf(KeygenError);
  }
  for (const bytes of [open.subarray(1), Uint8Array.from([...open, 1])]) {
    expect(thrown(() => decodeRaw(name, bytes, { type: "public" }))).toBeInstanceOf(KeygenError);
  }
  expect(thrown(() => decodeRaw(name, secret))).toBeInstanceOf(RangeError);
});

test.each<readonly [string, string, object]>([
  ["encoding-invalid", "crv must be a string", { ...jwkOf("P-256"), crv: 256 }],
  [
    "algorithm-unsupported",
    "crv of an EC key must be one of P-256, P-384, P-521, secp256k1",
    { ...jwkOf("P-256"), crv: "P-224" },
  ],
  ["algorithm-unsupported", "crv of an OKP key must be one of", { ...jwkOf("Ed25519"), crv: "P-256" }],
  ["algorithm-unsupported", "alg of an AKP key must be one of ML-KEM-512", { ...jwkOf("ML-DSA-44"), alg: "ML-DSA" }],
  ["encoding-invalid", "alg must be a string", { ...jwkOf("ML-DSA-44"), alg: undefined }],
  ["encoding-invalid", "x must have 48 bytes for P-384, got 32", { ...jwkOf("P-256"), crv: "P-384" }],
  [
    "encoding-invalid",
    "d must have 32 bytes for P-256, got 31",
    { ...jwkOf("P-256"), d: Buffer.alloc(31, 1).toString("base64url") },
  ],
  ["encoding-invalid", "y is missing", { ...jwkOf("P-256"), y: undefined }],
  ["encoding-invalid", "alg must be one for P-256 keys", { ...jwkOf("P-256"), alg: "ES384" }],
  ["encoding-invalid", "alg must be one for X25519 keys", { ...jwkOf("X25519"), alg: "EdDSA" }],
  [
    "encoding-invalid",
    "Ed25519: the public key must have 32 bytes, got 56",
    { ...jwkOf("Ed25519"), x: jwkOf("X448").x },
  ],
  [
    "encoding-invalid",
    "ML-DSA-44: the seed must have 32 bytes, got 64",
    { ...jwkOf("ML-DSA-44"), priv: jwkOf("ML-KEM-512").priv },
  ],
  ["encoding-invalid", "ext must be true or false", { ...jwkOf("Ed25519"), ext: "yes" }],
])("JWK: %s: %s", (code, message, jwk) => {
  const error = thrown(() => decodeJwk(jwk));
  expect(error).toMatchObject({ name: "KeygenError", code });
  expect(error.message).toContain(message);
});

test("SEC 1 without its curve, on another curve or of another version is refused", () => {
  const sec1 = Uint8Array.from(nodePair("P-256").privateKey.export({ format: "der", type: "sec1" }));
  expect(thrown(() => decodeSec1(flipped(sec1, 4, 3))).message).toContain("wanted version 1 of an ECPrivateKey");
  expect(thrown(() => decodeSec1(flipped(sec1, 39, 1))).message).toContain("wanted [0] (parameters)");
  expect(thrown(() => decodeSec1(flipped(sec1, 50, 1)))).toBeInstanceOf(KeygenError);
});

test("a generator weaker than the key makes none", () => {
  expect(thrown(() => makerOf(catalogue["AES-256"], 192))).toMatchObject({ code: "strength-unavailable" });
  expect(makerOf(catalogue["AES-256"], 256)).toBeDefined();
});

test("a seed alone is written in a few bytes", () => {
  for (const name of pairNames.filter(isSeeded)) {
    expect(encodePkcs8(decodePkcs8(pkcs8Of(nodePair(name)))).length).toBeLessThan(90);
  }
});

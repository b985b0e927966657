/** JWKs that are none: each refused with the member, and without its value. */
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { PrivateKey, PublicKey, SecretKey } from "../../src/algorithms/key.ts";
import { type DecodeJwkOptions, decodeJwk, encodeJwk, jwkThumbprint } from "../../src/encode/jwk.ts";
import { decodeRaw } from "../../src/encode/raw.ts";
import { thrown } from "../support/errors.ts";
import { nodeRsa } from "../support/rsa-keys.ts";

const secret = nodeRsa(2048).privateKey.export({ format: "jwk" });
const open = nodeRsa(2048).publicKey.export({ format: "jwk" });
const n = String(secret.n);
const d = String(secret.d);
const k32 = Buffer.alloc(32, 0xa7).toString("base64url");
const oct = { kty: "oct", k: k32, alg: "HS256" };
const short = (text: string, bytes: number) => Buffer.from(text, "base64url").subarray(0, bytes).toString("base64url");
const withZero = (text: string) =>
  Buffer.concat([Buffer.alloc(1), Buffer.from(text, "base64url")]).toString("base64url");
/** Two bytes more, so that it is above a modulus of whatever it was below. */
const longer = (text: string) => Buffer.concat([Buffer.from(text, "base64url"), Buffer.of(0, 1)]).toString("base64url");
const even = (text: string) => {
  const bytes = Buffer.from(text, "base64url");
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) & 0xfe;
  return bytes.toString("base64url");
};

const bad: readonly (readonly [code: string, message: string, jwk: unknown, options?: DecodeJwkOptions])[] = [
  ["encoding-invalid", "kty must be RSA, EC, OKP, AKP or oct", {}],
  ["encoding-invalid", "kty must be RSA, EC, OKP, AKP or oct", { kty: 1 }],
  ["encoding-invalid", "kty must be RSA, EC, OKP, AKP or oct", Object.create(open) as object],
  ["algorithm-unsupported", 'kty must be RSA, EC, OKP, AKP or oct, got "DSA"', { kty: "DSA", crv: "P-256" }],
  ["algorithm-unsupported", 'kty must be RSA, EC, OKP, AKP or oct, got "rsa"', { ...open, kty: "rsa" }],
  ["encoding-invalid", "n is missing", { kty: "RSA", e: "AQAB" }],
  ["encoding-invalid", "n must be a string", { ...open, n: 5 }],
  ["encoding-invalid", "n is empty", { ...open, n: "" }],
  ["encoding-invalid", "n must be base64url without padding", { ...open, n: `${n}=` }],
  ["encoding-invalid", "n must be base64url without padding", { ...open, n: `${n} ` }],
  ["encoding-invalid", "n must be base64url without padding", { ...open, n: n.replace(/[-_]/g, "+") }],
  ["encoding-invalid", "e must be base64url without padding", { ...open, e: "AQB" }],
  ["encoding-invalid", "n must not begin with a zero byte", { ...open, n: withZero(n) }],
  ["algorithm-unsupported", "an RSA modulus of 1024 bits is not one of RSA-2048", { ...open, n: short(n, 128) }],
  ["key-invalid", "the modulus must be odd", { ...open, n: even(n) }],
  ["key-invalid", "the public exponent must be odd, above 2^16", { ...open, e: "Aw" }],
  ["key-invalid", "the public exponent must be odd, above 2^16", { ...open, e: "AQAA" }],
  ["encoding-invalid", "alg must be one for RSA keys", { ...open, alg: "ES256" }],
  ["encoding-invalid", "alg must be a string", { ...open, alg: ["RS256"] }],
  ["encoding-invalid", "use must be a string", { ...open, use: 1 }],
  ["encoding-invalid", "key_ops must be a list of different strings", { ...open, key_ops: "sign" }],
  ["encoding-invalid", "key_ops must be a list of different strings", { ...open, key_ops: ["sign", "sign"] }],
  ["encoding-invalid", "missing: p, q, dp, dq, qi", { ...open, d }],
  ["encoding-invalid", "missing: qi", { ...secret, qi: undefined }],
  ["encoding-invalid", "missing: d", { ...secret, d: undefined }],
  ["encoding-invalid", "oth: keys of more than two primes are not read", { ...secret, oth: [] }],
  ["encoding-invalid", "d must be base64url without padding", { ...secret, d: `${d}!` }],
  ["encoding-invalid", "d must not begin with a zero byte", { ...secret, d: withZero(d) }],
  ["encoding-invalid", "ext must be true or false", { ...secret, ext: "yes" }],
  ["key-invalid", "each prime must be odd and of 1024 bits", { ...secret, p: short(String(secret.p), 127) }],
  ["key-invalid", "each prime must be odd and of 1024 bits", { ...secret, q: even(String(secret.q)) }],
  [
    "key-invalid",
    "the private exponent must be odd, above 2^1024 and below the modulus",
    { ...secret, d: short(d, 128) },
  ],
  ["key-invalid", "the private exponent must be odd, above 2^1024 and below the modulus", { ...secret, d: even(d) }],
  ["key-invalid", "the private exponent must be odd, above 2^1024 and below the modulus", { ...secret, d: longer(d) }],
  ["key-invalid", "each CRT number must be positive and below its prime", { ...secret, dp: n }],
  ["key-invalid", "each CRT number must be positive and below its prime", { ...secret, dp: secret.p }],
  ["key-invalid", "each CRT number must be positive and below its prime", { ...secret, qi: secret.p }],
  ["key-invalid", "the private exponent must be odd, above 2^1024 and below the modulus", { ...secret, d: n }],
  ["encoding-invalid", "the key must be RSA-3072, got RSA-2048", secret, { algorithm: "RSA-3072" }],
  ["encoding-invalid", "the key must be AES-256, got HMAC-SHA-256", oct, { algorithm: "AES-256" }],
  ["encoding-invalid", "k is missing", { kty: "oct", alg: "HS256" }],
  ["encoding-invalid", "k is empty", { ...oct, k: "" }],
  ["encoding-invalid", "k must be a string", { ...oct, k: null }],
  ["encoding-invalid", "k must be base64url without padding", { ...oct, k: `${k32}=` }],
  ["encoding-invalid", "k must have 32 bytes for HMAC-SHA-256, got 16", { ...oct, k: short(k32, 16) }],
  ["encoding-invalid", "k must have 16 bytes for AES-128, got 32", { ...oct, alg: "A128GCM" }],
  [
    "encoding-invalid",
    "an oct key without alg could be anything: name it in the option algorithm",
    { kty: "oct", k: k32 },
  ],
  ["algorithm-unsupported", "alg of an oct key must be HS256, HS384, HS512 or one of AES", { ...oct, alg: "HS1" }],
  ["algorithm-unsupported", "alg of an oct key must be HS256", { ...oct, alg: "A128CBC-HS256" }],
  ["encoding-invalid", "ext must be true or false", { ...oct, ext: 1 }],
];

test.each(bad.map(([code, message, jwk, options]) => ({ code, message, jwk, options })))(
  "$code: $message",
  (refused) => {
    const { code, message, jwk, options } = refused;
    const error = thrown(() => decodeJwk(jwk, options));
    expect(error).toMatchObject({ name: "KeygenError", code });
    expect(error.message).toContain(message);
    expect(error.cause).toBeUndefined();
    for (const value of [n, d, k32, String(secret.p)]) {
      for (let at = 0; at + 12 <= value.length; at += 6) expect(error.message).not.toContain(value.slice(at, at + 12));
    }
  },
);

test.each([
  ["null", null],
  ["undefined", undefined],
  ["a text", "text"],
  ["a number", 5],
  ["a list of JWKs", [secret]],
  ["the text of a JWK", JSON.stringify(secret)],
])("%s is no JWK", (_, value) => {
  expect(thrown(() => decodeJwk(value))).toBeInstanceOf(TypeError);
});

test("wrong options are wrong calls", () => {
  expect(thrown(() => decodeJwk(oct, { algorithm: "AES-512" as "AES-256" }))).toBeInstanceOf(RangeError);
  expect(thrown(() => decodeJwk({ kty: "oct", k: k32 }, { algorithm: "RSA-2048" })).message).toBe(
    "the option algorithm must be one of secret keys for kty oct, got RSA-2048",
  );
});

describe("what is read", () => {
  test("members that are not known are ignored (RFC 7517, 4)", () => {
    expect(decodeJwk({ ...open, color: "blue", x5t: {}, kid: 7 })).toBeInstanceOf(PublicKey);
  });

  test.each(["RS256", "PS512", "RSA-OAEP", "RSA-OAEP-256", "RSA1_5"])("an RSA key may be for %s", (alg) => {
    expect(decodeJwk({ ...secret, alg, use: "sig", key_ops: ["sign", "verify"] })).toBeInstanceOf(PrivateKey);
  });

  test.each(["A256GCM", "A256KW", "A256GCMKW", "A256CBC", "A256CTR"])("an oct key for %s is an AES-256 key", (alg) => {
    expect(decodeJwk({ ...oct, alg }).algorithm).toBe("AES-256");
  });

  test("ext: false forbids what the caller did not forbid, and never the other way round", () => {
    const extractable = (jwk: unknown, options?: DecodeJwkOptions) => {
      const key = decodeJwk(jwk, options);
      if (key instanceof PublicKey) throw new Error("wanted a secret");
      return key.extractable;
    };
    for (const jwk of [secret, oct]) {
      expect(extractable(jwk)).toBe(true);
      expect(extractable({ ...jwk, ext: true }, { extractable: false })).toBe(false);
      expect(extractable({ ...jwk, ext: false }, { extractable: true })).toBe(false);
    }
  });
});

test("a JWK of a secret has no more members than its kind needs", () => {
  expect(Object.keys(encodeJwk(decodeJwk(secret)))).toEqual(["kty", "n", "e", "d", "p", "q", "dp", "dq", "qi"]);
  expect(Object.keys(encodeJwk(decodeRaw("AES-256", new Uint8Array(32))))).toEqual(["kty", "k"]);
  expect(Object.keys(encodeJwk(decodeRaw("HMAC-SHA-384", new Uint8Array(48))))).toEqual(["kty", "alg", "k"]);
});

test("thumbprints are for public keys only", () => {
  for (const key of [decodeJwk(secret), decodeJwk(oct)]) {
    expect(key instanceof PrivateKey || key instanceof SecretKey).toBe(true);
    expect(() => jwkThumbprint(key as unknown as PublicKey)).toThrow(TypeError);
  }
});

test("members that a JWK inherits are none of its own", () => {
  const { d, ...open } = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" });
  expect(decodeJwk(Object.assign(Object.create({ d }), open)).type).toBe("public");
  Object.defineProperty(Object.prototype, "d", { configurable: true, value: d });
  try {
    expect(decodeJwk(open).type).toBe("public");
  } finally {
    Reflect.deleteProperty(Object.prototype, "d");
  }
});

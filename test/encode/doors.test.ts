/** The doors through which key bytes leave: shut for keys that are not extractable, empty for wiped ones. */
import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { PrivateKey, PublicKey, SecretKey } from "../../src/algorithms/key.ts";
import { decodeJwk, encodeJwk } from "../../src/encode/jwk.ts";
import { decodeEncryptedPkcs8, encodeEncryptedPkcs8 } from "../../src/encode/pbes2.ts";
import { decodePkcs8, encodePkcs8 } from "../../src/encode/pkcs8.ts";
import { decodeRaw, encodeRaw } from "../../src/encode/raw.ts";
import { decodeSec1, encodeSec1 } from "../../src/encode/sec1.ts";
import { decodeSpki, encodeSpki } from "../../src/encode/spki.ts";
import { thrown, thrownCode } from "../support/errors.ts";
import { nodePkcs8, nodeRsa, nodeSpki } from "../support/rsa-keys.ts";

const bytes = new Uint8Array(32).fill(0xa7);
const privateKey = (extractable?: boolean) =>
  decodePkcs8(nodePkcs8(2048), extractable === undefined ? {} : { extractable });
const secretKey = (extractable?: boolean) =>
  decodeRaw("AES-256", bytes, extractable === undefined ? {} : { extractable });
const asked = (extractable?: boolean) => (extractable === undefined ? {} : { extractable });
const okpJwk = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
const ed25519 = (extractable?: boolean) => decodeJwk(okpJwk, asked(extractable)) as PrivateKey; // it has d
const sec1 = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "der", type: "sec1" });
const p256 = (extractable?: boolean) => decodeSec1(sec1, asked(extractable));
const publicKey = decodeSpki(nodeSpki(2048));

const doors: readonly (readonly [
  name: string,
  make: (extractable?: boolean) => PrivateKey | SecretKey,
  encode: (key: never) => unknown,
])[] = [
  ["encodePkcs8", privateKey, encodePkcs8],
  ["encodeJwk of a private key", privateKey, (key: PrivateKey) => encodeJwk(key)],
  ["encodeJwk of a secret key", secretKey, (key: SecretKey) => encodeJwk(key)],
  ["encodeRaw", secretKey, encodeRaw],
  ["encodeRaw of a private key", ed25519, encodeRaw],
  ["encodePkcs8 of octets", ed25519, encodePkcs8],
  ["encodeJwk of octets", ed25519, (key: PrivateKey) => encodeJwk(key)],
  ["encodePkcs8 of an EC key", p256, encodePkcs8],
  ["encodeSec1", p256, encodeSec1],
];

describe.each(doors)("%s", (_, make, encode) => {
  const open = encode as (key: PrivateKey | SecretKey) => unknown; // the pairs of the table fit

  test("reads an extractable key", () => {
    expect(open(make())).toBeDefined();
    expect(open(make(true))).toBeDefined();
  });

  test("refuses a key that is not extractable", () => {
    const key = make(false);
    expect(thrownCode(() => open(key))).toBe("export-refused");
    expect(thrown(() => open(key)).message).toBe(
      `this ${key.algorithm} key is not extractable, so no encoder reads it`,
    );
  });

  test("refuses a wiped key", () => {
    const key = make();
    key.wipe();
    expect(thrownCode(() => open(key))).toBe("key-wiped");
  });

  test("leaves the key as it was: a second encoding is the same", () => {
    const key = make();
    expect(open(key)).toEqual(open(key));
  });
});

test("what an encoder returns is the caller's: wiping it leaves the key whole", () => {
  const key = privateKey();
  encodePkcs8(key).fill(0);
  expect(encodePkcs8(key)).toEqual(nodePkcs8(2048));
});

test("what a decoder was given is the caller's: wiping it leaves the key whole", () => {
  const der = nodePkcs8(2048).slice();
  const key = decodePkcs8(der);
  der.fill(0);
  expect(encodePkcs8(key)).toEqual(nodePkcs8(2048));
});

test("bytes come in buffers of their own, so that wiping reaches the only copy", () => {
  const made: readonly Uint8Array[] = [encodePkcs8(privateKey()), encodeSpki(publicKey), encodeRaw(secretKey())];
  for (const out of made) {
    expect(out.byteOffset).toBe(0);
    expect(out.buffer.byteLength).toBe(out.length);
  }
});

test("a decoder takes a view into a larger buffer", () => {
  const der = nodeSpki(2048);
  const larger = new Uint8Array(der.length + 20);
  larger.set(der, 7);
  expect(encodeSpki(decodeSpki(larger.subarray(7, 7 + der.length)))).toEqual(der);
});

test("printing a decoded key shows its name only", () => {
  for (const key of [privateKey(), secretKey()]) {
    expect(inspect(key)).toBe(`[${key.algorithm} key]`);
    expect(() => JSON.stringify(key)).toThrow(TypeError);
  }
});

test.each(["false", 0, null, "", {}])(
  "extractable must be a boolean: %o is refused by every decoder",
  async (value) => {
    const options = { extractable: value as unknown as boolean };
    const text = /^extractable must be true or false, got /;
    const jwk = { kty: "oct", alg: "A256GCM", k: Buffer.from(bytes).toString("base64url") };
    for (const decode of [
      () => decodePkcs8(nodePkcs8(2048), options),
      () => decodeRaw("AES-256", bytes, options),
      () => decodeRaw("Ed25519", bytes, { ...options, type: "private" }),
      () => decodeSec1(sec1, options),
      () => decodeJwk(okpJwk, options),
      () => decodeJwk(jwk, options),
      () => decodeJwk(nodeRsa(2048).privateKey.export({ format: "jwk" }), options),
    ]) {
      expect(thrown(decode)).toBeInstanceOf(TypeError);
      expect(decode).toThrow(text);
    }
    const der = await encodeEncryptedPkcs8(p256(), "password", { iterations: 1000 });
    await expect(decodeEncryptedPkcs8(der, "password", options)).rejects.toThrow(text);
  },
);

test("wrong calls name what was wanted and what came", () => {
  const wrong: readonly (readonly [call: () => unknown, message: string])[] = [
    [
      () => encodeSpki(privateKey() as unknown as PublicKey),
      "the key of encodeSpki must be a PublicKey, got PrivateKey",
    ],
    [
      () => encodePkcs8(publicKey as unknown as PrivateKey),
      "the key of encodePkcs8 must be a PrivateKey, got PublicKey",
    ],
    [
      () => encodePkcs8(undefined as unknown as PrivateKey),
      "the key of encodePkcs8 must be a PrivateKey, got undefined",
    ],
    [() => encodeRaw(privateKey()), "RSA keys have no raw form, got RSA-2048: use encodePkcs8 or encodeSpki"],
    [() => encodeRaw(publicKey), "RSA keys have no raw form, got RSA-2048: use encodePkcs8 or encodeSpki"],
    [() => encodeRaw({} as SecretKey), "the key of encodeRaw must be a SecretKey, PrivateKey or PublicKey, got Object"],
    [() => encodeSec1(privateKey()), "the key of encodeSec1 must be an EC key, got RSA-2048"],
    [() => encodeJwk({} as PublicKey), "the key of encodeJwk must be a PublicKey, PrivateKey or SecretKey, got Object"],
    [
      () => encodeJwk(null as unknown as PublicKey),
      "the key of encodeJwk must be a PublicKey, PrivateKey or SecretKey, got null",
    ],
    [() => decodeSpki("text" as unknown as Uint8Array), "the DER of decodeSpki must be a Uint8Array, got string"],
    [() => decodePkcs8([48] as unknown as Uint8Array), "the DER of decodePkcs8 must be a Uint8Array, got an array"],
    [
      () => decodeRaw("AES-256", new ArrayBuffer(32) as unknown as Uint8Array),
      "the bytes of decodeRaw must be a Uint8Array, got ArrayBuffer",
    ],
  ];
  for (const [call, message] of wrong) {
    expect(thrown(call)).toBeInstanceOf(TypeError);
    expect(thrown(call).message).toBe(message);
  }
  expect(() => decodeRaw("AES-256", new Uint8Array(16))).toThrow("a key for AES-256 must have 32 bytes, got 16");
  expect(() => decodeRaw("RSA-2048", new Uint8Array(16))).toThrow(RangeError);
  expect(() => decodeRaw("AES-512" as "AES-256", new Uint8Array(64))).toThrow(RangeError);
});

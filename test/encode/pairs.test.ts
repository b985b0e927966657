/** Key pairs of the catalogue: what the encoders write OpenSSL (`node:crypto`) reads, and the other way round. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, test } from "vitest";
import { PrivateKey, PublicKey, readSecret } from "../../src/algorithms/key.ts";
import { type CatalogueName, catalogue } from "../../src/algorithms/registry.ts";
import { decodeJwk, encodeJwk, jwkThumbprint } from "../../src/encode/jwk.ts";
import { decodePem, encodePem } from "../../src/encode/pem.ts";
import { decodePkcs8, encodePkcs8 } from "../../src/encode/pkcs8.ts";
import { decodeRaw, encodeRaw } from "../../src/encode/raw.ts";
import { decodeSec1, encodeSec1 } from "../../src/encode/sec1.ts";
import { decodeSpki, encodeSpki } from "../../src/encode/spki.ts";
import { nodePair, pairNames, pkcs8Of, spkiOf } from "../support/pair-keys.ts";

const isSeeded = (name: CatalogueName): boolean => /^ML-/.test(name);
const hasJwk = (name: CatalogueName): boolean => name !== "P-224";

/** OpenSSL's idea of the public half of what we wrote. */
function publicHalf(pkcs8: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  return Uint8Array.from(createPublicKey(key).export({ format: "der", type: "spki" }));
}

test("all pairs of the catalogue but RSA are tried", () => expect(pairNames).toHaveLength(5 + 4 + 3 + 3 + 12));

describe.each(pairNames)("%s", (name) => {
  const pair = nodePair(name);

  test("SPKI of OpenSSL is named, and comes out as it went in", () => {
    const key = decodeSpki(spkiOf(pair));
    expect(key.algorithm).toBe(name);
    expect(encodeSpki(key)).toEqual(spkiOf(pair));
  });

  test("PKCS #8 of OpenSSL is named, and OpenSSL finds the same key in what is written", () => {
    const key = decodePkcs8(pkcs8Of(pair));
    expect(key.algorithm).toBe(name);
    const again = encodePkcs8(key);
    if (!isSeeded(name)) expect(again).toEqual(pkcs8Of(pair));
    expect(publicHalf(again)).toEqual(spkiOf(pair));
    expect(encodePkcs8(decodePkcs8(again))).toEqual(again);
  });

  test("PEM comes out as it went in", () => {
    const text = pair.publicKey.export({ format: "pem", type: "spki" }).toString();
    expect(encodePem("PUBLIC KEY", decodePem(text, "PUBLIC KEY").der)).toBe(text);
  });

  test("JWK of OpenSSL is named, and comes out as it went in", () => {
    if (!hasJwk(name)) {
      expect(() => encodeJwk(decodeSpki(spkiOf(pair)))).toThrow(`no JWK is registered for ${name}`);
      return;
    }
    const open = pair.publicKey.export({ format: "jwk" });
    const secret = pair.privateKey.export({ format: "jwk" });
    const [publicKey, privateKey] = [decodeJwk(open), decodeJwk(secret)];
    expect([publicKey.algorithm, privateKey.algorithm]).toEqual([name, name]);
    expect(encodeJwk(publicKey)).toEqual(open);
    expect(encodeJwk(privateKey)).toEqual(secret);
    expect(publicKey).toBeInstanceOf(PublicKey);
    expect(privateKey).toBeInstanceOf(PrivateKey);
    if (!(publicKey instanceof PublicKey)) throw new Error("wanted a public key");
    expect(jwkThumbprint(publicKey)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  test("raw halves come out as they went in, in copies", () => {
    const [open, secret] = [encodeRaw(decodeSpki(spkiOf(pair))), encodeRaw(decodePkcs8(pkcs8Of(pair)))];
    const publicKey = decodeRaw(name, open, { type: "public" });
    const privateKey = decodeRaw(name, secret, { type: "private" });
    expect(encodeSpki(publicKey)).toEqual(spkiOf(pair));
    expect(publicHalf(encodePkcs8(privateKey))).toEqual(spkiOf(pair));
    expect(encodeRaw(privateKey)).toEqual(secret);
    secret.fill(0);
    expect(encodeRaw(privateKey)).not.toEqual(secret);
  });

  test("a wiped key leaves zeros", () => {
    const key = decodePkcs8(pkcs8Of(pair));
    const parts = readSecret(key);
    const secret = parts.kind === "ec" ? parts.ec.d : parts.kind === "octets" ? parts.octets.privateKey : undefined;
    expect(secret?.some((byte) => byte !== 0)).toBe(true);
    key.wipe();
    expect(secret?.every((byte) => byte === 0)).toBe(true);
  });

  test("the lengths are those of the row", () => {
    const row = catalogue[name];
    const open = encodeRaw(decodeSpki(spkiOf(pair)));
    const secret = encodeRaw(decodePkcs8(pkcs8Of(pair)));
    if (row.kind === "ec") expect([open.length, secret.length]).toEqual([2 * row.coordinateLen + 1, row.coordinateLen]);
    else if ("publicKeyLen" in row) expect([open.length, secret.length]).toEqual([row.publicKeyLen, row.privateKeyLen]);
    else throw new Error("wanted a pair");
  });
});

describe.each(pairNames.filter(isSeeded))("the forms of %s", (name) => {
  const { privateKey } = nodePair(name);
  const both = Uint8Array.from(privateKey.export({ format: "der", type: "pkcs8" })); // OpenSSL's default
  const row = catalogue[name];
  const expandedKey = both.subarray(both.length - ("expandedKeyLen" in row ? row.expandedKeyLen : 0));

  test("seed and expanded key together are written as OpenSSL writes them", () => {
    expect(encodePkcs8(decodePkcs8(both), { form: "both", expandedKey })).toEqual(both);
  });

  test("a form that needs the expanded key says so", () => {
    const key = decodePkcs8(both);
    expect(() => encodePkcs8(key, { form: "both" })).toThrow("the form both needs the option expandedKey");
    expect(() => encodePkcs8(key, { form: "expanded", expandedKey: expandedKey.subarray(1) })).toThrow("must have");
    expect(() => encodePkcs8(key, { form: "all" as "both" })).toThrow(RangeError);
  });
});

describe.each(pairNames.filter((name) => catalogue[name].kind === "ec"))("SEC 1 of %s", (name) => {
  const { privateKey } = nodePair(name);
  const der = Uint8Array.from(privateKey.export({ format: "der", type: "sec1" }));

  test("comes out as it went in, as DER and as PEM", () => {
    expect(decodeSec1(der).algorithm).toBe(name);
    expect(encodeSec1(decodeSec1(der))).toEqual(der);
    const pem = privateKey.export({ format: "pem", type: "sec1" }).toString();
    expect(encodePem("EC PRIVATE KEY", decodePem(pem, "EC PRIVATE KEY").der)).toBe(pem);
  });

  test("and PKCS #8 hold the same key", () => {
    expect(encodePkcs8(decodeSec1(der))).toEqual(pkcs8Of(nodePair(name)));
  });
});

test("RFC 8037, A.3: the thumbprint of an Ed25519 key", () => {
  const key = decodeJwk({ kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" });
  if (!(key instanceof PublicKey)) throw new Error("wanted a public key");
  expect(jwkThumbprint(key)).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
});

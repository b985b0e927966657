/** What the encoders write, OpenSSL (`node:crypto`) and WebCrypto read; what these write, the decoders read. */
import { createPrivateKey, createPublicKey, type JsonWebKey, sign, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { PrivateKey, PublicKey, readSecret, SecretKey } from "../../src/algorithms/key.ts";
import { symmetricAlgorithms } from "../../src/algorithms/symmetric.ts";
import { decodeJwk, encodeJwk, jwkThumbprint, type RsaPrivateJwk } from "../../src/encode/jwk.ts";
import { decodePem, encodePem } from "../../src/encode/pem.ts";
import { decodePkcs8, encodePkcs8 } from "../../src/encode/pkcs8.ts";
import { decodeRaw, encodeRaw } from "../../src/encode/raw.ts";
import { decodeSpki, encodeSpki } from "../../src/encode/spki.ts";
import { nodePkcs8, nodeRsa, nodeSpki, rsaSizes } from "../support/rsa-keys.ts";

describe.each(rsaSizes)("RSA-%i", (bits) => {
  test("the decoders name the algorithm by the modulus", () => {
    expect(decodeSpki(nodeSpki(bits)).algorithm).toBe(`RSA-${bits}`);
    expect(decodePkcs8(nodePkcs8(bits)).algorithm).toBe(`RSA-${bits}`);
  });

  test("SPKI and PKCS #8 of OpenSSL come out as they went in", () => {
    expect(encodeSpki(decodeSpki(nodeSpki(bits)))).toEqual(nodeSpki(bits));
    expect(encodePkcs8(decodePkcs8(nodePkcs8(bits)))).toEqual(nodePkcs8(bits));
  });

  test("PEM of OpenSSL comes out as it went in", () => {
    const { publicKey, privateKey } = nodeRsa(bits);
    const spki = publicKey.export({ format: "pem", type: "spki" }).toString();
    const pkcs8 = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    expect(encodePem("PUBLIC KEY", decodePem(spki, "PUBLIC KEY").der)).toBe(spki);
    expect(encodePem("PRIVATE KEY", decodePem(pkcs8).der)).toBe(pkcs8);
    expect(decodePem(pkcs8).label).toBe("PRIVATE KEY");
  });

  test("JWK of OpenSSL comes out as it went in", () => {
    const { publicKey, privateKey } = nodeRsa(bits);
    const open = publicKey.export({ format: "jwk" });
    const secret = privateKey.export({ format: "jwk" });
    expect(encodeJwk(decodeJwk(open))).toEqual(open);
    expect(encodeJwk(decodeJwk(secret))).toEqual(secret);
    expect(decodeJwk(open)).toBeInstanceOf(PublicKey);
    expect(decodeJwk(secret)).toBeInstanceOf(PrivateKey);
  });

  test("OpenSSL signs with the private key that we wrote, and verifies with the public one", () => {
    const privateKey = createPrivateKey(encodePem("PRIVATE KEY", encodePkcs8(decodePkcs8(nodePkcs8(bits)))));
    const publicKey = createPublicKey(encodePem("PUBLIC KEY", encodeSpki(decodeSpki(nodeSpki(bits)))));
    const fromJwk = createPrivateKey({
      key: encodeJwk(decodePkcs8(nodePkcs8(bits))) as unknown as JsonWebKey, // the same members under another name
      format: "jwk",
    });
    const message = Buffer.from("keywright");
    for (const key of [privateKey, fromJwk]) {
      expect(verify("sha256", message, publicKey, sign("sha256", message, key))).toBe(true);
    }
  });

  test("WebCrypto imports what we wrote, in each form", async () => {
    const { subtle } = globalThis.crypto;
    const pss = { name: "RSA-PSS", hash: "SHA-256" };
    const signer = await subtle.importKey("pkcs8", encodePkcs8(decodePkcs8(nodePkcs8(bits))), pss, false, ["sign"]);
    const verifier = await subtle.importKey("spki", encodeSpki(decodeSpki(nodeSpki(bits))), pss, false, ["verify"]);
    const jwk = { ...encodeJwk(decodePkcs8(nodePkcs8(bits))) };
    const jwkSigner = await subtle.importKey("jwk", jwk, pss, false, ["sign"]);
    const options = { name: "RSA-PSS", saltLength: 32 };
    const message = new TextEncoder().encode("keywright");
    for (const key of [signer, jwkSigner]) {
      const signature = await subtle.sign(options, key, message);
      expect(await subtle.verify(options, verifier, signature, message)).toBe(true);
    }
  });

  test("a decoded d is as long as the modulus, with leading zeros where it is shorter", () => {
    const jwk = encodeJwk(decodePkcs8(nodePkcs8(bits))) as RsaPrivateJwk;
    const d = Buffer.from(jwk.d, "base64url");
    const shorter = d.subarray(2); // below 2^(bits - 16), above 2^(bits / 2)
    shorter[0] = (shorter[0] ?? 0) | 1;
    const key = decodeJwk({ ...jwk, d: shorter.toString("base64url") });
    if (!(key instanceof PrivateKey)) throw new Error("wanted a private key");
    const parts = readSecret(key);
    if (parts.kind !== "rsa") throw new Error("wanted RSA numbers");
    expect(parts.rsa.d).toHaveLength(bits / 8);
    expect(Buffer.from(parts.rsa.d.subarray(bits / 8 - shorter.length))).toEqual(shorter);
    expect(parts.rsa.d.subarray(0, bits / 8 - shorter.length).every((byte) => byte === 0)).toBe(true);
    expect(encodeJwk(key)).toMatchObject({ d: shorter.toString("base64url") });
    expect(decodePkcs8(encodePkcs8(key))).toBeInstanceOf(PrivateKey);
  });
});

describe.each(Object.values(symmetricAlgorithms))("$name", (row) => {
  const name = row.name as "AES-256" | "HMAC-SHA-256"; // the registry's own key
  const bytes = new Uint8Array(row.keyLen).map((_, i) => (i * 37 + 1) & 0xff);

  test("raw bytes come out as they went in, in a copy", () => {
    const given = Uint8Array.from(bytes);
    const key = decodeRaw(name, given);
    given.fill(0);
    const first = encodeRaw(key);
    expect(first).toEqual(bytes);
    first.fill(0);
    expect(encodeRaw(key)).toEqual(bytes);
  });

  test("a JWK comes out as it went in", () => {
    const jwk = encodeJwk(decodeRaw(name, bytes));
    const back = decodeJwk(jwk, { algorithm: name });
    expect(back).toBeInstanceOf(SecretKey);
    expect(back.algorithm).toBe(name);
    expect(encodeJwk(back)).toEqual(jwk);
  });

  test("alg is written where the key is made for one algorithm, and only there", () => {
    const jwk = encodeJwk(decodeRaw(name, bytes), { kid: "one" });
    expect(jwk.alg).toBe(/^HMAC-SHA-/.test(name) ? `HS${row.keyLen * 8}` : undefined);
    expect(jwk.kid).toBe("one");
    if (jwk.alg !== undefined) expect(decodeJwk(jwk).algorithm).toBe(name);
  });

  test("WebCrypto imports raw and JWK", async () => {
    const { subtle } = globalThis.crypto;
    const key = decodeRaw(name, bytes);
    if (row.kind === "chacha20") return; // most platforms do not have it
    const algorithm = row.kind === "hmac" ? { name: "HMAC", hash: row.hash } : { name: "AES-GCM" };
    const usages: KeyUsage[] = row.kind === "hmac" ? ["sign"] : ["encrypt"];
    const raw = await subtle.importKey("raw", encodeRaw(key), algorithm, true, usages);
    const jwk = await subtle.importKey("jwk", { ...encodeJwk(key) }, algorithm, true, usages);
    for (const imported of [raw, jwk]) {
      expect(new Uint8Array(await subtle.exportKey("raw", imported))).toEqual(bytes);
      const exported = await subtle.exportKey("jwk", imported);
      if (row.jwkAlg !== undefined || row.kind === "aes") expect(decodeJwk(exported).algorithm).toBe(name);
    }
  });
});

test("the thumbprint is that of the example of RFC 7638, 3.1", () => {
  const n =
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
  const key = decodeJwk({ kty: "RSA", n, e: "AQAB", alg: "RS256", kid: "2011-04-29" });
  if (!(key instanceof PublicKey)) throw new Error("wanted a public key");
  expect(jwkThumbprint(key)).toBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
});
